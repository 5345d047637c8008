"""Class lists become students, spells of enrollment and group memberships.

A spell begins on the entry date or, without one, on the first day of the school year; it ends on
the day after the last day in the file.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.cells import Bools, column, filled, mask, over_groups, over_unique, repeat
from etl.checks import Cells, rejections, warn
from etl.dates import read_dates, year_start
from etl.fields import spaced
from etl.model import Context, Finding, Question, Recognition, Sheet
from etl.people import People, columns_of, header_of
from etl.rosters import entry_type, exit_type, group_value
from etl.schoolyears import academic_year
from school.config import academic_year as year_of_day

GROUPS = (
    "sex",
    "language",
    "disability",
    "economic_status",
    "first_generation",
    "category",
    "religion",
    "ethnicity",
    "english_learner",
)
ENROLLED_BY = (
    "school_id",
    "school_name",
    "grade",
    "class",
    "section",
    "begin_date",
    "end_date",
    "roll_number",
)


@dataclass(frozen=True)
class Days:
    """A column of dates of a class list; all null where there is none."""

    values: pa.Array
    bad: frozenset[int]
    questions: tuple[Question, ...]
    findings: tuple[Finding, ...]


def days_of(sheet: Sheet, known: Recognition, context: Context, people: People, name: str) -> Days:
    """Birth, entry or leaving dates."""
    index = columns_of(known)
    if name not in index:
        return Days(pa.nulls(len(people.rows), pa.date32()), frozenset(), (), ())
    cells = Cells(header_of(known).names[index[name]], people.rows)
    read = read_dates(column(sheet, index[name], people.rows), context, sheet, cells)
    return Days(read.values, read.bad, read.questions, read.findings)


@dataclass(frozen=True)
class Spells:
    """Begin and end of each row's enrollment; rows in `bad` end before they begin."""

    year: pa.Array
    begin: pa.Array
    end: pa.Array
    bad: frozenset[int]
    findings: tuple[Finding, ...]
    guessed: bool  # no column, answer or title says the school year

    @property
    def holds_from(self) -> pa.Array:
        """From when a group holds: what a list without a date says, it says of any time."""
        if self.guessed:
            return pa.repeat(pa.scalar(date(1900, 1, 1), pa.date32()), len(self.begin))
        return self.begin


def spells_of(
    sheet: Sheet,
    people: People,
    begin: Days,
    end: Days,
    context: Context,
    *,
    inclusive: bool = True,
    header: str = "",
) -> Spells:
    """Each row's spell. `inclusive`: the last day in the file was still a day in school."""
    start = year_start(context)
    count = len(people.rows)
    said = over_unique(
        pc.cast(begin.values, pa.string()),
        lambda d: year_of_day(date.fromisoformat(d), start),
        pa.string(),
    )
    year = people.year
    findings: tuple[Finding, ...] = ()
    unsaid = year.null_count == len(year)
    if unsaid and _admissions(people, said):
        year = over_unique(
            pc.cast(end.values, pa.string()),
            lambda d: year_of_day(date.fromisoformat(d), start),
            pa.string(),
        )
        said = repeat(None, count)
    guessed = unsaid and said.null_count == count
    if guessed:
        guess = academic_year(header_year(sheet)) or year_of_day(context.as_of, start)
        year = pc.coalesce(year, repeat(guess, count))
        findings = (warn("school year", f"The file names no school year. We took {guess}.", sheet),)
    year = pc.coalesce(year, said)
    year = pc.fill_null(year, year_of_day(context.as_of, start)) if count else year
    first = over_unique(year, lambda y: date(int(y[:4]), *start), pa.date32())
    # an admission years ago does not make this year's class last since then
    begins = pc.max_element_wise(begin.values, first)
    step = timedelta(days=1 if inclusive else 0)
    ends = over_unique(
        pc.cast(end.values, pa.string()), lambda d: date.fromisoformat(d) + step, pa.date32()
    )
    wrong = np.flatnonzero(mask(pc.less_equal(ends, begins)))
    findings += tuple(
        rejections(
            "ends before it begins",
            "This student leaves before the first day.",
            sheet,
            Cells(header, people.rows),
            wrong,
            pc.cast(end.values, pa.string()),
            "a day after the entry date",
        )
    )
    return Spells(year, begins, ends, frozenset(wrong.tolist()), findings, guessed)


def _admissions(people: People, years: pa.Array) -> bool:
    """Whether the first days are those of admission, years ago for some: each student stands once,
    and the days lie in several school years.
    """
    keys = people.students.keys
    once = len(pc.unique(keys.drop_null())) == len(keys) - keys.null_count
    return once and len(pc.unique(years.drop_null())) > 1


def header_year(sheet: Sheet) -> str:
    """Where a file's name may tell the school year."""
    return f"{sheet.name} {sheet.file}"


def enrollment(
    sheet: Sheet, known: Recognition, people: People, spells: Spells, good: Bools
) -> pa.Table:
    """One spell a row."""
    index, count = columns_of(known), len(people.rows)

    def text(name: str) -> pa.Array:
        return column(sheet, index[name], people.rows) if name in index else repeat(None, count)

    left = over_groups(
        [text("exit_reason"), pc.cast(spells.end, pa.string())],
        lambda reason, day: exit_type(reason) if reason else ("unknown" if day else None),
        pa.string(),
    )
    table = pa.table(
        {
            "student": people.students.keys,
            "org_id": people.org_id,
            "begin_date": spells.begin,
            "end_date": spells.end,
            "grade": people.grade,
            "class": people.class_,
            "academic_year": spells.year,
            "roll_number": text("roll_number"),
            "entry_type": over_unique(text("entry_type"), entry_type, pa.string()),
            "exit_type": left,
            "exit_destination": text("exit_destination"),
            "row": pa.array(people.rows + 1, pa.int32()),
        }
    )
    return table.filter(pa.array(good & filled(people.students.keys)))


def _value(kind: str, header: str, text: str) -> str | None:
    return group_value(kind, header, text) or None


def memberships(
    sheet: Sheet, known: Recognition, people: People, spells: Spells, good: Bools
) -> pa.Table:
    """One row a student and group; a blank says nothing."""
    tables = []
    for guess in known.columns:
        if guess.target not in (*GROUPS, "group"):
            continue
        kind = spaced(guess.source) if guess.target == "group" else str(guess.target)
        text = column(sheet, guess.index, people.rows)
        value = over_unique(text, partial(_value, kind, guess.source), pa.string())
        table = pa.table(
            {
                "student": people.students.keys,
                "kind": repeat(kind, len(people.rows)),
                "valid_from": spells.holds_from,
                "value": value,
                "row": pa.array(people.rows + 1, pa.int32()),
            }
        )
        tables.append(table.filter(pa.array(good & filled(value) & filled(people.students.keys))))
    empty = pa.table(
        {
            "student": pa.array([], pa.int64()),
            "kind": pa.array([], pa.string()),
            "valid_from": pa.array([], pa.date32()),
            "value": pa.array([], pa.string()),
            "row": pa.array([], pa.int32()),
        }
    )
    return pa.concat_tables([empty, *tables])
