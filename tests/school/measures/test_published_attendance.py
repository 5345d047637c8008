"""Published attendance: each place and month once, never beside what single students' marks say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import people
import pytest

from school.access import Scope
from school.measures import answer, known_values, span
from school.overview import overview
from school.store import Store
from school.view import View

JUNE, JULY, AUGUST = (date(2025, m, 1) for m in (6, 7, 8))
ORGS = [people.school(), people.school("river"),
        {"org_id": "valley", "name": "Valley", "type": "district"}]
SUMMER = View(JUNE, date(2025, 7, 31), date(2025, 7, 31))


def told(org_id: str, rate: float, begin: date = JUNE, end: date = JULY, *,
         of: tuple[str, str] = ("total", "total"), source: str = "Table 5", load_id: int = 1,
         possible: int | None = None) -> dict[str, Any]:
    """One published figure."""
    absent = None if possible is None else round(possible * (1 - rate))
    return {"source": source, "org_id": org_id, "begin_date": begin, "end_date": end,
            "dimension": of[0], "value": of[1], "possible": possible, "absent": absent,
            "rate": rate, "load_id": load_id}


def of_class(name: str, rate: float, **more: Any) -> dict[str, Any]:
    return told("hill", rate, of=("class", name), **more)


# fmt: off
CASES = {
    "one figure is told as it stands": ([told("hill", 0.925)], (0.925, 1)),
    "figures with half days are weighed by them":
        ([told("hill", 0.9, possible=1000), told("river", 0.8, possible=3000)], (0.825, 2)),
    "one figure without half days, and each counts once":
        ([told("hill", 0.9, possible=1000), told("river", 0.8)], (0.85, 2)),
    "a school's own total stands before its classes":
        ([told("hill", 0.9), of_class("7 A", 0.5), of_class("7 B", 0.6)], (0.9, 1)),
    "classes stand for a school without a total":
        ([of_class("7 A", 0.9), of_class("7 B", 0.8)], (0.85, 2)),
    "the same month of two tables counts once, the later one":
        ([told("hill", 0.9), told("hill", 0.7, source="Table 6", load_id=2)], (0.7, 1)),
    "a total of two months gives way to its months":
        ([told("hill", 0.5, end=AUGUST), told("hill", 0.9), told("hill", 0.8, JULY, AUGUST)],
         (0.85, 2)),
    "a district that holds the schools is not added to them":
        ([told("hill", 0.9), told("valley", 0.1)], (0.9, 1)),
    "a month that reaches out of the view stays out":
        ([told("hill", 0.9), told("hill", 0.1, AUGUST, date(2025, 9, 1))], (0.9, 1)),
}
# fmt: on


@pytest.mark.parametrize("case", CASES)
def test_published_figures_count_once(empty: Store, case: str) -> None:
    rows, (value, figures) = CASES[case]
    people.fill(empty, {"organisations": ORGS, "attendance_counts": rows})
    row = answer(empty, "published_attendance", SUMMER).total
    assert row is not None and row.value == pytest.approx(value)
    assert (row.people, row.low, row.high) == (figures, None, None)


def test_they_are_split_by_month_school_and_class_and_name_their_table(empty: Store) -> None:
    people.fill(empty, {"organisations": ORGS, "attendance_counts": [
        told("hill", 0.9), told("hill", 0.8, JULY, AUGUST), told("river", 0.7, source="Table 6"),
        of_class("7 A", 0.95), of_class("7 B", 0.85)]})

    def values(**more: Any) -> list[tuple[Any, float | None]]:
        found = answer(empty, "published_attendance", SUMMER.with_(**more))
        return [(r.period.start.month if r.period else (*r.segments.values(),), r.value)
                for r in found.rows]

    assert values(period="month") == [(6, pytest.approx(0.8)), (7, 0.8)]
    assert values(by=("school",)) == [(("hill",), pytest.approx(0.85)), (("river",), 0.7)]
    assert values(by=("class",)) == [(("7 A",), 0.95), (("7 B",), 0.85)]
    whole = answer(empty, "published_attendance", SUMMER)
    assert whole.card.published == ("Table 5", "Table 6")
    assert answer(empty, "published_attendance", SUMMER.choose("school", ("river",))) \
        .card.published == ("Table 6",)


def test_they_never_meet_the_marks_of_single_students(empty: Store) -> None:
    marks = people.marks(people.ASHA, people.days(people.JUNE, 10), "PPPPPPPPPA")
    people.fill(empty, {"organisations": ORGS, "attendance": marks})
    before = answer(empty, "attendance_rate", SUMMER).rows
    people.fill(empty, {"attendance_counts": [told("hill", 0.1, possible=100_000)]})
    assert answer(empty, "attendance_rate", SUMMER).rows == before
    row = answer(empty, "published_attendance", SUMMER).total
    assert row is not None and row.value == pytest.approx(0.1)
    assert "published_attendance" not in {
        f.measure for f in overview(empty, SUMMER, None, {}).figures}


def test_alone_they_give_a_store_its_dates_classes_and_first_page(empty: Store) -> None:
    people.fill(empty, {"organisations": ORGS, "attendance_counts": [
        of_class("7 A", 0.9), of_class("7 B", 0.8)]})
    found = span(empty, Scope())
    assert found is not None and (found.start, found.end) == (JUNE, date(2025, 6, 30))
    assert [v.value for v in known_values(empty, Scope())["class"]] == ["7 A", "7 B"]
    first = overview(empty, SUMMER, None, {})
    assert [f.measure for f in first.figures] == ["published_attendance"]
    assert first.lead.bold == "Only published totals are here."


def test_a_narrower_scope_sees_its_own_school_and_others_see_all_that_was_published(
    empty: Store,
) -> None:
    people.fill(empty, {"organisations": ORGS, "attendance_counts": [
        told("hill", 0.9), told("river", 0.7)]})
    head = SUMMER.with_(scope=Scope("head", (("org_id", ("river",)),)))
    row = answer(empty, "published_attendance", head).total
    assert row is not None and (row.value, row.people) == (0.7, 1)
    outside = SUMMER.with_(scope=replace(Scope(), staff=False), by=("school",))
    assert [r.hidden for r in answer(empty, "published_attendance", outside).rows] == [None, None]


def test_published_counts_name_their_table_too(empty: Store) -> None:
    people.fill(empty, {"organisations": ORGS, "enrollment_counts": [
        {"source": "Census", "org_id": "hill", "academic_year": "2025-26", "dimension": "total",
         "value": "total", "level": "school", "headcount": 321, "load_id": 1}]})
    found = answer(empty, "headcount", SUMMER)
    assert found.total is not None and found.total.value == 321
    assert found.card.published == ("Census",)
