"""Dates as people type them, decided per column from all of its values, never guessed cell by cell.

A part over 12 settles day or month first; else the preset's order is followed and said so. A column
with both keeps the order of the most cells and names the others. Months too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

import pyarrow as pa

from etl.cells import over_unique, tally
from etl.checks import Cells, rejections
from etl.model import Context, Finding, Question, Sheet
from etl.schoolyears import YEAR_ALONE, YEAR_PAIR, year_of_month, year_question
from school.config import academic_year as year_of_day
from school.config import preset

MONTHS = {
    m: i + 1
    for i, words in enumerate(
        (
            "jan january janv januar",
            "feb february",
            "mar march",
            "apr april",
            "may mai",
            "jun june",
            "jul july",
            "aug august",
            "sep sept september",
            "oct october",
            "nov november",
            "dec december",
        )
    )
    for m in words.split()
}
_ISO = re.compile(r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]\d.*)?$")
_COMPACT = re.compile(r"^((?:19|20)\d\d)(\d\d)(\d\d)$")
_PARTS = re.compile(r"^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?:[T ,]+\d.*)?$")
_WORDS = re.compile(
    r"^(?:[a-z]{3,9}\.?,?\s+)?(\d{1,2})(?:st|nd|rd|th)?[-/. ]*([a-z]{3,9})\.?"
    r"(?:[-/., ]+'?(\d{4}|\d{2}))?(?:\s+\d\d?:.*)?$",
    re.I,
)
_US_WORDS = re.compile(
    r"^(?:[a-z]{3,9}\.?,?\s+)?([a-z]{3,9})\.?[-/. ]*(\d{1,2})(?:st|nd|rd|th)?"
    r"(?:[-/., ]+'?(\d{4}|\d{2}))?(?:\s+\d\d?:.*)?$",
    re.I,
)
_SERIAL = re.compile(r"^([1-7]\d{4})(?:\.\d+)?$")
_SHORT = re.compile(r"^(\d{1,2})[-/](\d{1,2})$")
_MONTH_YEAR = re.compile(
    r"(?<![a-z])([a-z]{3,9})\.?[\s,'’/_-]*((?:19|20)\d\d|\d\d)?(?![a-z\d])", re.I
)
_NUMBER_MONTH = re.compile(
    r"^(?:((?:19|20)\d\d)[-/](\d{1,2})|(\d{1,2})[-/]((?:19|20)\d\d))(?:-01)?(?: 00:00:00)?$"
)


@dataclass(frozen=True)
class Day:
    """What one text says: a date, or two small numbers whose order is open, or a day without a
    year.
    """

    date: date | None = None
    pair: tuple[int, int, int] | None = None  # first, second, year (0 if missing)


@dataclass(frozen=True)
class Dates:
    """A column of dates. Rows in `bad` hold something that is no date; `findings` name the cells.
    """

    values: pa.Array  # date32, null where blank or bad
    bad: frozenset[int]  # positions in the column
    findings: tuple[Finding, ...]
    order: str  # 'dmy', 'mdy' or 'ymd'
    ambiguous: bool
    questions: tuple[Question, ...] = ()


def read_dates(
    column: pa.Array,
    context: Context,
    sheet: Sheet,
    cells: Cells,
    year: str | None = None,
) -> Dates:
    """The dates of a whole column. `year` is the academic year where the texts have none."""
    counts = tally(column)
    read = {text: parse_cell(text, sheet) for text in counts}
    order, ambiguous = decide(read, counts, context, sheet)
    start = year_start(context)
    made = {text: settle(day, order, year, start) for text, day in read.items()}
    values = over_unique(column, made.get, pa.date32())
    missing = {t for t, d in read.items() if d is not None and d.pair is not None and not d.pair[2]}
    questions = (year_question(),) if missing and year is None else ()
    wrong = {t for t, d in made.items() if d is None and (year is not None or t not in missing)}
    bad = () if not wrong else [i for i, v in enumerate(column.to_pylist()) if v in wrong]
    findings = list(
        rejections(
            "date",
            "This is not a date that fits the rest of the column.",
            sheet,
            cells,
            bad,
            column,
            {"dmy": "day/month/year", "mdy": "month/day/year"}.get(order, "year-month-day"),
        )
    )
    if ambiguous:
        first = "day" if order == "dmy" else "month"
        findings.append(
            Finding(
                "date order",
                "warns",
                "Dates in this column can be read two ways. "
                f"We read the {first} first{', as your preset does' if context.preset else ''}.",
                sheet.name,
                column=cells.column,
                expected="a part over 12, or year-month-day",
            )
        )
        questions = (
            *questions,
            Question(
                "dates",
                "Which comes first in these dates, the day or the month?",
                ("dmy", "mdy"),
                tuple(list(counts)[:3]),
                required=False,
            ),
        )
    return Dates(values, frozenset(bad), tuple(findings), order, ambiguous, questions)


def parse_cell(text: str, sheet: Sheet) -> Day | None:
    """A cell of a column of dates: also Excel's own day number, where the cell lost its format."""
    found = _SERIAL.match(text)
    if not found:
        return parse(text)
    number = int(found[1]) + (1462 if sheet.date_system == 1904 else 0)
    made = date(1899, 12, 30) + timedelta(days=number)
    return Day(made) if 1950 <= made.year < 2100 else None


