"""A gap over time: the same two groups, period by period, with the range of each difference."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from school.answers import Row
from school.config import Preset
from school.equity.support import inside
from school.equity.values import OTHERS, Gap, Moment, Side
from school.measures import answer
from school.needs.where import LEAST
from school.places import UNKNOWN
from school.stats import difference_interval
from school.store import Store
from school.view import Period


def moments(
    store: Store, gap: Gap, preset: Preset | None, *, start: date, reference: str = OTHERS,
    period: Period = "term",
) -> tuple[Moment, ...]:
    """The gap in each period from `start` to the end of its view; only those with ten on a side.

    A gap inside a part is looked at inside that part. For tests a period holds all tests in it.
    """
    view = gap.view.choose("assessment", ()).with_(start=start, by=(gap.column,), period=period)
    view = inside(view, gap.within)
    found = answer(store, gap.measure, view, preset=preset)
    out: list[Moment] = []
    for first in sorted({r.period.start for r in found.rows if r.period}):
        rows = [r for r in found.rows if r.period and r.period.start == first]
        moment = _moment(rows, gap, found.better == "higher", reference)
        if moment is not None:
            out.append(moment)
    return tuple(out)


def _moment(rows: Sequence[Row], gap: Gap, higher: bool, reference: str) -> Moment | None:
    here, other = Side(0, 0), Side(0, 0)
    for row in rows:
        value = row.segments[gap.column]
        if value == UNKNOWN or row.hidden or row.numerator is None or not row.denominator:
            continue
        bad = round(row.denominator - row.numerator if higher else row.numerator)
        if value == gap.value:
            here = Side(here.bad + bad, here.of + round(row.denominator))
        elif reference in (OTHERS, value):
            other = Side(other.bad + bad, other.of + round(row.denominator))
    if here.of < LEAST or other.of < LEAST:
        return None
    interval = difference_interval(here.bad, here.of, other.bad, other.of)
    period = rows[0].period
    assert interval is not None and period is not None
    return Moment(period.start.isoformat(), period.label, here, other, here.share - other.share,
                  interval)
