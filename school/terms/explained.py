"""Sentences beside a number: who is counted, and why another system says something else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from school.config import Preset
from school.terms.numbers import counted, grouped
from school.terms.words import noun

LABEL = "Another system says"


@dataclass(frozen=True)
class Way:
    """One way of counting in words: what is done, said with its amount, for a whole sentence."""

    amount: int
    preset: Preset | None

    def of(self, what: str) -> str:
        """'4 students', '12 days'."""
        return counted(self.amount, what, self.preset)


_WAYS: Mapping[str, Callable[[Way], str]] = {
    "leavers_out": lambda w: f"Without {w.of('students')} who left",
    "joiners_out": lambda w: f"Without {w.of('students')} who came later",
    "half_present": lambda w: f"With {w.of('days')} of which half was missed counted as present",
    "half_absent": lambda w: f"With {w.of('days')} of which half was missed counted as absent",
    "approved_absent": lambda w: f"With {w.of('days')} of approved activity counted as absent",
    "late_absent": lambda w: f"With {w.of('days')} of late arrival counted as absent",
    "authorised_out": lambda w: f"With {w.of('days')} of absence with leave not counted as absent",
    "unmarked_present": lambda w: f"With {w.of('days')} without a mark counted as present",
    "unmarked_absent": lambda w: f"With {w.of('days')} without a mark counted as absent",
    "whole_year": lambda w: f"With all school days for {w.of('students')}, not only their own",
    "mean_of_students": lambda w: "As the mean of each student's own rate",
    "more_than": lambda w: "Counting only who is over the line, not who is on it",
    "no_minimum": lambda w: f"With {w.of('students')} who had too few days to say",
    "enrolled": lambda w: f"Of all enrolled, with {w.of('results')} missing counted as not passed",
    "missed_as_failed": lambda w: f"With {w.of('results')} without a score counted as not passed",
    "passed_all": lambda w: "As the share of students who passed everything they sat",
    "passed_any": lambda w: "As the share of students who passed at least once",
    "pass_mark": lambda w: f"With {w.amount}% as the pass mark",
    "first_day": lambda w: "Counted on the first day shown",
    "any_time": lambda w: "Counting everybody who was enrolled on any day shown",
    "census_day": lambda w: "Counted on census day",
}


def way_sentence(reason: str, amount: int, figure: str, preset: Preset | None) -> str:
    """'Without 4 students who left, it would be 93.4%.'"""
    return f"{_WAYS[reason](Way(amount, preset))}, it would be {figure}."


def explained_lead(ours: str, theirs: str, found: int, *, reached: bool) -> str:
    """The sentence above the list of ways."""
    if reached and not found:
        return f"The two agree: {theirs}."
    gap = f"It says {theirs}, here it is {ours}."
    if not found:
        return f"{gap} None of the usual reasons brings the two closer."
    if reached:
        return f"{gap} This would explain it:" if found == 1 else \
            f"{gap} The first of these would explain it:"
    return f"{gap} No usual reason explains all of it. " + (
        "This comes closer:" if found == 1 else "These come closer:")


def closely_lines(half_days: int, approved: float, leavers: int, joiners: int,
                  preset: Preset | None) -> list[str]:
    """Half days, approved activity, leavers and joiners; only what there is."""
    lines = []
    if half_days:
        lines.append(f"Half days missed: {grouped(half_days, preset)}. Each counts as half a day "
                     "absent.")
    if approved:
        lines.append(f"On approved activity: {grouped(approved, preset, 1).removesuffix('.0')} "
                     f"{noun(2 if approved != 1 else 1, 'days')}. They count as attended.")
    if leavers:
        lines.append(f"Left before the last day: {counted(leavers, 'students', preset)}. Their "
                     "days until then count.")
    if joiners:
        lines.append(f"Came after the first day: {counted(joiners, 'students', preset)}. Only "
                     "their days since then count.")
    return lines