def parse(text: str) -> Day | None:
    """One text as a `Day`; None if it is no date at all."""
    text = " ".join(text.split())
    if found := _ISO.match(text) or _COMPACT.match(text):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _PARTS.match(text):
        return Day(pair=(int(found[1]), int(found[2]), _full_year(found[3])))
    if found := _SHORT.match(text):
        return Day(pair=(int(found[1]), int(found[2]), 0))
    for pattern, day, month in ((_WORDS, 1, 2), (_US_WORDS, 2, 1)):
        if (found := pattern.match(text)) and found[month].lower() in MONTHS:
            number = MONTHS[found[month].lower()]
            if found[3]:
                return _day(_full_year(found[3]), number, int(found[day]))
            return Day(
                pair=(int(found[day]) + 100, number + 100, 0)
            )  # over 100: the order is settled
    return None


def _day(year: int, month: int, day: int) -> Day | None:
    try:
        return Day(date(year, month, day))
    except ValueError:
        return None


def _full_year(text: str) -> int:
    """'25' is 2025, '87' is 1987 (a birth date)."""
    number = int(text)
    if number >= 100:
        return number
    return 2000 + number if number < 70 else 1900 + number


def decide(
    read: dict[str, Day | None], counts: dict[str, int], context: Context, sheet: Sheet
) -> tuple[str, bool]:
    """Order of the column, and whether only the preset decided it."""
    first = second = pairs = 0
    for text, day in read.items():
        if day is not None and day.pair is not None and day.pair[0] < 100:
            pairs += 1
            first += counts[text] * (day.pair[0] > 12)
            second += counts[text] * (day.pair[1] > 12)
    said = context.answer("dates", sheet)
    if said in ("dmy", "mdy"):
        return said, False
    if not pairs:
        return "ymd", False
    if first != second:
        return ("dmy" if first > second else "mdy"), False
    chosen = preset(context.preset)
    return (chosen.date_order if chosen else "dmy"), True


def settle(day: Day | None, order: str, year: str | None, start: tuple[int, int]) -> date | None:
    """The date a `Day` is in the column's order; a missing year comes from the academic year."""
    if day is None or day.date is not None:
        return None if day is None else day.date
    if day.pair is None:
        return None
    first, second, stated = day.pair
    number, month = (second, first) if order == "mdy" and first < 100 else (first, second)
    number, month = number % 100, month % 100
    if not stated:
        if year is None:
            return None
        stated = year_of_month(year, month, start)
    try:
        return date(stated, month, number)
    except ValueError:
        return None


def year_start(context: Context) -> tuple[int, int]:
    """First day of the school year as (month, day): the preset's, else 1 August."""
    chosen = preset(context.preset)
    return chosen.year_start if chosen else (8, 1)


def years_of(days: pa.Array, context: Context) -> pa.Array:
    """The academic year in which each day lies, by the preset's start of the year."""
    start = year_start(context)
    return over_unique(days, lambda d: year_of_day(d, start), pa.string())


def parse_month(text: str | None) -> tuple[int, int | None] | None:
    """(month, year or None) of 'June 2025', 'Jun-25', '2025-06', '06/2025'; None if it names no
    month.
    """
    if not text:
        return None
    if found := _NUMBER_MONTH.match(text.strip()):
        year, month = int(found[1] or found[4]), int(found[2] or found[3])
        return (month, year) if 1 <= month <= 12 else None
    if found := _ISO.match(text.strip()):
        return (int(found[2]), int(found[1])) if 1 <= int(found[2]) <= 12 else None
    for found in _MONTH_YEAR.finditer(text.replace("_", " ")):
        month = MONTHS.get(found[1].lower(), 0)
        if month:
            alone = YEAR_ALONE.search(text)
            if found[2]:
                return month, _full_year(found[2])
            return month, (int(alone[1]) if alone and not YEAR_PAIR.search(text) else None)
    return None


def next_month(text: str) -> date:
    """The first day of the month after that of a day written as year-month-day."""
    return (date.fromisoformat(text).replace(day=28) + timedelta(days=4)).replace(day=1)
