"""Who grew more than students who started at the same place? Residual gain from two scores each.

The last score is predicted from the first one over everybody in the view (ANCOVA); what a group
has above that is its residual gain. Groups stand in the order of the school and are never ranked.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import correlation, linear_regression, stdev

from school.config import Preset
from school.measures import StudentRow, students
from school.measures.reckoning import natural
from school.stats.change import return_to_mean
from school.store import Store
from school.view import View

LEAST_STUDENTS = 10  # with two scores, for the line
LEAST_IN_GROUP = 5


@dataclass(frozen=True)
class Group:
    """The mean residual of one group with its range; None where it has fewer than five students."""

    label: str
    students: int
    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Growth:
    """The line last = intercept + slope * first, and each group beside it; `why` where none is."""

    students: int
    slope: float | None
    intercept: float | None
    groups: tuple[Group, ...]
    why: str | None = None


def residual_gain(
    store: Store, view: View, preset: Preset | None,
    of: Callable[[StudentRow], str] = lambda row: row.grade,
) -> Growth:
    """Residual gain by group of the students of a view. `of` names the group of a student.

    Empty outside the school's own staff, like every list of students.
    """
    rows = students(store, "gain", view, preset=preset)
    pairs = [(of(r), r.first, r.first + r.value) for r in rows
             if r.first is not None and r.value is not None]
    return grown(pairs)


def grown(pairs: Sequence[tuple[str, float, float]]) -> Growth:
    """The same from (group, first score, last score) of each student."""
    if len(pairs) < LEAST_STUDENTS:
        return Growth(len(pairs), None, None, (),
                      f"fewer than {LEAST_STUDENTS} students have two scores")
    firsts, lasts = [p[1] for p in pairs], [p[2] for p in pairs]
    if len(set(firsts)) == 1:
        return Growth(len(pairs), None, None, (), "all first scores are the same")
    slope, intercept = linear_regression(firsts, lasts)
    over = [last - intercept - slope * first for _, first, last in pairs]
    spread = stdev(over)
    groups: dict[str, list[float]] = {}
    for (label, _, _), residual in zip(pairs, over, strict=True):
        groups.setdefault(label, []).append(residual)
    return Growth(len(pairs), slope, intercept, tuple(
        _group(label, groups[label], spread) for label in sorted(groups, key=natural)))


def _group(label: str, residuals: Sequence[float], spread: float) -> Group:
    count = len(residuals)
    if count < LEAST_IN_GROUP:
        return Group(label, count, None, None, None)
    mean, half = sum(residuals) / count, 1.96 * spread / math.sqrt(count)
    return Group(label, count, mean, mean - half, mean + half)


LOWEST = 0.25  # of the students, by their first score


@dataclass(frozen=True)
class Below:
    """The students who started lowest: their mean gain, and how much of it comes by itself.

    `by_itself` is what a group picked by a low first score gains when nothing is done (regression
    to the mean), beside the mean gain of all, `all_gain`.
    """

    students: int
    gain: float
    by_itself: float
    all_gain: float


def from_below(store: Store, view: View, preset: Preset | None) -> Below | None:
    """The gain of the lowest quarter by first score; None under ten students with two scores."""
    rows = students(store, "gain", view, preset=preset)
    return below([(r.first, r.first + r.value) for r in rows
                  if r.first is not None and r.value is not None])


def below(pairs: Sequence[tuple[float, float]]) -> Below | None:
    """The same from (first score, last score) of each student."""
    if len(pairs) < LEAST_STUDENTS or len({f for f, _ in pairs}) < 2:
        return None
    firsts, lasts = [f for f, _ in pairs], [last for _, last in pairs]
    picked = sorted(firsts)[max(1, int(LOWEST * len(firsts))) - 1]
    low = [(f, last) for f, last in pairs if f <= picked]
    if len(low) == len(pairs) or len(set(lasts)) < 2:
        return None
    cut = (picked + min(f for f in firsts if f > picked)) / 2
    by_itself = return_to_mean(sum(firsts) / len(firsts), stdev(firsts), cut,
                               max(0.0, correlation(firsts, lasts)))
    return Below(len(low), sum(last - f for f, last in low) / len(low), by_itself,
                 sum(last - f for f, last in pairs) / len(pairs))
