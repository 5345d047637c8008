"""Grids of learning outcomes: levels, counted questions, blanks, the file's own levels."""

from __future__ import annotations

from datetime import date

import pytest

from etl.layouts import layouts
from etl.layouts.outcome_grid import resolve
from etl.model import Extract, Recognition, Sheet
from etl.recognise import Aside, recognise
from tests.grids import context, read, rows, sheet, taken

TOP = """
Learning outcomes
School: Hill School
Class: 3 A
Subject: Mathematics
Date: 26/09/2025
"""
GRID = TOP + """
Student ID|Name|Adds two-digit numbers|Subtracts with borrowing (4)
0101|Asha|Reached|3
0102|Bilal|Nearly|
0103|Chitra|Not observed|1 of 4
0104|Dev||
"""


def grid(text: str, **more: str) -> Sheet:
    return sheet([line.split("|") for line in text.strip("\n").split("\n")], **more)


def seen(made: Extract) -> list[tuple[object, ...]]:
    return rows(made.facts["observations"], "level", "correct", "items", "status")


def test_cells_are_levels_counts_or_nothing_and_a_blank_says_nothing() -> None:
    made = read(grid(GRID), context(), "outcome_grid")
    assert (made.read, made.rejected, made.questions) == (4, frozenset(), ())
    assert seen(made) == [
        ("Reached", None, None, "observed"), ("Nearly", None, None, "observed"),
        (None, None, None, "not observed"), (None, None, None, None),
        (None, 3, 4, "observed"), (None, None, None, None), (None, 1, 4, "observed"),
        (None, None, None, None)]
    assert rows(made.facts["objectives"], "objective_id", "name", "kind", "grade") == [
        ("outcome/mathematics/3/adds two-digit numbers", "Adds two-digit numbers", "outcome", "3"),
        ("outcome/mathematics/3/subtracts with borrowing", "Subtracts with borrowing", "outcome",
         "3")]
    assert set(made.facts["observations"]["date"].to_pylist()) == {date(2025, 9, 26)}
    assert set(made.facts["observations"]["class"].to_pylist()) == {"3 A"}


def test_a_grid_without_any_level_is_set_aside() -> None:
    empty = TOP + "\nStudent ID|Name|Adds|Borrows\n0101|Asha||\n0102|Bilal||\n"
    found = recognise(grid(empty), context())
    assert isinstance(found, Aside) and "no levels yet" in found.words


def test_what_is_no_level_is_named_and_what_excel_made_a_date_is_said() -> None:
    wrong = GRID.replace("0102|Bilal|Nearly|", "0102|Bilal|Nealy|").replace(
        "1 of 4", "2026-04-03").replace("Dev||", "Dev|Reached|") + "0105|Esha|Not yet|2\n" \
        "0106|Farid|Reached|4\n0107|Gita|Reached|4\n0108|Hari|Reached|4\n"
    made = read(grid(wrong), context())
    assert {(f.rule, f.row, f.found) for f in made.findings if f.level == "rejects"} == {
        ("level", 9, "Nealy"), ("counted became a date", 10, "2026-04-03")}
    assert made.rejected == {9, 10}


def test_abilities_have_neither_subject_nor_grade() -> None:
    text = GRID.replace("Learning outcomes", "Abilities").replace(
        "Adds two-digit numbers", "Observe").replace("Subtracts with borrowing (4)", "Interpret")
    made = read(grid(text.replace("Subject: Mathematics\n", "").replace("|3\n", "|Nearly\n")
                     .replace("1 of 4", "Not yet")), context())
    assert made.questions == ()
    assert rows(made.facts["objectives"], "objective_id", "subject", "grade") == [
        ("ability///observe", None, None), ("ability///interpret", None, None)]


def test_steps_of_one_to_four_are_levels_of_a_rubric() -> None:
    text = "Rubric\nSchool: Hill\nClass: 3 A\nDate: 2025-09-26\nRoll No|Name|Observe|Question\n" \
        "1|Asha|4|2\n2|Bilal|3|1\n"
    made = read(grid(text), context())
    assert rows(made.facts["observations"], "scale", "level") == [
        ("Level 1-4", "Level 4"), ("Level 1-4", "Level 3"), ("Level 1-4", "Level 2"),
        ("Level 1-4", "Level 1")]


def test_the_subject_is_asked_where_nothing_says_it() -> None:
    made = read(grid(GRID.replace("Subject: Mathematics\n", "")), context())
    assert [q.about for q in made.questions] == ["subject"]
    told = read(grid(GRID.replace("Subject: Mathematics\n", "")), context(subject="Science"))
    assert told.questions == () and "outcome/science/3/" in str(told.facts["objectives"])


def test_a_sheet_of_levels_beside_the_grid_says_what_is_reached() -> None:
    own = grid("Level|Order|Reached|Meaning\nSeed|1|No|begins\nSprout|2|No|\nTree|3|Yes|alone\n",
               name="Levels")
    text = TOP + "\nStudent ID|Name|Adds\n0101|Asha|Tree\n0102|Bilal|Sprout\n0103|Chitra|Bush\n"
    found: dict[str, tuple[Sheet, Recognition, Extract]] = {}
    for one in (own, grid(text)):
        took = taken(one, context())
        found[one.key] = (one, took, layouts()[took.layout].extract(one, took, context()))
    alone = found[grid(text).key][2]
    assert [f.rule for f in alone.findings] == ["no scale"] and alone.rejected == frozenset()
    (made,) = resolve(found, context()).values()
    assert rows(made.facts["observations"], "level", "scale") == [
        ("Tree", "Seed / Sprout / Tree, reached from Tree"),
        ("Sprout", "Seed / Sprout / Tree, reached from Tree")]
    assert [(f.rule, f.found) for f in made.findings] == [("level", "Bush")]
    assert rows(made.facts["levels"], "level", "level_order", "reached", "meaning") == [
        ("Seed", 1, False, "begins"), ("Sprout", 2, False, None), ("Tree", 3, True, "alone")]


@pytest.mark.parametrize("text", [
    "Examination outcomes\nSchool: Hill\nClass: 3 A\nRoll No|Name|House|Maths (50)|Total\n"
    "1|Asha|Red|41|41\n2|Bilal|Blue|33|33\n",
    "Marks\nSchool: Hill\nClass: 3 A\nYear: 2025-26\nStudent ID|Name|Reading level|Maths level\n"
    "1|Asha|Story|Division\n2|Bilal|Word|Subtraction\n",
])
def test_marks_and_house_colours_are_no_grid(text: str) -> None:
    assert taken(grid(text), context()).layout == "marksheet"
