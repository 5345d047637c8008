"""Plans of support: from which day to which, for what; never who gives it."""

from datetime import date

from tests.grids import context, read, rows, sheet

PLANS = """
School|Student ID|Name|Support need|Intervention|Start date|End date|Provided by
Hill|0142|Asha Rao|Reading|Reading group|02/06/2025|30/09/2025|Mr Invented
Hill|0142|Asha Rao|Attendance|Walking group|16/06/2025||Mr Invented
Hill|0143|Bilal Khan||Reading group|02/06/2025||
Hill|0144|Chitra Devi|Reading|Reading group|30/09/2025|02/06/2025|
"""


def test_a_plan_holds_from_its_first_to_its_last_day() -> None:
    got = read(sheet(PLANS), context(), "support")
    assert rows(got.facts["support"], "need", "begin_date", "end_date", "plan", "org_id") == [
        ("Reading", date(2025, 6, 2), date(2025, 10, 1), "Reading group", "hill"),
        ("Attendance", date(2025, 6, 16), None, "Walking group", "hill"),
    ]  # fmt: skip


def test_a_row_without_a_need_or_that_ends_before_it_begins_is_left_out_and_named() -> None:
    got = read(sheet(PLANS), context(), "support")
    assert (got.read, got.rejected) == (4, frozenset({4, 5}))
    assert [(f.rule, f.row) for f in got.findings if f.level == "rejects"] == [
        ("no need", 4), ("period", 5)]


def test_who_gives_the_support_is_not_kept() -> None:
    got = read(sheet(PLANS), context(), "support")
    assert all("Invented" not in str(t.to_pydict()) for t in got.facts.values())


def test_two_rows_for_the_same_plan_leave_the_last_standing() -> None:
    text = """
School|Student ID|Support need|Intervention|Start date
Hill|0142|Reading|Reading group|02/06/2025
Hill|0142|Reading|Reading club|02/06/2025
"""
    got = read(sheet(text), context(), "support")
    assert rows(got.facts["support"], "plan") == [("Reading club",)]
    assert len(got.rejected) == 1
