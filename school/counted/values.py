"""What is counted of one student, and what comes of explaining somebody else's figure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Reason = Literal[
    "leavers_out", "joiners_out", "half_present", "half_absent", "approved_absent", "late_absent",
    "authorised_out", "unmarked_present", "unmarked_absent", "whole_year", "mean_of_students",
    "more_than", "no_minimum", "enrolled", "missed_as_failed", "passed_all", "passed_any",
    "pass_mark", "first_day", "any_time", "census_day",
]


@dataclass(frozen=True)
class Days:
    """One student's register in a view, in half days; `halved` counts days of which half was
    missed, and `outside` those on which her school met while she was not enrolled.

    `left` and `joined` say that she was not enrolled on the last or the first school day.
    """

    possible: int
    absent: int
    halved: int = 0
    approved: int = 0
    late: int = 0
    authorised: int = 0
    unmarked: int = 0
    outside: int = 0
    left: bool = False
    joined: bool = False


@dataclass(frozen=True)
class Results:
    """One student's results: passed, sat, listed without a score, and due but not listed."""

    passed: int
    sat: int
    missed: int = 0
    unlisted: int = 0
    left: bool = False


@dataclass(frozen=True)
class Other:
    """The figure under another way of counting. `amount` is what it moves: 4 students, 12 days."""

    reason: Reason
    figure: float
    amount: int = 0


@dataclass(frozen=True)
class Explained:
    """Our figure, the other one, and the ways of counting that come closer to it, best first.

    `reached` says that the best of them is the other figure as it was written.
    """

    ours: float
    theirs: float
    others: tuple[Other, ...] = ()
    reached: bool = False
    why_not: str | None = None  # why nothing can be explained


@dataclass(frozen=True)
class Closely:
    """Who is counted, more closely than the card says: for the denominator card."""

    half_days: int
    approved_days: float
    leavers: int
    joiners: int
