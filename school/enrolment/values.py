"""The values of the Enrolment page: the steps from last year's roll to this year's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from school.answers import Answer
from school.stats import Interval
from school.terms.words import Lead

Outcome = Literal["transfer", "completed", "dropped_out", "died", "unknown"]
LEAVING: tuple[Outcome, ...] = ("transfer", "completed", "dropped_out", "died", "unknown")


@dataclass(frozen=True)
class Step:
    """One step from the roll of then to that of now; negative for those who left."""

    key: str
    students: int
    hidden: bool = False  # merged with others outside the staff, because it is small


@dataclass(frozen=True)
class Forecast:
    """Next year's number on roll: the middle, and where it lies in 80 of 100 cases."""

    middle: int
    range: Interval
    rests_on: int  # students whose last year it rests on


@dataclass(frozen=True)
class Enrolment:
    """The roll on two days a year apart. `stated` is False where no class lists are known."""

    lead: Lead
    day: date
    before_day: date
    now: int
    before: int | None
    steps: tuple[Step, ...]
    stated: bool
    dropout: tuple[float, Interval] | None  # share, and its bounds by those of unknown place
    parity: tuple[int, int] | None  # girls and boys now, where sex is known for nine in ten
    answers: tuple[Answer, ...]

    def step(self, key: str) -> int:
        """Students of one step, without sign; 0 where there is none."""
        return next((abs(s.students) for s in self.steps if s.key == key), 0)

    @property
    def left(self) -> int:
        """Everybody who left."""
        return sum(-s.students for s in self.steps if s.students < 0)
