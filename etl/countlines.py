"""Lines of a published table become counts: which cells are numbers, which lines say nothing.

A symbol for "not shown" is no number and no fault; a line that names no place or year is refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.cells import Bools, Ints, column, filled, mask, over_unique, repeat, unique
from etl.checks import Cells, rejections, warn
from etl.fields import spaced
from etl.headcounts import Breakdown, Counted, Lines, count_lines
from etl.headers import Header, data_rows, header_at
from etl.levels import read_places, said
from etl.model import Context, Extract, Finding, Recognition, Sheet
from etl.scales import plain
from etl.schoolyears import academic_year, stated_year
from etl.wideparts import Part, part_of

_SYMBOLS = frozenset(
    ("x", "c", "z", "u", "k", ":", "-", "–", "..", "...", "*", "n/a", "na", "nil", "low")
)
GRADE = re.compile(r"^(?:class|grade|std|standard|year|nc year) ?(\d{1,2}|[ivx]+)$")


def year_around(header: Header, context: Context, sheet: Sheet) -> str | None:
    """The school year where no column says it: an answer, the title block, the file's name."""
    return (
        stated_year(context.answer("year", sheet) or header.hints.get("academic_year"))
        or academic_year(header.hints.get("title") or PurePath(sheet.file).stem)
        or academic_year(sheet.name)
    )


def number(text: str) -> int | None:
    """A whole number as people write it, '1,234' too; None if it is none."""
    digits = text.replace(",", "").replace(" ", "").removesuffix(".0")
    return int(digits) if digits.isdigit() else None


def read_counts(sheet: Sheet, known: Recognition, context: Context) -> Extract:
    """The counts and the places they speak of."""
    header, index = _shape(sheet, known)
    keys = [
        i
        for t in ("school_id", "school_name", "level", "district_name", "country_id")
        for i in index.get(t, ())
    ]
    body = data_rows(sheet, header, keys[:1] or [0])
    rows, table = body.index, _Table(sheet, known, index)
    stated = repeat(year_around(header, context, sheet), len(rows))
    if "academic_year" in index:
        stated = column(sheet, index["academic_year"][0], rows)
    year = over_unique(stated, stated_year, pa.string())
    level, org, places = read_places(sheet, index, rows)
    idle = _placeholders(table, rows)
    nowhere = ~(filled(year) & filled(level) & filled(org))
    idle |= nowhere & _counts_nobody(table, rows)
    wrong = nowhere & ~idle
    findings = rejections(
        "no place or year",
        "This line does not say which place or year it counts.",
        sheet,
        Cells(_header_of(known, "academic_year", "level", "school_id", "school_name"), rows),
        np.flatnonzero(wrong),
        stated,
        "a school year such as 2025-26, and a place",
    )
    numbers = _measures(table, rows, ~idle & ~wrong)
    counted = count_lines(_lines(table, numbers, rows, year, level, org), _source(sheet))
    bad = wrong | numbers.bad
    left = idle | (~numbers.some & ~bad)
    good = ~left & ~bad
    facts = {"enrollment_counts": counted.table, "organisations": _once(places, good)}
    rejected = frozenset((rows[bad] + 1).tolist()) | frozenset(r + 1 for r in counted.conflicts)
    return Extract(
        facts,
        int((~left).sum()),
        rejected,
        body.skipped + int(left.sum()),
        (),
        (*findings, *numbers.findings, *_said_about(counted, left, numbers.symbols, sheet, table)),
    )


def _shape(sheet: Sheet, known: Recognition) -> tuple[Header, dict[str, list[int]]]:
    header = header_at(sheet, known.header_row)
    index: dict[str, list[int]] = {}
    for guess in known.columns:
        if guess.target is not None:
            index.setdefault(guess.target, []).append(guess.index)
    return replace(header, first_row=known.first_row), index


@dataclass(frozen=True)
class _Table:
    """A recognised table: its sheet, its columns by target, their headers."""

    sheet: Sheet
    known: Recognition
    index: Mapping[str, Sequence[int]]

    def header(self, index: int) -> str:
        return next(c.source for c in self.known.columns if c.index == index)


@dataclass(frozen=True)
class _Numbers:
    """The measured columns: the part each counts; where they are filled or wrong."""

    columns: tuple[tuple[Part, pa.Array], ...]
    some: Bools
    bad: Bools
    symbols: tuple[str, ...]
    findings: tuple[Finding, ...]


def _measures(table: _Table, rows: Ints, wanted: Bools) -> _Numbers:
    measured: list[tuple[int, Part]] = [
        *((i, Part()) for i in table.index.get("headcount", ())),
        *((i, Part(sex="male")) for i in table.index.get("boys", ())),
        *((i, Part(sex="female")) for i in table.index.get("girls", ())),
        *(
            (c.index, part)
            for c in table.known.columns
            if c.target is None and (part := part_of(c.source)) is not None
        ),
    ]
    some, bad = np.zeros(len(rows), dtype=np.bool_), np.zeros(len(rows), dtype=np.bool_)
    symbols: set[str] = set()
    findings: list[Finding] = []
    out = []
    for index, part in measured:
        text = column(table.sheet, index, rows)
        counts = over_unique(text, number, pa.int64())
        odd = unique(text.filter(pa.array(wanted & filled(text) & ~filled(counts))))
        symbols |= {v for v in odd if v.lower() in _SYMBOLS}
        wrong = mask(
            pc.is_in(text, pa.array([v for v in odd if v.lower() not in _SYMBOLS], pa.string()))
        )
        wrong &= wanted
        findings += rejections(
            "count",
            "This is not a number of students.",
            table.sheet,
            Cells(table.header(index), rows),
            np.flatnonzero(wrong),
            text,
            "a whole number",
        )
        bad |= wrong
        some |= filled(counts) & wanted
        out.append((part, pc.if_else(pa.array(wanted), counts, pa.scalar(None, pa.int64()))))
    out = [(p, pc.if_else(pa.array(bad), pa.scalar(None, pa.int64()), c)) for p, c in out]
    return _Numbers(tuple(out), some & ~bad, bad, tuple(sorted(symbols)), tuple(findings))


