"""Spells and school days: what was stated, what marks say, where a calendar knows better."""

from datetime import date, timedelta
from typing import Any

import people
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from school import derive as derive_module
from school.derive import derive
from school.store import Store

TEN = people.days(people.JUNE, 10)
HILL = {"organisations": [people.school()]}


def spells(store: Store) -> list[tuple[Any, ...]]:
    return store.unsafe_run('select begin_date, end_date, grade, "class", basis from mart.spells '
                            "order by student, begin_date")


def school_days(store: Store) -> list[tuple[date, str]]:
    return [(r[0], r[1]) for r in store.unsafe_run(
        "select date, how from mart.school_days order by date")]


def stated(begin: date, end: date | None, **more: Any) -> dict[str, Any]:
    return {"student": people.ASHA, "org_id": "hill", "begin_date": begin, "end_date": end, **more}


def test_overlapping_spells_of_one_class_are_one(empty: Store) -> None:
    people.fill(empty, {**HILL, "enrollment": [
        stated(date(2025, 4, 1), date(2025, 9, 1), grade="6"),
        stated(date(2025, 6, 1), date(2025, 8, 1), grade="6")]})
    assert spells(empty) == [(date(2025, 4, 1), date(2025, 9, 1), "6", None, "stated")]


def test_the_later_of_two_overlapping_spells_says_the_grade(empty: Store) -> None:
    people.fill(empty, {**HILL, "enrollment": [
        stated(date(2024, 4, 1), None, grade="6"), stated(date(2025, 4, 1), None, grade="7")]})
    assert [s[:3] for s in spells(empty)] == [
        (date(2024, 4, 1), date(2025, 4, 1), "6"), (date(2025, 4, 1), None, "7")]


def test_a_gap_between_spells_stays_a_gap(empty: Store) -> None:
    people.fill(empty, {**HILL, "enrollment": [
        stated(date(2025, 4, 1), date(2025, 5, 1)), stated(date(2025, 7, 1), date(2025, 8, 1))]})
    assert len(spells(empty)) == 2


def test_class_left_blank_is_taken_from_the_marks(empty: Store) -> None:
    people.fill(empty, {**HILL, "enrollment": [stated(date(2025, 4, 1), None, grade="6")],
                        "attendance": people.marks(people.ASHA, TEN, "P" * 10)})
    assert spells(empty) == [(date(2025, 4, 1), None, "6", "6 A", "stated")]


def test_without_a_list_a_spell_runs_from_first_to_last_mark(empty: Store) -> None:
    people.fill(empty, {**HILL, "attendance": people.marks(people.ASHA, TEN, "P" * 10)})
    assert spells(empty) == [(TEN[0], date(2025, 6, 14), "6", "6 A", "marks")]


def test_a_result_outside_every_spell_places_the_student_but_expects_no_mark(empty: Store) -> None:
    people.fill(empty, {**HILL, "results": [{
        "student": people.ASHA, "assessment_id": 1, "date": TEN[0], "attempt": 1, "org_id": "hill",
        "grade": "6", "status": "absent"}]})
    assert [s[4] for s in spells(empty)] == ["place"]


def test_a_day_counts_when_half_of_the_students_are_marked(empty: Store) -> None:
    people.fill(empty, {**HILL, "attendance": [
        *people.marks(people.ASHA, TEN[:4], "PPPP"), *people.marks(people.BILAL, TEN[:4], "P..P"),
        *people.marks(people.CHITRA, TEN[:4], "PX.P")]})
    assert school_days(empty) == [(TEN[0], "derived"), (TEN[3], "derived")]


def test_a_calendar_of_school_days_is_taken_at_its_word(empty: Store) -> None:
    two = people.marks(people.ASHA, TEN[:2], "PP")
    people.fill(empty, {**HILL, "attendance": two, "calendar": [
        {"org_id": "*", "date": d, "day_type": "school"} for d in TEN[:5]]
        + [{"org_id": "hill", "date": TEN[4], "day_type": "holiday"}]})
    assert school_days(empty) == [(d, "calendar") for d in TEN[:4]]


def test_known_holidays_leave_the_other_weekdays(empty: Store) -> None:
    nine = people.marks(people.ASHA, TEN, "PPPPP.PPPP")
    people.fill(empty, {**HILL, "attendance": nine, "calendar": [
        {"org_id": "hill", "date": TEN[2], "day_type": "holiday"}]})
    assert [d for d, _ in school_days(empty)] == [d for d in TEN if d != TEN[2]]
    assert {how for _, how in school_days(empty)} == {"calendar"}


def test_only_the_schools_that_changed_are_made_anew(empty: Store) -> None:
    people.fill(empty, {
        "organisations": [people.school(), people.school("river")],
        "attendance": people.marks(people.ASHA, TEN, "P" * 10)
        + people.marks(people.BILAL, TEN, "P" * 10, org_id="river")})
    with empty.writing() as tx:
        tx.execute("update mart.spells set grade = 'kept' where org_id = 'river'")
        tx.execute("delete from mart.attendance where org_id = 'hill'")
        derive(tx, ["hill"])
    assert empty.unsafe_run("select org_id, grade from mart.spells") == [("river", "kept")]
    assert empty.unsafe_run("select distinct org_id from mart.school_days") == [("river",)]


