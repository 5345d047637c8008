"""Several breakdowns asked at once say what each says when it is asked alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import people
import pytest

from school.config import INDIA
from school.measures import Overlap, answer, answers, catalogue, overlap, students
from school.memory import Memory
from school.store import Store
from school.view import View

CUTS = ((), ("grade",), ("group.sex",), ("grade", "group.sex"), ("class", "grade"), ("school",))


def _fits(name: str, by: tuple[str, ...]) -> bool:
    return all(catalogue()[name].splits_by(c) for c in by)


@pytest.mark.parametrize("period", [None, "month"])
@pytest.mark.parametrize("name", sorted(catalogue()))
def test_together_is_what_each_says_alone(
    store: Store, june: View, name: str, period: str | None
) -> None:
    views = [june.with_(by=by, period=period) for by in CUTS if _fits(name, by)]
    params = {"minimum_days": 1}
    people.fill(store, {})
    alone = [answer(store, name, v, preset=INDIA, params=params) for v in views]
    people.fill(store, {})  # a new version of the same data, so that nothing is kept
    found = answers(store, name, views, preset=INDIA, params=params)
    assert [replace(a, data_version=0) for a in found] == [
        replace(a, data_version=0) for a in alone]
    assert [a.view for a in found] == views


def test_tiers_split_by_group_are_counted_together(store: Store, june: View) -> None:
    views = [june.with_(by=by) for by in (("tier", "grade"), ("tier", "group.sex"))]
    found = answers(store, "chronic_absence", views, params={"minimum_days": 1})
    for one, view in zip(found, views, strict=True):
        assert all(set(r.segments) == set(view.by) for r in one.rows)
        assert sum(r.numerator or 0 for r in one.rows) == one.card.included


def test_overlap_counts_whom_the_lists_name(store: Store, june: View) -> None:
    asked = [("chronic_absence", june), ("pass_rate", june)]
    times: dict[int, int] = {}
    for name, view in asked:
        for s in students(store, name, view, preset=INDIA):
            if s.value is not None:
                bad = s.value > 0 if name == "chronic_absence" else s.value < 1
                times[s.student] = times.get(s.student, 0) + bad
    assert times
    found = overlap(store, asked, preset=INDIA)
    assert (found.several, found.people) == (sum(n > 1 for n in times.values()), len(times))
    assert found.both(0, 1) == found.several


def test_overlap_of_masks_counts_pairs_and_their_likeness() -> None:
    found = Overlap(((0, 50), (1, 5), (2, 10), (3, 15), (7, 1)))
    assert (found.people, found.several) == (81, 16)
    assert (found.both(0, 0), found.both(1, 1), found.both(0, 1), found.both(0, 2)) == (
        21, 26, 16, 1)
    assert found.alike(0, 1) == 16 / 31


def test_memory_lets_the_oldest_go(empty: Store) -> None:
    kept: Memory[int] = Memory(2)
    kept.keep(empty, "a", 1)
    kept.keep(empty, "b", 2)
    assert kept.get(empty, "a") == 1
    kept.keep(empty, "c", 3)
    assert [kept.get(empty, k) for k in "abc"] == [1, None, 3]


@pytest.mark.parametrize("name", [n for n, m in catalogue().items() if m.reads == "rolls"])
def test_what_became_of_students_is_counted_together_too(empty: Store, name: str) -> None:
    """Grade is that of the first day, also where it is joined to the student afterwards."""
    year = View(date(2025, 4, 1), date(2026, 4, 30), date(2026, 4, 30))
    spells, exits = [], ("dropped_out", "transfer", None)
    for n in range(24):
        left = date(2025, 9, 1 + n) if n % 4 == 0 else None
        begun = date(2025, 6, 2) if n % 7 == 0 else date(2025, 4, 1)
        spells.append({"student": n, "org_id": "hill", "begin_date": begun, "end_date": left,
                       "grade": str(6 + n % 2), "class": f"{6 + n % 2} A",
                       "exit_type": exits[n % 3] if left else None, "academic_year": "2025-26"})
        if left is None:
            spells.append({"student": n, "org_id": "hill", "begin_date": date(2026, 4, 1),
                           "end_date": None, "grade": str(6 + n % 2 + (n % 5 > 0)),
                           "class": "8 A", "exit_type": None, "academic_year": "2026-27"})
    people.fill(empty, {
        "organisations": [people.school()], "enrollment": spells,
        "memberships": [{"student": n, "kind": "sex", "valid_from": date(2025, 4, 1),
                         "value": "female" if n % 2 else "male"} for n in range(20)]})
    views = [year.with_(by=by) for by in CUTS if _fits(name, by)]
    found = answers(empty, name, views, preset=INDIA)
    people.fill(empty, {})
    alone = [answer(empty, name, v, preset=INDIA) for v in views]
    assert [replace(a, data_version=0) for a in found] == [
        replace(a, data_version=0) for a in alone]
    of_grade = found[views.index(year.with_(by=("grade",)))].rows
    assert of_grade and {r.segments["grade"] for r in of_grade} <= {"6", "7", "8"}
    # places read row by row, as they are where a school is in the breakdown, say the same
    by_school = answer(empty, name, year.with_(by=("school", "grade")), preset=INDIA).rows
    assert [(r.segments["grade"], r.numerator, r.people) for r in by_school] == [
        (r.segments["grade"], r.numerator, r.people) for r in of_grade]
