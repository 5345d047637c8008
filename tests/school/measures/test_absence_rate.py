"""Absence: splits, periods, totals files, and England's published year."""

from datetime import date

import people
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from school.measures import answer
from school.store import Store
from school.view import View

TEN = people.days(people.JUNE, 10)


def figures(store: Store, view: View, *columns: str) -> dict[tuple[str, ...], tuple[float, float]]:
    rows = answer(store, "absence_rate", view.with_(by=columns)).rows
    return {tuple(r.segments.values()): (r.numerator or 0, r.denominator or 0) for r in rows}


def test_by_grade_and_group(store: Store, june: View) -> None:
    assert figures(store, june, "grade", "group.sex") == {
        ("6", "female"): (4, 40), ("6", "male"): (3, 20), ("6", "unknown"): (0, 20),
        ("7", "female"): (2, 20),
    }


def test_unknown_group_can_be_chosen(store: Store, june: View) -> None:
    found = answer(store, "absence_rate", june.choose("group.sex", ["unknown"])).rows[0]
    assert (found.people, found.denominator) == (1, 20)


def test_weekdays_stand_in_their_order(store: Store, june: View) -> None:
    rows = answer(store, "absence_rate", june.with_(by=("weekday",))).rows
    assert [(r.segments["weekday"], r.numerator) for r in rows] == [
        ("Monday", 2), ("Tuesday", 2), ("Wednesday", 0), ("Thursday", 0), ("Friday", 5)]


def test_weeks_have_both_ends(store: Store, june: View) -> None:
    rows = answer(store, "absence_rate", june.with_(period="week")).rows
    found = [(r.period.start, r.period.end, r.numerator, r.denominator) for r in rows if r.period]
    assert found == [
        (date(2025, 6, 2), date(2025, 6, 8), 6, 50), (date(2025, 6, 9), date(2025, 6, 15), 3, 50)]


def test_student_takes_the_class_of_the_last_enrolled_day(empty: Store, june: View) -> None:
    people.fill(empty, {"organisations": [people.school()], "attendance": [
        *people.marks(people.ASHA, TEN[:5], "AAPPP", class_name="6 A"),
        *people.marks(people.ASHA, TEN[5:], "PPPPP", class_name="6 B")]})
    assert figures(empty, june, "class") == {("6 B",): (4, 20)}
    weekly = answer(empty, "absence_rate", june.with_(by=("class",), period="week")).rows
    assert [(r.segments["class"], r.numerator) for r in weekly] == [("6 A", 4), ("6 B", 0)]


def test_group_is_the_one_of_the_last_enrolled_day(empty: Store, june: View) -> None:
    member = {"student": people.ASHA, "kind": "programme"}
    people.fill(empty, {
        "organisations": [people.school()],
        "attendance": people.marks(people.ASHA, TEN, "A" + "P" * 9),
        "memberships": [{**member, "valid_from": TEN[0], "value": "waiting"},
                        {**member, "valid_from": TEN[5], "value": "reading"}]})
    assert figures(empty, june, "group.programme") == {("reading",): (2, 20)}
    first_week = june.with_(end=TEN[4])
    assert figures(empty, first_week, "group.programme") == {("waiting",): (2, 10)}


def test_totals_stand_in_only_where_there_are_no_daily_marks(empty: Store, june: View) -> None:
    month = {"begin_date": date(2025, 6, 1), "end_date": date(2025, 7, 1), "org_id": "hill",
             "grade": "6", "class": "6 A", "possible": 40, "absent": 8}
    people.fill(empty, {
        "organisations": [people.school()],
        "attendance": people.marks(people.ASHA, TEN, "P" * 10),
        "attendance_periods": [{"student": s, **month} for s in (people.ASHA, people.BILAL)]})
    row = answer(empty, "absence_rate", june).rows[0]
    assert (row.numerator, row.denominator, row.people, row.n) == (8, 60, 2, 30)
    by_month = answer(empty, "absence_rate", june.with_(period="month")).rows[0]
    assert by_month.period is not None and by_month.period.start == date(2025, 6, 1)
    assert (by_month.numerator, by_month.denominator) == (8, 60)


def test_weekdays_and_weeks_ignore_totals_of_a_month(empty: Store, june: View) -> None:
    people.fill(empty, {
        "organisations": [people.school()],
        "attendance_periods": [{"student": people.BILAL, "begin_date": date(2025, 6, 1),
                                "end_date": date(2025, 7, 1), "org_id": "hill", "possible": 40,
                                "absent": 8}]})
    assert answer(empty, "absence_rate", june.with_(by=("weekday",))).rows == ()
    assert answer(empty, "absence_rate", june.with_(period="week")).rows == ()


def test_two_spellings_of_a_school_are_one(empty: Store, june: View) -> None:
    people.fill(empty, {
        "organisations": [people.school(), people.school("hil", same_as="hill")],
        "attendance": people.marks(people.ASHA, TEN[:5], "APPPP")
        + people.marks(people.BILAL, TEN[:5], "PPPPP", org_id="hil")})
    assert figures(empty, june, "school") == {("hill",): (2, 20)}
    assert answer(empty, "absence_rate", june.choose("school", ["hill"])).rows[0].denominator == 20


def test_cluster_opens_its_schools(store: Store, june: View) -> None:
    assert figures(store, june, "cluster") == {("valley",): (9, 100)}
    assert answer(store, "absence_rate", june.choose("cluster", ["valley"])).rows[0].people == 5
    assert answer(store, "absence_rate", june.choose("school", ["river"])).rows == ()


@pytest.mark.parametrize(("possible", "absent", "rate"), [
    (2440216810, 113475287, 4.7), (1247454277, 58531430, 4.7)])
def test_england_2016_17_as_published(
    empty: Store, possible: int, absent: int, rate: float
) -> None:
    """KAT-2: all and boys of England 2016/17, in half-day sessions, through the same SQL."""
    people.country(empty, possible, absent, date(2016, 9, 1))
    row = answer(empty, "absence_rate",
                 View(date(2016, 9, 1), date(2016, 9, 30), date(2016, 9, 30))).rows[0]
    assert (row.numerator, row.denominator) == (absent, possible)
    assert row.value is not None and round(100 * row.value, 1) == rate


CODES = st.text("PAHX.", min_size=10, max_size=10)


@settings(max_examples=12, deadline=None)
@given(codes=st.lists(CODES, min_size=1, max_size=4),
       classes=st.lists(st.sampled_from(["6 A", "6 B", None]), min_size=4, max_size=4))
def test_parts_add_up_to_the_whole(codes: list[str], classes: list[str | None]) -> None:
    names = ("Asha", "Bilal", "Chitra", "Dev")
    facts = [m for name, marks, room in zip(names, codes, classes, strict=False)
             for m in people.marks(people.key(name), TEN, marks, class_name=room)]
    store = people.fill(Store(), {
        "organisations": [people.school()], "attendance": facts,
        "memberships": [
            {"student": people.ASHA, "kind": "sex", "valid_from": TEN[3], "value": "f"}]})
    view = View(TEN[0], TEN[-1], TEN[-1])
    whole = answer(store, "absence_rate", view).rows
    for columns in (("class",), ("group.sex",), ("school", "class"), ("weekday",)):
        parts = answer(store, "absence_rate", view.with_(by=columns)).rows
        assert sum(r.numerator or 0 for r in parts) == sum(r.numerator or 0 for r in whole)
        assert sum(r.denominator or 0 for r in parts) == sum(r.denominator or 0 for r in whole)
        if columns != ("weekday",):
            assert sum(r.people or 0 for r in parts) == sum(r.people or 0 for r in whole)
    store.close()
