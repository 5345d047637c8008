"""Learning outcomes reached: levels by their scale, questions by the lines, blanks left out."""

from datetime import date
from typing import Any

import people
import pytest

from school.access import OWNER
from school.measures import answer, known_values, students
from school.store import Store
from school.view import View

LEVELS = [{"scale": "ours", "level": name, "level_order": n, "reached": n >= 3}
          for n, name in enumerate(("Not yet", "Nearly", "Reached"), start=1)]
GOALS = [{"objective_id": name, "name": name, "kind": "outcome", "subject": "Mathematics",
          "grade": "6"} for name in ("Adds", "Borrows")]


def seen(student: int, goal: str = "Adds", day: int = 2, **more: Any) -> dict[str, Any]:
    """One observation; `level` or `correct` of `items`, else a blank cell."""
    said = bool({"level", "items"} & set(more))
    return {"student": student, "objective_id": goal, "date": date(2025, 6, day), "org_id": "hill",
            "grade": "6", "class": "6 A", "scale": "ours" if "level" in more else None,
            "status": "observed" if said else None, **more}


def filled(store: Store, *observations: dict[str, Any]) -> Store:
    return people.fill(store, {"organisations": [people.school()], "levels": LEVELS,
                               "objectives": GOALS, "observations": observations})


def test_levels_count_by_their_scale_and_a_blank_is_left_out(empty: Store, june: View) -> None:
    filled(empty, seen(people.ASHA, level="Not yet"), seen(people.ASHA, day=20, level="Reached"),
           seen(people.BILAL, level="Nearly"), seen(people.CHITRA, level="Not yet"),
           seen(people.DEV), seen(people.ASHA, "Borrows", level="Nearly"))
    found = answer(empty, "outcomes_reached", june)
    row = found.rows[0]
    assert (row.numerator, row.denominator, row.people) == (1, 4, 3)
    assert found.card.left_out == (("not yet observed", 1),)
    rows = answer(empty, "outcomes_reached", june.with_(by=("outcome",))).rows
    assert {r.segments["outcome"]: (r.numerator, r.denominator) for r in rows} == {
        "Adds": (1, 3), "Borrows": (0, 1)}
    states = answer(empty, "outcomes_reached",
                    june.choose("outcome", ("Adds",)).with_(by=("level",))).rows
    assert {r.segments["level"]: r.numerator for r in states} == {
        "reached": 1, "nearly": 1, "not yet": 1}


@pytest.mark.parametrize(("correct", "items", "state"), [
    (2, 2, "too few questions to say"), (3, 3, "nearly"), (4, 4, "reached"), (4, 5, "reached"),
    (3, 4, "nearly"), (3, 5, "nearly"), (2, 4, "not yet"), (0, 4, "not yet"),
])
def test_questions_are_judged_on_whole_numbers(
    empty: Store, june: View, correct: int, items: int, state: str
) -> None:
    filled(empty, seen(people.ASHA, correct=correct, items=items))
    found = answer(empty, "outcomes_reached", june.with_(by=("level",)))
    told = [r.segments["level"] for r in found.rows] + [why for why, _ in found.card.left_out]
    assert told == [state]


def test_questions_of_thirty_days_count_together_and_older_ones_do_not(empty: Store) -> None:
    year = View(date(2025, 4, 1), date(2025, 6, 30), date(2025, 6, 30))
    old = {**seen(people.ASHA, correct=0, items=4), "date": date(2025, 5, 1)}
    filled(empty, old, seen(people.ASHA, day=5, correct=2, items=2),
           seen(people.ASHA, day=20, correct=2, items=2))
    row = answer(empty, "outcomes_reached", year).rows[0]
    assert (row.numerator, row.denominator) == (1, 1)


def test_a_later_blank_takes_nothing_back_and_the_students_of_a_state_are_listed(
    empty: Store, june: View
) -> None:
    filled(empty, seen(people.ASHA, level="Reached"), seen(people.ASHA, day=9),
           seen(people.BILAL, level="Not yet"))
    view = june.choose("level", ("not yet",)).choose("outcome", ("Adds",))
    assert [s.student for s in students(empty, "outcomes_reached", view)] == [people.BILAL]
    assert [v.value for v in known_values(empty, OWNER)["outcome"]] == ["Adds", "Borrows"]


def test_a_scale_without_a_line_is_said_and_the_lowest_of_two_is_not_nearly(
    empty: Store, june: View
) -> None:
    scales = [{"scale": "open", "level": "Blue", "level_order": 1},
              *({"scale": "two", "level": w, "level_order": n, "reached": n == 2}
                for n, w in enumerate(("No", "Yes"), 1))]
    people.fill(empty, {"organisations": [people.school()], "levels": scales, "objectives": GOALS,
                        "observations": [seen(people.ASHA, level="Blue", scale="open"),
                                         seen(people.BILAL, level="No", scale="two")]})
    found = answer(empty, "outcomes_reached", june.with_(by=("level",)))
    assert [r.segments["level"] for r in found.rows] == ["not yet"]
    assert found.card.left_out == (("no scale says whether this level is reached", 1),)
