"""What the Needs page says first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from school.config import Preset
from school.terms.numbers import count_of, grouped
from school.terms.register import register_note
from school.terms.words import Lead, joined, lower_first, small, upper_first


@dataclass(frozen=True)
class NeedPhrase:
    """One need in words and whole students: 'Absence', 'missed 1 day in 10 or more', 112 of 604.

    `allowed_by` names the reference: 'our goal', or 'the 10% line used in India (convention)'.
    """

    name: str
    did: str
    x: int
    n: int
    more: int
    at_least: int
    allowed_by: str

    def counts(self, preset: Preset | None = None) -> str:
        """'112 of 604 students missed 1 day in 10 or more'."""
        return f"{count_of(self.x, self.n, 'students', preset)} {self.did}"

    def against(self, preset: Preset | None = None) -> str:
        """The counts and how many more than the reference allows."""
        return (f"{self.counts(preset)}, {grouped(self.more, preset)} more than "
                f"{self.allowed_by} allows")


def needs_lead(
    clear: Sequence[NeedPhrase], *, chance: int, measures: int, tie: bool = False,
    completeness: float | None = None, preset: Preset | None = None,
) -> Lead:
    """The lead of Needs. `clear` are the needs beyond chance in order, `chance` counts the others.

    `measures` counts all that could be judged; `tie` says that the first two are too close.
    """
    note = register_note(completeness)
    if not measures:
        return Lead(note or "We need attendance or marks to look for needs.")
    if not clear:
        return Lead("No need stands out.", joined(_none_of(measures), note))
    first = clear[0]
    if tie and len(clear) > 1:
        second = clear[1]
        bold = (f"{first.name} and {lower_first(second.name)} are too close to call for first "
                "place.")
        rest = f"{upper_first(first.counts(preset))}; {second.counts(preset)}."
        return Lead(bold, joined(rest, note))
    if len(clear) == 1:
        return Lead(f"One need is clear: {first.against(preset)}.", joined(_others(chance), note))
    least = f"Even allowing for chance it is at least {grouped(first.at_least, preset)}."
    after = f"{clear[1].name} is next{_and_chance(chance)}."
    return Lead(f"{first.name} comes first: {first.against(preset)}.", joined(least, after, note))


def _none_of(measures: int) -> str:
    if measures == 1:
        return "The one measure we can judge is no worse than our goal beyond chance."
    return f"None of {measures} measures is worse than our goals beyond chance."


def _others(chance: int) -> str:
    if chance == 0:
        return ""
    return f"The other {'one' if chance == 1 else chance} could be chance."


def _and_chance(chance: int) -> str:
    if chance == 0:
        return ""
    return f"; {small(chance)} {'other' if chance == 1 else 'others'} could be chance"
