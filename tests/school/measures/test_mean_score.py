"""Mean score: percent of the maximum, scale scores as they are, and never a mean across scales."""

from typing import Any

import people
import pytest

from school.measures import answer
from school.store import Store
from school.view import View

DAY = people.JUNE


def taken(**more: Any) -> dict[str, Any]:
    return {"name": "Term 1", "academic_year": "2025-26", "scale": "points", **more}


def result(student: int, assessment: int, score: float | None, **more: Any) -> dict[str, Any]:
    return {"student": student, "assessment_id": assessment, "date": DAY, "attempt": 1,
            "org_id": "hill", "grade": "6", "class": "6 A", "score": score,
            "status": "absent" if score is None else "scored", **more}


def test_percent_of_each_maximum_and_absent_is_not_zero(store: Store, june: View) -> None:
    found = answer(store, "mean_score", june)
    row = found.rows[0]
    assert (row.value, row.people, row.numerator) == (55.0, 4, 220.0)
    assert found.card.left_out == (("no score: absent", 1),)
    assert row.low is not None and row.high is not None and row.low < 55 < row.high


def test_every_score_counts_once(empty: Store, june: View) -> None:
    people.fill(empty, {
        "assessments": [taken(assessment_id=1, subject="Maths", max_score=50.0),
                        taken(assessment_id=2, subject="Reading", max_score=20.0)],
        "results": [result(people.ASHA, 1, 40.0), result(people.BILAL, 1, 30.0),
                    result(people.BILAL, 2, 8.0)]})
    row = answer(empty, "mean_score", june).rows[0]
    assert (row.value, row.people, row.n) == (60.0, 2, 3)  # not 65, the mean of two means
    subjects = answer(empty, "mean_score", june.with_(by=("subject",))).rows
    assert [(r.segments["subject"], r.value, r.people) for r in subjects] == [
        ("Maths", 70.0, 2), ("Reading", 40.0, 1)]


def test_two_scales_have_no_mean_together(empty: Store, june: View) -> None:
    people.fill(empty, {
        "assessments": [taken(assessment_id=1, subject="Maths", max_score=50.0),
                        taken(assessment_id=2, subject="Reading", scale="scale_score")],
        "results": [result(people.ASHA, 1, 40.0), result(people.ASHA, 2, 510.0),
                    result(people.BILAL, 2, 500.0)]})
    found = answer(empty, "mean_score", june)
    assert found.withheld is not None and "different scales" in found.withheld
    assert [(r.value, r.people) for r in found.rows] == [(None, 2)]
    split = answer(empty, "mean_score", june.with_(by=("subject",)))
    assert split.withheld is None
    assert [(r.segments["subject"], r.value) for r in split.rows] == [
        ("Maths", 80.0), ("Reading", 505.0)]
    reading = answer(empty, "mean_score", june.choose("subject", ["Reading"]))
    assert (reading.unit, reading.rows[0].value) == ("points on the scale", 505.0)


def test_parts_wait_until_they_are_asked_for(empty: Store, june: View) -> None:
    people.fill(empty, {
        "assessments": [taken(assessment_id=1, max_score=50.0),
                        taken(assessment_id=2, item="Algebra", max_score=10.0)],
        "results": [result(people.ASHA, 1, 40.0), result(people.ASHA, 2, 1.0)]})
    assert answer(empty, "mean_score", june).rows[0].value == 80.0
    parts = answer(empty, "mean_score", june.with_(by=("item",))).rows
    assert [(r.segments["item"], r.value) for r in parts] == [("Algebra", 10.0), ("whole", 80.0)]


@pytest.mark.parametrize(("score", "band"), [
    (0.0, "0 to 19"), (9.99, "0 to 19"), (10.0, "20 to 39"), (50.0, "80 to 100")])
def test_bands_begin_at_their_lower_end(empty: Store, june: View, score: float, band: str) -> None:
    people.fill(empty, {"assessments": [taken(assessment_id=1, max_score=50.0)],
                        "results": [result(people.ASHA, 1, score)]})
    rows = answer(empty, "mean_score", june.with_(by=("band",))).rows
    assert [r.segments["band"] for r in rows] == [band]
    assert len(answer(empty, "mean_score", june.choose("band", [band])).rows) == 1


def test_a_score_without_a_maximum_has_no_percent(empty: Store, june: View) -> None:
    people.fill(empty, {"assessments": [taken(assessment_id=1)],
                        "results": [result(people.ASHA, 1, 40.0)]})
    found = answer(empty, "mean_score", june)
    assert (found.rows, found.card.left_out) == ((), (("the maximum is not known", 1),))
