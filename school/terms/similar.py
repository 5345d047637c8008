"""What is said of similar schools: what was compared, how near each is, what lies in the middle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from school.config import Preset
from school.terms.numbers import counted, percent, percent_range
from school.terms.words import joined

if TYPE_CHECKING:
    from school.similar.values import Middle, Similar

NEEDED = 8  # neighbours (METHODS 9)
UNKNOWN_SIZE = ("We do not know how many students this school has in these days, so we do not look "
                "for similar schools.")
WORDS: Mapping[str, str] = MappingProxyType({
    "phase": "phase", "board": "board", "medium": "teaching language",
    "location": "rural or urban", "intake": "girls, boys or mixed",
    "headcount": "number of students", "mean_score": "last year's mean mark",
})
# In standard deviations, root of the mean square; two schools taken at random lie the root of two
# apart. Half of that is a convention.
_NEAR = ((2**0.5 / 2, "very near"), (2**0.5, "near"))
LESS = "Less near: as far apart as two schools taken at random, or further."


def likeness(distance: float) -> str:
    """How near a school is, in words."""
    return next((said for limit, said in _NEAR if distance < limit), "less near")


def too_few(found: int, same: Sequence[tuple[str, str]]) -> str:
    """Why nothing is compared: too few schools are alike."""
    like = f" in {_listed([WORDS[t] for t, _ in same])}" if same else ""
    have = {0: "No other school is", 1: "Only one other school is"}.get(
        found, f"Only {found} other schools are")
    return (f"{have} like this one{like}. A comparison with similar schools needs {NEEDED}, so "
            "the usual line stands.")


def not_measured(count: int) -> str:
    """Why this number alone is not compared, though similar schools were found."""
    return (f"Fewer than {NEEDED} of the {count} similar schools have this number, so the usual "
            "line stands.")


def middle_name(count: int) -> str:
    """The reference by its name: 'the middle of 14 similar schools'."""
    return f"the middle of {count} similar schools"


def compared_sentence(found: Similar) -> str:
    """What all have exactly in common, whether they are simply all, and what was measured."""
    same = _listed([f"{WORDS[t]} ({v})" for t, v in found.same]) if found.same else ""
    near = f"Compared in {_listed([_named(m) for m in found.measured])}." if found.measured else ""
    others = "that are the same in this" if same else "here"
    return joined(f"All the same in {same}." if same else "",
                  f"These are all the other schools {others}." if found.everyone else "", near)


def middle_sentence(made: Middle) -> str:
    """The neighbours' median and middle half."""
    return (f"In the middle of {made.count} similar schools it is {percent(made.median)}; half of "
            f"them lie between {percent(made.low)} and {percent(made.high)}.")


def place_sentence(made: Middle, preset: Preset | None = None) -> str:
    """Whether this school lies inside the range expected for its size."""
    if made.own is None or made.expected is None or made.place is None:
        return ""
    size = f"expected for {counted(made.people, 'students', preset)}"
    low, high = made.expected
    expected = f"the range {size}, {percent_range(low, high)}"
    # Where similar schools differ more than by chance, so may this one.
    why = "chance" if made.times == 1 else "chance and what similar schools differ by"
    if made.place == "inside":
        return f"This school's {percent(made.own)} lies inside {expected}: {why} can explain it."
    return (f"This school's {percent(made.own)} lies {made.place} {expected}: {why} "
            f"{'alone hardly explains' if made.times == 1 else 'hardly explain'} it.")


def _named(feature: str) -> str:
    """A thing measured, in words; of a kind of group it is how common the usual value is."""
    return WORDS.get(feature, feature.removeprefix("group.").replace("_", " "))


def _listed(parts: Sequence[str]) -> str:
    """'a, b and c'."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
