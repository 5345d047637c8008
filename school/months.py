"""Which months of a view are counted whole, from `mart.attendance_months`, and which by the day.

A month is whole where the view shows all of it that there is, and no period begins inside it. What
the months say is the sum of their days, so both ways come to the same number.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from school.prelude import Prelude
    from school.view import View

Stretch = tuple[date, date]  # first and last day, both included


@dataclass(frozen=True)
class Parts:
    """The stretches of a view that are made of whole months, and the days that are left."""

    whole: tuple[Stretch, ...]
    days: tuple[Stretch, ...]


def parts(
    start: date, end: date, cuts: Iterable[date] = (), known: Stretch | None = None,
) -> Parts:
    """The view from `start` to `end`, taken apart. Periods begin on the days of `cuts`.

    `known` are the first and last day that there is anything of: a month is shown whole as well
    where nothing lies outside the view.
    """
    first, last = start, end
    if known is not None and start <= known[0]:
        first = known[0].replace(day=1)
    if known is not None and end >= known[1]:
        last = _end_of(known[1])
    if last < first:
        return Parts((), ((start, end),))
    inside = {_month(c) for c in cuts if c.day > 1}
    whole: list[Stretch] = []
    days: list[Stretch] = []
    day = first
    while day <= last:
        stop = min(_end_of(day), last)
        fits = day.day == 1 and stop == _end_of(day) and _month(day) not in inside
        _lengthen(whole if fits else days, (day, stop))
        day = stop + timedelta(days=1)
    return Parts(tuple(whole), tuple(days))


def parts_of(prelude: Prelude) -> Parts:
    """The view of a question, taken apart; every day by itself where days are asked for."""
    view = prelude.view
    if prelude.daily or by_day(view) or view.period == "week":
        return Parts((), ((view.start, view.end),))
    cuts = [s.start for s in prelude.spans]
    return parts(view.start, view.end, cuts, prelude.ground.marked)


def by_day(view: View) -> bool:
    """Whether only rows of single days say something here."""
    return view.period == "day" or "weekday" in view.by or bool(view.values("weekday"))


def within(prelude: Prelude, column: str, stretches: Iterable[Stretch]) -> str:
    """SQL that keeps the days of these stretches; false where there is none."""
    return " or ".join(f"{column} between {prelude.bind(a)} and {prelude.bind(b)}"
                       for a, b in stretches) or "false"


def _month(day: date) -> tuple[int, int]:
    return day.year, day.month


def _end_of(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def _lengthen(stretches: list[Stretch], one: Stretch) -> None:
    """Add a stretch, or lengthen the last where it follows at once."""
    if stretches and stretches[-1][1] + timedelta(days=1) == one[0]:
        stretches[-1] = (stretches[-1][0], one[1])
    else:
        stretches.append(one)
