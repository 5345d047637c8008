"""The days of a register: which columns are days, and which date each of them is.

A day may be a real date, '25-Aug', or a bare number under a month that stands above it, in the
title, in the sheet's name or in the file's name. What cannot be known is asked, never assumed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

from etl.dates import Day, parse, parse_month
from etl.daydates import Around
from etl.fields import is_known
from etl.headerparts import is_weekday_row
from etl.headers import Header, grid
from etl.hints import read_hints
from etl.model import Context, Finding, Question, Sheet

FEWEST = 5  # day columns that make a register
DATED = 2  # fewer are enough where each says its year: nothing else is written so

_WEEKDAY = r"(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)(?:day|nesday|sday|rsday|urday)?"
_BARE = re.compile(r"^(?:day|d)?[ -]?0?([1-9]|[12]\d|3[01])(?:st|nd|rd|th)?$", re.IGNORECASE)
_BEFORE = re.compile(rf"^{_WEEKDAY}\b[ ,.-]*", re.IGNORECASE)
_AFTER = re.compile(rf"[ ,(-]*\b(?:{_WEEKDAY}|[MTWFS]|Tu|Th|Su|Sa)\)?$", re.IGNORECASE)
_SERIAL = re.compile(r"^4[2-9]\d{3}$")  # 2014 to 2036
_HALF = re.compile(r"\b(AM|PM)\b", re.IGNORECASE)


@dataclass(frozen=True)
class DayColumn:
    """One column of marks. `date` is None while month or year are still asked about."""

    index: int
    label: str
    date: date | None
    session: str = "DAY"


@dataclass(frozen=True)
class Days:
    """The day columns of a register, with the header that names its other columns."""

    header: Header
    columns: tuple[DayColumn, ...]
    questions: tuple[Question, ...]
    findings: tuple[Finding, ...]


def find_days(sheet: Sheet, context: Context) -> Days | None:
    """The register's header: the row with most days, and the rows around it that belong to it."""
    rows = grid(sheet)
    counts = [len(_day_cells(row)) for row in rows]
    if not counts or max(counts) < DATED:
        return None
    at = counts.index(max(counts))
    cells = _day_cells(rows[at])
    if len(cells) < FEWEST and not all(_has_year(d) for _, d in cells):
        return None
    if not _ascending(cells):
        return None
    top = _top(rows, at, cells)
    last = at
    while last + 1 < len(rows) and (is_weekday_row(rows[last + 1]) or _is_half_row(rows[last + 1])):
        last += 1
    columns, halves = _spread(rows, at, last, cells)
    names = _names(rows, top, last, {c for c, _ in columns})
    hints = read_hints(rows[:top])
    header = Header(top, last, last + 1, names, tuple((n,) if n else () for n in names), hints)
    around = Around(sheet, context, header, rows, top, at)
    dates, questions, findings = around.dates(columns)
    made = tuple(
        DayColumn(c, _label(rows, at, c), d, s)
        for (c, _), d, s in zip(columns, dates, halves, strict=True)
    )
    return Days(header, _two_halves(made), questions, findings)


@lru_cache(maxsize=20_000)
def day_cell(text: str | None) -> int | Day | None:
    """What a header cell says about a day: a bare number, a date, or nothing."""
    if text is None:
        return None
    plain = _HALF.sub("", " ".join(text.split())).strip(" -/")
    plain = _AFTER.sub("", _BEFORE.sub("", plain)).strip()
    if _SERIAL.match(plain):  # a real date whose cell lost its format
        return Day(date(1899, 12, 30) + timedelta(days=int(plain)))
    bare = _BARE.match(plain)
    if bare:
        return int(bare[1])
    return parse(plain)


def _day_cells(row: Sequence[str | None]) -> list[tuple[int, int | Day]]:
    return [(i, d) for i, c in enumerate(row) if (d := day_cell(c)) is not None]


