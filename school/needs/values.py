"""The values of the Needs page: one need with everything that stands beside it, and all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from school.answers import Answer
from school.measures import Overlap
from school.stats import Excess
from school.terms.needs import NeedPhrase
from school.terms.words import Certainty, Lead
from school.view import View

Trend = Literal["worse", "same", "better", "unknown"]
# How much a trend beyond chance counts (METHODS 9).
TREND_TIMES: Mapping[Trend, float] = {"worse": 1.25, "same": 1.0, "better": 0.75, "unknown": 1.0}


@dataclass(frozen=True)
class Reference:
    """The share of students that a need is judged against, and whose line it is."""

    share: float  # of students who may have the bad outcome
    words: str  # "our goal", "the 10% line used in India (convention)"
    at: str = ""  # of a line that is no allowance: "at the middle of 14 similar schools"

    @property
    def than(self) -> str:
        """What stands after 'more than'."""
        return self.at or f"{self.words} allows"


@dataclass(frozen=True)
class Candidate:
    """A measure in a view whose outcome is yes or no for each student, and its words."""

    key: str
    measure: str
    view: View
    name: str  # "Absence", first word of a sentence
    label: str  # "Absent 1 day in 10 or more"
    did: str  # "missed 1 day in 10 or more"
    reference: Reference
    asks: tuple[str, ...] = ()  # what to find out before anything is done


@dataclass(frozen=True)
class Counted:
    """A candidate with its counts: `bad` of `of` students have the outcome nobody wants."""

    candidate: Candidate
    bad: int
    of: int
    answer: Answer


@dataclass(frozen=True)
class Need:
    """One row of the ranking. `excess` is in students above the reference.

    `where` is in words. `weight` is the team's, 1 to 3. `firm` is the share of shaken orders in
    which it is among the first three. `part_of` names the need that a group's row was found in;
    None for a measure's own row.
    """

    key: str
    measure: str
    view: View
    label: str
    phrase: NeedPhrase
    bad: int
    of: int
    reference: Reference
    excess: Excess
    certainty: Certainty
    where: tuple[str, ...]
    trend: Trend
    answer: Answer
    part_of: str | None = None
    asks: tuple[str, ...] = ()
    weight: float = 1.0
    firm: float = 1.0

    @property
    def within(self) -> bool:
        """Whether even the highest end is no worse than the line: then it is no need at all."""
        return self.excess.highest < 0.5

    @property
    def beyond_chance(self) -> bool:
        """Whether the cautious end is still at least half a student."""
        return self.excess.cautious >= 0.5

    @property
    def times(self) -> float:
        """What the cautious excess is multiplied by: the trend's factor and the weight."""
        return TREND_TIMES[self.trend] * self.weight

    @property
    def score(self) -> float:
        """What the order goes by."""
        return self.excess.cautious * self.times


@dataclass(frozen=True)
class Needs:
    """The whole finding: needs in order, what could not be judged and why, and how they overlap."""

    lead: Lead
    rows: tuple[Need, ...]
    judged: int
    tie: bool
    shared: Overlap | None  # who stands behind which of `whole`; None outside the staff
    completeness: float | None
    withheld: tuple[str, ...] = ()  # measures that were withheld, in words
    attendance: Answer | None = None
    looked: int = 0  # parts that were tested for standing out
    found: int = 0  # of them, those that do, all tests together allowed for
    hidden: int = 0  # needs of fewer than ten students that this reader may not see
    unweighted_first: str = ""  # what would be first if all weighed alike, where that is another

    @property
    def whole(self) -> tuple[Need, ...]:
        """Needs of whole measures, without those of groups; in the order of `shared`."""
        return tuple(n for n in self.rows if n.part_of is None)

    @property
    def overlap(self) -> int | None:
        """Students with two needs or more."""
        return self.shared.several if self.shared else None

    @property
    def people(self) -> int:
        """Students that were looked at."""
        return self.shared.people if self.shared else 0

    @property
    def ranked(self) -> tuple[Need, ...]:
        """Needs that are, or by chance could be, above their line."""
        return tuple(n for n in self.rows if not n.within)

    @property
    def clear(self) -> tuple[Need, ...]:
        """Needs beyond chance, the greatest first."""
        return tuple(n for n in self.rows if n.beyond_chance)
