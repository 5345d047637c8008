"""Attendance totals: one row a student and month (or term), with days possible and days present; or
one row a student with columns for each month.

Such a file holds no single day, so it can answer for months and years and never for weekdays.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl import monthtables, monthtotals
from etl.cells import (
    Bools,
    Ints,
    column,
    filled,
    mask,
    over_groups,
    over_unique,
    repeat,
    sheet_row,
    tally,
)
from etl.checks import Cells, conflict_findings, last_stands, rejections
from etl.dates import next_month, parse_month, read_dates, year_start
from etl.daycounts import NUMBER, read_counts
from etl.fields import knows, match, normalise, target
from etl.headers import data_rows, find_header
from etl.model import Context, Extract, Finding, Layout, Question, Recognition, Sheet
from etl.people import (
    KEYS,
    TARGETS,
    People,
    columns_of,
    header_of,
    known_schools,
    named,
    read_people,
)
from etl.schoolyears import SINGLE_YEAR, stated_year, year_of_month, year_question
from etl.totals import left_out

_TARGETS = (
    *TARGETS,
    target("month"),
    target("days_possible"),
    target("days_present"),
    target("days_absent"),
    target("days_late"),
    target("begin_date", near=False),
    target("end_date", near=False),
    target("total", many=True),
)
_KNOWN = knows(_TARGETS)
_WORDS = {t.name: t.words for t in _TARGETS}


def recognise(sheet: Sheet, context: Context) -> Recognition | None:
    """A student and two of: days possible, days present, days absent; for one month or for many."""
    return monthtables.recognise(sheet, context) or _one_period(sheet, context)


def _one_period(sheet: Sheet, context: Context) -> Recognition | None:
    header = find_header(sheet, lambda c: normalise(c) in _KNOWN, minimum=3)
    if header is None:
        return None
    found = match(header.names, _TARGETS, sheet, context)
    told = {"days_possible", "days_present", "days_absent"} & set(found.index)
    if len(told) < 2 or not named(found.index):
        return None
    rows = data_rows(sheet, header, [found.index[k] for k in KEYS if k in found.index]).index
    for name in told:
        texts = tally(column(sheet, found.index[name], rows[:2000]))
        numbers = sum(n for t, n in texts.items() if NUMBER.match(t))
        if not texts or numbers < 0.6 * sum(texts.values()):
            return None
    return Recognition(
        "attendance_totals",
        0.8,
        header.row,
        header.first_row,
        found.columns,
        found.questions,
        found.findings,
        {"header": header},
    )


@dataclass(frozen=True)
class _Period:
    """First day and first day after, one a row; null where unknown."""

    begin: pa.Array
    end: pa.Array
    bad: Bools
    questions: tuple[Question, ...]
    findings: tuple[Finding, ...]


def extract(sheet: Sheet, recognition: Recognition, context: Context) -> Extract:
    """Half days possible and missed of each student and period."""
    if "months" in recognition.notes:
        return monthtotals.extract(sheet, recognition, context)
    header, index = header_of(recognition), columns_of(recognition)
    found = data_rows(sheet, header, [index[k] for k in KEYS if k in index])
    here = found.index
    people = read_people(sheet, recognition, context, rows=here)
    period = _period(sheet, recognition, context, people, here)
    possible, absent, wrong, findings = read_counts(sheet, header.names, index, here)
    good = people.good & ~wrong & ~period.bad & filled(period.begin)
    keys = [people.students.keys, period.begin, period.end]
    at = np.flatnonzero(good & filled(people.students.keys))
    take = pa.array(at)
    stand = last_stands([k.take(take) for k in keys], [possible.take(take), absent.take(take)])
    begins = pc.cast(period.begin.take(take), pa.string())
    twice = conflict_findings(stand, sheet, Cells("", here[at]), begins, "student and period")
    good[at[~stand.keep]] = False
    facts: dict[str, pa.Table] = {}
    if known_schools(people) and not period.questions:
        keep = pa.array(np.flatnonzero(good))
        table = pa.table(
            {
                "student": people.students.keys,
                "begin_date": period.begin,
                "end_date": period.end,
                "org_id": people.org_id,
                "grade": people.grade,
                "class": people.class_,
                "possible": possible,
                "absent": absent,
                "row": sheet_row(here),
            }
        ).take(keep)
        facts = {
            "organisations": people.places.facts,
            "students": people.students.facts,
            "attendance_periods": table,
        }
    open_period = filled(period.begin) | period.bad
    rejected = ~good & (open_period if period.questions else True)
    return Extract(
        facts,
        len(here),
        frozenset((here[rejected] + 1).tolist()),
        found.skipped,
        (*people.questions, *period.questions),
        (*people.findings, *period.findings, *findings, *twice, *left_out(sheet, header, here)),
    )


def _period(
    sheet: Sheet, recognition: Recognition, context: Context, people: People, here: Ints
) -> _Period:
    """From two date columns, else a month column, else the title block or the sheet's name.

    Beside a month, a year of one number ('Year: 2025') is the calendar year of that month.
    """
    header, index = header_of(recognition), columns_of(recognition)
    if {"begin_date", "end_date"} <= set(index):
        return _from_dates(sheet, recognition, context, here)
    if "month" in index:
        months = column(sheet, index["month"], here)
    else:
        told = (
            context.answer("month", sheet),
            header.hints.get("month"),
            header.hints.get("title"),
            sheet.name,
            sheet.file.rsplit("/", 1)[-1],
        )
        text = next((t for t in told if parse_month(t)), None)
        months = repeat(text, len(here))
        if text is None:
            asked = Question("month", "Which month are these totals for? Write it as June 2025.")
            none = pa.nulls(len(here), pa.date32())
            return _Period(none, none, np.zeros(len(here), dtype=np.bool_), (asked,), ())
    start = year_start(context)

    def begin(text: str | None, year: str | None, stated: str | None) -> date | None:
        found = _month(text)
        single = SINGLE_YEAR.match(stated or "")
        if found is None or (found[1] is None and year is None):
            return None
        if found[1] is None and single:
            return date(int(single[1]), found[0], 1)
        return date(found[1] or year_of_month(year or "", found[0], start), found[0], 1)

    if "academic_year" in index:
        years = column(sheet, index["academic_year"], here)
    else:
        said = context.answer("year", sheet)
        years = repeat(None if said else header.hints.get("academic_year"), len(here))
    begins = over_groups([months, people.year, years], begin, pa.date32())
    ends = over_unique(pc.cast(begins, pa.string()), next_month, pa.date32())
    known = mask(over_unique(months, lambda t: _month(t) is not None, pa.bool_()))
    yearless = known & ~filled(begins)
    cells = Cells(header.names[index["month"]] if "month" in index else "", here)
    bad = ~known
    findings = rejections(
        "month",
        "This is not a month.",
        sheet,
        cells,
        np.flatnonzero(bad).tolist(),
        months,
        "a month such as June 2025",
    )
    asked_year = (year_question(),) if yearless.any() else ()
    return _Period(begins, ends, bad, asked_year, tuple(findings))


def _month(text: str | None) -> tuple[int, int | None] | None:
    """A month by name, or by its number alone."""
    found = parse_month(text)
    if found is None and text and re.fullmatch(r"0?[1-9]|1[0-2]", text.strip()):
        return int(text), None
    return found


def _from_dates(sheet: Sheet, recognition: Recognition, context: Context, here: Ints) -> _Period:
    """A period from its first to its last day; the last day belongs to it."""
    header, index = header_of(recognition), columns_of(recognition)
    year = stated_year(context.answer("year", sheet) or header.hints.get("academic_year"))
    both = [
        read_dates(
            column(sheet, index[n], here), context, sheet, Cells(header.names[index[n]], here), year
        )
        for n in ("begin_date", "end_date")
    ]
    after = over_unique(
        pc.cast(both[1].values, pa.string()),
        lambda t: date.fromisoformat(t) + timedelta(days=1),
        pa.date32(),
    )
    bad = ~filled(both[0].values) | ~filled(after)
    turned = mask(pc.greater_equal(both[0].values, after))
    findings = [
        *both[0].findings,
        *both[1].findings,
        *rejections(
            "period",
            "The last day lies before the first one.",
            sheet,
            Cells(header.names[index["end_date"]], here),
            np.flatnonzero(turned).tolist(),
            pc.cast(both[1].values, pa.string()),
            "a day on or after the first one",
        ),
    ]
    asked = {q.about: q for d in both for q in d.questions if q.required}
    return _Period(both[0].values, after, bad | turned, tuple(asked.values()), tuple(findings))


LAYOUT = Layout(
    "attendance_totals", "attendance", "attendance totals", 50, "2", _WORDS, recognise, extract
)
