"""Attendance totals with months across: half days of a student and month, and no total read."""

from __future__ import annotations

from datetime import date

import pytest

from etl.model import Finding
from etl.monthcolumns import month_columns
from etl.recognise import Aside, recognise
from tests.grids import context, read, rows, sheet, taken

PAIRS = """
School: Hill|||||||||
Academic Year: 2025-26|||||||||
Adm No|Name|Class|Apr Working days|Apr Present|Jan Working days|Jan Present|Apr-Sep|Total Present|%
1|Asha|7 B|20|18.5|22|22|40.5|40.5|96
2|Bilal|7 B|20|20|22|||20|100
3|Chitra|7 B|||22|11||11|50
Grand total||||38.5||33||71.5|
"""
BARE = """
School: Hill|||||
Academic Year: AY 25/26|||||
Adm No|Name|Class|Apr|May|Total
No. of working days|||20|22|42
1|Asha|7 B|18|22|40
2|Bilal|7 B|20|11|31
"""
COLUMNS = ("begin_date", "end_date", "possible", "absent", "row")
APRIL, MAY, JUNE = date(2025, 4, 1), date(2025, 5, 1), date(2025, 6, 1)


def test_a_pair_of_columns_is_a_month_and_totals_are_left_out_and_told() -> None:
    got = read(sheet(PAIRS), context(), "attendance_totals")
    assert (got.read, got.rejected, got.skipped) == (3, frozenset(), 3)
    january = date(2026, 1, 1), date(2026, 2, 1)
    assert rows(got.facts["attendance_periods"], *COLUMNS) == [
        (APRIL, MAY, 40, 3, 4), (APRIL, MAY, 40, 0, 5),
        (*january, 44, 0, 4), (*january, 44, 22, 6)]
    told = {f.rule: (f.row, f.count) for f in got.findings}
    assert told == {"total rows": (7, 1), "total columns": (None, 3)}
    assert "“Apr-Sep”, “Total Present”, “%”" in next(
        f.words for f in got.findings if f.rule == "total columns")


def test_months_above_and_what_they_count_below_read_the_same() -> None:
    text = """
School: Hill||||||
Academic Year: 2025-26||||||
Adm No|Name|Class|Apr||May|
|||Working days|Present|Working days|Present
1|Asha|7 B|20|18|22|22
"""
    got = read(sheet(text), context(), "attendance_totals")
    assert rows(got.facts["attendance_periods"], *COLUMNS) == [
        (APRIL, MAY, 40, 4, 5), (MAY, JUNE, 44, 0, 5)]


def test_bare_months_ask_what_they_count_and_a_row_says_the_days_possible() -> None:
    grid = sheet(BARE)
    got = read(grid, context(), "attendance_totals")
    (asked,) = [q for q in got.questions if q.required]
    assert (asked.about, asked.choices) == (
        "counted", ("days present", "days absent", "something else"))
    assert asked.words == "What do the numbers under Apr and May count?" and not got.facts
    present = read(grid, context(counted="days present"))
    assert rows(present.facts["attendance_periods"], *COLUMNS) == [
        (APRIL, MAY, 40, 4, 5), (APRIL, MAY, 40, 0, 6),
        (MAY, JUNE, 44, 0, 5), (MAY, JUNE, 44, 22, 6)]
    absent = read(grid, context(counted="days absent"))
    assert rows(absent.facts["attendance_periods"], "absent") == [(36,), (40,), (44,), (22,)]


def test_months_that_count_no_days_are_set_aside_as_it_was_said() -> None:
    set_aside = recognise(sheet(BARE), context(counted="something else"))
    assert isinstance(set_aside, Aside)
    assert set_aside.words.startswith("The numbers under its months are no days of attendance")


def test_days_possible_that_nothing_says_are_asked_month_by_month() -> None:
    text = BARE.replace("No. of working days|||20|22|42\n", "").replace(
        "School: Hill", "Days absent by month|School: Hill")
    got = read(sheet(text), context())
    (asked,) = [q for q in got.questions if q.required]
    assert asked.about == "days_possible" and "in Apr and May?" in asked.words
    assert read(sheet(text), context(days_possible="20")).questions == got.questions
    got = read(sheet(text), context(days_possible="30, 31"))
    assert rows(got.facts["attendance_periods"], "possible", "absent") == [
        (60, 36), (60, 40), (62, 44), (62, 22)]


def test_more_days_present_than_possible_rejects_the_row_and_names_the_cell() -> None:
    got = read(sheet(PAIRS.replace("|18.5|", "|28.5|")), context())
    assert got.rejected == {4}
    (found,) = [f for f in got.findings if f.level == "rejects"]
    assert (found.rule, found.row, found.column, found.found) == (
        "days do not fit", 4, "Apr Present", "28.5")
    assert 4 not in got.facts["attendance_periods"]["row"].to_pylist()


def test_percentages_alone_are_refused_and_say_what_is_missing() -> None:
    text = "Adm No|Name|School|Apr %|May %|Jun %\n1|Asha|Hill|92|91|90\n2|Bilal|Hill|80|81|82"
    found = recognise(sheet(text), context())
    assert isinstance(found, Finding) and found.rule == "only percentages"
    assert "days present and the working days" in found.words


def test_months_of_marks_are_a_marksheet_and_no_attendance() -> None:
    text = BARE.replace("School: Hill", "Monthly test marks: Maths|School: Hill").replace(
        "No. of working days", "Max marks")
    assert taken(sheet(text), context()).layout != "attendance_totals"


@pytest.mark.parametrize(("pieces", "counts", "totals"), [
    (["Apr Working days"], ["days_possible"], 0), (["Apr", "P"], ["days_present"], 0),
    (["Days absent", "April 2025"], ["days_absent"], 0), (["2025-04"], [""], 0),
    (["2025-04-01"], [""], 0), (["Apr-25"], [""], 0), (["Sept"], [""], 0),
    (["Apr-Sep"], [], 1), (["Apr to Sep Present"], [], 1), (["Total"], [], 1),
    (["Grand Total"], [], 1), (["Apr %"], [], 1), (["Total working days"], [], 1),
    (["May test"], [], 0), (["Name"], [], 0), (["Mark"], [], 0), (["Term 1"], [], 0),
])
def test_headers_of_months_and_of_totals_are_told_apart(
    pieces: list[str], counts: list[str], totals: int
) -> None:
    found = month_columns([pieces])
    assert ([c.counts for c in found.columns], len(found.totals)) == (counts, totals)
