"""The weekday pattern: days are the observations, eight of each, and false flags stay rare."""

from __future__ import annotations

import random
from datetime import date, timedelta

import people
import pytest

from school.store import Store
from school.view import View
from school.weekdays import beside_holidays, pattern, weekday_pattern

MONDAY = date(2025, 6, 2)
Counts = dict[date, tuple[float, float]]


def weeks(count: int, *, seed: int, friday: float = 0.0, students: int = 200) -> Counts:
    """Weeks in which each day has a share of absence of its own, Fridays more by `friday`."""
    chance = random.Random(seed)
    out: Counts = {}
    for n in range(count):
        for day in range(5):
            share = chance.betavariate(20, 300) + (friday if day == 4 else 0.0)
            absent = sum(chance.random() < share for _ in range(students))
            out[MONDAY + timedelta(weeks=n, days=day)] = (2.0 * absent, 2.0 * students)
    return out


def test_a_planted_friday_is_flagged_and_the_other_days_are_judged_beside_it() -> None:
    found = pattern(weeks(20, seed=1, friday=0.06))
    assert [w.name for w in found.weekdays if w.flagged and w.rate > 0.1] == ["Friday"]
    friday = found.weekdays[4]
    assert (friday.days, found.why) == (20, None)
    assert friday.p is not None and friday.p < 0.001


def test_seven_of_a_weekday_are_too_few_and_it_is_named() -> None:
    counts = weeks(8, seed=2, friday=0.2)
    del counts[MONDAY]
    found = pattern(counts)
    assert found.why == "fewer than 8 of each weekday: Monday"
    assert not any(w.flagged or w.p is not None for w in found.weekdays)
    assert [w.days for w in found.weekdays] == [7, 8, 8, 8, 8]


def test_without_a_pattern_one_school_in_twenty_is_flagged() -> None:
    flagged = sum(any(w.flagged for w in pattern(weeks(8, seed=n, students=60)).weekdays)
                  for n in range(300))
    assert flagged <= 27, "15 of 300 expected; 28 or more have a chance of 1 in 1,000"


def test_a_weekday_on_which_nobody_is_absent_is_compared_too() -> None:
    counts = {d: (0.0 if d.isoweekday() == 3 else c[0] + 2, c[1])
              for d, c in weeks(10, seed=3).items()}
    wednesday = pattern(counts).weekdays[2]
    assert wednesday.rate == 0
    assert wednesday.p is not None and wednesday.p < 0.05


def test_absence_on_one_weekday_alone_is_the_plainest_pattern_of_all() -> None:
    counts = {d: (40.0 if d.isoweekday() == 1 else 0.0, c[1])
              for d, c in weeks(10, seed=3).items()}
    found = pattern(counts).weekdays
    assert [w.name for w in found if w.flagged and w.rate > 0] == ["Monday"]


def test_where_nobody_is_ever_absent_no_day_is_judged() -> None:
    counts = {d: (0.0, c[1]) for d, c in weeks(10, seed=3).items()}
    assert {w.p for w in pattern(counts).weekdays} == {None}


def test_days_beside_a_holiday_are_known_and_weekends_are_none() -> None:
    days = set(weeks(2, seed=4)) - {date(2025, 6, 5)}  # the first Thursday is a holiday
    assert beside_holidays(days) == {date(2025, 6, 4), date(2025, 6, 6)}
    long_weekend = set(weeks(2, seed=4)) - {date(2025, 6, 9)}  # the second Monday
    assert beside_holidays(long_weekend) == {date(2025, 6, 6), date(2025, 6, 10)}


def test_the_rate_without_those_days_stands_beside_the_rate() -> None:
    counts = weeks(9, seed=5)
    del counts[date(2025, 6, 9)]
    counts[date(2025, 6, 6)] = (300.0, 400.0)  # the Friday before the long weekend
    friday = pattern(counts).weekdays[4]
    assert friday.apart is not None and friday.apart < 0.1 < friday.rate


def test_it_counts_through_the_measure_and_its_scope(store: Store, june: View) -> None:
    found = weekday_pattern(store, june, None)
    assert [(w.name, w.absent, w.possible) for w in found.weekdays] == [
        ("Monday", 2, 20), ("Tuesday", 2, 20), ("Wednesday", 0, 20), ("Thursday", 0, 20),
        ("Friday", 5, 20)]
    assert found.why == ("fewer than 8 of each weekday: Monday, Tuesday, Wednesday, Thursday, "
                         "Friday")


@pytest.mark.parametrize("counts", [{}, {MONDAY: (0.0, 10.0)}])
def test_nothing_and_one_weekday_say_so(counts: Counts) -> None:
    assert pattern(counts).why == "school met on one weekday only"


def test_an_empty_store_has_no_weekdays(empty: Store, june: View) -> None:
    assert weekday_pattern(empty, june, None).weekdays == ()
    people.fill(empty, {"organisations": [people.school()]})
    assert weekday_pattern(empty, june, None).weekdays == ()
