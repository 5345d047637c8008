"""Months added up beforehand say exactly what their days say."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

import people
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from school.access import Scope
from school.answers import Answer
from school.ground import ground
from school.measures import answer, answers, asking, completeness, overlap
from school.memory import Memory
from school.months import Parts, parts, parts_of
from school.prelude import Prelude
from school.store import Store
from school.view import View

FIRST, LAST = date(2024, 5, 13), date(2025, 8, 20)
MEASURES = ("attendance_rate", "absence_rate", "chronic_absence", "severe_absence")


def everybody(seed: int = 7) -> dict[str, list[dict[str, Any]]]:
    """Four spellings of three schools, students who move between them, marks of every kind."""
    rng = random.Random(seed)
    tables: dict[str, list[dict[str, Any]]] = {
        "organisations": [people.school(parent_id="valley"), people.school("hil", same_as="hill"),
                          people.school("lake", year_start="06-17", parent_id="valley"),
                          people.school("moor"),
                          {"org_id": "valley", "name": "Valley", "type": "cluster"}],
        "attendance": [], "memberships": [], "enrollment": [], "attendance_periods": [],
    }
    for student in range(1, 25):
        home = rng.choice(["hill", "lake", "moor"])
        moves = rng.choice([None, FIRST + timedelta(days=rng.randrange(400))])
        grade = rng.choice(["6", "7"])
        day = FIRST
        while day <= LAST:
            if day.isoweekday() < 6 and rng.random() < 0.9 and day.month != 11:
                org = home if moves is None or day < moves else rng.choice(["hill", "hil"])
                halves = rng.random() < 0.1
                for session in ("AM", "PM") if halves else ("DAY",):
                    code = rng.choices("PAHX.", (80, 9, 4, 4, 3))[0]
                    tables["attendance"] += people.marks(
                        student, [day], code, org_id=org, grade=grade, session=session)
            day += timedelta(days=1)
        if student % 3:
            tables["memberships"].append({
                "student": student, "kind": "sex", "valid_from": FIRST,
                "value": rng.choice(["female", "male"])})
        if student % 4 == 0:
            tables["enrollment"] += [
                {"student": student, "org_id": home, "begin_date": FIRST, "grade": grade,
                 "end_date": date(2024, 12, 12), "class": f"{grade} A"},
                {"student": student, "org_id": home, "begin_date": date(2025, 1, 15),
                 "end_date": None, "grade": "8", "class": "8 B"}]
        if student % 6 == 0:
            tables["attendance_periods"].append({
                "student": student, "org_id": home, "begin_date": date(2024, 11, 1),
                "end_date": date(2024, 12, 1), "grade": grade, "possible": 30, "absent": 4})
    return tables


@pytest.fixture(scope="module")
def busy() -> Iterator[Store]:
    store = Store()
    yield people.fill(store, everybody())
    store.close()


def day_by_day(monkeypatch: pytest.MonkeyPatch, store: Store, measure: str,
               view: View) -> Answer:
    """The same answer, counted from the days alone."""
    daily = partial(Prelude, daily=True)
    with monkeypatch.context() as patch:
        patch.setattr(asking, "_kept", Memory(0))
        patch.setattr(completeness, "_kept", Memory(0))
        patch.setattr(asking, "Prelude", daily)
        patch.setattr(completeness, "Prelude", daily)
        return answer(store, measure, view)


_days = st.dates(FIRST - timedelta(days=40), LAST + timedelta(days=40))
_breakdowns = st.sampled_from(
    [(), ("school",), ("cluster",), ("grade",), ("class",), ("group.sex",), ("group.sex", "grade"),
     ("school", "group.sex"), ("weekday",), ("school", "grade")])
_where = st.sampled_from(
    [(), (("school", ("hill",)),), (("school", ("lake",)), ("grade", ("7",))),
     (("group.sex", ("female",)),), (("cluster", ("valley",)),), (("weekday", ("Monday",)),)])
_periods = st.sampled_from([None, None, "month", "term", "year", "week"])
_scopes = st.sampled_from([
    Scope(), Scope(staff=False), Scope("head", (("org_id", ("hill",)),)),
    Scope("grade_lead", (("grade", ("6", "8")), ("org_id", ("lake", "moor"))))])


@settings(max_examples=60, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@example("chronic_absence", FIRST, LAST, ("group.sex",), (), None, Scope())
@example("attendance_rate", date(2024, 6, 1), date(2025, 6, 30), ("school",), (), "year", Scope())
@given(st.sampled_from(MEASURES), _days, _days, _breakdowns, _where, _periods, _scopes)
def test_any_view_is_the_same_by_months_as_by_days(
    busy: Store, monkeypatch: pytest.MonkeyPatch, measure: str, one: date, other: date,
    by: tuple[str, ...], where: Any, period: Any, scope: Scope,
) -> None:
    if measure in ("chronic_absence", "severe_absence"):
        by = tuple(c for c in by if c != "weekday")
        where = tuple(w for w in where if w[0] != "weekday")
    view = View(min(one, other), max(one, other), max(one, other), where=where, by=by,
                period=period, scope=scope)
    found = answer(busy, measure, view)
    assert replace(found, ran="") == replace(
        day_by_day(monkeypatch, busy, measure, view), ran="")


def test_months_are_read_where_they_are_whole(busy: Store) -> None:
    land = ground(busy)
    assert land.marked == (FIRST, LAST)
    whole = View(date(2024, 1, 1), date(2025, 12, 31), date(2025, 12, 31))
    everything = Prelude(whole, land, None)
    assert parts_of(everything) == Parts(((date(2024, 5, 1), date(2025, 8, 31)),), ())
    everything.need("attendance")
    assert "mart.attendance_months" in everything.ctes["attendance"]
    for view in (whole.with_(period="day"), whole.with_(period="week"),
                 whole.with_(by=("weekday",)), whole.choose("weekday", ["Monday"])):
        daily = Prelude(view, land, None)
        daily.need("attendance")
        assert "mart.attendance_months" not in daily.ctes["attendance"]


def test_several_breakdowns_at_once_and_overlaps_are_those_of_the_days(
    busy: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = View(date(2024, 7, 10), date(2025, 6, 20), date(2025, 6, 20))
    cuts = [view.with_(by=by) for by in ((), ("grade",), ("group.sex",), ("grade", "group.sex"))]
    for found, cut in zip(answers(busy, "chronic_absence", cuts), cuts, strict=True):
        alone = day_by_day(monkeypatch, busy, "chronic_absence", cut)
        assert found.rows == alone.rows and found.card == alone.card
    both = overlap(busy, [("chronic_absence", view), ("severe_absence", view)])
    chronic = answer(busy, "chronic_absence", view).total
    assert chronic is not None and both.both(0, 0) == chronic.numerator


@given(st.dates(date(2024, 1, 1), date(2025, 12, 31)), st.dates(date(2024, 1, 1),
       date(2025, 12, 31)), st.lists(st.dates(date(2024, 1, 1), date(2025, 12, 31)), max_size=3),
       st.none() | st.tuples(st.dates(date(2024, 1, 1), date(2024, 12, 31)),
                             st.dates(date(2025, 1, 1), date(2025, 12, 31))))
def test_a_view_is_taken_apart_without_gap_or_overlap(
    one: date, other: date, cuts: list[date], known: tuple[date, date] | None
) -> None:
    start, end = min(one, other), max(one, other)
    found = parts(start, end, cuts, known)
    low, high = known or (date.min, date.max)
    covered = [a + timedelta(days=n) for a, b in (*found.whole, *found.days)
               for n in range((b - a).days + 1)]
    assert len(covered) == len(set(covered))
    shown = {d for d in covered if low <= d <= high}
    days = {start + timedelta(days=n) for n in range((end - start).days + 1)}
    assert shown == {d for d in days if low <= d <= high}
    for first, last in found.whole:
        assert first.day == 1 and (last + timedelta(days=1)).day == 1
        assert not any(first < c <= last and c.day > 1 for c in cuts)
