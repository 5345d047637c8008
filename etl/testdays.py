"""When a test was: school year, day and window of each row, from columns, title block or file name.

A row without a day stands on the first day of its window, so that windows keep their order; a
finding says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePath

import pyarrow as pa
import pyarrow.compute as pc

from etl.cells import column, filled, over_groups, over_unique, repeat, unique
from etl.checks import Cells, warn
from etl.dates import read_dates, year_start
from etl.model import Context, Finding, Question, Recognition, Sheet
from etl.people import People, columns_of, header_of
from etl.schoolyears import academic_year, stated_year, year_question
from etl.windows import order_windows, window
from school.config import academic_year as year_of_day


@dataclass(frozen=True)
class When:
    """Year, day and window of each row; rows in `bad` have a date that is none."""

    year: pa.Array
    day: pa.Array
    window: pa.Array
    name: pa.Array
    bad: frozenset[int]
    questions: tuple[Question, ...]
    findings: tuple[Finding, ...]
    guessed: bool = False  # no row has a day of its own


def read_when(sheet: Sheet, known: Recognition, context: Context, people: People) -> When:
    """Year, day, window and name of each row's assessment."""
    header, index, count = header_of(known), columns_of(known), len(people.rows)
    name, part = _names(sheet, known, people)
    said = context.answer("year", sheet) or header.hints.get("academic_year")
    days, bad = pa.nulls(count, pa.date32()), frozenset[int]()
    findings: tuple[Finding, ...] = ()
    questions: tuple[Question, ...] = ()
    if "date" in index:
        cells = Cells(header.names[index["date"]], people.rows)
        read = read_dates(
            column(sheet, index["date"], people.rows), context, sheet, cells, stated_year(said)
        )
        days, bad, findings, questions = read.values, read.bad, read.findings, read.questions
    elif "date" in header.hints:
        one = Cells("the title block", people.rows[:1])
        read = read_dates(
            pa.array([header.hints["date"]]), context, sheet, one, stated_year(said)
        )
        days = pa.repeat(pa.scalar(read.values[0].as_py(), pa.date32()), count)
    start = year_start(context)
    of_day = over_unique(
        pc.cast(days, pa.string()), lambda d: year_of_day(date.fromisoformat(d), start), pa.string()
    )
    year = pc.coalesce(people.year, of_day)
    if year.null_count == len(year) and count:
        guess = academic_year(PurePath(sheet.file).stem) or academic_year(sheet.name)
        year = repeat(guess, count)
        questions = questions if guess else (*questions, year_question())
    when = When(year, days, part, name, bad, tuple(questions), tuple(findings))
    return _dated(when, sheet, start)


def _names(sheet: Sheet, known: Recognition, people: People) -> tuple[pa.Array, pa.Array]:
    """Name and window of each row's assessment."""
    header, index, count = header_of(known), columns_of(known), len(people.rows)
    name = column(sheet, index["assessment"], people.rows) if "assessment" in index else None
    part = column(sheet, index["window"], people.rows) if "window" in index else None
    if name is None and part is None:
        told = header.hints.get("assessment") or _spoken(header.names)
        name = repeat(told, count)
    if name is None:
        name = part
    if part is None:
        part = over_unique(name, lambda v: v if window(v) else None, pa.string())
    return pc.fill_null(name, "Test"), part


def _spoken(names: tuple[str, ...]) -> str:
    """What a file calls its test when no column names it."""
    words = " ".join(names).lower()
    return next(
        (w.capitalize() for w in ("diagnostic", "benchmark", "screener") if w in words), "Test"
    )


def _dated(when: When, sheet: Sheet, start: tuple[int, int]) -> When:
    """Rows without a day stand on the first day of their window, in the order of the windows."""
    open_days = ~filled(when.day)
    open_days[sorted(when.bad)] = False
    if not open_days.any() or when.year.null_count == len(when.year):
        return when
    label = pc.coalesce(when.window, when.name)
    at = pa.array(open_days)
    days: dict[tuple[str, str], date] = {}
    for year in unique(when.year.filter(at)):
        here = pc.and_(at, pc.fill_null(pc.equal(when.year, year), False))
        first = date(int(year[:4]), *start)
        days |= {(year, n): d for n, d in order_windows(unique(label.filter(here)), first).items()}
    guessed = over_groups([when.year, label], lambda y, n: days.get((y, n)), pa.date32())
    note = warn(
        "no test date",
        "The file gives no test dates. Each result stands on the first day of its term or window.",
        sheet,
        int(open_days.sum()),
    )
    return replace(
        when,
        day=pc.if_else(at, guessed, when.day),
        findings=(*when.findings, note),
        guessed=bool(open_days.all()),
    )


def window_days(names: Iterable[str], when: When, context: Context) -> dict[str, pa.Array]:
    """First day of each named window, row by row in the row's own school year."""
    wanted = list(dict.fromkeys(names))
    start = year_start(context)
    by_year = {
        year: order_windows(wanted, date(int(year[:4]), *start)) for year in unique(when.year)
    }
    return {
        name: over_unique(when.year, lambda y, n=name: by_year[y][n], pa.date32())  # type: ignore[misc]
        for name in wanted
    }
