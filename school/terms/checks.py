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


def brings_words(
    new: int, changed: int, same: int, replacing: int = 0, repeating: int = 0,
    preset: Preset | None = None,
) -> str:
    """What using these data would do: '12 rows are new, 3 change what stands, 85 stand already.'

    What is none is not said. `replacing` and `repeating` of the changed and the same rows meet
    other rows of the files that were dropped together, and nothing that stands.
    """
    total = new + changed + same
    if total == repeating:
        return "This row is in another of these files too. It counts once." if total == 1 else \
            f"All {grouped(total, preset)} rows are in another of these files too. They count once."
    if total == same - repeating:
        return "This row stands here already." if total == 1 else \
            f"All {grouped(total, preset)} rows stand here already. Nothing would change."
    told = [(n, verb) for n, verb in (
        (new, ("is new", "are new")),
        (changed - replacing, ("changes what stands", "change what stands")),
        (replacing, ("replaces another row of these files", "replace other rows of these files")),
        (same - repeating, ("stands here already", "stand here already")),
        (repeating, ("brings nothing new", "bring nothing new"))) if n]
    first, *rest = told
    parts = [f"{grouped(first[0], preset)} {noun(first[0], 'rows')} {first[1][first[0] != 1]}"]
    parts += [f"{grouped(n, preset)} {verb[n != 1]}" for n, verb in rest]
    return f"{', '.join(parts)}."
