"""Stretches of time around a view."""

from __future__ import annotations

from datetime import date

from school.view import View


def day_a_year_before(day: date) -> date:
    """The same day of the year before; 29 February becomes 28 February."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def year_before(view: View) -> View:
    """The same view a year earlier, to the same date; the as-of date stays."""
    return view.with_(start=day_a_year_before(view.start), end=day_a_year_before(view.end))