def test_a_school_that_lost_its_last_file_leaves_no_rows(empty: Store) -> None:
    people.fill(empty, {**HILL, "attendance": people.marks(people.ASHA, TEN, "P" * 10)})
    with empty.writing() as tx:
        tx.execute("delete from mart.attendance")
        tx.execute("delete from mart.organisations")
        derive(tx, ["hill"])
    assert (spells(empty), school_days(empty)) == ([], [])


def test_two_spellings_share_spells_and_days(empty: Store) -> None:
    people.fill(empty, {
        "organisations": [people.school(), people.school("hil", same_as="hill")],
        "attendance": people.marks(people.ASHA, TEN[:5], "P" * 5)
        + people.marks(people.ASHA, TEN[5:], "P" * 5, org_id="hil")})
    assert empty.unsafe_run("select org_id, begin_date, end_date from mart.spells") == [
        ("hill", TEN[0], date(2025, 6, 14))]


def test_register_days_say_how_much_is_marked(empty: Store) -> None:
    people.fill(empty, {**HILL, "attendance": [
        *people.marks(people.ASHA, TEN[:2], "PP"), *people.marks(people.BILAL, TEN[:1], "P"),
        *people.marks(people.BILAL, TEN[1:2], "A", session="AM"),
        *people.marks(people.CHITRA, TEN[:2], "X.", class_name="6 B"),
        *people.marks(people.CHITRA, TEN[2:3], "P", class_name="6 B")]})
    found = empty.unsafe_run('select date, "class", due, had from mart.register_days order by all')
    assert found == [
        (TEN[0], "6 A", 4, 4), (TEN[0], "6 B", 2, 2), (TEN[1], "6 A", 4, 3), (TEN[1], "6 B", 2, 0),
        (TEN[2], "6 B", 2, 2)]


@settings(max_examples=20, deadline=None)
@given(st.lists(st.text("PAHX.", min_size=10, max_size=10), min_size=1, max_size=4))
def test_days_that_come_in_no_parts_are_not_added_up_and_say_the_same(codes: list[str]) -> None:
    found = []
    for added_up in ("select true", derive_module.PARTS_OF_DAYS):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(derive_module, "PARTS_OF_DAYS", added_up)
            store = Store()
            people.fill(store, {**HILL, "attendance": [
                row for n, said in enumerate(codes, start=1)
                for row in people.marks(n, TEN, said)]})
            found.append([store.unsafe_run(f"select * from mart.{name} order by all")
                          for name in ("school_days", "register_days", "attendance_months")])
            store.close()
    assert found[0] == found[1]


def test_a_school_finds_its_cluster_and_other_spellings_follow(empty: Store) -> None:
    people.fill(empty, {"organisations": [
        people.school(parent_id="valley"), people.school("hil", same_as="hill"),
        people.school("far"),
        {"org_id": "valley", "type": "cluster", "parent_id": "block"}, {"org_id": "block"}]})
    assert empty.unsafe_run("select org_id, school, cluster from mart.places order by 1") == [
        ("block", "block", "unknown"), ("far", "far", "unknown"), ("hil", "hill", "valley"),
        ("hill", "hill", "valley"), ("valley", "valley", "valley")]


_WHEN = st.sampled_from([date(2025, 3, 28), date(2025, 3, 31), date(2025, 4, 1), *TEN[:4]])
_PLACE = st.sampled_from([("6", "6 A"), ("6", "6 B"), (None, "6 A"), ("", None)])


@settings(max_examples=25, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.tuples(st.integers(1, 3), _WHEN), _PLACE, max_size=12),
       st.booleans())
def test_spells_without_a_list_are_the_runs_of_marks_of_one_class(
    placed: dict[tuple[int, date], tuple[str | None, str | None]], steady: bool
) -> None:
    """Told the slow way: a new spell where class or school year changes from mark to mark."""
    if steady:  # most students stay in one class
        placed = {key: placed[min(k for k in placed if k[0] == key[0])] for key in placed}
    expected = []
    for student in range(1, 4):
        before: tuple[object, ...] | None = None
        for day in sorted(d for s, d in placed if s == student):
            grade, class_ = (part or None for part in placed[student, day])
            here = (day >= date(2025, 4, 1), grade, class_)
            if before is not None and before[0] == here[0]:
                expected[-1][1] = day if here != before else day + timedelta(days=1)
            if here != before:
                expected.append([day, day + timedelta(days=1), grade, class_, "marks"])
            before = here
    store = Store()
    try:
        people.fill(store, {**HILL, "attendance": [
            people.marks(s, [d], "P")[0] | {"grade": grade, "class": class_}
            for (s, d), (grade, class_) in placed.items()]})
        assert spells(store) == [tuple(row) for row in expected]
    finally:
        store.close()
