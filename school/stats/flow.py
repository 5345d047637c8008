"""Who moves on, stays back and leaves: grade flow of totals, and mobility of a school year.

Totals of two years mistake transfers for dropout, so a school with records of its students uses
`Fates`. Nothing is clipped: what lies under 0 or over 1 is a sign of transfers.
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


@dataclass(frozen=True)
class Fates:
    """What became of the students of one grade a year later; each is one of these."""

    promoted: int = 0
    repeated: int = 0
    completed: int = 0
    moved: int = 0  # to another school, with a record
    died: int = 0
    dropped: int = 0
    unknown: int = 0

    @property
    def base(self) -> int:
        """Those whom dropout is a share of: all but who moved or died."""
        return self.promoted + self.repeated + self.completed + self.dropped + self.unknown

    @property
    def dropout(self) -> tuple[float, Interval] | None:
        """The share that dropped out, and its bounds: none or all of the unknown; None of nobody.

        Source: METHODS 3.
        """
        return dropout(self.dropped, self.unknown, self.base)


def level_transition(new_entrants: int, last_grade: int) -> float | None:
    """New entrants to the first grade of a level over those in the last grade of the level below,
    a year before; None without anybody there. Source: UNESCO UIS."""
    return new_entrants / last_grade if last_grade > 0 else None


def retention(last_grade: int, repeaters: int, first_grade: int) -> float | None:
    """Those in the last grade of a level who do not repeat it, over its first grade as many years
    before as lie between; None without anybody there. Source: UDISE+."""
    return (last_grade - repeaters) / first_grade if first_grade > 0 else None


def gender_parity(female: float, male: float) -> float | None:
    """Female over male value (GPI); None without a male value. Parity lies at 0.97 to 1.03."""
    return female / male if male else None


def adjusted_parity(index: float) -> float:
    """The parity index made symmetric around 1 (GPIA), 0 to 2. Source: UNESCO UIS."""
    return index if index <= 1 else 2 - 1 / index


@dataclass(frozen=True)
class Mobility:
    """Comings and goings of a school year, each as (numerator, denominator)."""

    intake: tuple[int, int]
    churn: tuple[int, int]
    stability: tuple[int, int]


def mobility(
    ever: int, came: int, moved: int, at_start: int, stayed: int,
) -> Mobility:
    """Intake and churn of all who were enrolled at any time, stability of those at the start.

    `came` entered after the start, `moved` entered or left in the year (each once), `stayed` of
    `at_start` were there to the end. Source: Massachusetts DESE, Mobility Rate Report.
    """
    return Mobility((came, ever), (moved, ever), (stayed, at_start))
