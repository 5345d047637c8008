"""A cluster of many small schools, each with its size, its groups and how many are often absent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from school.view import View

FIRST, LAST = date(2025, 4, 1), date(2025, 6, 30)


@dataclass(frozen=True)
class Cast:
    """One school: students, how many of them miss 1 day in 5, how many speak another language."""

    name: str
    students: int = 20
    absent: int = 2
    other: int = 0
    last_year: float | None = None  # mean mark
    traits: dict[str, str] = field(default_factory=dict)


def tables(schools: Sequence[Cast]) -> dict[str, list[dict[str, Any]]]:
    """The rows of all tables; students are numbered from 1000 times their school on."""
    out: dict[str, list[dict[str, Any]]] = {
        "organisations": [{"org_id": "valley", "name": "Valley", "type": "cluster"}],
        "students": [], "enrollment": [], "memberships": [], "attendance_periods": [],
        "results": [],
        "assessments": [{"assessment_id": 1, "name": "Final", "subject": "Mathematics",
                         "academic_year": "2024-25", "scale": "points", "max_score": 100.0}]}
    for place, school in enumerate(schools, 1):
        org_id = school.name.lower()
        out["organisations"].append({"org_id": org_id, "name": school.name, "type": "school",
                                     "parent_id": "valley", **school.traits})
        for n in range(school.students):
            _student(out, school, org_id, 1000 * place + n, n)
    return out


def _student(out: dict[str, list[dict[str, Any]]], school: Cast, org_id: str, key: int,
             n: int) -> None:
    out["students"].append({"student": key, "namespace": org_id, "student_id": str(key),
                            "id_kind": "id", "name": f"Invented {key}"})
    out["enrollment"].append({"student": key, "org_id": org_id, "begin_date": date(2024, 4, 1),
                              "grade": "6", "class": "6 A", "academic_year": "2025-26"})
    out["memberships"].append({"student": key, "kind": "language", "valid_from": date(2024, 4, 1),
                               "value": "Other" if n < school.other else "Usual"})
    out["attendance_periods"].append({
        "student": key, "begin_date": FIRST, "end_date": date(2025, 7, 1), "org_id": org_id,
        "grade": "6", "class": "6 A", "possible": 100, "absent": 20 if n < school.absent else 0})
    if school.last_year is not None:
        out["results"].append({"student": key, "assessment_id": 1, "date": date(2025, 3, 1),
                               "attempt": 1, "org_id": org_id, "grade": "5", "class": "5 A",
                               "score": school.last_year, "status": "scored"})


def of(school: str, **changes: object) -> View:
    """The view of one school of the cluster, compared with similar ones."""
    view = View(FIRST, LAST, LAST, where=(("school", (school,)),), compare="similar")
    return view.with_(**changes)
