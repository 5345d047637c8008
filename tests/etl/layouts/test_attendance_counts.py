"""Published attendance by month stands in a table of its own, by class or school."""

from __future__ import annotations

from datetime import date

import pytest

from etl.recognise import recognise
from etl.reporting import summarise
from tests.grids import context, read, rows, sheet, taken

APRIL, MAY, JUNE, JULY = (date(2025, m, 1) for m in (4, 5, 6, 7))
ACROSS = """
School: Hill||||
Academic Year: AY 25/26||||
Attendance percentage by class||||
Class|Apr|May|June|Apr-Jun
7 A|92.5|91%|90|91
7 B|80|-|83,5|81
School total|86|91|86|86
"""
COLUMNS = ("org_id", "begin_date", "end_date", "dimension", "value", "rate")


def test_percentages_of_classes_across_months_without_totals() -> None:
    got = read(sheet(ACROSS), context(), "attendance_counts")
    assert (got.read, got.rejected, got.skipped) == (2, frozenset(), 4)
    assert set(rows(got.facts["attendance_counts"], *COLUMNS)) == {
        ("hill", APRIL, MAY, "class", "7 A", 0.925), ("hill", MAY, JUNE, "class", "7 A", 0.91),
        ("hill", JUNE, JULY, "class", "7 A", 0.9), ("hill", APRIL, MAY, "class", "7 B", 0.8),
        ("hill", JUNE, JULY, "class", "7 B", 0.835)}
    assert {f.rule for f in got.findings} == {"total rows", "total columns", "kept apart"}
    (apart,) = [f.words for f in got.findings if f.rule == "kept apart"]
    assert "“Attendance, published totals”" in apart and "never added to the marks" in apart
    assert set(got.facts) == {"organisations", "attendance_counts"}


def test_an_average_day_times_the_days_is_half_days_of_all_together() -> None:
    text = ("School|Month|Working days|Strength|Average attendance\n"
            "Hill|June 2025|22|300|280\nDale|July 2025|24|300|270")
    got = read(sheet(text), context(), "attendance_counts")
    assert rows(got.facts["attendance_counts"], "org_id", "begin_date", "possible", "absent") == [
        ("hill", JUNE, 13_200, 880), ("dale", JULY, 14_400, 1_440)]


def test_sessions_possible_and_missed_are_half_days_and_what_cannot_be_is_named() -> None:
    text = ("School URN|Month|Sessions possible|Sessions missed\n"
            "1001|June 2025|12000|600\n1002|June 2025|11000|11600")
    got = read(sheet(text), context("england"), "attendance_counts")
    assert rows(got.facts["attendance_counts"], "org_id", "possible", "absent", "rate") == [
        ("1001", 12_000, 600, 0.95)]
    (bad,) = [f for f in got.findings if f.level == "rejects"]
    assert got.rejected == {3}
    assert (bad.row, bad.column, bad.found) == (3, "Sessions missed", "11600")


@pytest.mark.parametrize(("cell", "row"), [("120", 4), ("many", 4), ("-5", 4)])
def test_a_percentage_that_cannot_be_rejects_its_row(cell: str, row: int) -> None:
    text = ("School: Hill|||\nAcademic Year: 2025-26|||\nClass|Month|Attendance %|Working days\n"
            f"7 A|June|{cell}|22\n7 B|June|85.5%|22")
    got = read(sheet(text), context())
    assert got.rejected == {row}
    assert rows(got.facts["attendance_counts"], "value", "rate") == [("7 B", 0.855)]


def test_a_month_without_a_year_and_a_table_without_a_school_are_asked() -> None:
    text = "Class|Month|Attendance %|Working days\n7 A|June|92|22\n7 B|June|85|22"
    got = read(sheet(text), context(school="Hill"))
    assert [q.about for q in got.questions if q.required] == ["year"] and not got.facts
    got = read(sheet(text), context(year="25/26"))
    assert [q.about for q in got.questions if q.required] == ["school"] and not got.facts


def test_a_list_of_students_is_no_published_table() -> None:
    text = ("Adm No|Name|School|Month|Working days|Days present|Attendance %\n"
            "1|Asha|Hill|June 2025|20|18|90\n2|Bilal|Hill|June 2025|20|20|100")
    assert taken(sheet(text), context()).layout == "attendance_totals"
    marks = "Class|Apr|May|June\n7 A|62|71|80\n7 B|50|61|63"
    found = recognise(sheet(marks, "Marks"), context(school="Hill", year="2025-26"))
    assert getattr(found, "layout", "") != "attendance_counts"


def test_the_last_day_of_a_month_is_told_not_its_first() -> None:
    got = read(sheet(ACROSS), context(), "attendance_counts")
    found = summarise(got.facts)
    assert (found["first_day"], found["last_day"]) == ("2025-04-01", "2025-06-30")
