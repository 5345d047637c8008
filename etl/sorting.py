"""Second half of the child's work: each sheet is taken for what it is and turned into facts.

Sheets are read in the order of their layouts (places, then students, then what is said about them);
a sheet that fails is refused alone, with a sentence, and never half kept.

A layout's module may define two hooks that see the whole drop:

    choose(found: Sequence[tuple[Sheet, Recognition]]) -> dict[str, str]
        sheet keys to set aside before anything is read, with the reason in words
    resolve(found: Mapping[str, tuple[Sheet, Recognition, Extract]], context)
            -> Mapping[str, Extract]
        extracts, by sheet key, that change once the other sheets of the drop are known; sheets
        that are set aside are among them, without facts
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa

from etl import exchange, numbers, oneroster, reading, reporting
from etl.cells import look_through
from etl.facts import of_good_rows
from etl.layouts import layouts
from etl.model import Context, Extract, Finding, Recognition, Sheet, SheetReport
from etl.recognise import Aside, recognise
from school.config import preset

FAILED = (
    "We could not make sense of this sheet. The other sheets are not affected. Copy the list into "
    "a new workbook and add it again."
)
Read = tuple[Sheet, Recognition, Extract]


def sort(folder: Path, request: Mapping[str, Any], say: Callable[..., None]) -> None:
    """Recognise and extract every sheet of the drop, and write facts and the report."""
    context = exchange.context_from_json(request["context"])
    country = preset(context.preset)
    failed: Mapping[str, str] = request["failed"]
    sheets = oneroster.settled(reading.sheets(folder, request))
    reports: dict[int, SheetReport] = {}
    taken: dict[int, Recognition] = {}
    for number, sheet in enumerate(sheets):
        say("recognise", sheet=number, of=len(sheets))
        words = failed.get(f"recognise:{number}")
        outcome = _recognised(sheet, context) if words is None else _stopped(sheet, words)
        if isinstance(outcome, Recognition):
            taken[number] = outcome
        else:
            reports[number] = outcome
    say("settle")
    _set_aside(sheets, taken, reports)
    done = _extract_all(sheets, taken, reports, context, failed, say)
    say("settle")
    _resolve_all(sheets, done, reports, context)
    shutil.rmtree(folder / "facts", ignore_errors=True)
    beside = _named([extract.facts for _, _, extract in done.values()], context)
    for number, (sheet, recognition, extract) in done.items():
        facts = {name: rows for name, rows in extract.facts.items() if rows.num_rows}
        for name, rows in facts.items():
            exchange.write_table(folder / "facts" / str(number) / f"{name}.arrow", rows)
        layout = layouts()[recognition.layout]
        reports[number] = reporting.read(sheet, layout, recognition, extract, facts, country,
                                         beside)
    exchange.write_json(
        folder / exchange.REPORT, [exchange.report_to_json(reports[n]) for n in sorted(reports)]
    )


_NAMES = {"students": ("student", "student_id", "id_kind", "name"), "classes": ("class_id", "name"),
          "organisations": ("org_id", "name")}


def _named(facts: Sequence[Mapping[str, pa.Table]], context: Context) -> Mapping[str, pa.Table]:
    """What the whole drop calls its students, classes and schools, put together once; and the
    schools that are known already.
    """
    known = context.known.school_names
    said = {"organisations": pa.table({
        "org_id": pa.array(list(known), pa.string()),
        "name": pa.array(list(known.values()), pa.string())})}
    for table, columns in _NAMES.items():
        parts = [one[table] for one in facts if table in one]
        parts = [p.select([c for c in columns if c in p.column_names]) for p in parts]
        parts += [said[table]] if table in said else []
        if parts:
            said[table] = pa.concat_tables(parts, promote_options="default")
    return said


def _recognised(sheet: Sheet, context: Context) -> Recognition | SheetReport:
    stop = next((f for f in sheet.findings if f.level == "stops"), None)
    if stop is not None:
        return reporting.refused(sheet, stop)
    try:
        look_through(sheet)
        found = recognise(sheet, context)
    except Exception:  # a layout that trips over a sheet must not sink the file
        reading.log_where()
        return _stopped(sheet, FAILED)
    if isinstance(found, Recognition):
        return found
    if isinstance(found, Aside):
        return reporting.aside(sheet, found.words)
    return reporting.refused(sheet, found)


def _hooks(name: str) -> list[Callable[..., Any]]:
    modules = {layout.extract.__module__: None for layout in layouts().values()}
    return [hook for m in modules if (hook := getattr(sys.modules[m], name, None)) is not None]


def _set_aside(
    sheets: Sequence[Sheet], taken: dict[int, Recognition], reports: dict[int, SheetReport]
) -> None:
    """Take out the sheets that say again what another sheet of this drop says better."""
    for choose in _hooks("choose"):
        try:
            aside: Mapping[str, str] = choose([(sheets[n], r) for n, r in taken.items()])
        except Exception:  # the sheets are then judged one by one
            reading.log_where()
            continue
        for number in [n for n in taken if sheets[n].key in aside]:
            layout = layouts()[taken.pop(number).layout]
            reports[number] = reporting.aside(sheets[number], aside[sheets[number].key], layout)


def _extract_all(
    sheets: Sequence[Sheet], taken: Mapping[int, Recognition], reports: dict[int, SheetReport],
    context: Context, failed: Mapping[str, str], say: Callable[..., None],
) -> dict[int, Read]:
    done: dict[int, Read] = {}
    order = sorted(taken, key=lambda n: (layouts()[taken[n].layout].order, n))
    for place, number in enumerate(order):
        say("extract", sheet=number, done=place, of=len(taken))
        sheet, layout = sheets[number], layouts()[taken[number].layout]
        words = failed.get(f"extract:{number}")
        try:
            if words is None:
                extract = of_good_rows(layout.extract(sheet, taken[number], context))
                extract = numbers.added(sheet, taken[number], context, extract)
                done[number] = sheet, taken[number], extract
        except Exception:  # as above: refused alone
            reading.log_where()
            words = FAILED
        if words is not None:
            reports[number] = replace(_stopped(sheet, words), layout=layout.name, kind=layout.kind)
    return done


def _resolve_all(
    sheets: Sequence[Sheet], done: dict[int, Read], reports: dict[int, SheetReport],
    context: Context,
) -> None:
    aside = {s.key: set_aside(s) for n, s in enumerate(sheets)
             if n not in done and reports[n].state == "aside"}
    for resolve in _hooks("resolve"):
        try:
            read = {sheets[n].key: made for n, made in done.items()}
            changed = resolve({**aside, **read}, context)
        except Exception:  # nothing is half resolved: what this hook would have joined is refused
            reading.log_where()
            owner = resolve.__module__
            for number in [n for n, r in done.items()
                           if layouts()[r[1].layout].extract.__module__ == owner]:
                reports[number] = _stopped(done.pop(number)[0], FAILED)
            continue
        for number, (sheet, recognition, _) in list(done.items()):
            if sheet.key in changed:
                done[number] = sheet, recognition, changed[sheet.key]


def set_aside(sheet: Sheet) -> Read:
    """A sheet without facts, for the hooks: it may still explain another one."""
    return sheet, Recognition("aside", 0, 0, 0, ()), Extract({}, 0, frozenset(), 0)


def _stopped(sheet: Sheet, words: str) -> SheetReport:
    return reporting.refused(sheet, Finding("unreadable", "stops", words, sheet=sheet.name))
