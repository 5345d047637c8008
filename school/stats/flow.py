"""Who moves on, stays back and leaves: grade flow of totals, dropout with bounds, parity.

Totals of two years mistake transfers for dropout, so a school with records of its students counts
what became of each. Nothing is clipped: what lies under 0 or over 1 is a sign of transfers.
"""

from __future__ import annotations

from dataclasses import dataclass

from school.stats.intervals import Interval


@dataclass(frozen=True)
class Flow:
    """Shares of the students of one grade a year later; a negative dropout is shown as it is."""

    promoted: float
    repeated: float
    dropout: float
    effective: float | None = None  # promotion of those who were not repeaters themselves


def grade_flow(
    enrolled: int, next_grade: int, next_repeaters: int, repeaters: int, had_repeaters: int = 0,
) -> Flow | None:
    """Flow of a grade from totals of two years; None where nobody was in it.

    `enrolled` students of the grade, of whom `had_repeaters` repeated it already; a year later
    `next_grade` are in the next grade, `next_repeaters` of them repeating that one, and `repeaters`
    repeat this one. Under 0 or over 1 is a sign of transfers and is not clipped. Source: UNESCO
    UIS, Education Indicators: Technical Guidelines.
    """
    if enrolled <= 0:
        return None
    moved = next_grade - next_repeaters
    promoted, repeated = moved / enrolled, repeaters / enrolled
    fresh = enrolled - had_repeaters
    return Flow(promoted, repeated, 1 - promoted - repeated, moved / fresh if fresh > 0 else None)


def dropout(dropped: int, unknown: int, base: int) -> tuple[float, Interval] | None:
    """Share that dropped out of `base` (without those who moved or died), and its bounds: none or
    all of those whose place is unknown dropped out. None without a base. Source: METHODS 3."""
    if base <= 0:
        return None
    return dropped / base, (dropped / base, (dropped + unknown) / base)


def gender_parity(female: float, male: float) -> float | None:
    """Female over male value (GPI); None without a male value. Parity lies at 0.97 to 1.03."""
    return female / male if male else None


def adjusted_parity(index: float) -> float:
    """The parity index made symmetric around 1 (GPIA), 0 to 2. Source: UNESCO UIS."""
    return index if index <= 1 else 2 - 1 / index
