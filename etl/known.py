"""What a house knows before it reads a file: its schools, its preset, and answers given before.

An answer about a shape (does a blank mean present, which column is which) is kept under the
fingerprint of the headers; the meaning of a mark and the spelling of a school count everywhere.
What belongs to one file only (its school, its year, its maximum) is never remembered for another
file, and neither is anything that holds a student's name; a file whose very bytes stand already is
read with what was said of it then.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path, PurePath
from typing import Any

from etl import desk, nameless
from etl.answerable import expects, keeps
from etl.desk import Drop
from etl.model import Context, Known, SheetReport
from school.house import House
from school.records import loads, shapes
from school.records.loads import Load

MOST_SPELLS = 200_000
MOST_HEADERS = 60


def known(house: House) -> Known:
    """Every spelling and code of a school, and the names to choose from."""
    rows = house.store.unsafe_run(
        "select o.org_id, o.name, o.code, coalesce(o.same_as, o.org_id), t.name "
        "from mart.organisations as o left join mart.organisations as t on t.org_id = o.same_as "
        "where coalesce(o.type, 'school') = 'school' order by o.org_id"
    )
    schools: dict[str, str] = {}
    names: dict[str, str] = {}
    for org_id, name, code, target, target_name in rows:
        for spelling in (name, code, org_id):
            if spelling:
                schools[str(spelling)] = str(target)
                schools[" ".join(str(spelling).lower().split())] = str(target)
        if target == org_id:
            names[str(org_id)] = str(name or org_id)
        else:
            names.setdefault(str(target), str(target_name or target))
    return Known(schools, names, _closed(house), _enrolled(house))


def _closed(house: House) -> dict[str, frozenset[date]]:
    """Holidays and closures by school."""
    out: dict[str, set[date]] = {}
    for org_id, day in house.store.unsafe_run(
        "select org_id, date from mart.calendar where day_type in ('holiday', 'closure')"
    ):
        out.setdefault(str(org_id), set()).add(day)
    return {org_id: frozenset(days) for org_id, days in out.items()}


def _enrolled(house: House) -> dict[int, tuple[tuple[date, date | None], ...]]:
    """Stated spells by student; none where there are too many to hand on."""
    rows = house.store.unsafe_run(
        f"select student, begin_date, end_date from mart.enrollment limit {MOST_SPELLS + 1}"
    )
    out: dict[int, tuple[tuple[date, date | None], ...]] = {}
    for student, begin, end in rows if len(rows) <= MOST_SPELLS else ():
        out[student] = (*out.get(student, ()), (begin, end))
    return out


def context(
    house: House, as_of: date, answers: Mapping[str, Any] | None = None,
    preset: str | None = None,
) -> Context:
    """The context of a new drop. What is answered now goes before what was answered once."""
    mine = house.preset
    return Context(
        as_of, preset or (mine.name if mine else None),
        {**shapes.remembered(house.records), **(answers or {})}, known(house),
    )


def check(
    house: House, paths: Sequence[Path], context: Context, *, folder: Path | None = None,
    progress: desk.Progress | None = None, stopped: Callable[[], bool] | None = None,
) -> Drop:
    """Read files as `etl.desk.check` does, and answer what was answered for their shape before."""
    drop = desk.check(paths, context, house.staging, folder=folder, progress=progress,
                      stopped=stopped)
    try:
        recalled = _recalled(house, drop)
        if recalled == dict(context.answers):
            return drop
        again = Context(context.as_of, context.preset, recalled, context.known)
        return desk.again(drop, again, progress=progress, stopped=stopped)
    except BaseException:
        drop.close()
        raise


def remember(house: House, drop: Drop, done: Sequence[SheetReport]) -> None:
    """Keep the answers of what was loaded of a drop, for the next file of the same shape.

    `done` are the reports of the load. A text that holds a student's name is not kept.
    """
    used = [r for r in done if r.state in ("loaded", "known") and r.layout and r.fingerprint]
    given = {id(r): _given(drop.context.answers, f"{r.file}|{r.sheet}") for r in used}
    named = nameless.holding(house, drop, [
        text for r in used for text in (PurePath(r.file).stem, *(c.source for c in r.columns),
                                        *(t for pair in given[id(r)].items() for t in pair))])
    for report in used:
        layout = report.layout or ""
        told = {k: v for k, v in given[id(report)].items()
                if not {k, v} & named and not expects(layout, k, v)}
        shapes.note_shape(house.records, _shape(house, report, named),
                          () if report.load_id is None else (report.load_id,))
        for place in (report.fingerprint, shapes.EVERYWHERE):
            shapes.remember(house.records, place,
                            {k: v for k, v in told.items() if keeps(place, k)})


def _shape(house: House, report: SheetReport, named: frozenset[str]) -> shapes.Shape:
    """What kind of file a sheet was, without the columns that stand for one day each."""
    headers = dict.fromkeys(c.source for c in report.columns
                            if c.source.strip() and c.target not in ("day", "item"))
    shown = tuple(h for h in headers if h not in named)
    file = "" if PurePath(report.file).stem in named else PurePath(report.file).name
    return shapes.Shape(report.fingerprint, report.layout or "", file, shown[:MOST_HEADERS],
                        len(shown), house.records.now())


def _recalled(house: House, drop: Drop) -> dict[str, Any]:
    answers = dict(drop.context.answers)
    standing = {load.sha256: load for load in reversed(loads.loads(house.records, "standing"))}
    for report in drop.reports:
        if not (report.layout and report.fingerprint):
            continue
        before = {**_said_then(standing.get(drop.file_of(report).sha256), drop, report),
                  **shapes.remembered(house.records, report.fingerprint)}
        fresh = {k: v for k, v in before.items() if k not in answers}
        if fresh:
            key = f"{report.file}|{report.sheet}"
            answers[key] = {**fresh, **dict(answers.get(key, {}))}
    return answers


def _said_then(load: Load | None, drop: Drop, report: SheetReport) -> dict[str, str]:
    """What was said of this very sheet when it was added, and is remembered for no other file."""
    if load is None:
        return {}
    then = load.file + report.file.removeprefix(drop.file_of(report).label)
    of_text = report.sheet == PurePath(report.file).stem  # its one sheet is called like the file
    said = _given(load.answers, f"{then}|{PurePath(then).stem if of_text else report.sheet}")
    return {k: v for k, v in said.items() if not k.startswith("loss:") and not any(
        keeps(place, k) for place in (report.fingerprint, shapes.EVERYWHERE))}


def _given(answers: Mapping[str, Any], sheet: str) -> dict[str, str]:
    shared = {k: v for k, v in answers.items() if not isinstance(v, Mapping)}
    own = answers.get(sheet)
    return {k: str(v) for k, v in {**shared, **(own if isinstance(own, Mapping) else {})}.items()}
