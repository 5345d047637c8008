"""The day on which a country's schools count their students, as a date of a school year."""

from __future__ import annotations

from datetime import date, timedelta

from school.config import Preset

_DEFAULT = (9, 30)  # where no preset is chosen


def census_day(until: date, preset: Preset | None) -> date:
    """The last census day that is not after `until`."""
    rule = preset.census_on if preset else _DEFAULT
    this = _in_year(until.year, rule)
    return this if this <= until else _in_year(until.year - 1, rule)


def _in_year(year: int, rule: tuple[int, ...]) -> date:
    """The day of this calendar year: month and day, or the week'th weekday of a month."""
    if len(rule) == 2:
        return date(year, rule[0], rule[1])
    month, week, weekday = rule
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (week - 1))
