"""Which number a finding changes, by its rule, and the words of a preview."""

from __future__ import annotations

from collections.abc import Mapping

from school.config import Preset
from school.terms.numbers import grouped
from school.terms.words import noun

_CHANGES: Mapping[str, str] = {
    "loss": "students on roll", "loss expected": "students on roll",
    "leavers": "students on roll",
    "number without zeros": "students on roll", "one student twice": "students on roll",
    "one number for two": "students on roll", "two schools at once": "students on roll",
    "two names": "students on roll", "outside the year": "students on roll",
    "fewer than none": "published counts",
    "more than all": "attendance", "days nobody marked": "attendance",
    "days without a mark": "attendance", "class gone": "attendance", "fewer marked": "attendance",
    "mark on a holiday": "attendance", "said twice": "what was said before",
    "over the maximum": "marks", "test outside the year": "marks", "fewer tested": "marks",
}


def changes(rule: str) -> str | None:
    """The number on screen that a finding of this rule changes; None where it changes none."""
    return _CHANGES.get(rule)


def changes_words(rule: str) -> str:
    """'This changes attendance.'"""
    what = changes(rule)
    return f"This changes {what}." if what else ""


def brings_words(new: int, changed: int, same: int, preset: Preset | None = None) -> str:
    """What using these data would do: '12 rows are new, 3 change what stands, 85 stand already.'"""
    total = new + changed + same
    if new == changed == 0:
        return f"All {grouped(total, preset)} {noun(total, 'rows')} stand here already. " \
            "Nothing would change." if total != 1 else "This row stands here already."
    parts = [
        f"{grouped(n, preset)} {noun(n, 'rows') if at == 0 else ''}".strip() + f" {verb[n != 1]}"
        for at, (n, verb) in enumerate((
            (new, ("is new", "are new")),
            (changed, ("changes what stands", "change what stands")),
            (same, ("stands here already", "stand here already"))))]
    return f"{', '.join(parts)}."
