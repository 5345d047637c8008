"""Who is behind a yes-or-no number: by key, some students alone, and how many have room left."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import people
import pytest

from school.config import INDIA
from school.measures import behind, students, with_room
from school.store import Store
from school.view import View

DAYS = people.days(date(2025, 4, 1), 60)
VIEW = View(DAYS[0], DAYS[-1], DAYS[-1])


@pytest.fixture
def six(empty: Store) -> Store:
    """Two miss one day in ten and more, one joined so late that nothing is said of him."""
    codes = {people.ASHA: "AP" * 30, people.BILAL: "APPPP" * 12, people.CHITRA: "P" * 60,
             people.DEV: "A" * 5}
    return people.fill(empty, {
        "organisations": [people.school()],
        "attendance": [m for s, marks in codes.items()
                       for m in people.marks(s, DAYS[-len(marks):], marks)]})


def test_those_with_the_bad_outcome_are_those_of_the_list(six: Store) -> None:
    listed = students(six, "chronic_absence", VIEW, preset=INDIA)
    assert {s.student for s in listed if s.left_out} == {people.DEV}
    bad = behind(six, "chronic_absence", VIEW, preset=INDIA)
    assert bad == {s.student for s in listed if s.value} == {people.ASHA, people.BILAL}
    some = students(six, "chronic_absence", VIEW, preset=INDIA, of=[people.ASHA, people.DEV])
    assert some == [s for s in listed if s.student in (people.ASHA, people.DEV)]
    assert students(six, "chronic_absence", VIEW, preset=INDIA, of=[]) == []


def test_where_more_is_better_the_bad_outcome_is_the_missing_one(store: Store, june: View) -> None:
    listed = students(store, "pass_rate", june, preset=INDIA)
    assert behind(store, "pass_rate", june, preset=INDIA) == {
        s.student for s in listed if s.value is not None and s.value < 1} == {people.BILAL}


def test_nobody_is_named_or_counted_outside_the_staff(six: Store) -> None:
    outside = VIEW.with_(scope=replace(VIEW.scope, staff=False))
    assert behind(six, "chronic_absence", outside, preset=INDIA) == frozenset()
    assert with_room(six, "days_left", outside, 12, preset=INDIA) is None


def test_days_left_are_those_of_the_days_even_where_spells_overlap(empty: Store) -> None:
    """A stay stated twice, from April and from May, has each day once; a calendar names 180."""
    year = people.days(date(2025, 4, 1), 180)
    spell = {"student": people.ASHA, "org_id": "hill", "academic_year": "2025-26"}
    people.fill(empty, {
        "organisations": [people.school()],
        "enrollment": [{**spell, "begin_date": year[0], "grade": "6"},
                       {**spell, "begin_date": year[20], "grade": "7"}],
        "calendar": [{"org_id": "*", "date": d, "day_type": "school"} for d in year],
        "attendance": people.marks(people.ASHA, year[:30], "A" * 12 + "P" * 18, grade="6")})
    with empty.writing() as tx:  # spells that overlap, as a derivation may leave them
        tx.execute("update mart.spells set end_date = ? where begin_date = ?",
                   [year[40], year[0]])
        tx.execute("update raw.meta set value = '99' where name = 'data_version'")
    view = View(year[5], year[29], year[29])
    (row,) = students(empty, "days_left", view, preset=INDIA)
    assert (row.amount, row.base) == (24, 2 * 18 - 1)  # 10% of 360 half days, less one
    left = row.base - row.amount
    assert with_room(empty, "days_left", view, left + 1, preset=INDIA) == 1
    assert with_room(empty, "days_left", view, left, preset=INDIA) == 0
