"""Sentences of the Learning page, for none, one, two, many, uncertain and incomplete."""

from __future__ import annotations

import pytest

from school.config import ENGLAND, INDIA, US
from school.terms import learning as words
from school.terms.learning import NextPhrase

BORROWS = NextPhrase("Subtraction with borrowing", "Class 3 A", 32, 18, 6)


@pytest.mark.parametrize(
    ("students", "not_there", "unobserved", "expected"),
    [(32, 18, 6, "18 of 32 are not there yet, 6 were not observed."),
     (32, 1, 1, "1 of 32 is not there yet, 1 was not observed."),
     (32, 32, 0, "all 32 are not there yet."), (32, 2, 0, "2 of 32 are not there yet."),
     (1, 1, 0, "the one student is not there yet.")],
)
def test_what_comes_next_is_said_with_its_counts(
    students: int, not_there: int, unobserved: int, expected: str
) -> None:
    found = NextPhrase(BORROWS.goal, BORROWS.place, students, not_there, unobserved)
    assert words.next_lead(found, INDIA).text == \
        f"Subtraction with borrowing comes next for Class 3 A: {expected}"


def test_too_few_questions_and_levels_of_tests_have_their_own_words() -> None:
    few = NextPhrase("Adds", "Class 3 A", 32, 18, 0, few=2)
    assert words.next_lead(few).rest == "2 students answered too few questions to say."
    assert words.next_lead(NextPhrase("Adds", "3 A", 9, 8, 0, 1)).rest == \
        "1 student answered too few questions to say."
    test = NextPhrase("ASER reading", "Class 3 A", 15, 10, 1, of_test=True)
    assert words.next_lead(test).text == \
        "ASER reading in Class 3 A: 10 of 15 are below the level expected, 1 was not observed."


def test_all_most_few_planned_and_none_are_told_apart() -> None:
    assert words.all_lead(32, 5).text == "All 32 can do what was planned."
    assert words.all_lead(32, 1).text == "All 32 can do the one thing that was planned."
    assert words.all_lead(1, 5).text == "The one student can do what was planned."
    assert words.most_lead(27, 30, 2).text == (
        "Most of those observed can do what was planned. Students and outcomes were seen 30 times; "
        "27 of 30 are reached. Not observed: 2.")
    assert words.thin_lead(8, 32, "Adds", "Class 3 A").text == (
        "Too few were observed to say what comes next for Class 3 A. 8 of 32 students were "
        "observed in adds.")
    assert words.thin_lead(1, 32, "Adds", "3 A").rest == "1 of 32 students was observed in adds."
    assert words.plan_lead(1, "3 A").text == "No levels recorded yet. 1 outcome is planned for 3 A."
    assert words.plan_lead(4, "3 A").rest == "4 outcomes are planned for 3 A."
    assert words.none_lead("Class 3 A").text == ("No levels recorded yet. Download the grid for "
                                                 "Class 3 A, fill it in Excel, drop it back.")
    assert "Download a grid, fill" in words.none_lead().text


@pytest.mark.parametrize(
    ("reached", "judged", "unobserved", "few", "expected"),
    [(8, 26, 6, 0, "8 of 26 observed have reached it, likely 17% to 50%. Not observed: 6."),
     (1, 26, 0, 0, "1 of 26 observed has reached it, likely 17% to 50%."),
     (0, 26, 0, 0, "None of the 26 observed has reached it, likely 17% to 50%."),
     (26, 26, 0, 0, "All 26 observed have reached it, likely 17% to 50%."),
     (1, 1, 0, 0, "The one student observed has reached it."),
     (0, 1, 0, 0, "The one student observed has not reached it yet."),
     (0, 0, 5, 0, "Nobody was observed yet."),
     (0, 0, 5, 4, "Too few questions to say. Not observed: 5.")],
)
def test_a_cell_is_told_with_its_range(
    reached: int, judged: int, unobserved: int, few: int, expected: str
) -> None:
    assert words.cell_words(reached, judged, (0.166, 0.4999), unobserved, few) == expected


def test_a_roll_up_counts_times_and_names_what_it_waits_for() -> None:
    assert words.pooled_words(12, 30, "ability") == (
        "In the outcomes that rest on it students were seen 30 times, and had reached them 12 "
        "times.")
    assert words.pooled_words(0, 1, "outcome") == (
        "In the abilities and concepts it rests on students were seen 1 time, and had reached none "
        "of them.")
    assert words.behind_words((), "ability") == "Each of them is reached by most."
    assert words.behind_words(("A", "B"), "ability") == "Outcomes not yet reached by most: A; B."
    assert words.no_line_words(1).startswith("1 student stands at a level")
    assert words.no_line_words(2).startswith("2 students stand at a level")


def test_growth_is_from_the_own_start_and_never_a_comparison() -> None:
    def told(up: bool | None, lower: bool = False) -> str:
        return words.growth_words("Adds", "Not yet", "Nearly", "12 Jun 2025", up, lower)

    assert told(True) == "Adds: up from Not yet to Nearly since 12 Jun 2025."
    assert told(False) == "Adds: Nearly, as on 12 Jun 2025."
    assert told(False, True) == "Adds: Nearly now, Not yet on 12 Jun 2025."
    assert told(None) == "Adds: Nearly, seen first on 12 Jun 2025."


def test_a_class_is_called_as_the_country_does() -> None:
    assert [words.room_words("3 A", p) for p in (INDIA, ENGLAND, US, None)] == [
        "Class 3 A", "Tutor group 3 A", "Homeroom 3 A", "Class 3 A"]
    assert words.room_words("Rose", INDIA) == "Rose"
    assert words.room_words("", US) == "no homeroom named"
