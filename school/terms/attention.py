"""What Early attention says: whom to talk with, never what will become of anyone."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from school.config import Preset
from school.stats import half_up
from school.stats.least import EVENTS, POSSIBLE_DAYS
from school.terms.dates import day_words
from school.terms.numbers import counted, grouped, percent_range
from school.terms.words import Lead, joined, upper_first

if TYPE_CHECKING:
    from school.attention.worth import Worth


def absent_words(halves: float, possible: float) -> str:
    """'absent 14 of 90 days'; half days show as a half."""
    return f"absent {_days(halves)} of {_days(possible)} days"


def _days(halves: float) -> str:
    return f"{half_up(halves / 2, 1):g}"


def incident_words(times: float) -> str:
    """'5 incidents', 'suspended'."""
    return "1 incident or suspension" if times == 1 else f"{int(times)} incidents"


def attention_lead(
    listed: int, *, new: int, since: date, untalked: int, unmarked: int, days: int, tests: int,
    preset: Preset | None = None,
) -> Lead:
    """The lead of the list; says what is missing where it is too early."""
    if days < POSSIBLE_DAYS and not tests:
        so_far = counted(days, "days")
        return Lead(f"Needs {POSSIBLE_DAYS} school days or one test; {so_far} so far.")
    note = unmarked_sentence(unmarked, preset)
    if listed == 0:
        return Lead("No student shows two or more signs.", note)
    day = day_words(since, preset, short=True)
    if listed == 1:
        told = f", new since {day}" if new else ""
        alone = "Nobody has talked with this student yet." if untalked else ""
        return Lead(f"1 student shows two or more signs{told}.", joined(alone, note))
    fresh = f"; {grouped(new, preset)} {'is' if new == 1 else 'are'} new since {day}" if new else ""
    return Lead(f"{grouped(listed, preset)} students show two or more signs{fresh}.",
                joined(untalked_sentence(untalked, listed, preset), note))


def untalked_sentence(untalked: int, listed: int, preset: Preset | None = None) -> str:
    """How many nobody has noted anything about."""
    if untalked == 0:
        return "Someone has talked with each of them."
    if untalked == listed:
        return "Nobody has talked with any of them yet."
    return f"Nobody has talked with {grouped(untalked, preset)} of them yet."


def unmarked_sentence(unmarked: int, preset: Preset | None = None) -> str:
    """That missing marks are no sign."""
    if unmarked == 0:
        return ""
    has = "has" if unmarked == 1 else "have"
    return (f"{counted(unmarked, 'students', preset)} {has} no marks yet; that is not counted as "
            "a sign.")


def worth_sentence(found: Worth, preset: Preset | None = None) -> str:
    """'Of 31 students listed last year 14 later left or failed (likely 29% to 62%).'"""
    if not found.judged:
        came = "none of the students" if found.events == 0 else \
            f"only {counted(found.events, 'students', preset)}"
        return (f"{upper_first(came)} on roll then left, repeated or failed since; "
                f"{EVENTS} are needed to judge the list.")
    share = found.of_listed
    if share.range is None:
        return "Nobody was listed a year ago."
    low, high = share.range
    return (f"Of {counted(share.n, 'students', preset)} listed a year ago "
            f"{grouped(share.x, preset)} later left, repeated or failed "
            f"(likely {percent_range(low, high, share.n)}).")
