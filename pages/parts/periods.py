"""Named stretches of time: this term, this year, last year, all dates."""

from __future__ import annotations

from datetime import date, timedelta

from school.config import Preset, academic_year

DATES = "Dates"
Stretch = tuple[date, date]


def year_start(day: date, preset: Preset | None) -> date:
    """First day of the academic year that `day` lies in."""
    month, first = preset.year_start if preset else (1, 1)
    year = int(academic_year(day, (month, first))[:4])
    return date(year, month, first)


def named(first: date, last: date, preset: Preset | None) -> dict[str, Stretch]:
    """What can be chosen by name, for data from `first` to `last`; no end lies after `last`."""
    begin = year_start(last, preset)
    before = year_start(begin - timedelta(days=1), preset)
    out: dict[str, Stretch] = {}
    term = _term(begin, last)
    if term > begin:
        out["This term"] = (term, last)
    out["This year"] = (begin, last)
    if first < begin:
        out["Last year"] = (before, begin - timedelta(days=1))
        out["All dates"] = (first, last)
    return out


def default(first: date, last: date, preset: Preset | None) -> Stretch:
    """The stretch a fresh visit shows: this year."""
    return named(first, last, preset)["This year"]


def _term(begin: date, day: date) -> date:
    """First day of the third of the academic year that `day` lies in."""
    third = begin
    for part in (1, 2):
        months = begin.month - 1 + 4 * part
        start = date(begin.year + months // 12, months % 12 + 1, min(begin.day, 28))
        if start <= day:
            third = start
    return third
