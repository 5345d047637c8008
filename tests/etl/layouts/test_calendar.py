"""School calendars: which days are holidays, for one school or for all."""

from datetime import date

from tests.grids import context, read, rows, sheet


def test_each_row_is_a_day_with_its_kind_for_all_schools() -> None:
    text = """
School calendar 2025-26
Date|Type|Name
15/08/2025|Holiday|Independence Day
20/09/2025|Exam|Term 1 test
01/11/2025|Closed|Heavy rain
26/11/2025|School day|Open on a Sunday
"""
    got = read(sheet(text), context(), "calendar")
    assert (got.read, got.rejected) == (4, frozenset())
    assert rows(got.facts["calendar"], "org_id", "date", "day_type", "name") == [
        ("*", date(2025, 8, 15), "holiday", "Independence Day"),
        ("*", date(2025, 9, 20), "exam", "Term 1 test"),
        ("*", date(2025, 11, 1), "closure", "Heavy rain"),
        ("*", date(2025, 11, 26), "school", "Open on a Sunday"),
    ]  # fmt: skip


def test_a_list_of_holidays_needs_no_column_of_kinds_and_may_span_days() -> None:
    text = """
List of holidays 2025-26
S.No|Occasion|From|To
1|Dasara|22/09/2025|24/09/2025
2|Gandhi Jayanti|02/10/2025|
"""
    got = read(sheet(text), context(school="Hill"), "calendar")
    assert rows(got.facts["calendar"], "date", "day_type", "org_id", "row") == [
        (date(2025, 9, 22), "holiday", "hill", 3), (date(2025, 9, 23), "holiday", "hill", 3),
        (date(2025, 9, 24), "holiday", "hill", 3), (date(2025, 10, 2), "holiday", "hill", 4),
    ]  # fmt: skip


def test_a_kind_that_nobody_knows_is_asked() -> None:
    text = "Date|Type\n15/08/2025|Holiday\n16/08/2025|Zeta"
    got = read(sheet(text), context())
    assert [(q.about, q.choices) for q in got.questions] == [
        ("code:Zeta", ("school", "holiday", "exam", "closure"))
    ]  # fmt: skip
    assert got.rejected == frozenset({3}) and len(got.facts["calendar"]) == 1
    assert [(f.rule, f.row) for f in got.findings] == [("day type", 3)]


def test_a_span_turned_round_is_rejected() -> None:
    text = """
Holiday Name|Start Date|End Date
Dasara|24/09/2025|22/09/2025
Diwali|20/10/2025|21/10/2025
"""
    got = read(sheet(text), context())
    assert got.rejected == frozenset({2})
    assert [(f.rule, f.row, f.found) for f in got.findings if f.level == "rejects"] == [
        ("span of days", 2, "22/09/2025")
    ]  # fmt: skip
    assert len(got.facts["calendar"]) == 2


def test_of_two_kinds_for_one_day_the_last_stands() -> None:
    text = "Date|Type\n15/08/2025|Holiday\n15/08/2025|School day\n16/08/2025|Holiday"
    got = read(sheet(text), context())
    assert got.rejected == frozenset({2})
    assert rows(got.facts["calendar"], "row", "day_type") == [(3, "school"), (4, "holiday")]


def test_a_school_column_gives_each_school_its_own_days() -> None:
    text = "School|Date|Type\nHill|15/08/2025|Holiday\n|16/08/2025|Holiday"
    got = read(sheet(text), context())
    assert rows(got.facts["calendar"], "org_id") == [("hill",), ("*",)]
