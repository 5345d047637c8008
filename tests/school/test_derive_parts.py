"""Making anew only what a publish or an undo touched equals making everything anew."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import people
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from school import schema
from school.derive import derive
from school.fold import refold
from school.house import settle
from school.store import Store
from tests.drops import table

DAYS = [date(2024, 2, 5), date(2024, 3, 29), date(2024, 4, 1), date(2024, 4, 2),
        date(2024, 9, 2), date(2025, 3, 31), date(2025, 4, 1), date(2025, 6, 2)]
Facts = Mapping[str, Sequence[Mapping[str, Any]]]


class _OnlyLooking(Exception):
    """Ends a transaction that must not be kept."""


def derived(store: Store, *, anew: bool) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of the derived tables, as they stand or as the whole derivation makes them."""
    out = {}
    with contextlib.suppress(_OnlyLooking), store.writing() as tx:
        if anew:
            derive(tx, None)
        for part in schema.DERIVED:
            out[part.name] = tx.execute(f"select * from mart.{part.name} order by all")
        raise _OnlyLooking
    return out


def publish(store: Store, load_id: int, facts: Facts) -> None:
    """A load as the publisher writes it."""
    with store.writing() as tx:
        for name, rows in facts.items():
            if rows:
                made = table(name, rows)
                same = pa.repeat(pa.scalar(load_id, pa.int32()), made.num_rows)
                tx.insert(f"raw.{name}", made.append_column("load_id", same))
        tx.execute("insert into raw.loads values (?, ?, true)", [load_id, load_id])
        settle(tx, refold(tx, [load_id]), None, noted=True)


def stand(store: Store, load_id: int, standing: bool) -> None:
    """Undo a load, or take the undo back."""
    with store.writing() as tx:
        tx.execute("update raw.loads set standing = ? where load_id = ?", [standing, load_id])
        settle(tx, refold(tx, [load_id]), None, noted=True)


def same(store: Store) -> None:
    """The law: what stands is what making everything anew makes."""
    assert derived(store, anew=False) == derived(store, anew=True)


def mark(student: int, day: date, org_id: str, grade: str | None = "6",
         code: str = "P") -> dict[str, Any]:
    return people.marks(student, [day], code, org_id=org_id, grade=grade)[0]


def stated(student: int, org_id: str, begin: date, end: date | None,
           **more: Any) -> dict[str, Any]:
    return {"student": student, "org_id": org_id, "begin_date": begin, "end_date": end, **more}


_student, _day = st.integers(1, 3), st.sampled_from(DAYS)
_org = st.sampled_from(["hill", "hil", "lake"])
_grade = st.sampled_from([None, "6", "7"])
_year = st.sampled_from([None, "2023-24", "2024-25"])
_marks = st.builds(mark, _student, _day, _org, _grade, st.sampled_from("PPA.X"))
_spells = st.builds(
    lambda s, o, b, e, g, y: stated(s, o, b, e, grade=g, academic_year=y),
    _student, _org, _day, st.none() | _day, _grade, _year)
_totals = st.builds(
    lambda s, o, b, e, g: {"student": s, "begin_date": b, "end_date": max(b, e), "org_id": o,
                           "grade": g, "possible": 4, "absent": 1},
    _student, _org, _day, _day, _grade)
_results = st.builds(
    lambda s, o, d, g: {"student": s, "assessment_id": 1, "date": d, "attempt": 1, "org_id": o,
                        "grade": g, "score": 1.0, "status": "scored"},
    _student, _org, _day, _grade)
_calendar = st.builds(
    lambda o, d, t: {"org_id": o, "date": d, "day_type": t},
    st.sampled_from(["hill", "hil", "lake", "*"]), _day, st.sampled_from(["school", "holiday"]))
_places = st.builds(
    lambda o, s, y: {"org_id": o, "type": "school", "same_as": s if o == "hil" else None,
                     "year_start": y},
    _org, st.sampled_from([None, "hill", "lake"]), st.sampled_from([None, None, "06-01", "02-29"]))
