"""Words of the loss alarm, the preview and the new year: singular, plural, country words."""

from __future__ import annotations

from datetime import date

import pytest

from school.config import preset
from school.terms.checks import brings_words, changes, changes_words
from school.terms.losses import (
    SHOWN,
    class_gone,
    class_words,
    days_gone,
    expected,
    question,
    school_gone,
    students_gone,
)
from school.terms.rollover import leavers_lead, leavers_of


@pytest.mark.parametrize(("country", "label", "words"), [
    ("india", "7 B", "Class 7 B"), ("india", "7", "Class 7"), ("us", "7", "Grade 7"),
    ("england", "7", "Year 7"), ("england", "7B", "Tutor group 7B"), (None, "7 B", "Class 7 B"),
    ("india", "Class 7 B", "Class 7 B"), ("us", "Grade 7", "Grade 7"),
])
def test_class_is_called_as_the_country_calls_it(
    country: str | None, label: str, words: str
) -> None:
    assert class_words(label, preset(country)) == words


def test_one_student_and_many() -> None:
    assert class_gone("7 B", 1).startswith("Class 7 B, 1 student, was in")
    assert students_gone("7 B", 1) == (
        "1 student of Class 7 B was in the last upload and is not in this one.")
    assert students_gone("", 1052, "Hill") == (
        "1,052 students of Hill were in the last upload and are not in this one.")
    assert school_gone("Hill", 1).startswith("Hill, 1 student, was")


def test_one_day_and_several() -> None:
    assert "1 day was" in days_gone([date(2022, 1, 12)])
    assert "the first 12 Jan 2022" in days_gone([date(2022, 1, 12), date(2022, 1, 13)])


def test_long_lists_of_losses_are_cut_and_counted() -> None:
    told = question([school_gone(f"School {n}", 9) for n in range(SHOWN + 3)])
    assert told.count("was in the last upload") == SHOWN
    assert told.endswith("And 3 more like this. Left out on purpose?")


def test_reason_ends_with_one_full_stop() -> None:
    assert expected("Lost.", "They moved") == "Lost. Expected: They moved."
    assert expected("Lost.", "They moved.") == "Lost. Expected: They moved."
    assert expected("Lost.", "") == "Lost. This is expected."


def test_preview_in_one_sentence() -> None:
    assert brings_words(38, 3, 559) == (
        "38 rows are new, 3 change what stands, 559 stand here already.")
    assert brings_words(1, 1, 1) == (
        "1 row is new, 1 changes what stands, 1 stands here already.")
    assert brings_words(0, 0, 20) == "All 20 rows stand here already. Nothing would change."
    assert brings_words(0, 0, 1) == "This row stands here already."
    assert brings_words(12_000, 0, 0) == "12,000 rows are new."
    assert brings_words(0, 2, 0) == "2 rows change what stands."
    assert brings_words(10, 5, 4, 4, 1) == (
        "10 rows are new, 1 changes what stands, 4 replace other rows of these files, "
        "3 stand here already, 1 brings nothing new.")
    assert brings_words(0, 0, 20, 0, 20) == (
        "All 20 rows are in another of these files too. They count once.")
    assert brings_words(0, 0, 1, 0, 1) == (
        "This row is in another of these files too. It counts once.")


def test_which_number_a_finding_changes() -> None:
    assert (changes("fewer marked"), changes("hidden_sheet")) == ("attendance", None)
    assert changes_words("loss") == "This changes students on roll."
    assert changes_words("hidden_sheet") == ""


def test_leavers_are_counted_by_class() -> None:
    assert leavers_lead(1, "2024-25").startswith("**1 student of the lists of 2024-25 is not on")
    assert leavers_of("8", 12, "Hill", "2024-25", preset("england")) == (
        "Year 8, Hill, 2024/25: 12 students")
