"""What the Needs page says first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from school.config import Preset
from school.terms.numbers import count_of, grouped, percent, percent_range, range_words
from school.terms.register import register_note
from school.terms.words import Lead, joined, lower_first, small, upper_first


@dataclass(frozen=True)
class NeedPhrase:
    """One need in words and whole students: 'Absence', 'missed 1 day in 10 or more', 112 of 604.

    `than` names the reference: 'our goal allows', or 'at the middle of 14 similar schools'.
    """

    name: str
    did: str
    x: int
    n: int
    more: int
    at_least: int
    than: str

    def counts(self, preset: Preset | None = None) -> str:
        """'112 of 604 students missed 1 day in 10 or more'."""
        return f"{count_of(self.x, self.n, 'students', preset)} {self.did}"

    def against(self, preset: Preset | None = None) -> str:
        """The counts and how many more than by the reference."""
        return f"{self.counts(preset)}, {grouped(self.more, preset)} more than {self.than}"


def needs_lead(
    clear: Sequence[NeedPhrase], *, chance: int, measures: int, tie: bool = False,
    completeness: float | None = None, preset: Preset | None = None, weighed: str = "",
    goals: bool = True,
) -> Lead:
    """The lead of Needs. `clear` are the needs beyond chance in order, `chance` counts the others.

    `measures` counts all that could be judged; `tie` says that the first two are too close;
    `weighed` is what the team's weights changed, as a sentence; `goals` whether every line is a
    goal of our own.
    """
    note = joined(weighed, register_note(completeness))
    if not measures:
        return Lead(note or "We need attendance or marks to look for needs.")
    if not clear:
        return Lead("No need stands out.", joined(_none_of(measures, goals), note))
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


def _none_of(measures: int, goals: bool) -> str:
    if measures == 1:
        line = "our goal" if goals else "its line"
        return f"The one measure we can judge is no worse than {line} beyond chance."
    return (f"None of {measures} measures is worse than {'our goals' if goals else 'its line'} "
            "beyond chance.")


def _others(chance: int) -> str:
    if chance == 0:
        return ""
    return f"The other {'one' if chance == 1 else chance} could be chance."


def _and_chance(chance: int) -> str:
    if chance == 0:
        return ""
    return f"; {small(chance)} {'other' if chance == 1 else 'others'} could be chance"


_COUNTRY = {
    ("chronic_absence", "us"): ("Chronically absent", "are chronically absent"),
    ("chronic_absence", "england"): ("Persistently absent", "are persistently absent"),
}
TRENDS: Mapping[str, str] = MappingProxyType({
    "worse": "worse than last year", "better": "better than last year",
    "same": "no clear change from last year", "unknown": "nothing to compare with yet",
})


def need_words(
    measure: str, name: str, label: str, did: str, value: str, preset: Preset | None,
) -> tuple[str, str, str]:
    """Name, label and what was done of a need in the country's words; `value` such as a subject."""
    label, did = _COUNTRY.get((measure, preset.name if preset else ""), (label, did))
    if value == "unknown":
        rest = name.replace("{value}", "").strip()
        label, did = (text.replace(" in {value}", "") for text in (label, did))
        return f"The {rest}" if rest else "The latest test", label, did
    return tuple(t.replace("{value}", value) for t in (name, label, did))  # type: ignore[return-value]


def line_words(words: str, share: float, students: str, elsewhere: bool) -> str:
    """'our goal allows 10%, 60 students'; of a line that is no allowance, what it would be here."""
    if not elsewhere:
        return f"{words} allows {percent(share)}, {students} students"
    stated = words if "%" in words else f"{words}: {percent(share)}"
    return f"{stated}, which here would be {students} students"


def weights_sentence(day: str, unweighted_first: str) -> str:
    """That the order goes by the team's weights, and what would be first without them."""
    if not unweighted_first:
        return f"Order with your weights of {day}; without them it is the same at the top."
    return (f"Order with your weights of {day}; without them {lower_first(unweighted_first)} "
            "is first.")


def share_sentence(both: int, of: int, did: str, preset: Preset | None = None) -> str:
    """'26 of these 31 also missed 1 day in 10 or more.'"""
    also = did.replace("are ", "are also ", 1) if did.startswith("are ") else f"also {did}"
    who = "None" if both == 0 else grouped(both, preset)
    return f"{who} of these {grouped(of, preset)} {also}."


def looked_sentence(looked: int, found: int) -> str:
    """How many comparisons lie behind the places named, and how many of those chance would give."""
    if looked == 0:
        return ""
    if found == 0:
        return f"We looked at {looked} grades, groups and schools; none stands out beyond chance."
    share = max(1, round(0.05 * found))
    stand = "stands" if found == 1 else "stand"
    false = "fewer than one" if 0.05 * found < 0.5 else f"about {small(share)}"
    return (f"We looked at {looked} grades, groups and schools; {small(found)} {stand} out, of "
            f"which {false} would by chance.")


def hidden_sentence(needs: int) -> str:
    """What is not shown to readers outside the staff; empty where nothing is hidden."""
    if needs == 0:
        return ""
    about = "One need is" if needs == 1 else f"{needs} needs are"
    return f"{about} about fewer than 10 students; staff only."


def held_sentence(firm: float) -> str:
    """How often a need is among the first three when everything uncertain is shaken."""
    return f"Among the first three in {round(100 * firm)} of 100 orders that could be just as true."


def under_target(
    rate: float, low: float, high: float, target: float, whose: str, n: int | None,
) -> str:
    """'Attendance is 88.4%, likely 87.1% to 89.7%; our target is 90%.'"""
    return (f"Attendance is {percent(rate, n, 1)}, likely {percent_range(low, high, n, 1)}; "
            f"{whose} is {percent(target)}.")


def lower_mean(
    subject: str, now: float, before: float, least: float, most: float,
    preset: Preset | None = None,
) -> str:
    """'The mean in Mathematics is 47.2, last year 52.0: lower by 3 to 7.'"""
    return (f"The mean in {subject} is {grouped(now, preset, 1)}, last year "
            f"{grouped(before, preset, 1)}: lower by {range_words(least, most, preset, 1)}.")


def few_agree(question: str, share: float, low: float, high: float, n: int | None) -> str:
    """'“Adults act on what we say”: 44% agree, likely 40% to 47%.'"""
    return (f"“{question.rstrip('.')}”: {percent(share, n)} agree, likely "
            f"{percent_range(low, high, n)}.")
