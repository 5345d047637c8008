"""Attendance totals with a column (or two) a month: one row a student, a period a month.

Where only days present or only days absent stand there, the days possible come from a row 'Working
days' of the same table, else they are asked; what a bare number counts is asked too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import PurePath

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.cells import Bools, Ints, column, filled, mask, over_unique, repeat, sheet_row
from etl.checks import Cells, conflict_findings, last_stands, rejections
from etl.dates import next_month, year_start
from etl.daycounts import NUMBER, read_counts
from etl.headers import Header, data_rows, grid
from etl.model import Context, Extract, Finding, Question, Recognition, Sheet
from etl.monthcolumns import MonthColumn, MonthColumns
from etl.monthtables import OTHER
from etl.people import KEYS, People, columns_of, header_of, known_schools, read_people
from etl.schoolyears import academic_year, year_of_month, year_question
from etl.scores import is_mark, number
from etl.totals import left_out

_COUNTED = ("days present", "days absent")
_WORKING = re.compile(
    r"^(total |number of |no\.? ?(of )?)*(working|school|possible) ?days|^days\b.*possible|^wd$",
    re.IGNORECASE,
)
_PRESENT = re.compile(r"\b(present|attended|days of attendance)\b", re.IGNORECASE)
_ABSENT = re.compile(r"\b(absent|absences?|missed)\b", re.IGNORECASE)


def extract(sheet: Sheet, known: Recognition, context: Context) -> Extract:
    """A period a student and month."""
    header, index = header_of(known), columns_of(known)
    months: MonthColumns = known.notes["months"]
    found = data_rows(sheet, header, [index[k] for k in KEYS if k in index])
    people = read_people(sheet, known, context, rows=found.index)
    table = _Table(sheet, header, context, months, found.index)
    counted, asked = _counted(table)
    possible, more = _possible(table, counted)
    years, open_year = _years(table, people)
    questions = (*people.questions, *asked, *more, *open_year)
    read = [] if asked or more else [_read(table, m, counted, possible.get(m)) for m in
                                     months.months]
    bad = ~people.good
    for month in read:
        bad |= month.bad
    findings = [*people.findings, *(f for m in read for f in m.findings)]
    findings += left_out(sheet, header, found.index, months.totals)
    facts: dict[str, pa.Table] = {}
    if known_schools(people) and read and not open_year:
        periods, twice = _periods(table, people, years, read, bad)
        findings += twice
        bad |= np.isin(found.index + 1, [f.row or 0 for f in twice if f.level == "rejects"])
        facts = {
            "organisations": people.places.facts,
            "students": people.students.facts,
            "attendance_periods": periods,
        }
    rejected = frozenset((found.index[bad] + 1).tolist())
    return Extract(facts, len(found.index), rejected, found.skipped, questions, tuple(findings))


@dataclass(frozen=True)
class _Table:
    """A recognised table and its rows of students."""

    sheet: Sheet
    header: Header
    context: Context
    months: MonthColumns
    rows: Ints


@dataclass(frozen=True)
class _Month:
    """One month, read for every row; `said` are the rows that say anything of it."""

    month: tuple[int, int | None]
    possible: pa.Array
    absent: pa.Array
    said: Bools
    bad: Bools
    findings: tuple[Finding, ...]


def _counted(table: _Table) -> tuple[str, tuple[Question, ...]]:
    """What a column that names only its month counts; '' where every column says it."""
    bare = [c for c in table.months.columns if not c.counts]
    if not bare:
        return "", ()
    said = table.context.answer("counted", table.sheet)
    if said is None:
        told = (table.header.hints.get("title", ""), table.sheet.name,
                PurePath(table.sheet.file).stem)
        words = " ".join(told).replace("_", " ")
        present, absent = bool(_PRESENT.search(words)), bool(_ABSENT.search(words))
        said = _COUNTED[absent] if present != absent else None
    if said in _COUNTED:
        return said.replace(" ", "_"), ()
    asked = f"What do the numbers under {_listed(bare)} count?"
    return "", (Question("counted", asked, (*_COUNTED, OTHER)),)


def _possible(
    table: _Table, counted: str
) -> tuple[Mapping[tuple[int, int | None], float], tuple[Question, ...]]:
    """Days possible of the months whose columns do not say them: a row of the table, or asked."""
    lacking = [m for m in table.months.months if _lacks(table.months.of(m), counted)]
    if not lacking:
        return {}, ()
    places = {m: next(iter(table.months.of(m).values())) for m in lacking}
    for line in grid(table.sheet, table.sheet.cells.num_rows if len(table.rows) < 500 else 60):
        first = next((c for c in line if c is not None), "")
        if _WORKING.match(first) and all(NUMBER.match(line[i] or "") for i in places.values()):
            return {m: _number(line[i] or "") for m, i in places.items()}, ()
    numbers = re.findall(r"\d+(?:\.\d+)?",
                         table.context.answer("days_possible", table.sheet) or "")
    if len(numbers) == len(lacking):
        return dict(zip(lacking, map(float, numbers), strict=True)), ()
    columns = [c for c in table.months.columns if c.index in places.values()]
    words = (f"On how many days was the school open in {_listed(columns, 12)}? Write one number a "
             "month, in this order, with commas between them.")
    return {}, (Question("days_possible", words),)


def _lacks(index: Mapping[str, int], counted: str) -> bool:
    told = {n or counted for n in index}
    return len(told & {"days_possible", "days_present", "days_absent"}) < 2


def _listed(columns: Sequence[MonthColumn], most: int = 4) -> str:
    labels = list(dict.fromkeys(c.label for c in columns))
    if len(labels) > most:
        return f"{', '.join(labels[:most])} and so on"
    return " and ".join([", ".join(labels[:-1]), labels[-1]] if len(labels) > 1 else labels)


def _read(table: _Table, month: tuple[int, int | None], counted: str, days: float | None) -> _Month:
    index = {n or counted: i for n, i in table.months.of(month).items()}
    said = np.zeros(len(table.rows), dtype=np.bool_)
    for name, place in index.items():
        if name != "days_possible" or len(index) == 1:
            said |= filled(column(table.sheet, place, table.rows))
    unsaid, noticed = _unsaid(table, index)
    said &= ~unsaid
    here = table.rows[said]
    possible, absent, wrong, findings = read_counts(
        table.sheet, table.header.names, index, here, days)
    bad = np.zeros(len(table.rows), dtype=np.bool_)
    bad[np.flatnonzero(said)[wrong]] = True
    return _Month(month, _spread(possible, said), _spread(absent, said), said, bad,
                  (*findings, *noticed))


def _unsaid(table: _Table, index: Mapping[str, int]) -> tuple[Bools, list[Finding]]:
    """Rows where a word or sign stands for a number: '-', 'N/A', '*', 'AB'."""
    out, findings = np.zeros(len(table.rows), dtype=np.bool_), []
    for place in index.values():
        cells = column(table.sheet, place, table.rows)
        here = mask(over_unique(cells, lambda v: number(v) is None and is_mark(v), pa.bool_()))
        out |= here
        findings += rejections(
            "not stated", "No number of days stands here. This month is left out for the student.",
            table.sheet, Cells(table.header.names[place], table.rows), np.flatnonzero(here), cells,
            "a number such as 21 or 20.5", "warns",
        )  # fmt: skip
    return out, findings


def _spread(values: pa.Array, said: Bools) -> pa.Array:
    """The values at the rows that say something, null at the others."""
    at = np.where(said, np.cumsum(said) - 1, 0)
    return values.take(pa.array(at, mask=~said)) if len(values) else pa.nulls(len(said), pa.int16())


def _years(table: _Table, people: People) -> tuple[pa.Array, tuple[Question, ...]]:
    """School year of each row, asked where a month needs one and nothing says it."""
    years = people.year
    if years.null_count == len(years):
        stem = PurePath(table.sheet.file).stem
        years = repeat(academic_year(stem) or academic_year(table.sheet.name), len(years))
    needed = any(year is None for _, year in table.months.months)
    return years, (year_question(),) if needed and years.null_count else ()


def _periods(
    table: _Table, people: People, years: pa.Array, read: Sequence[_Month], bad: Bools
) -> tuple[pa.Table, list[Finding]]:
    """The periods of all months, one under the other; of two rows for one month the last."""
    start, parts = year_start(table.context), []
    for month in read:
        number, stated = month.month
        begin = over_unique(years, partial(_first, number, start), pa.date32())
        if stated is not None:
            begin = pa.repeat(pa.scalar(date(stated, number, 1), pa.date32()), len(years))
        end = over_unique(pc.cast(begin, pa.string()), next_month, pa.date32())
        keep = np.flatnonzero(month.said & ~bad & mask(pc.is_valid(begin)))
        parts.append(pa.table({
            "student": people.students.keys, "begin_date": begin, "end_date": end,
            "org_id": people.org_id, "grade": people.grade, "class": people.class_,
            "possible": month.possible, "absent": month.absent, "row": sheet_row(table.rows),
        }).take(pa.array(keep)))
    whole = pa.concat_tables(parts).combine_chunks()
    flat = {n: whole[n].combine_chunks() for n in whole.column_names}
    stand = last_stands([flat["student"], flat["begin_date"]], [flat["possible"], flat["absent"]])
    cells = Cells("", flat["row"].to_numpy().astype(np.int64) - 1)
    begins = pc.cast(flat["begin_date"], pa.string())
    twice = conflict_findings(stand, table.sheet, cells, begins, "student and month")
    return whole.filter(pa.array(stand.keep)), twice


def _first(month: int, start: tuple[int, int], year: str) -> date:
    return date(year_of_month(year, month, start), month, 1)


def _number(text: str) -> float:
    return float(text.replace(",", "."))