def _lines(
    table: _Table, numbers: _Numbers, rows: Ints, year: pa.Array, level: pa.Array, org: pa.Array
) -> Lines:
    """One line a number: the measured columns one under the other."""
    splits = [("school_type", i, True) for i in table.index.get("phase", ())]
    splits += [(t, i, False) for t in ("grade", "sex") for i in table.index.get(t, ())]
    splits += [(spaced(table.header(i)), i, True) for i in table.index.get("breakdown", ())]
    texts = [(n, said(table.sheet, {"x": [i]}, "x", rows), d) for n, i, d in splits]
    label = said(table.sheet, table.index, "label", rows) if "label" in table.index else None
    takes = [np.flatnonzero(filled(c)) for _, c in numbers.columns]
    at = np.concatenate(takes) if takes else np.zeros(0, dtype=np.int64)

    def pick(values: pa.Array) -> pa.Array:
        return values.take(pa.array(at))

    parts = [Breakdown(n, pick(v), d) for n, v, d in texts]
    for name, field in (("sex", "sex"), ("grade", "grade"), ("social category", "category")):
        told = [getattr(part, field) for part, _ in numbers.columns]
        if any(told):
            values = [repeat(v, len(t)) for v, t in zip(told, takes, strict=True)]
            parts.append(Breakdown(name, pa.concat_arrays(values), False))
    counts = [c.take(pa.array(t)) for (_, c), t in zip(numbers.columns, takes, strict=True)]
    return Lines(
        rows[at],
        pick(org),
        pick(year),
        pick(level),
        pa.concat_arrays(counts),
        tuple(parts),
        None if label is None else pick(label),
    )


def _placeholders(table: _Table, rows: Ints) -> Bools:
    """Lines that stand for nothing: their kind of school is 'dummy'."""
    idle = np.zeros(len(rows), dtype=np.bool_)
    for index in (*table.index.get("phase", ()), *table.index.get("breakdown", ())):
        idle |= mask(
            over_unique(
                column(table.sheet, index, rows),
                lambda v: plain(v) in ("dummy", "placeholder"),
                pa.bool_(),
            )
        )
    return idle


def _counts_nobody(table: _Table, rows: Ints) -> Bools:
    """Lines whose every number is 0: without a place they say nothing."""
    measured = [i for t in ("headcount", "boys", "girls") for i in table.index.get(t, ())]
    none = np.ones(len(rows), dtype=np.bool_)
    for index in measured:
        none &= mask(over_unique(column(table.sheet, index, rows), lambda v: v == "0", pa.bool_()))
    return none & bool(measured)


def _once(places: pa.Table, good: Bools) -> pa.Table:
    """Each organisation once, as its last line describes it."""
    kept = places.filter(pa.array(good & filled(places["org_id"].combine_chunks())))
    ids = kept["org_id"].combine_chunks().dictionary_encode().indices.to_numpy()
    _, last = np.unique(ids[::-1], return_index=True)
    return kept.take(pa.array(np.sort(len(ids) - 1 - last)))


def _said_about(
    counted: Counted, left: Bools, symbols: Sequence[str], sheet: Sheet, table: _Table
) -> list[Finding]:
    """What was noticed about the whole table."""
    out = rejections(
        "said twice",
        "The same place, year and part stands again further down. The last one counts.",
        sheet,
        Cells(_header_of(table.known, "headcount"), np.arange(sheet.cells.num_rows)),
        counted.conflicts,
        None,
        "one line each",
    )
    why = f" ({', '.join(symbols)} means not shown)" if symbols else ""
    notes = (
        (
            "no number",
            int(left.sum()),
            f"lines hold no number of students{why}. They are left out.",
        ),
        ("repeated", len(counted.repeats), "lines say the same thing twice. Each counts once."),
        (
            "parts of one school",
            len(counted.summed),
            "lines are parts of one place that has no total of its own. Their sum stands.",
        ),
        (
            "total added up",
            counted.derived,
            "totals are not in the file. We added up the parts of one breakdown.",
        ),
        (
            "no total",
            counted.without_total,
            "places have parts that cannot be added up, and no total.",
        ),
    )
    out += [warn(rule, f"{n:,} {words}", sheet, n) for rule, n, words in notes if n]
    idle = [c.source for c in table.known.columns
            if c.target is None and c.source and part_of(c.source) is None]
    if idle:
        words = f"Not used, because they count no students: {', '.join(idle[:12])}."
        out.append(warn("columns not used", words, sheet, len(idle)))
    return out


def _header_of(known: Recognition, *targets: str) -> str:
    found = [c.source for t in targets for c in known.columns if c.target == t]
    return found[0] if found else ""


def _source(sheet: Sheet) -> str:
    """Which published table: the file's name, and the sheet's where a workbook has several."""
    stem = PurePath(sheet.file.replace("|", "/")).stem
    return stem if sheet.name in ("", stem, PurePath(sheet.file).name) else f"{stem} / {sheet.name}"
