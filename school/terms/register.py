"""Sentences about how much of the register is marked, the same on every page."""

from __future__ import annotations

from school.terms.numbers import percent

WARNED, WITHHELD = 0.9, 0.7  # below the first a warning stands, below the second no rate


def register_note(completeness: float | None) -> str:
    """The sentence that warns of a register marked in part; empty where nothing need be said."""
    if completeness is None or completeness >= WARNED:
        return ""
    if completeness < WITHHELD:
        return f"Only {percent(completeness)} of the register is marked."
    return f"The register is {percent(completeness)} complete, so this may change."


def withheld_words(completeness: float) -> str:
    """Why no rate is shown at all."""
    return (f"Only {percent(completeness)} of the register is marked. "
            "Below 70% a rate would mislead.")


def people_few(people: int) -> str:
    """Why counts are shown and no rates."""
    who = "Only one student" if people == 1 else f"Only {people} students"
    return "No students here yet." if people == 0 else f"{who}. We show counts, not rates."
