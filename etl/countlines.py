"""Lines of a published table become counts: which cells are numbers, which lines say nothing.

A symbol for "not shown" is no number and no fault; a line that names no place or year is refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import PurePath

import numpy as np
import pyarrow as pa

from etl.cells import Bools, Ints, column, filled, mask, over_unique, repeat
from etl.checks import Cells, rejections, warn
from etl.countcolumns import Numbers, Table, measure
from etl.damaged import Mended, mend
from etl.dates import year_start
from etl.fields import spaced
from etl.headcounts import MONTH, Breakdown, Counted, Lines, count_lines
from etl.headers import Header, Rows, data_rows, header_at
from etl.levels import PLACES, read_places, said
from etl.model import Context, Extract, Finding, Question, Recognition, Sheet
from etl.places import read_places as school_of
from etl.rosters import sex_of
from etl.scales import plain
from etl.schoolyears import academic_year, stated_year
from etl.totals import left_out
from etl.wideparts import part_of

_PARTS = (("grade", "grade"), ("age", "age"), ("sex", "sex"), ("social category", "category"))
GRADE = re.compile(r"^(?:class|grade|std|standard|year|nc year) ?(\d{1,2}|[ivx]+)$")


def year_around(header: Header, context: Context, sheet: Sheet) -> str | None:
    """The school year where no column says it: an answer, the title block, the file's name."""
    return (
        stated_year(context.answer("year", sheet) or header.hints.get("academic_year"))
        or academic_year(header.hints.get("title") or PurePath(sheet.file).stem)
        or academic_year(sheet.name)
    )


def read_counts(sheet: Sheet, known: Recognition, context: Context) -> Extract:
    """The counts and the places they speak of."""
    header, index = _shape(sheet, known)
    keys = [
        i
        for t in ("school_id", "school_name", "level", "district_name", "country_id")
        for i in index.get(t, ())
    ]
    body = data_rows(sheet, header, keys[:1] or [0])
    if "part" in index:  # 'Boys' is a footer elsewhere
        body = _rows_of_parts(sheet, header)
    rows, table = body.index, Table(sheet, known, index)
    stated = repeat(year_around(header, context, sheet), len(rows))
    if "academic_year" in index:
        stated = column(sheet, index["academic_year"][0], rows)
    year = over_unique(stated, stated_year, pa.string())
    level, org, places, asked = _places(table, header, context, rows)
    grades = {i: _mended(table, context, i, rows) for i in index.get("grade", ())}
    asked = (*asked, *(q for m in grades.values() for q in m.questions))
    idle = _placeholders(table, rows)
    placed = filled(level) & filled(org)
    nowhere = ~placed | (~filled(year) & table.needs_year)
    idle |= nowhere & _counts_nobody(table, rows)
    wrong = nowhere & ~idle & (not asked)
    findings = rejections(
        "no place or year",
        "This line does not say which place or year it counts.",
        sheet,
        Cells(_header_of(known, "academic_year", "level", "school_id", "school_name"), rows),
        np.flatnonzero(wrong),
        stated,
        "a school year such as 2025-26, and a place",
    )
    numbers = measure(table, rows, ~idle & ~wrong, year, year_start(context))
    lines = _lines(table, numbers, rows, level, org, {i: m.values for i, m in grades.items()})
    counted = count_lines(lines, _source(sheet))
    bad = wrong | numbers.bad
    left = idle | (~numbers.some & ~bad)
    facts = {} if asked else {
        "enrollment_counts": counted.table, "organisations": _once(places, ~left & ~bad)}
    rejected = frozenset((rows[bad] + 1).tolist()) | frozenset(r + 1 for r in counted.conflicts)
    noticed = _said_about(counted, left, numbers.symbols, sheet, table)
    noticed += left_out(sheet, header, rows, table.totals())
    noticed += [f for m in grades.values() for f in m.findings]
    return Extract(
        facts,
        int((~left).sum()),
        rejected,
        body.skipped + int(left.sum()),
        asked,
        (*findings, *numbers.findings, *noticed),
    )


def _places(
    table: Table, header: Header, context: Context, rows: Ints
) -> tuple[pa.Array, pa.Array, pa.Table, tuple[Question, ...]]:
    """Level and place of each row, the places, and a question where nothing names the school."""
    if any(t in table.index for _, ids, _ in PLACES for t in ids):
        return *read_places(table.sheet, table.index, rows), ()
    one = school_of(table.sheet, context, Cells("", rows), hints=header.hints)
    of_row = one.facts.take(pa.array(np.zeros(len(rows) if one.facts.num_rows else 0, np.int64)))
    return repeat("school", len(rows)), one.org_id, of_row, one.questions


def _shape(sheet: Sheet, known: Recognition) -> tuple[Header, dict[str, list[int]]]:
    header = header_at(sheet, known.header_row)
    index: dict[str, list[int]] = {}
    for guess in known.columns:
        if guess.target is not None:
            index.setdefault(guess.target, []).append(guess.index)
    return replace(header, first_row=known.first_row), index


