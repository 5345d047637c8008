"""What the Overview says first: what needs attention, then what is getting better."""

from __future__ import annotations

from collections.abc import Sequence

from school.config import Preset
from school.terms.needs import NeedPhrase
from school.terms.numbers import counted, grouped, percent
from school.terms.register import WITHHELD, register_note
from school.terms.words import Lead, lower_first, small, upper_first


def overview_lead(
    clear: Sequence[NeedPhrase], *, gain: str = "", uncertain: int = 0, judged: bool = True,
    published: bool = False, completeness: float | None = None, preset: Preset | None = None,
) -> Lead:
    """The lead of the Overview, two sentences at most. `gain` is a whole sentence or empty.

    `uncertain` counts needs that could be chance; `judged` is False where nothing could be looked
    at, so that nobody takes silence for good news; `published` that tables of whole schools are
    here. A doubt about the register goes before a gain, which stands in its own list below.
    """
    second = register_note(completeness) or gain
    if completeness is not None and completeness < WITHHELD:
        bold = (f"Only {percent(completeness)} of the register is marked, too little to judge "
                "attendance.")
        return Lead(bold, _attention(clear, preset) or gain)
    if clear:
        return Lead(_attention(clear, preset), second)
    if uncertain:
        what = "one thing" if uncertain == 1 else f"{small(uncertain)} things"
        return Lead(f"Nothing is certain yet; {what} may need a look.", second)
    if gain:
        return Lead(gain, register_note(completeness) or "Nothing else stands out.")
    if not judged:
        if published:
            return Lead("Only published totals are here.",
                        "To see needs, add the attendance or marks of single students.")
        return Lead("Nothing can be judged yet.", "It takes attendance or marks.")
    return Lead("Nothing stands out beyond the usual ups and downs.", second)


def gain_sentence(names: Sequence[str], part: tuple[int, int] | None = None,
                  preset: Preset | None = None) -> str:
    """What is getting better, the first by name; `part` where it is true of some students only."""
    if not names:
        return ""
    of = (f" for about {grouped(part[0], preset)} of {counted(part[1], 'students', preset)}"
          if part else "")
    first = f"{upper_first(names[0])} is getting better{of}."
    if len(names) == 1:
        return first
    return (f"{upper_first(small(len(names)))} things are getting better, "
            f"{lower_first(names[0])} first.")


def _attention(clear: Sequence[NeedPhrase], preset: Preset | None) -> str:
    if not clear:
        return ""
    first = clear[0]
    if len(clear) == 1:
        return f"One thing needs attention: {first.counts(preset)}."
    many = upper_first(small(len(clear)))
    return (f"{many} things need attention, {lower_first(first.name)} first: "
            f"{first.counts(preset)}.")
