"""What the page of one student says: neutral words, own start, no rank, no comparison."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from school.config import Preset
from school.stats import half_up
from school.stats.least import POSSIBLE_DAYS
from school.terms.dates import day_words
from school.terms.numbers import counted
from school.terms.words import Lead, lower_first

if TYPE_CHECKING:
    from school.student.values import Result


def student_lead(
    name: str, attended: float, possible: float, results: Sequence[Result], first: date | None,
    preset: Preset | None = None,
) -> Lead:
    """'Asha attended 82 of 90 days. Reading rose from word to paragraph since July.'"""
    who = name.split()[0] if name.strip() else "This student"
    course = course_sentence(results, preset)
    if not possible and not results:
        return Lead("No marks yet for this student.")
    if not possible:
        return Lead(f"There are results of {who} and no register.", course)
    days = f"{half_up(attended, 1):g} of {counted(round(possible), 'days', preset)}"
    if possible < POSSIBLE_DAYS:
        day = f" since {day_words(first, preset, short=True)}" if first else ""
        return Lead(f"{who} attended {days}{day}, too few for a rate.", course)
    return Lead(f"{who} attended {days}.", course or "No marks yet for this student.")


def course_sentence(results: Sequence[Result], preset: Preset | None = None) -> str:
    """How the subject with most results moved from its own start; empty with fewer than two."""
    subjects: dict[str, list[Result]] = {}
    for one in results:
        if one.place is not None or one.percent is not None:
            subjects.setdefault(one.subject, []).append(one)
    several = [many for many in subjects.values() if len(many) > 1]
    if not several:
        return ""
    many = max(several, key=len)
    first, last = many[0], many[-1]
    since = f"since {day_words(first.day, preset, short=True)}"
    if first.place is not None and last.place is not None:
        start, end = lower_first(first.level or ""), lower_first(last.level or "")
        if first.place == last.place:
            return f"{last.subject} is at {end}, as {since}."
        way = "rose" if last.place > first.place else "fell"
        return f"{last.subject} {way} from {start} to {end} {since}."
    if first.percent is None or last.percent is None:
        return ""
    start, end = (f"{half_up(p):g}%" for p in (first.percent, last.percent))
    if start == end:
        return f"{last.subject} is at {end}, as {since}."
    way = "rose" if last.percent > first.percent else "fell"
    return f"{last.subject} {way} from {start} to {end} {since}."
