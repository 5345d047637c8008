"""Other ways of counting the same students, as pure arithmetic over their counts.

Thresholds are on whole half days, as in the measures themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from school.counted.values import Days, Other, Reason, Results

Change = Callable[[Days], Days]
TINY = 1e-9


def _late(day: Days) -> Days:
    return replace(day, absent=day.absent + day.late)


CHANGES: Mapping[Reason, Change] = {
    "half_present": lambda d: replace(d, absent=d.absent - d.halved),
    "half_absent": lambda d: replace(d, absent=d.absent + d.halved),
    "approved_absent": lambda d: replace(d, absent=d.absent + d.approved),
    "late_absent": _late,
    "authorised_out": lambda d: replace(d, absent=d.absent - d.authorised),
    "unmarked_present": lambda d: replace(d, possible=d.possible + d.unmarked),
    "unmarked_absent": lambda d: replace(d, possible=d.possible + d.unmarked,
                                         absent=d.absent + d.unmarked),
    "whole_year": lambda d: replace(d, possible=d.possible + d.outside),
}
_AMOUNTS: Mapping[Reason, Callable[[Days], float]] = {
    "half_present": lambda d: d.halved, "half_absent": lambda d: d.halved,
    "approved_absent": lambda d: d.approved / 2, "late_absent": lambda d: d.late / 2,
    "authorised_out": lambda d: d.authorised / 2, "unmarked_present": lambda d: d.unmarked / 2,
    "unmarked_absent": lambda d: d.unmarked / 2,
    "whole_year": lambda d: float(d.outside > 0),
}


def absence(days: Iterable[Days]) -> float | None:
    """Half days missed of those possible."""
    listed = list(days)
    possible = sum(d.possible for d in listed)
    return sum(d.absent for d in listed) / possible if possible else None


def attendance(days: Iterable[Days]) -> float | None:
    """The rest of them."""
    missed = absence(days)
    return None if missed is None else 1 - missed


def beyond(line: int, minimum: int, *, more: bool = False) -> Callable[[Iterable[Days]],
                                                                       float | None]:
    """The share of students who missed at least `line` percent of their own days, of those with at
    least `minimum` days; with `more` only those who missed more than that."""

    def share(days: Iterable[Days]) -> float | None:
        judged = [d for d in days if d.possible > 0 and d.possible >= 2 * minimum]
        over = [d for d in judged if 100 * d.absent > line * d.possible
                or (not more and 100 * d.absent == line * d.possible)]
        return len(over) / len(judged) if judged else None

    return share


Figure = Callable[[Iterable[Days]], float | None]


def register_ways(days: Sequence[Days], figure: Figure) -> list[Other]:
    """The figure under every other way of counting the register that moves it."""
    ours = figure(days)
    found: list[Other] = []
    for reason, change in CHANGES.items():
        found += _other(reason, figure([change(d) for d in days]),
                        sum(_AMOUNTS[reason](d) for d in days))
    stayed = [d for d in days if not d.left]
    found += _other("leavers_out", figure(stayed), len(days) - len(stayed))
    early = [d for d in days if not d.joined]
    found += _other("joiners_out", figure(early), len(days) - len(early))
    return [o for o in found if ours is not None and abs(o.figure - ours) > TINY]


def mean_of_students(days: Sequence[Days], *, attended: bool) -> list[Other]:
    """The mean of each student's own rate: ten days of one count as much as all of another."""
    rates = [d.absent / d.possible for d in days if d.possible]
    if not rates:
        return []
    mean = sum(rates) / len(rates)
    return [Other("mean_of_students", 1 - mean if attended else mean, len(rates))]


def _other(reason: Reason, figure: float | None, amount: float) -> list[Other]:
    return [] if figure is None or not amount else [Other(reason, figure, round(amount))]


def passed(results: Iterable[Results]) -> float | None:
    """Results that pass, of those with a score."""
    listed = list(results)
    sat = sum(t.sat for t in listed)
    return sum(t.passed for t in listed) / sat if sat else None


def result_ways(results: Sequence[Results]) -> list[Other]:
    """The pass rate under every other way of counting who should have passed."""
    whole = sum(t.passed for t in results)
    sat, missed = sum(t.sat for t in results), sum(t.missed for t in results)
    unlisted = sum(t.unlisted for t in results)
    takers = [t for t in results if t.sat]
    found: list[Other] = []
    if missed:
        found += _other("missed_as_failed", whole / (sat + missed), missed)
    if unlisted:
        found += _other("enrolled", whole / (sat + missed + unlisted), missed + unlisted)
    if any(t.sat > 1 for t in takers):
        count = len(takers)
        found += _other("passed_all", sum(t.passed == t.sat for t in takers) / count, count)
        found += _other("passed_any", sum(t.passed > 0 for t in takers) / count, count)
    stayed = [t for t in results if not t.left]
    found += _other("leavers_out", passed(stayed), len(results) - len(stayed))
    ours = passed(results)
    return [o for o in found if ours is not None and abs(o.figure - ours) > TINY]


def closer(ours: float, theirs: float, ways: Iterable[Other]) -> tuple[Other, ...]:
    """The ways that come closer to the other figure than ours does, best first."""
    gap = abs(ours - theirs)
    found = [o for o in ways if abs(o.figure - theirs) < gap - TINY]
    return tuple(sorted(found, key=lambda o: abs(o.figure - theirs)))
