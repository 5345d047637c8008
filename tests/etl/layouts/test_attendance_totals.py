"""Attendance totals: days possible and present of a student in a month, in half days."""

from datetime import date

from tests.grids import context, read, rows, sheet

TOTALS = """
School: Hillside||||||
Academic Year: 2025-26||||||
Adm No|Name|Class|Month|Working Days|Days Present|%
1|Asha|7 B|June|20|18.5|92.5
2|Bilal|7 B|June|20|20|100
1|Asha|7 B|January|22|11|50
Total|||||49.5|
"""


def test_each_row_is_a_student_and_month_in_half_days() -> None:
    got = read(sheet(TOTALS), context(), "attendance_totals")
    assert (got.read, got.rejected, got.skipped) == (3, frozenset(), 3)
    assert rows(
        got.facts["attendance_periods"], "begin_date", "end_date", "possible", "absent", "row"
    ) == [
        (date(2025, 6, 1), date(2025, 7, 1), 40, 3, 4),
        (date(2025, 6, 1), date(2025, 7, 1), 40, 0, 5),
        (date(2026, 1, 1), date(2026, 2, 1), 44, 22, 6),
    ]
    assert set(got.facts["attendance_periods"]["org_id"].to_pylist()) == {"hillside"}


def test_days_that_cannot_be_are_rejected_with_the_cell() -> None:
    text = TOTALS.replace("|20|20|100", "|20|21|105").replace("|22|11|50", "|22|eleven|")
    got = read(sheet(text), context())
    assert got.rejected == frozenset({5, 6})
    assert [(f.rule, f.row, f.column, f.found) for f in got.findings if f.level == "rejects"] == [
        ("number", 6, "Days Present", "eleven"), ("days do not fit", 5, "Days Present", "21"),
    ]  # fmt: skip


def test_what_is_possible_follows_from_present_and_absent() -> None:
    text = "Adm No|School|Month|Days Present|Days Absent\n1|Hill|June 2025|18|2\n2|Hill|Jul-25|20|0"
    got = read(sheet(text), context(), "attendance_totals")
    assert rows(got.facts["attendance_periods"], "begin_date", "possible", "absent") == [
        (date(2025, 6, 1), 40, 4), (date(2025, 7, 1), 40, 0),
    ]  # fmt: skip


def test_sessions_are_half_days_already() -> None:
    text = "UPN|School|Month|Sessions possible|Sessions attended\nU1|Hill|June 2025|42|40"
    got = read(sheet(text), context("england"), "attendance_totals")
    assert rows(got.facts["attendance_periods"], "possible", "absent") == [(42, 2)]


def test_a_month_that_nobody_names_is_asked_and_so_is_its_year() -> None:
    text = "Adm No|School|Working Days|Days Present\n1|Hill|20|18"
    got = read(sheet(text), context(), "attendance_totals")
    assert [q.about for q in got.questions if q.required] == ["month"] and not got.facts
    got = read(sheet(text), context(month="June"))
    assert [q.about for q in got.questions if q.required] == ["year"] and not got.facts
    got = read(sheet(text), context(month="June", year="2025-26"))
    assert rows(got.facts["attendance_periods"], "begin_date") == [(date(2025, 6, 1),)]
    got = read(sheet(text, "June 2025"), context())
    assert rows(got.facts["attendance_periods"], "begin_date") == [(date(2025, 6, 1),)]


def test_a_period_from_and_to_includes_its_last_day() -> None:
    text = (
        "Adm No|School|Start Date|End Date|Days Possible|Days Present\n"
        "1|Hill|02/06/2025|27/06/2025|20|18"
    )
    got = read(sheet(text), context(), "attendance_totals")
    assert rows(got.facts["attendance_periods"], "begin_date", "end_date") == [
        (date(2025, 6, 2), date(2025, 6, 28))
    ]  # fmt: skip


def test_of_two_rows_for_one_month_the_last_stands() -> None:
    text = (
        "Adm No|School|Month|Days Possible|Days Present\n"
        "1|Hill|June 2025|20|18\n1|Hill|June 2025|20|19"
    )
    got = read(sheet(text), context())
    assert got.rejected == frozenset({2})
    assert rows(got.facts["attendance_periods"], "row", "absent") == [(3, 2)]


def test_a_month_and_a_year_in_two_columns_are_of_the_calendar() -> None:
    text = (
        "Adm No|School|Month|Year|Working Days|Days Present\n"
        "1|Hill|June|2025|20|18\n1|Hill|January|2026|20|18\n1|Hill|February|2025-26|20|18"
    )
    got = read(sheet(text), context(), "attendance_totals")
    assert [d for (d,) in rows(got.facts["attendance_periods"], "begin_date")] == [
        date(2025, 6, 1), date(2026, 1, 1), date(2026, 2, 1),
    ]  # fmt: skip
