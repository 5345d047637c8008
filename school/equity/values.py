"""The values of the Equity page: one gap with its counts and range, and all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from school.answers import Answer
from school.describe import Named
from school.stats import Estimate, Interval
from school.terms.words import Certainty, Lead
from school.view import View

Known = Mapping[str, Sequence[Named]]
OTHERS = ""  # the reference where a group is compared with everybody else


@dataclass(frozen=True)
class Side:
    """One of the two groups of a gap: `bad` of `of` students have the outcome nobody wants."""

    bad: int
    of: int

    @property
    def share(self) -> float:
        """The share with the bad outcome; `of` is never 0 here."""
        return self.bad / self.of


@dataclass(frozen=True)
class Gap:
    """A group against others in one measure. Positive `points` mean that the group is worse off.

    `points`, `low` and `high` are differences of shares (Newcombe); `students` is how many of the
    group would have to be better off for its share to be that of the others, `least` the low end.
    `within` is the part in which both are compared, as column and value, and `inside` its name;
    None and empty for the whole view. `other_values` are the groups of the other side.
    """

    key: str
    need: str
    measure: str
    view: View
    name: str
    label: str
    did: str
    column: str
    value: str
    who: str
    others: str
    inside: str
    within: tuple[str, str] | None
    other_values: tuple[str, ...]
    here: Side
    other: Side
    points: float
    low: float
    high: float
    ratio: Estimate | None
    q: float
    certainty: Certainty
    pulled: float | None = None  # the share pulled toward that of all, for five crossed groups up

    @property
    def clear(self) -> bool:
        """Whether the group is worse off beyond chance, all comparisons together allowed for."""
        return self.certainty == "Clear" and self.points > 0

    @property
    def students(self) -> float:
        """Students of the group concerned, at the best estimate."""
        return self.here.of * max(0.0, self.points)

    @property
    def least(self) -> float:
        """Students concerned even allowing for chance."""
        return self.here.of * max(0.0, self.low)


@dataclass(frozen=True)
class Moment:
    """A gap in one period."""

    key: str
    label: str
    here: Side
    other: Side
    points: float
    range: Interval


@dataclass(frozen=True)
class Support:
    """Students with the need and, of them, those with a plan; of the group and of the others.

    All are still enrolled on the day on which plans are asked. `range` is that of the difference
    of the two shares with a plan; None where nobody has the need.
    """

    need: int
    planned: int
    other_need: int
    other_planned: int
    range: Interval | None

    @property
    def fewer(self) -> bool:
        """Whether fewer of the group have a plan, beyond chance."""
        return self.range is not None and self.range[1] < 0


@dataclass(frozen=True)
class Reach:
    """A group whose need is met by a plan less often than that of the others, whatever the need.

    `q` is its p value, adjusted for all groups of the page.
    """

    column: str
    value: str
    who: str
    others: str
    found: Support
    q: float


@dataclass(frozen=True)
class Equity:
    """All gaps of a view, those that concern most students first."""

    lead: Lead
    gaps: tuple[Gap, ...]
    compared: int  # comparisons that were made
    unknown: tuple[tuple[str, int, int], ...]  # column, students not known, of how many
    few: int  # groups under the minimum, for which nothing is said
    hidden: int  # groups that are hidden from this reader
    answers: tuple[Answer, ...]
    splits: tuple[Answer, ...] = ()  # the numbers by group that the gaps are made of
    reached: tuple[Reach, ...] = ()  # groups with a need whom a plan of support reaches less often

    @property
    def clear(self) -> tuple[Gap, ...]:
        """Gaps beyond chance."""
        return tuple(g for g in self.gaps if g.clear)

    @property
    def by_chance(self) -> float:
        """How many of so many comparisons would stand out by chance alone."""
        return 0.05 * self.compared
