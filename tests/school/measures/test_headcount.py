"""Headcount: students on a day, one by one where known, else one published row a school."""

from datetime import date
from typing import Any

import people

from school.config import ENGLAND
from school.measures import answer
from school.store import Store
from school.view import View

TEN = people.days(people.JUNE, 10)


def spell(student: int, begin: date, end: date | None = None, **more: Any) -> dict[str, Any]:
    return {"student": student, "org_id": "hill", "begin_date": begin, "end_date": end, **more}


def count(store: Store, view: View) -> list[tuple[tuple[str, ...], float | None]]:
    return [(tuple(r.segments.values()), r.value)
            for r in answer(store, "headcount", view, preset=ENGLAND).rows]


def test_a_leaver_is_gone_on_the_day_the_spell_ends(empty: Store, june: View) -> None:
    people.fill(empty, {"organisations": [people.school()], "enrollment": [
        spell(people.ASHA, date(2025, 4, 1), date(2025, 6, 20), grade="6"),
        spell(people.BILAL, date(2025, 6, 20), None, grade="7")]})
    assert count(empty, june.with_(end=date(2025, 6, 19), by=("grade",))) == [(("6",), 1)]
    assert count(empty, june.with_(end=date(2025, 6, 20), by=("grade",))) == [(("7",), 1)]


def test_a_spell_of_one_year_ends_with_it(empty: Store) -> None:
    people.fill(empty, {"organisations": [people.school()], "enrollment": [
        spell(people.ASHA, date(2024, 4, 1), academic_year="2024-25"),
        spell(people.BILAL, date(2024, 4, 1))]})
    day = date(2025, 9, 1)
    assert count(empty, View(day, day, day)) == [((), 1)]


def test_per_month_on_its_last_school_day(store: Store, june: View) -> None:
    rows = answer(store, "headcount", june.with_(period="month")).rows
    assert [(r.value, r.period.start) for r in rows if r.period] == [(5, date(2025, 6, 1))]


def test_without_a_list_students_count_from_first_to_last_mark(empty: Store, june: View) -> None:
    people.fill(empty, {"organisations": [people.school()], "attendance": [
        *people.marks(people.ASHA, TEN, "P" * 10), *people.marks(people.BILAL, TEN, "P" * 10),
        *people.marks(people.CHITRA, TEN[:4], "P" * 4)]})
    weeks = answer(empty, "headcount", june.with_(period="week")).rows
    assert [r.value for r in weeks] == [2, 2]
    first = answer(empty, "headcount", june.with_(end=TEN[3])).rows
    assert [r.value for r in first] == [3]


def published(**more: Any) -> dict[str, Any]:
    return {"source": "by level", "academic_year": "2016-17", "dimension": "total",
            "value": "total", "level": "school", **more}


def england(store: Store) -> Store:
    return people.fill(store, {
        "organisations": [people.school("a", parent_id="E"), people.school("b", parent_id="E"),
                          {"org_id": "E", "name": "England", "type": "national"}],
        "enrollment_counts": [
            published(org_id="a", headcount=300), published(org_id="b", headcount=200),
            published(org_id="E", level="national", headcount=502),
            published(org_id="a", source="another table", headcount=301),
            published(org_id="a", dimension="grade", value="7", headcount=160),
            published(org_id="a", dimension="grade", value="8", headcount=140),
            published(org_id="a", academic_year="2015-16", headcount=290)]}, (9, 1))


YEAR = View(date(2016, 9, 1), date(2017, 8, 31), date(2017, 8, 31))


def test_one_level_and_one_source_and_never_their_sum(empty: Store) -> None:
    england(empty)
    assert count(empty, YEAR) == [((), 500)]
    assert count(empty, YEAR.choose("school", ["E"])) == [((), 502)]  # its own published row
    assert count(empty, YEAR.choose("cluster", ["E"])) == [((), 500)]
    assert count(empty, YEAR.with_(by=("school",))) == [(("a",), 300), (("b",), 200)]
    assert count(empty, YEAR.with_(by=("grade",))) == [(("7",), 160), (("8",), 140)]


def test_published_years_stand_side_by_side(empty: Store) -> None:
    england(empty)
    rows = answer(empty, "headcount", YEAR.with_(start=date(2015, 9, 1), period="year"),
                  preset=ENGLAND).rows
    found = [(r.period.label, r.value) for r in rows if r.period]
    assert found == [("2015-16", 290), ("2016-17", 500)]


def test_published_counts_are_never_added_to_known_students(empty: Store, june: View) -> None:
    people.fill(empty, {
        "organisations": [people.school()], "enrollment": [spell(people.ASHA, date(2025, 4, 1))],
        "enrollment_counts": [published(org_id="hill", academic_year="2025-26", headcount=300)]})
    assert count(empty, june) == [((), 1)]