def _rows_of_parts(sheet: Sheet, header: Header) -> Rows:
    rows = np.arange(header.first_row, sheet.cells.num_rows)
    first = column(sheet, 0, rows)
    kept = rows[mask(over_unique(first, lambda v: part_of(v) is not None, pa.bool_()))]
    return Rows(kept, header.top + int(filled(first).sum()) - len(kept))


def _mended(table: Table, context: Context, index: int, rows: Ints) -> Mended:
    """Grades of a column; one that became a date is asked about."""
    values = said(table.sheet, {"x": [index]}, "x", rows)
    made = mend(values, table.sheet, context, Cells(table.header(index), rows))
    return made or Mended(values)


def _lines(
    table: Table, numbers: Numbers, rows: Ints, level: pa.Array, org: pa.Array,
    grades: Mapping[int, pa.Array],
) -> Lines:
    """One line a number: the measured columns one under the other."""
    splits = [("school_type", i, True) for i in table.index.get("phase", ())]
    splits += [(t, i, False) for t in ("grade", "age", "sex") for i in table.index.get(t, ())]
    splits += [(spaced(table.header(i)), i, True) for i in table.index.get("breakdown", ())]
    texts = [
        (n, grades[i] if i in grades else said(table.sheet, {"x": [i]}, "x", rows), d)
        for n, i, d in splits
    ]
    for index in table.index.get("part", ()):
        parts_of = column(table.sheet, index, rows)
        texts += [(n, over_unique(parts_of, partial(_field, f), pa.string()), False)
                  for n, f in _PARTS]
    texts = [(n, over_unique(v, sex_of, pa.string()) if n == "sex" else v, d) for n, v, d in texts]
    label = said(table.sheet, table.index, "label", rows) if "label" in table.index else None
    takes = [np.flatnonzero(filled(c.count)) for c in numbers.columns]
    at = np.concatenate(takes) if takes else np.zeros(0, dtype=np.int64)

    def pick(values: pa.Array) -> pa.Array:
        return values.take(pa.array(at))

    def below(columns: list[pa.Array]) -> pa.Array:
        pieces = [c.take(pa.array(t)) for c, t in zip(columns, takes, strict=True)]
        return pa.concat_arrays(pieces) if pieces else pa.nulls(0, pa.string())

    parts = [Breakdown(n, pick(v), d) for n, v, d in texts]
    for name, field in _PARTS:
        told = [getattr(c.part, field) for c in numbers.columns]
        if any(told):
            parts.append(Breakdown(name, below([repeat(v, len(rows)) for v in told]), False))
    if any(c.part.month for c in numbers.columns):
        parts.append(Breakdown(MONTH, below([c.month for c in numbers.columns]), False))
    return Lines(
        rows[at],
        pick(org),
        below([c.year for c in numbers.columns]),
        pick(level),
        below([c.count for c in numbers.columns]),
        tuple(parts),
        None if label is None else pick(label),
    )


def _field(name: str, text: str) -> str | None:
    """One side of the part that a cell names: the sex of 'Class 1 Boys'."""
    value = getattr(part_of(text), name, None)
    return None if value is None else str(value)


def _placeholders(table: Table, rows: Ints) -> Bools:
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


def _counts_nobody(table: Table, rows: Ints) -> Bools:
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
    counted: Counted, left: Bools, symbols: Sequence[str], sheet: Sheet, table: Table
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
    if counted.by_month:
        words = "Numbers by month are kept as they are. A year's number is that of its last month."
        out.append(warn("numbers by month", words, sheet))
    out += [warn(rule, f"{n:,} {words}", sheet, n) for rule, n, words in notes if n]
    alone = _years_of_one_number(table)
    if alone:
        out.append(warn("year of one number", alone, sheet))
    idle = [c.source for c in table.known.columns
            if c.target is None and c.source and part_of(c.source) is None]
    if idle:
        words = f"Not used, because they count no students: {', '.join(idle[:12])}."
        out.append(warn("columns not used", words, sheet, len(idle)))
    return out


def _years_of_one_number(table: Table) -> str:
    """Said where a header names a school year by one number, which could be its first or last."""
    for index, part in table.measured():
        name = table.header(index)
        if part.year and not part.month and str(int(part.year[:4]) + 1) in name and (
                part.year[:4] not in name):
            other = f"{name}-{(int(name[-2:]) + 1) % 100:02d}" if name.isdigit() else "2025-26"
            return (f"“{name}” is read as the school year {part.year}, the one that ends in it. If "
                    f"you mean the one that begins in it, write the years as {other}.")
    return ""


def _header_of(known: Recognition, *targets: str) -> str:
    found = [c.source for t in targets for c in known.columns if c.target == t]
    return found[0] if found else ""


def _source(sheet: Sheet) -> str:
    """Which published table: the file's name, and the sheet's where a workbook has several."""
    stem = PurePath(sheet.file.replace("|", "/")).stem
    return stem if sheet.name in ("", stem, PurePath(sheet.file).name) else f"{stem} / {sheet.name}"
