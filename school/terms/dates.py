"""Dates as the country writes them, never as figures with slashes."""

from __future__ import annotations

from datetime import date

from school.config import Preset

_SHORT = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LONG = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
         "October", "November", "December")


def day_words(day: date, preset: Preset | None = None, *, short: bool = False) -> str:
    """'14 Nov 2025'; in England '14 November 2025' unless `short`; in the US 'Nov 14, 2025'."""
    part = day_month(day, preset, short=short)
    return f"{part}, {day.year}" if _us(preset) else f"{part} {day.year}"


def day_month(day: date, preset: Preset | None = None, *, short: bool = True) -> str:
    """A day without its year: '14 Nov', in the US 'Nov 14'."""
    long = preset is not None and preset.name == "england" and not short
    month = (_LONG if long else _SHORT)[day.month - 1]
    return f"{month} {day.day}" if _us(preset) else f"{day.day} {month}"


def span_words(start: date, end: date, preset: Preset | None = None) -> str:
    """'3 to 28 Jan 2022', '1 Apr to 14 Nov 2025', '1 Apr 2024 to 31 Mar 2025'."""
    if start == end:
        return day_words(start, preset, short=True)
    last = day_words(end, preset, short=True)
    if start.year != end.year:
        return f"{day_words(start, preset, short=True)} to {last}"
    if start.month == end.month and not _us(preset):
        return f"{start.day} to {last}"
    return f"{day_month(start, preset)} to {last}"


def week_of(day: date, preset: Preset | None = None, *, year: bool = False) -> str:
    """'week of 10 Nov', named for its Monday; with its year where that is asked for."""
    return f"week of {day_words(day, preset, short=True) if year else day_month(day, preset)}"


def month_words(day: date) -> str:
    """'Nov 2025'."""
    return f"{_SHORT[day.month - 1]} {day.year}"


def year_label(academic_year: str, preset: Preset | None = None) -> str:
    """'2025-26', in England '2025/26'."""
    return academic_year.replace("-", preset.year_separator) if preset else academic_year


def _us(preset: Preset | None) -> bool:
    return preset is not None and preset.date_order == "mdy"
