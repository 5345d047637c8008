"""Classes that gain steadily: higher at each of the last three tests, clearly above their start.

Found by test and not by opinion: one month up is nothing. A class stands here as a team.
"""

from __future__ import annotations

from itertools import pairwise

from school.answers import Row
from school.config import Preset
from school.measures import answer
from school.places import UNKNOWN
from school.progress import progress
from school.stats import Estimate, change_interval
from school.stats.least import MEMBERS
from school.store import Store
from school.view import View
from school.within.values import Steady

TESTS = 3
_MEASURES = ("mean_score", "share_at_level")


def steady(store: Store, view: View, preset: Preset | None) -> tuple[Steady, ...]:
    """Class and subject pairs with a steady gain, in the order of their names."""
    found: dict[tuple[str, str], Steady] = {}
    for measure in _MEASURES:
        split = answer(store, measure, view.with_(by=("class", "subject"), period="month"),
                       preset=preset)
        courses: dict[tuple[str, str], list[Row]] = {}
        for row in split.rows:
            key = (row.segments["class"], row.segments["subject"])
            if row.value is not None and UNKNOWN not in key and \
                    (row.people or 0) >= MEMBERS:
                courses.setdefault(key, []).append(row)
        for key, rows in courses.items():
            one = _steady(store, key, rows, view, measure, preset)
            if one is not None:
                found.setdefault(key, one)
    return tuple(found[k] for k in sorted(found))


def _steady(
    store: Store, key: tuple[str, str], rows: list[Row], view: View, measure: str,
    preset: Preset | None,
) -> Steady | None:
    """The gain of a class whose last tests were each higher than the one before, or whose weekly
    checks have left their usual range on the good side."""
    rows = sorted(rows, key=lambda r: r.period.start if r.period else view.start)
    if len(rows) < TESTS:
        return None
    first, last = _estimate(rows[0]), _estimate(rows[-1])
    if first is None or last is None:
        return None
    low, high = change_interval(first, last)
    narrowed = view.narrow("class", (key[0],)).choose("subject", (key[1],))
    rising = all(b > a for a, b in pairwise(r.value or 0.0 for r in rows[-TESTS:]))
    if low <= 0 or not (rising or _beyond(store, measure, narrowed, preset)):
        return None
    scale = 100.0 if measure == "share_at_level" else 1.0
    return Steady(key[0], key[1], len(rows), (last.value - first.value) * scale,
                  (low * scale, high * scale), narrowed)


def _beyond(store: Store, measure: str, view: View, preset: Preset | None) -> bool:
    """Whether the course of this class lies above its own usual range."""
    return progress(store, measure, view, preset).verdict == "better"


def _estimate(row: Row) -> Estimate | None:
    if row.value is None or row.low is None or row.high is None:
        return None
    return Estimate(row.value, row.low, row.high)
