"""Which schools are like this one, and what is in the middle of them. There is no rank here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from school.stats import Interval

MOST, LEAST = 20, 8  # neighbours at most, and under how many nothing is compared (METHODS 9)
Place = Literal["inside", "above", "below"]


@dataclass(frozen=True)
class Neighbour:
    """A school like this one. `distance` is in standard deviations, averaged over what was
    measured."""

    org_id: str
    name: str
    distance: float


@dataclass(frozen=True)
class Similar:
    """The schools like one school, in the order of their names; `refused` says why there are none.

    `same` names what they have exactly in common, as trait and value; `measured` what was compared,
    such as 'headcount' or 'group.language'; `everyone` says that none of those was too far.
    """

    school: str
    neighbours: tuple[Neighbour, ...]
    same: tuple[tuple[str, str], ...]
    measured: tuple[str, ...]
    everyone: bool = False
    refused: str = ""

    @property
    def ids(self) -> tuple[str, ...]:
        """The neighbours' ids."""
        return tuple(n.org_id for n in self.neighbours)


@dataclass(frozen=True)
class Middle:
    """What lies in the middle of similar schools, as the share with the bad outcome.

    `count` schools have the number; half of them lie between `low` and `high`. `own` is this
    school's share of `people` students, `expected` the range in which a school of its size would
    lie by chance, `times` as widely as chance alone because similar schools differ truly.
    """

    count: int
    median: float
    low: float
    high: float
    own: float | None
    people: int
    expected: Interval | None
    times: float = 1.0

    @property
    def place(self) -> Place | None:
        """Where this school lies against the range expected for its size."""
        if self.own is None or self.expected is None:
            return None
        if self.own < self.expected[0]:
            return "below"
        return "above" if self.own > self.expected[1] else "inside"
