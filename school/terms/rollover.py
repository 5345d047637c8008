"""What is said of a new school year: who did not come back, class by class."""

from __future__ import annotations

from school.config import Preset
from school.terms.dates import year_label
from school.terms.losses import class_words
from school.terms.numbers import counted


def leavers_lead(count: int, year: str, preset: Preset | None = None) -> str:
    """'14 students of the lists of 2024-25 are not on the new ones: place unknown until said.'"""
    verb = "is" if count == 1 else "are"
    return (f"**{counted(count, 'students', preset)} of the lists of {year_label(year, preset)} "
            f"{verb} not on the new ones.** Where they went is unknown until you say it. The "
            "likely answer is chosen already.")


def leavers_of(
    label: str, count: int, school: str, year: str, preset: Preset | None = None
) -> str:
    """'Class 8, Hill School, 2024-25: 12 students'"""
    called = class_words(label, preset) if label else "No class named"
    return f"{called}, {school}, {year_label(year, preset)}: {counted(count, 'students', preset)}"
