"""The values of Early attention: a sign with its evidence, a student with her signs, the list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from school.answers import Answer
from school.terms.words import Lead

DAYS = 30  # without anything new a student leaves the list
LEAST = 2  # signs from which a student is listed
Kind = Literal["attendance", "behaviour", "course"]


@dataclass(frozen=True)
class Sign:
    """One sign: what was seen, the line it crossed, and the day of the latest evidence."""

    kind: Kind
    words: str  # "absent 14 of 90 days"
    line: str  # "1 day in 10"
    day: date | None


@dataclass(frozen=True)
class Listed:
    """A student with her signs. `share` is the share of days missed, for the order."""

    student: int
    name: str
    student_id: str
    school: str
    grade: str
    class_name: str
    signs: tuple[Sign, ...]
    share: float
    new: bool = False

    @property
    def kinds(self) -> int:
        """How many of the three kinds of signs; two failed subjects are one."""
        return len({s.kind for s in self.signs})

    @property
    def latest(self) -> date | None:
        """The day of the newest evidence."""
        return max((s.day for s in self.signs if s.day is not None), default=None)


@dataclass(frozen=True)
class Attention:
    """The list of a view. `one` are students with a single sign: counted, not listed."""

    lead: Lead
    listed: tuple[Listed, ...]
    one: int
    since: date  # new means: not listed on this day
    off: int  # listed a month before and not now
    untalked: int
    unmarked: int  # students with neither marks nor levels; that is no sign
    answers: tuple[Answer, ...]
    near: int | None  # who can still stay under the line with a few days; None if not known
    days: int  # school days so far
    tests: int

    def count(self, kinds: int) -> int:
        """Students with exactly so many signs."""
        return self.one if kinds == 1 else sum(1 for s in self.listed if s.kinds == kinds)
