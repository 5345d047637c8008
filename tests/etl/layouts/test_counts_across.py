"""Published counts with years, months or ages in the header; totals are never read beside them."""

from __future__ import annotations

import pytest

from etl.wideparts import Part, part_of
from tests.grids import context, read, rows, sheet

Told = set[tuple[object, ...]]


def told(text: str, name: str = "Enrolment", **answers: str) -> Told:
    got = read(sheet(text, name), context("india", **answers), "enrollment_counts")
    assert got.rejected == frozenset() and not [q for q in got.questions if q.required]
    return set(rows(got.facts["enrollment_counts"], "org_id", "academic_year", "dimension", "value",
                    "headcount"))


YEARS = """
UDISE Code|School Name|20232024|2024-25|AY 25/26|Total|2023-24 to 2025-26|% change
101|Hill|300|310|320|930|930|6
102|Dale|200|210|x|410|410|10
Grand total||500|520|320|1340|1340|
"""


def test_a_column_a_year_is_a_count_a_year_and_no_total_is_read() -> None:
    assert told(YEARS) == {
        ("101", "2023-24", "total", "total", 300), ("101", "2024-25", "total", "total", 310),
        ("101", "2025-26", "total", "total", 320), ("102", "2023-24", "total", "total", 200),
        ("102", "2024-25", "total", "total", 210)}
    got = read(sheet(YEARS, "Enrolment"), context())
    assert {(f.rule, f.row, f.count) for f in got.findings if "total" in f.rule} == {
        ("total rows", 4, 1), ("total columns", None, 1)}
    (unused,) = [f for f in got.findings if f.rule == "columns not used"]
    assert "2023-24 to 2025-26, % change" in unused.words


def test_grades_of_one_school_by_year_and_sex_under_two_rows_of_header() -> None:
    text = """
School: Hill||||
Enrolment by class||||
Grade|2023-24||2024-25|
|Boys|Girls|Boys|Girls
1|30|31|32|33
2|20|21|22|23
Total|50|52|54|56
"""
    found = told(text)
    assert {f for f in found if f[2] == "total"} == {
        ("hill", "2023-24", "total", "total", 102), ("hill", "2024-25", "total", "total", 110)}
    assert ("hill", "2024-25", "grade + sex", "2 + female", 23) in found
    assert len(found) == 2 + 8


def test_a_table_that_names_no_school_asks_for_it() -> None:
    text = "Class|2023|2024|2025\n1|30|31|32\n2|20|21|22"
    got = read(sheet(text, "Enrolment"), context(), "enrollment_counts")
    assert [q.about for q in got.questions if q.required] == ["school"] and not got.facts
    found = told(text, school="Hill")
    assert ("hill", "2022-23", "total", "total", 50) in found
    answered = read(sheet(text, "Enrolment"), context(school="Hill"))
    (one,) = [f for f in answered.findings if f.rule == "year of one number"]
    assert "“2023” is read as the school year 2022-23" in one.words
    assert one.words.endswith("write the years as 2023-24.")


def test_age_and_sex_are_two_breakdowns_and_no_row_says_another_again() -> None:
    long = """
School Name|Academic Year|Age|Sex|Enrolment
Hill|201112|6|Boys|20
Hill|201112|6|Girls|22
Hill|201112|7|Boys|21
Hill|201112|7|Girls|19
"""
    wide = """
School Name|Academic Year|Age 6 Boys|Age 6 Girls|Age 7 Boys|Age 7 Girls
Hill|2011-12|20|22|21|19
"""
    parts: Told = {("hill", "2011-12", "age + sex", f"{age} + {sex}", n) for age, sex, n in (
        (6, "male", 20), (6, "female", 22), (7, "male", 21), (7, "female", 19))}
    assert told(long) == told(wide) == parts | {("hill", "2011-12", "total", "total", 82)}


def test_numbers_by_month_never_add_up_and_the_last_is_the_year_s() -> None:
    text = """
School: Hill||||
Academic Year: 2025-26||||
Numbers on roll||||
Grade|Apr|May|Jan|Apr-Jan
1|30|31|29|90
2|20|21||41
"""
    assert told(text, "Sheet1") == {
        ("hill", "2025-26", "grade + month", "1 + 2025-04", 30),
        ("hill", "2025-26", "grade + month", "2 + 2025-04", 20),
        ("hill", "2025-26", "grade + month", "1 + 2025-05", 31),
        ("hill", "2025-26", "grade + month", "2 + 2025-05", 21),
        ("hill", "2025-26", "grade + month", "1 + 2026-01", 29),
        ("hill", "2025-26", "grade", "1", 29), ("hill", "2025-26", "grade", "2", 21),
        ("hill", "2025-26", "total", "total", 50)}


def test_breakdowns_that_come_to_the_same_give_the_total_and_others_none() -> None:
    text = "Class|Boys|Girls|Total\n7 A|20|21|41\n7 B|22|20|{}"
    same = told(text.format(42), "Strength", school="Hill", year="2025-26")
    assert {f[4] for f in same if f[2] == "total"} == {83}
    other = told(text.format(43), "Strength", school="Hill", year="2025-26")
    assert not {f for f in other if f[2] == "total"}


@pytest.mark.parametrize(("name", "part"), [
    ("2025-26 Boys", Part(sex="male", year="2025-26")),
    ("2025-26 / Girls", Part(sex="female", year="2025-26")),
    ("20112012", Part(year="2011-12")), ("201112", Part(year="2011-12")),
    ("AY 11/12 / Total", Part(year="2011-12")), ("11/12 / Boys", Part("male", year="2011-12")),
    ("2024", Part(year="2023-24")), ("Apr 2025", Part(month=(4, 2025))),
    ("2025-26 / Apr", Part(year="2025-26", month=(4, None))), ("Year 7", Part(grade="7")),
    ("Class 1 / SC Girls", Part("female", "1", "SC")), ("Age 6 / Boys", Part("male", age="6")),
    ("2019-20 to 2023-24", None), ("Apr-Sep", None), ("Total", None), ("% change", None),
    ("Year 11/12", None), ("Opened 2012", None),
])
def test_what_a_column_counts_is_told_by_its_name(name: str, part: Part | None) -> None:
    assert part_of(name) == part
