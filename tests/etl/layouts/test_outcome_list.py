"""Observations as a list: a level or a count in every row, the last of two stands."""

from __future__ import annotations

from datetime import date

from tests.grids import context, read, rows, sheet, taken

LIST = """
School|Student ID|Name|Class|Subject|Learning outcome|Date|Level|Correct|Questions
Hill|0101|Asha|3 A|Mathematics|Adds|2025-09-26|Reached||
Hill|0102|Bilal|3 A|Mathematics|Adds|2025-09-26||3|4
Hill|0103|Chitra|3 A|Mathematics|Adds|2025-09-26|Not observed||
Hill|0104|Dev|3 A|Mathematics|Adds|2025-09-26|||
Hill|0101|Asha|3 A|Mathematics|Adds|2025-10-17|Nearly||
"""


def test_rows_are_observations_with_levels_or_counts() -> None:
    made = read(sheet(LIST), context(), "outcome_list")
    assert (made.read, made.rejected, made.questions) == (5, frozenset(), ())
    assert rows(made.facts["observations"], "date", "level", "correct", "items", "status") == [
        (date(2025, 9, 26), "Reached", None, None, "observed"),
        (date(2025, 9, 26), None, 3, 4, "observed"),
        (date(2025, 9, 26), None, None, None, "not observed"),
        (date(2025, 9, 26), None, None, None, None),
        (date(2025, 10, 17), "Nearly", None, None, "observed")]


def test_of_two_rows_of_one_day_the_last_stands_and_a_row_without_an_outcome_is_named() -> None:
    made = read(sheet(LIST + "Hill|0101|Asha|3 A|Mathematics|Adds|2025-09-26|Nearly||\n"
                      "Hill|0102|Bilal|3 A|Mathematics||2025-09-26|Nearly||\n"), context())
    assert {(f.rule, f.row) for f in made.findings if f.level == "rejects"} == {
        ("said twice", 2), ("no outcome", 8)}
    assert made.rejected == {2, 8}


def test_without_a_date_the_day_of_the_data_stands_and_days_to_come_are_refused() -> None:
    undated = LIST.replace("|2025-09-26|", "||")
    made = read(sheet(undated), context(as_of=date(2025, 11, 14)))
    assert set(made.facts["observations"]["date"].to_pylist()) == {
        date(2025, 11, 14), date(2025, 10, 17)}
    assert [f.rule for f in made.findings] == ["no date"]
    late = read(sheet(LIST), context(as_of=date(2025, 10, 1)))
    assert [(f.rule, f.row) for f in late.findings] == [("date outside", 6)]


def test_the_outcome_of_a_test_is_a_level_and_no_thing_to_learn() -> None:
    text = "School|Student ID|Name|Class|Subject|Assessment|Test Date|Outcome\n" \
        "Hill|1|Asha|6|Reading|KS2|2025-05-12|EXS\nHill|2|Bilal|6|Reading|KS2|2025-05-12|WTS\n"
    assert taken(sheet(text), context("england")).layout == "results"
