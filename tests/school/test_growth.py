"""Residual gain: what a group has above the line through everybody's first and last scores."""

from __future__ import annotations

from datetime import date
from typing import Any

import people
import pytest

from school.access import Scope
from school.growth import grown, residual_gain
from school.measures import students
from school.store import Store
from school.view import View

YEAR = View(date(2025, 4, 1), date(2026, 3, 31), date(2026, 3, 31))


def test_a_group_above_the_line_and_one_below_add_up_to_nothing() -> None:
    """Two groups with the same first scores; A ends 4 points above B everywhere."""
    pairs = [(g, float(f), 10 + 0.5 * f + more) for f in range(10, 60, 5)
             for g, more in (("A", 2.0), ("B", -2.0))]
    found = grown(pairs)
    assert (found.slope, found.intercept) == (pytest.approx(0.5), pytest.approx(10))
    a, b = found.groups
    assert (a.label, a.students, a.value, b.value) == ("A", 10, pytest.approx(2), pytest.approx(-2))
    assert a.high is not None and a.value is not None
    assert a.high - a.value == pytest.approx(1.96 * 2 * (20 / 19) ** 0.5 / 10**0.5)


def test_a_group_that_started_lower_is_not_praised_for_it() -> None:
    """The plain gain of the low starters is larger; on the line it is nothing."""
    pairs = [("low" if f < 35 else "high", float(f), 30 + 0.5 * f) for f in range(10, 60, 5)]
    assert [g.value for g in grown(pairs).groups] == [pytest.approx(0, abs=1e-9)] * 2


def test_small_groups_and_few_students_are_not_judged() -> None:
    few = grown([("A", 1.0, 2.0)] * 9)
    assert (few.slope, few.why) == (None, "fewer than 10 students have two scores")
    same = grown([("A", 1.0, float(n)) for n in range(10)])
    assert same.why == "all first scores are the same"
    small = grown([("A" if n < 4 else "B", float(n), float(n * n)) for n in range(12)])
    assert [(g.label, g.students, g.value is None) for g in small.groups] == [
        ("A", 4, True), ("B", 8, False)]


def test_first_and_last_scores_come_from_the_measure(empty: Store) -> None:
    test: dict[str, Any] = {"assessment_id": 1, "name": "Diagnostic", "subject": "Maths",
                            "academic_year": "2025-26", "scale": "scale_score"}
    rows = [{"student": n, "assessment_id": 1, "date": day, "attempt": 1, "org_id": "hill",
             "grade": "6" if n < 6 else "7", "score": value, "status": "scored"}
            for n in range(12)
            for day, value in ((date(2025, 5, 1), 100.0 + n), (date(2025, 9, 1), 120.0 + 2 * n))]
    people.fill(empty, {"organisations": [people.school()], "assessments": [test], "results": rows})
    listed = {s.student: s for s in students(empty, "gain", YEAR)}
    assert (listed[3].first, listed[3].value) == (103, 23)
    found = residual_gain(empty, YEAR, None)
    assert (found.students, found.slope) == (12, pytest.approx(2))
    assert [(g.label, g.students) for g in found.groups] == [("6", 6), ("7", 6)]
    assert residual_gain(empty, YEAR.with_(scope=Scope(staff=False)), None).students == 0