def _ascending(cells: Sequence[tuple[int, int | Day]]) -> bool:
    """Days of a register rise from left to right, a new month apart; marks in a row of data do not.
    """
    return any(_rises([d if isinstance(d, int) else _order(d, part) for _, d in cells])
               for part in (0, 1))  # fmt: skip


def _rises(order: Sequence[int]) -> bool:
    falls = sum(b < a for a, b in pairwise(order))
    return len(set(order)) >= min(FEWEST, len(order)) and falls <= len(order) // 15 + 1


def _order(day: Day, part: int) -> int:
    """Where a day stands in its month, if that is what this part of it says."""
    if day.date is not None:
        return day.date.toordinal()
    return (day.pair or (0, 0, 0))[part] % 100


def _has_year(day: int | Day) -> bool:
    return isinstance(day, Day) and (day.date is not None or bool((day.pair or (0, 0, 0))[2]))


def _top(rows: Sequence[Sequence[str | None]], at: int, cells: Sequence[tuple[int, object]]) -> int:
    """The first row of the header: above the days may stand months, weekdays or other names."""
    days = {i for i, _ in cells}
    top = at
    while top > 0 and at - top < 2:
        row = rows[top - 1]
        words = [(i, c) for i, c in enumerate(row) if c is not None]
        months = sum(i in days and parse_month(c) is not None for i, c in words)
        named = sum(i not in days and is_known(c) for i, c in words)
        bare = sum(i not in days and is_known(c) for i, c in enumerate(rows[at]) if c is not None)
        if any(":" in c for _, c in words):
            break
        if not (is_weekday_row(row) or months or (named >= 1 and not bare)):
            break
        top -= 1
    return top


def _is_half_row(row: Sequence[str | None]) -> bool:
    words = [c for c in row if c is not None]
    halves = sum(bool(_HALF.fullmatch(c)) for c in words)
    return len(words) >= 2 * DATED and halves >= 0.8 * len(words)


def _spread(
    rows: Sequence[Sequence[str | None]], at: int, last: int, cells: Sequence[tuple[int, int | Day]]
) -> tuple[list[tuple[int, int | Day]], list[str]]:
    """Day columns with their session; a day written once over AM and PM holds for both."""
    half = next((rows[r] for r in range(at + 1, last + 1) if _is_half_row(rows[r])), None)
    known = dict(cells)
    columns: list[tuple[int, int | Day]] = []
    sessions: list[str] = []
    current: int | Day | None = None
    for i in range(len(rows[at])):
        current = known.get(i, current if half and rows[at][i] is None else None)
        if current is None:
            continue
        spoken = _HALF.search(half[i] or "") if half else _HALF.search(rows[at][i] or "")
        if half and not spoken:
            continue
        columns.append((i, current))
        sessions.append(spoken[1].upper() if spoken else "DAY")
    return columns, sessions


def _names(
    rows: Sequence[Sequence[str | None]], top: int, last: int, days: set[int]
) -> tuple[str, ...]:
    """Names of the columns that are no days, from whichever header row names them."""
    out = []
    for i in range(len(rows[top])):
        pieces = [] if i in days else [rows[r][i] for r in range(top, last + 1)]
        told = dict.fromkeys(" ".join(p.split()) for p in pieces if p is not None)
        out.append(" / ".join(told))
    return tuple(out)


def _label(rows: Sequence[Sequence[str | None]], at: int, column: int) -> str:
    return " ".join((rows[at][column] or "").split()) or f"column {column + 1}"


def _two_halves(columns: tuple[DayColumn, ...]) -> tuple[DayColumn, ...]:
    """The same date in two columns side by side is its morning and its afternoon."""
    out = list(columns)
    for i in range(len(out) - 1):
        one, two = out[i], out[i + 1]
        if one.date is not None and one.date == two.date and one.session == two.session == "DAY":
            out[i], out[i + 1] = replace(one, session="AM"), replace(two, session="PM")
    return tuple(out)
