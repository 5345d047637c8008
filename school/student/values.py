"""The values of the Student page: days, results and plans of one student, in neutral words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from school.attention import Sign
from school.learning.growth import Growth
from school.terms.words import Lead

State = Literal["present", "half", "absent", "unmarked"]


@dataclass(frozen=True)
class Day:
    """One school day of the student's own time here."""

    day: date
    state: State


@dataclass(frozen=True)
class Result:
    """One result or level; `percent` of the maximum where there is one, `level` where stated.

    `place` is the level's place on its scale, 1 the lowest.
    """

    day: date
    subject: str
    test: str
    score: float | None
    percent: float | None
    level: str | None
    place: int | None
    status: str


@dataclass(frozen=True)
class Plan:
    """A plan of support; `until` is its last day, None while it holds."""

    need: str
    plan: str
    since: date
    until: date | None


@dataclass(frozen=True)
class Profile:
    """Everything the page says of one student. `reason` is why the reader may see it."""

    name: str
    student_id: str
    school: str
    grade: str
    class_name: str
    reason: str
    days: tuple[Day, ...]
    attended: float  # days, halves counted
    possible: float
    results: tuple[Result, ...]
    plans: tuple[Plan, ...]
    signs: tuple[Sign, ...]
    learned: tuple[Growth, ...]  # learning outcomes from the own start
    left: str  # how many more days may be missed under the line, in words; empty if not known
    lead: Lead

    @property
    def latest(self) -> Result | None:
        """The newest result with a score or a level."""
        told = [r for r in self.results if r.score is not None or r.level]
        return told[-1] if told else None
