"""Small tests of one school, for measures of results: who sat, who missed it, and the scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import people

from school.store import Store

TEST = {"name": "Term 1", "subject": "Maths", "academic_year": "2025-26", "scale": "points",
        "max_score": 100.0}


def score(student: int, value: float | None, status: str = "scored") -> dict[str, Any]:
    """A result of class 6 A on the first day of June."""
    return {"student": student, "assessment_id": 1, "date": people.JUNE, "attempt": 1,
            "org_id": "hill", "grade": "6", "class": "6 A", "score": value, "status": status}


def given(store: Store, results: Sequence[Mapping[str, Any]], *, also: str = "6 A") -> Store:
    """A test with pass mark 40: Asha to Dev are enrolled in 6 A, Esha in `also`."""
    rooms = {people.ASHA: "6 A", people.BILAL: "6 A", people.CHITRA: "6 A", people.DEV: "6 A",
             people.ESHA: also}
    return people.fill(store, {
        "organisations": [people.school()], "results": results,
        "assessments": [{**TEST, "assessment_id": 1, "pass_score": 40.0}],
        "enrollment": [{"student": s, "org_id": "hill", "begin_date": people.JUNE, "grade": "6",
                        "class": room} for s, room in rooms.items()]})


def taken(store: Store, scores: Mapping[str, Sequence[float]]) -> Store:
    """One test of the same name in grade 6 at each school, a student a score."""
    results = [{"student": 1000 * at + n, "assessment_id": at, "date": people.JUNE, "attempt": 1,
                "org_id": school, "grade": "6", "score": value, "status": "scored"}
               for at, (school, values) in enumerate(scores.items())
               for n, value in enumerate(values)]
    return people.fill(store, {
        "organisations": [people.school(s) for s in scores], "results": results,
        "assessments": [{**TEST, "assessment_id": at} for at in range(len(scores))]})
