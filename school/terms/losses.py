"""What the loss alarm says: what the last upload had and this one lacks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from school.config import Preset
from school.terms.dates import day_words
from school.terms.words import noun, upper_first, word

SHOWN = 8
ON_PURPOSE = "Left out on purpose?"


def class_gone(
    label: str, students: int, now: str = "", at: str = "", preset: Preset | None = None
) -> str:
    """'Class 7 B, 38 students, was in the last upload and is not in this one.'"""
    who = f"{class_words(label, preset)}, {students:,} {noun(students, 'students')}{_of(at)}"
    told = f"{who}, was in the last upload and is not in this one."
    return f"{told} Most of them stand under “{now}” now." if now else told


def students_gone(
    label: str, students: int, at: str = "", preset: Preset | None = None
) -> str:
    """'2 students of Class 7 B were in the last upload and are not in this one.'"""
    where = f" of {class_words(label, preset)}" if label else ""
    verb, now = ("was", "is") if students == 1 else ("were", "are")
    return (f"{students:,} {noun(students, 'students')}{where}{_of(at)} {verb} in the last upload "
            f"and {now} not in this one.")


def school_gone(name: str, students: int) -> str:
    """'Hill School, 103 students, was in the last upload and is not in this one.'"""
    return (f"{name}, {students:,} {noun(students, 'students')}, was in the last upload and is not "
            "in this one.")


def days_gone(days: Sequence[date], at: str = "", preset: Preset | None = None) -> str:
    """'3 days were in the last upload and are not in this one, the first 12 Jan 2022.'"""
    verb, now = ("was", "is") if len(days) == 1 else ("were", "are")
    first = day_words(days[0], preset, short=True)
    which = first if len(days) == 1 else f"the first {first}"
    return (f"{len(days)} {noun(len(days), 'days')}{_of(at)} {verb} in the last upload and {now} "
            f"not in this one: {which}.")


def a_part(here: int, before: int, at: str = "") -> str:
    """'This holds 200 students; the last upload had 600. We take it for a part of the list.'"""
    return (f"This holds {here:,} {noun(here, 'students')}{_of(at)}; the last upload had "
            f"{before:,}. We take it for a part of the list.")


def question(sentences: Sequence[str]) -> str:
    """All that is lost, and whether it was meant."""
    more = len(sentences) - SHOWN
    told = [*sentences[:SHOWN], *([f"And {more} more like this."] if more > 0 else [])]
    return " ".join([*told, ON_PURPOSE])


def expected(sentence: str, reason: str) -> str:
    """What was lost and that somebody expects it, with the reason."""
    end = "" if reason.endswith((".", "?")) else "."
    return f"{sentence} Expected: {reason}{end}" if reason else f"{sentence} This is expected."


def class_words(label: str, preset: Preset | None = None) -> str:
    """The class (or grade, where that is all) with the country's word before it."""
    called = word(preset, "grade" if label.isdigit() else "class")
    called = "class" if called == "section" else called  # as people say it: Class 7 B
    known = label.lower().startswith((called, "class", "grade", "year"))
    return label if known else f"{upper_first(called)} {label}"


def _of(at: str) -> str:
    return f" of {at}" if at else ""
