"""Words of a level column find their scale, their order and whether they count as reached."""

from __future__ import annotations

from datetime import date

import pytest

from etl.scales import BY_NAME, SCALES, Scale, plain, recognise_scale
from etl.windows import order_windows, window


@pytest.mark.parametrize(
    ("values", "header", "name"),
    [
        (["1 Grade Level Below", "Early On Grade Level"], "", "i-Ready relative placement"),
        (["Story", "Word", "Letter", "Beginner"], "Reading level", "ASER reading"),
        (["Std II text", "Std I Text", "word"], "", "ASER reading"),
        (["Division", "Subtraction", "10-99"], "", "ASER arithmetic"),
        (["A", "B", "C", "D", "F"], "alpha_grade_earned", "letter grades"),
        (["A1", "B2", "E"], "Grade", "CBSE grades"),
        (["Level 1", "Level 4"], "", "Level 1-4"),
        (["Level 1", "Level 5"], "", "Level 1-5"),
        (["1", "3", "4"], "Performance level", "Level 1-4"),
        (["WTS", "EXS", "GDS"], "Reading", "key stage outcome"),
        (["Below Basic", "Proficient"], "", "proficiency"),
    ],
)
def test_words_find_their_scale(values: list[str], header: str, name: str) -> None:
    found = recognise_scale(values, header)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    ("values", "header"),
    [(["1", "2", "3"], ""), (["9", "4", "2"], "Marks"), (["Red", "Blue"], "House"), ([], "Level"),
     (["Early 7", "Level 3"], "Overall Placement"), (["P", "A"], "Mark")],
)
def test_everyday_signs_are_no_scale(values: list[str], header: str) -> None:
    assert recognise_scale(values, header) is None


def test_i_ready_counts_early_on_grade_as_reached() -> None:
    scale = BY_NAME["i-Ready relative placement"]
    orders = {level.label: scale.order(level.label) for level in scale.levels}
    assert orders["3 or More Grade Levels Below"] == 1
    assert [lv for lv, n in orders.items() if n is not None and scale.reached(n)] == [
        "Early On Grade Level", "Mid or Above Grade Level",
    ]


def test_a_scale_without_a_published_mark_says_nothing_of_reached() -> None:
    scale = BY_NAME["Level 1-5"]
    assert {scale.reached(n) for n in range(1, 6)} == {None}


@pytest.mark.parametrize("scale", SCALES, ids=lambda s: s.name)
def test_no_spelling_stands_for_two_levels(scale: Scale) -> None:
    spellings = [{plain(x) for x in (lv.label, *lv.spellings)} for lv in scale.levels]
    spelled = [text for texts in spellings for text in texts]
    assert len(spelled) == len(set(spelled))
    assert scale.cut is None or 1 < scale.cut <= len(scale.levels)


@pytest.mark.parametrize(
    ("text", "number", "of"),
    [("Term 2", 2, 3), ("Semester II", 2, 2), ("BOY", 1, 3), ("Midline", 2, 3),
     ("Half Yearly", 1, 2), ("Annual Exam", 2, 2), ("term10", 10, 10), ("Học kỳ 1", 1, 2),
     ("Q3", 3, 4)],
)
def test_windows_have_a_place_in_the_year(text: str, number: int, of: int) -> None:
    found = window(text)
    assert found is not None
    assert (found.number, found.of) == (number, of)


def test_a_subject_names_no_window() -> None:
    assert window("Mathematics") is None
    assert window("") is None


def test_windows_of_one_file_stand_in_order() -> None:
    days = order_windows(["Term 1", "Term 2", "Term 3"], date(2025, 4, 1))
    assert days["Term 1"] == date(2025, 4, 1)
    assert days["Term 1"] < days["Term 2"] < days["Term 3"] < date(2026, 4, 1)
    ten = order_windows([f"term{n}" for n in range(1, 11)], date(2020, 8, 1))
    assert sorted(ten.values()) == [ten[f"term{n}"] for n in range(1, 11)]
    assert len(set(ten.values())) == 10


def test_spring_is_last_after_fall_and_second_after_autumn() -> None:
    year = date(2025, 9, 1)
    us = order_windows(["Fall", "Winter", "Spring"], year)
    uk = order_windows(["Autumn", "Spring", "Summer"], year)
    assert us["Fall"] < us["Winter"] < us["Spring"]
    assert uk["Autumn"] < uk["Spring"] < uk["Summer"]
