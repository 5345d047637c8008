"""Gain: each student's last score less the first, by date, on one scale."""

import csv
from datetime import date, datetime
from pathlib import Path
from typing import Any

import people
import pytest

from school.measures import answer
from school.store import Store
from school.view import View

TEST = {"name": "Diagnostic", "subject": "Maths", "academic_year": "2025-26",
        "scale": "scale_score"}
YEAR = View(date(2025, 4, 1), date(2026, 3, 31), date(2026, 3, 31))


def score(
    student: int, day: date, value: float | None, attempt: int = 1, **more: Any
) -> dict[str, Any]:
    return {"student": student, "assessment_id": 1, "date": day, "attempt": attempt,
            "org_id": "hill", "score": value, "status": "scored", **more}


def test_last_less_first_and_one_date_is_left_out(empty: Store) -> None:
    may, june, july = date(2025, 5, 1), date(2025, 6, 1), date(2025, 7, 1)
    people.fill(empty, {"assessments": [{**TEST, "assessment_id": 1}], "results": [
        score(people.ASHA, may, 500), score(people.ASHA, june, 490), score(people.ASHA, july, 512),
        score(people.BILAL, may, 500, 1), score(people.BILAL, may, 506, 2),
        score(people.BILAL, july, 510, 1), score(people.BILAL, july, 520, 2),
        score(people.CHITRA, may, 480), score(people.DEV, may, None, status="tested_out")]})
    found = answer(empty, "gain", YEAR)
    row = found.rows[0]
    assert (row.value, row.people, row.numerator) == (16.0, 2, 32.0)
    assert found.unit == "points on the scale"
    assert found.card.left_out == (("scores on one date only", 1),)


def test_a_gain_is_never_taken_across_subjects(empty: Store) -> None:
    people.fill(empty, {
        "assessments": [{**TEST, "assessment_id": 1},
                        {**TEST, "assessment_id": 2, "subject": "Reading"}],
        "results": [score(people.ASHA, date(2025, 5, 1), 500),
                    {**score(people.ASHA, date(2025, 7, 1), 300), "assessment_id": 2}]})
    assert answer(empty, "gain", YEAR).rows == ()


REAL = Path(__file__).parents[3].parent / "shared" / "real-data" / "assessment-windows" / "math"


@pytest.mark.skipif(not REAL.exists(), reason="the real results are not beside the project")
def test_real_diagnostic_gains_13_65_over_474_students(empty: Store) -> None:
    attempts: dict[tuple[str, date], int] = {}
    rows = []
    with (REAL / "math.csv").open(encoding="utf-8-sig") as file:
        for line in csv.DictReader(file):
            day = datetime.strptime(line["Completion Date"], "%m/%d/%Y").date()
            at = (line["Student ID"], day)
            attempts[at] = attempts.get(at, 0) + 1
            text = line["Overall Scale Score"]
            value = float(text) if text.isdigit() else None
            rows.append(score(people.key(at[0]), day, value, attempts[at],
                              grade=line["Student Grade"],
                              status="unknown" if value is None else "scored"))
    people.fill(empty, {"assessments": [{**TEST, "assessment_id": 1}], "results": rows})
    found = answer(empty, "gain", View(date(2021, 7, 1), date(2022, 6, 30), date(2022, 6, 30)))
    row = found.rows[0]
    assert (row.people, len(rows), dict(found.card.left_out)) == (
        474, 1002, {"scores on one date only": 25})
    assert row.value is not None and round(row.value, 2) == 13.65
