"""The values of the Needs page: one need with everything that stands beside it, and all of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from school.answers import Answer
from school.stats import Excess
from school.terms.needs import NeedPhrase
from school.terms.words import Certainty, Lead
from school.view import View


@dataclass(frozen=True)
class Reference:
    """The share of students that a need is judged against, and whose line it is."""

    share: float  # of students who may have the bad outcome
    words: str  # "our goal", "the 10% line used in India (convention)"


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

    `where` and `trend` are words. `part_of` names the need that a group's row was found in; None
    for a measure's own row.
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
    trend: str
    answer: Answer
    part_of: str | None = None

    @property
    def within(self) -> bool:
        """Whether even the highest end is no worse than the line: then it is no need at all."""
        return self.excess.highest < 0.5

    @property
    def beyond_chance(self) -> bool:
        """Whether the cautious end is still at least half a student."""
        return self.excess.cautious >= 0.5


@dataclass(frozen=True)
class Needs:
    """The whole finding: needs in order, what could not be judged and why, and how they overlap."""

    lead: Lead
    rows: tuple[Need, ...]
    judged: int
    tie: bool
    overlap: int | None  # students with two needs or more; None where that is not known
    people: int  # students that were looked at
    completeness: float | None
    withheld: tuple[str, ...] = ()  # measures that were withheld, in words
    attendance: Answer | None = None
    notes: tuple[str, ...] = field(default=())

    @property
    def ranked(self) -> tuple[Need, ...]:
        """Needs that are, or by chance could be, above their line."""
        return tuple(n for n in self.rows if not n.within)

    @property
    def clear(self) -> tuple[Need, ...]:
        """Needs beyond chance, the greatest first."""
        return tuple(n for n in self.rows if n.beyond_chance)
