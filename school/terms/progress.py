"""What the Progress page says: is it getting better, since when, and will the target be reached?

Values come as words ('93.1%', '54.2 of 100'); these templates only place them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from school.answers import Better
from school.stats import NAMED, Assurance, Interval
from school.stats.process import SHIFT, TREND
from school.terms.numbers import counted, grouped, points, range_words
from school.terms.register import withheld_words
from school.terms.words import Lead, joined, lower_first, upper_first


@dataclass(frozen=True)
class Shift:
    """A signal in words: how it stands ('above its usual range'), since when, now and before."""

    how: str
    since: str
    now: str
    before: str


_NOUNS: Mapping[str, str] = {
    "attendance_rate": "attendance", "absence_rate": "absence",
    "chronic_absence": "chronic absence", "headcount": "the number of students",
    "mean_score": "the mean score", "pass_rate": "the share at or above pass",
    "share_at_level": "the share at the expected level",
    "severe_absence": "severe absence", "authorised_absence": "absence with leave",
    "unauthorised_absence": "absence without leave",
    "late_often": "the share who are often late", "long_run": "the share away for days on end",
    "longest_run": "the longest run of absence",
    "unrecorded": "the share of the register left empty",
    "unauthorised_sessions": "the share at the penalty notice threshold",
    "pass_rate_enrolled": "the share of all enrolled who pass",
    "assessed": "the share who sit the tests", "standard_score": "the standard score",
    "band_share": "the share of results at 60% or more",
    "outcomes_reached": "the share of learning outcomes reached",
    "outcomes_observed": "the share of learning outcomes observed",
}


def noun_of(measure: str, title: str) -> str:
    """What a measure is called inside a sentence; its title where nothing better is known."""
    return _NOUNS.get(measure, lower_first(title))


def question(noun: str, better: Better) -> str:
    """The title of the page: 'Is attendance getting better?'."""
    return f"Is {noun} changing?" if better == "neither" else f"Is {noun} getting better?"


def better_lead(name: str, shift: Shift, rest: str = "") -> Lead:
    """The measure moved the good way, beyond chance."""
    return Lead(f"Yes. {_moved(name, shift)}", rest)


def worse_lead(name: str, shift: Shift, rest: str = "") -> Lead:
    """The measure moved the bad way, beyond chance."""
    return Lead(f"No, it is getting worse. {_moved(name, shift)}", rest)


def changed_lead(name: str, shift: Shift, rest: str = "") -> Lead:
    """A measure without a better direction moved beyond chance."""
    return Lead(_moved(name, shift), rest)


def once_lead(name: str, how: str, now: str, when: str, usual: str, rest: str = "") -> Lead:
    """Only the latest point is beyond the usual range."""
    return Lead(f"{upper_first(name)} was {how} in the {when}: {now}, usually {usual}.",
                joined("One point alone often has a cause of its own.", rest))


def same_lead(now: str, when: str, usual: str, beyond: Sequence[str] = (), rest: str = "") -> Lead:
    """Nothing beyond the usual; `beyond` names earlier points that were, such as a flu week."""
    bold = f"No change beyond the usual ups and downs: {now} in the {when}, usually {usual}."
    if not beyond:
        return Lead(bold, joined("Nothing here needs explaining.", rest))
    if len(beyond) == 1:
        past = f"One earlier point was beyond them: {beyond[0]}."
    else:
        past = f"{len(beyond)} earlier points were beyond them, the last in the {beyond[-1]}."
    return Lead(bold, joined(past, rest))


def unclear_lead(name: str, now: str, when: str, usual: str, shift: Shift | None) -> Lead:
    """A change that the run rules hold for standing and that chance could have made.

    `shift` None: it is the latest point alone.
    """
    bold = f"No clear change: {now} in the {when}, usually {usual}."
    if shift is None:
        return Lead(bold, "It lies beyond them, and that could still be chance.")
    return Lead(bold, f"{_moved(name, shift)} That could still be chance.")


def chance_sentence(share: float, named: bool | None) -> str:
    """How often chance alone shows as much in a chart of this length.

    `named` None: nothing was found, and the share is what a change needs to be named; else
    whether the change was named (no larger share) or not (a larger share).
    """
    of = f"{grouped(100 * share)} of 100 charts this long"
    if named is None:
        return f"A change is named only where chance shows as much in fewer than {of}."
    return f"Chance alone shows as much in {'fewer' if named else 'more'} than {of}."


def rules_sentences(
    every: str, judged: int, drawn: int, behind: str, roll: bool,
) -> tuple[str, ...]:
    """How a change is looked for, and which points count; for "How this is computed".

    `behind` is what a point must have three quarters of: 'school days', 'results', or '' where
    every point counts. Of a `roll` the size of a change is judged alone.
    """
    many = f"{every}s"
    counts = (f"A {every} is judged where at least three quarters of the usual {behind} stand "
              f"behind it: {grouped(judged)} of {counted(drawn, many)}.",) if behind else ()
    if roll:
        return (*counts, f"A change is looked for by its size: a {every} beyond the usual range.")
    return (
        *counts,
        f"A change is looked for by four rules (Making Data Count): a {every} beyond the usual "
        f"range; {SHIFT} {many} in a row on one side of the usual; {TREND} in a row rising or "
        "falling; 2 of 3 close to the edge of the range.",
        f"It is named where it still holds and where fewer than {grouped(100 * NAMED)} of 100 "
        "invented series of this length, in which nothing changes, show one as large.",
    )


def partial_words(points: int) -> str:
    """How many points are hollow, for a screen reader, after their number: '16 weeks, 2 of …'."""
    return f", {grouped(points)} of them not judged" if points else ""


def hollow_sentence(every: str, days: bool) -> str:
    """What a hollow dot is, of a measure of days or of tests."""
    return f"Hollow dot: a short {every}, not judged." if days else \
        f"Hollow dot: a {every} with few students, not judged."


def not_judged(why: str) -> str:
    """The note of a point that is drawn and not judged; `why` is week, month or few."""
    return "few students, not judged" if why == "few" else f"short {why}, not judged"


def early_lead(points_so_far: int, unit: str, needed: int, about: str = "", rest: str = "") -> Lead:
    """Too few points for a range; `unit` is weeks, months or tests; `about` is when it will do."""
    when = f" (about {about})" if about else ""
    so_far = counted(points_so_far, unit)
    return Lead(f"Too early to say: {so_far} so far, {needed} are needed{when}.", rest)


def tests_moved_lead(
    name: str, first: str, last: str, before: str, now: str, change: str, better: bool | None
) -> Lead:
    """First against last test, beyond chance; `better` None where no direction is better."""
    yes = {True: "Yes. ", False: "No, it is getting worse. ", None: ""}[better]
    return Lead(f"{yes}{upper_first(name)} moved from {before} in {first} to {now} in {last}.",
                f"That is {change}, more than chance explains.")


def tests_same_lead(name: str, first: str, last: str, before: str, now: str, change: str) -> Lead:
    """First against last test, within chance."""
    return Lead(f"No clear change: {lower_first(name)} was {before} in {first} and {now} in "
                f"{last}.", f"The difference, {change}, could be chance.")


def change_range(change: float, interval: Interval, places: int, percent: bool, unit: str) -> str:
    """A change with its range: '7 points up, likely 3 to 11'."""
    way = "up" if change > 0 else "down" if change < 0 else "no difference"
    scale, places = (100, 0) if percent else (1, places)
    size = points(change, 0) if percent else f"{abs(change):.{places}f} {unit}".strip()
    if interval[0] < 0 < interval[1]:
        down, up = (grouped(v * scale, None, places) for v in (-interval[0], interval[1]))
        said = f"likely between {down} down and {up} up"
        return f"{size} {way}, {said}" if change else f"{way}, {said}"
    low, high = sorted(interval) if change >= 0 else sorted((-interval[0], -interval[1]))
    likely = f"likely {range_words(low * scale, high * scale, None, places)}"
    return f"{size} {way}, {likely}" if change else f"{way}, {likely}"


def target_sentence(
    target: str, assurance: Assurance | None, better: Better, unit: str = "weeks",
    missed: int = 0, of: int = 0,
) -> str:
    """Whether the target is reached as things are; empty where that cannot be judged.

    `missed` of `of` points lie on its wrong side, although the usual ones reach it.
    """
    if assurance is None:
        return ""
    if assurance == "missed":
        side = "above" if better == "higher" else "below"
        return f"As things are, {target} will not be reached; it lies {side} the usual range."
    if assurance == "met" and missed:
        return f"{target} is reached in usual {unit}; {missed} of {of} {unit} missed it."
    if assurance == "met":
        return f"As things are, {target} is reached every {unit[:-1]}."
    return f"{target} is reached in some {unit} and missed in others."


def part_sentence(usual: int, whole: int, unit: str) -> str:
    """Most points tell of a part of the students only."""
    return (f"Most {unit} tell of about {grouped(usual)} of the {counted(whole, 'students')}, "
            "not of all.")


def last_year_sentence(year_now: str, year_before: str, last_day: str) -> str:
    """This year so far against last year to the same date."""
    return (f"This year so far it is {year_now}; last year to the same date, {last_day}, it was "
            f"{year_before}.")


def count_last_year_sentence(now: str, before: str, last_day: str) -> str:
    """A count now against a year earlier."""
    return f"It is {now} now; a year earlier, on {last_day}, it was {before}."


def no_points_lead(plural: str) -> Lead:
    """Nothing to draw."""
    return Lead(f"There are no {plural} here yet.")


def one_student_lead() -> Lead:
    """One student never has a rate."""
    return Lead("This is one student, so no rate is shown.", "Widen to the whole class or grade.")


def withheld_lead(completeness: float) -> Lead:
    """Too little of the register is marked."""
    return Lead(withheld_words(completeness))


def _moved(name: str, shift: Shift) -> str:
    return (f"{upper_first(name)} has been {shift.how} since the {shift.since}: now {shift.now}, "
            f"before {shift.before}.")

