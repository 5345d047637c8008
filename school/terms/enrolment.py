"""What the Enrolment page says: counts of two days, and that some places are not known."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType

from school.config import Preset
from school.enrolment.growth import Growth
from school.stats import Interval, half_up
from school.terms.dates import day_words
from school.terms.numbers import counted, grouped
from school.terms.words import Lead, joined

STEPS = MappingProxyType({
    "joined": "Joined", "transfer": "Moved to another school", "completed": "Completed school",
    "dropped_out": "Dropped out", "died": "Died", "unknown": "Place unknown", "other": "Other",
})


def enrolment_lead(
    now: int, before: int | None, *, came: int, left: int, unknown: int, day: date, stated: bool,
    preset: Preset | None = None, few: bool = False,
) -> Lead:
    """'604 students on 30 Sep, 18 fewer than last year: 31 joined, 49 left, 11 of them …'

    With `few` so few left that it stays hidden.
    """
    when = day_words(day, preset, short=True)
    if not now and not before:
        return Lead("No students are on the roll here yet.", "Add a class list.")
    if not stated or before is None:
        return Lead(f"{counted(now, 'students', preset)} on {when}.",
                    "Who left needs a class list of both years.")
    more = now - before
    than = "as many as last year" if more == 0 else \
        f"{grouped(abs(more), preset)} {'more' if more > 0 else 'fewer'} than last year"
    if few:
        return Lead(f"{counted(now, 'students', preset)} on {when}, {than}.",
                    "Fewer than 10 left, so who they are stays hidden.")
    if came == 0 and left == 0:
        return Lead(f"{counted(now, 'students', preset)} on {when}, {than}.",
                    "Nobody joined and nobody left.")
    gone = f"{grouped(left, preset)} left"
    if unknown:
        gone += f", {_of_them(unknown, left, preset)} we do not know where to"
    return Lead(f"{counted(now, 'students', preset)} on {when}, {than}: "
                f"{grouped(came, preset)} joined, {gone}.")


def _of_them(unknown: int, left: int, preset: Preset | None) -> str:
    return "all of them" if unknown == left else f"{grouped(unknown, preset)} of them"


def dropout_sentence(found: tuple[float, Interval], base: int, preset: Preset | None) -> str:
    """'Dropped out: between 0 and 11 of 593 students.'"""
    low, high = (round(half_up(share * base)) for share in found[1])
    base_words = f"{grouped(base, preset)} students (without those who moved or died)"
    if low == high:
        return f"Dropped out: {grouped(low, preset)} of {base_words}."
    return (f"Dropped out: between {grouped(low, preset)} and {grouped(high, preset)} of "
            f"{base_words}, because some places are not known.")


def parity_sentence(girls: int, boys: int, index: float, preset: Preset | None = None) -> str:
    """'302 girls and 298 boys: 1.01 girls a boy.'"""
    people = f"{grouped(girls, preset)} girls and {grouped(boys, preset)} boys"
    return f"{people}: {index:.2f} girls a boy."


def forecast_sentence(low: float, high: float, preset: Preset | None = None) -> str:
    """'If next year is like this one: likely 570 to 620 (80 in 100).'"""
    return (f"If next year is like this one: likely {grouped(low, preset)} to "
            f"{grouped(high, preset)} (80 in 100).")


def growth_sentence(found: Growth, preset: Preset | None = None) -> str:
    """Where a promise to grow stands against its line."""
    by = day_words(found.target_day, preset, short=True)
    goal = (f"From {grouped(found.start, preset)} to {grouped(found.target, preset)} by {by} the "
            f"line stands at {grouped(half_up(found.line), preset)} now")
    if found.met:
        return joined(f"Reached: {grouped(found.now, preset)} students.", f"{goal}.")
    way = "on the line or above" if found.on_track else "below the line"
    return f"{goal}; with {grouped(found.now, preset)} students we are {way}."

