"""What the Overview says first: a gain, what needs attention, what the last upload changed."""

from __future__ import annotations

from collections.abc import Sequence

from school.config import Preset
from school.terms.needs import NeedPhrase
from school.terms.numbers import percent
from school.terms.register import WITHHELD, register_note
from school.terms.words import Lead, joined, lower_first, small, upper_first


def overview_lead(
    clear: Sequence[NeedPhrase], *, gain: str = "", uncertain: int = 0, changed: str = "",
    completeness: float | None = None, preset: Preset | None = None,
) -> Lead:
    """The lead of the Overview. `gain` and `changed` are whole sentences or empty.

    `uncertain` counts needs that could be chance.
    """
    note = register_note(completeness)
    if completeness is not None and completeness < WITHHELD:
        bold = (f"Only {percent(completeness)} of the register is marked, too little to judge "
                "attendance.")
        return Lead(bold, joined(gain, _attention(clear, preset), changed))
    if clear:
        return Lead(joined(gain, _attention(clear, preset)), joined(changed, note))
    if uncertain:
        what = "one thing" if uncertain == 1 else f"{small(uncertain)} things"
        return Lead(joined(gain, f"Nothing is certain yet; {what} may need a look."),
                    joined(changed, note))
    if gain:
        return Lead(gain, joined("Nothing else stands out.", changed, note))
    return Lead("Nothing stands out beyond the usual ups and downs.", joined(changed, note))


def _attention(clear: Sequence[NeedPhrase], preset: Preset | None) -> str:
    if not clear:
        return ""
    first = clear[0]
    if len(clear) == 1:
        return f"One thing needs attention: {first.counts(preset)}."
    many = upper_first(small(len(clear)))
    return (f"{many} things need attention, {lower_first(first.name)} first: "
            f"{first.counts(preset)}.")