_loads = st.fixed_dictionaries({
    "attendance": st.lists(_marks, max_size=8),
    "enrollment": st.lists(_spells, max_size=2),
    "attendance_periods": st.lists(_totals, max_size=1),
    "results": st.lists(_results, max_size=2),
    "calendar": st.lists(_calendar, max_size=2),
    "organisations": st.lists(_places, max_size=1),
})
SCHOOLS: Facts = {"organisations": [people.school(), people.school("lake"),
                                    people.school("hil", same_as="hill")]}


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_loads, min_size=2, max_size=4), st.data())
def test_any_publishes_and_undos_leave_what_making_all_anew_makes(
    contents: list[Facts], data: Any
) -> None:
    store = Store()
    try:
        publish(store, 0, SCHOOLS)
        for number, facts in enumerate(contents, start=1):
            publish(store, number, facts)
            same(store)
        state = dict.fromkeys(range(len(contents) + 1), True)
        for number in data.draw(st.lists(st.sampled_from(sorted(state)), max_size=4)):
            state[number] = not state[number]
            stand(store, number, state[number])
            same(store)
    finally:
        store.close()


YEARS = [date(2024, 3, 28), date(2024, 3, 29), date(2024, 4, 1), date(2024, 4, 2)]
LATE: Mapping[str, Facts] = {
    "a stated spell that crosses the year's end": {
        "enrollment": [stated(1, "hill", date(2024, 3, 1), date(2024, 6, 1))]},
    "an open spell": {"enrollment": [stated(1, "hill", date(2024, 3, 1), None, grade="7")]},
    "totals that cross the year's end": {"attendance_periods": [
        {"student": 1, "begin_date": date(2024, 3, 30), "end_date": date(2024, 5, 1),
         "org_id": "hill", "grade": "8", "possible": 4, "absent": 1}]},
    "a holiday": {"calendar": [{"org_id": "hill", "date": YEARS[0], "day_type": "holiday"}]},
    "a holiday of all": {"calendar": [{"org_id": "*", "date": YEARS[0], "day_type": "holiday"}]},
    "another start of the year": {"organisations": [people.school(year_start="06-01")]},
    "another spelling": {"organisations": [people.school("lake", same_as="hill")]},
    "marks of the next year": {"attendance": [mark(1, date(2025, 6, 2), "hill", "9")]},
    "a teacher's observation": {"observations": [
        {"student": 3, "objective_id": "adds", "date": date(2024, 9, 2), "org_id": "lake",
         "grade": "8"}]},
}


@pytest.mark.parametrize("late", LATE)
def test_what_comes_late_and_goes_again_leaves_the_rest_right(late: str) -> None:
    store = Store()
    try:
        publish(store, 0, SCHOOLS)
        publish(store, 1, {"attendance": [
            mark(s, d, o) for s, o in ((1, "hill"), (2, "hill"), (3, "lake")) for d in YEARS]})
        publish(store, 2, {"enrollment": [
            stated(2, "hill", date(2024, 2, 1), date(2025, 2, 1))]})
        before = derived(store, anew=False)
        publish(store, 3, LATE[late])
        same(store)
        assert derived(store, anew=False) != before
        stand(store, 3, False)
        assert derived(store, anew=False) == before
    finally:
        store.close()


def test_other_schools_and_years_are_left_alone() -> None:
    store = Store()
    try:
        publish(store, 0, SCHOOLS)
        publish(store, 1, {"attendance": [
            mark(1, d, o) for o in ("hill", "lake") for d in (YEARS[0], date(2024, 6, 3))
            if (o, d) != ("lake", YEARS[0])] + [mark(2, date(2025, 6, 2), "hill")]})
        with store.writing() as tx:
            for name in ("school_days", "register_days"):
                tx.execute(f"update mart.{name} set how = 'kept'")
        publish(store, 2, {"attendance": [mark(3, YEARS[1], "hill")]})
        kept = store.unsafe_run(
            "select org_id, date from mart.school_days where how = 'kept' order by all")
        assert ("hill", YEARS[0]) not in kept and ("hill", date(2025, 6, 2)) in kept
        assert {o for o, _ in kept} == {"hill", "lake"}
    finally:
        store.close()
