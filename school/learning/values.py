"""What the grid of learning is made of: goals, classes, and a cell where the two meet."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from school import observed
from school.stats import Interval, rate_interval

Kind = Literal["outcome", "ability", "concept"]
MOST_REACHED = 80  # percent of those observed from which a class goes on (convention)
ENOUGH_SEEN = 70  # percent of a class that must be observed before it is said what comes next


@dataclass(frozen=True)
class Goal:
    """Something to be learned. `parts` are the abilities and concepts it rests on."""

    key: str
    name: str
    kind: Kind
    subject: str = ""
    grade: str = ""
    order: int | None = None
    tier: str = ""
    parts: tuple[str, ...] = ()

    @property
    def of_test(self) -> bool:
        """Whether it is the level of a test, such as ASER reading."""
        return self.key.startswith(observed.TEST)

    @property
    def place(self) -> tuple[object, ...]:
        """Its place in the list: as in the book, tests last."""
        order = (self.order is None, self.order or 0)
        return (self.of_test, self.grade.zfill(3), self.subject, *order, self.name)


@dataclass(frozen=True)
class Room:
    """A class of a school, with how many students it has."""

    org_id: str
    school: str
    grade: str
    name: str  # of the class; the grade where it has no other name
    students: int

    @property
    def key(self) -> str:
        """What tells it apart from every other class."""
        return f"{self.org_id}\x1f{self.grade}\x1f{self.name}"

    @property
    def code(self) -> str:
        """A short name for links, the same next year."""
        return _code(self.key)


@dataclass(frozen=True)
class Cell:
    """One goal in one class: students by what was seen. Everybody else was not observed.

    For a goal that is looked at through others (`pooled`) it counts students times goals.
    """

    goal: Goal
    room: Room
    reached: int = 0
    nearly: int = 0
    not_yet: int = 0
    few: int = 0  # too few questions
    no_line: int = 0  # a level of which no scale says whether it is reached
    students: int = 0
    pooled: bool = False
    behind: tuple[str, ...] = ()  # pooled: goals that the class has not yet reached

    @property
    def code(self) -> str:
        """A short name for links, the same next year."""
        return _code(f"{self.goal.key}\x1f{self.room.key}")

    @property
    def judged(self) -> int:
        """Of whom something can be said."""
        return self.reached + self.nearly + self.not_yet

    @property
    def not_there(self) -> int:
        """Observed, and not there yet."""
        return self.nearly + self.not_yet

    @property
    def unobserved(self) -> int:
        """Whom nobody has looked at yet."""
        return max(0, self.students - self.judged - self.few - self.no_line)

    @property
    def share(self) -> float | None:
        """Reached of those of whom something can be said."""
        return self.reached / self.judged if self.judged else None

    @cached_property
    def likely(self) -> Interval | None:
        """How far the share could move by chance; none where a student counts several times."""
        return None if self.pooled else rate_interval(self.reached, self.judged)

    @property
    def done(self) -> bool:
        """Whether the class can go on: most of those observed have reached it."""
        return self.judged > 0 and 100 * self.reached >= MOST_REACHED * self.judged

    @property
    def enough(self) -> bool:
        """Whether enough of the class was observed to say what comes next."""
        return 100 * self.judged >= ENOUGH_SEEN * self.students > 0


def _code(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=5).hexdigest()


@dataclass(frozen=True)
class Board:
    """Goals of one kind by classes: what stands where the two meet."""

    goals: tuple[Goal, ...]
    rooms: tuple[Room, ...]
    cells: tuple[Cell, ...]
    names: dict[str, Goal]  # every goal by its key

    def cell(self, goal: Goal, room: Room) -> Cell | None:
        """Where a goal meets a class; None where it is not planned there."""
        return self._at.get((goal.key, room.key))

    @cached_property
    def _at(self) -> dict[tuple[str, str], Cell]:
        return {(c.goal.key, c.room.key): c for c in self.cells}
