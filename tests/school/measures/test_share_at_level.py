"""Share at level: each student's latest level, and whether its scale counts it as reached."""

from datetime import date
from typing import Any

import people

from school.measures import answer
from school.store import Store
from school.view import View

LEVELS = [{"scale": "ASER reading", "level": name, "level_order": n, "reached": n >= 4}
          for n, name in enumerate(("beginner", "letter", "word", "paragraph", "story"), start=1)]
TEST = {"assessment_id": 1, "name": "ASER", "subject": "Reading", "academic_year": "2025-26",
        "scale": "ASER reading"}


def level(student: int, name: str | None, day: int = 2, **more: Any) -> dict[str, Any]:
    return {"student": student, "assessment_id": 1, "date": date(2025, 6, day), "attempt": 1,
            "org_id": "hill", "status": "scored", "level": name, **more}


def test_latest_level_counts_and_levels_are_shares_of_all(empty: Store, june: View) -> None:
    people.fill(empty, {"levels": LEVELS, "assessments": [TEST], "results": [
        level(people.ASHA, "word"), level(people.ASHA, "story", 20), level(people.BILAL, "word"),
        level(people.CHITRA, "paragraph"), level(people.DEV, "word")]})
    row = answer(empty, "share_at_level", june).rows[0]
    assert (row.numerator, row.denominator, row.people, row.value) == (2, 4, 4, 0.5)
    rows = answer(empty, "share_at_level", june.with_(by=("level",))).rows
    assert {r.segments["level"]: (r.numerator, r.denominator) for r in rows} == {
        "word": (2, 4), "paragraph": (1, 4), "story": (1, 4)}
    assert [r.segments["level"] for r in rows] == ["word", "paragraph", "story"]


def test_a_scale_that_does_not_say_leaves_students_out(empty: Store, june: View) -> None:
    people.fill(empty, {"assessments": [TEST], "results": [level(people.ASHA, "word")]})
    found = answer(empty, "share_at_level", june)
    assert (found.rows, found.card.included) == ((), 0)
    assert found.card.left_out == (("no scale says whether this level is reached", 1),)
