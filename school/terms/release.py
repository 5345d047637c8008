"""What is said where a file for others would tell about a few, next to an earlier one."""

from __future__ import annotations

from datetime import date

from school.config import Preset
from school.terms.dates import day_words


def refused(before: str, preset: Preset | None) -> str:
    """Why it is not made, and three ways on; `before` is when the earlier one was made."""
    day = day_words(date.fromisoformat(before[:10]), preset, short=True)
    return (f"This was not made: one made for others on {day} counts almost the same students, and "
            "next to it this one would tell about the fewer than 10 by whom they differ. Choose "
            "the dates that were chosen then, or a larger group; for staff it can be made.")
