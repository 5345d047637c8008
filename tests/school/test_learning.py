"""The grid of learning: states by class, roll-ups, what comes next, groups, growth, questions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import learners
import people
import pytest

from school.access import OWNER
from school.learning import (
    Board,
    board,
    classes,
    classmates,
    groups,
    growth,
    next_step,
    questions,
)
from school.store import Store
from school.view import View

TWELVE = [people.key(f"learner {n}") for n in range(12)]
YEAR = View(date(2025, 4, 1), date(2025, 6, 30), date(2025, 6, 30))
ADDS, BORROWS, TIMES = "Adds", "Borrows", "Times"


def school_of(store: Store, *observations: list[dict[str, Any]], **more: Any) -> Store:
    """A class list of twelve in 6 A, three outcomes in the order of the book, observations."""
    return people.fill(store, {
        "organisations": [people.school()], "levels": learners.LEVELS,
        "students": [{"student": s, "namespace": "hill", "student_id": f"{n:02d}", "id_kind": "id",
                      "name": f"Learner {n:02d}"} for n, s in enumerate(TWELVE)],
        "enrollment": [{"student": s, "org_id": "hill", "begin_date": date(2025, 4, 1),
                        "grade": "6", "class": "6 A", "academic_year": "2025-26"} for s in TWELVE],
        "objectives": [learners.goal(ADDS, 1), learners.goal(BORROWS, 2, tier="basic"),
                       learners.goal(TIMES, 3, tier="advanced"),
                       learners.goal("Observe", kind="ability", subject=None),
                       learners.goal("Place value", kind="concept")],
        "objective_parts": [*learners.rests_on(ADDS, "ability/Observe"),
                            *learners.rests_on(BORROWS, "ability/Observe",
                                               "concept/Place value")],
        "observations": [row for rows in observations for row in rows], **more})


def states(found: Board, name: str) -> tuple[int, int, int, int, int]:
    """Reached, nearly, not yet, too few questions, not observed, in the one class."""
    (room,) = found.rooms
    cell = found.cell(next(g for g in found.goals if g.name == name), room)
    assert cell is not None
    return cell.reached, cell.nearly, cell.not_yet, cell.few, cell.unobserved


def test_states_are_counted_of_the_class_list_and_a_blank_is_no_lowest_level(empty: Store) -> None:
    school_of(empty, learners.seen(TWELVE[:10], ADDS, "RRRNNY.-42"))
    found = board(empty, YEAR)
    assert states(found, ADDS) == (4, 2, 2, 0, 4)
    assert states(found, TIMES) == (0, 0, 0, 0, 12)  # planned, and nobody has looked
    assert [g.name for g in found.goals] == [ADDS, BORROWS, TIMES]
    assert [g.name for g in board(empty, YEAR, tier="advanced").goals] == [TIMES]


def test_a_class_without_a_list_counts_whoever_was_looked_at(empty: Store) -> None:
    school_of(empty, learners.seen(TWELVE[:4], ADDS, "RN.Y"), enrollment=[])
    assert states(board(empty, YEAR), ADDS) == (1, 1, 1, 0, 1)


def test_a_leaver_is_counted_no_longer(empty: Store) -> None:
    gone = [{"student": s, "org_id": "hill", "begin_date": date(2025, 4, 1), "grade": "6",
             "class": "6 A", "academic_year": "2025-26",
             "end_date": date(2025, 6, 15) if n == 0 else None} for n, s in enumerate(TWELVE)]
    school_of(empty, learners.seen(TWELVE[:3], ADDS, "RRY"), enrollment=gone)
    assert states(board(empty, YEAR), ADDS) == (1, 0, 1, 0, 9)


def test_an_ability_rolls_up_counts_and_names_what_is_not_reached(empty: Store) -> None:
    school_of(empty, learners.seen(TWELVE, ADDS, "RRRRRRRRRRNN"),
              learners.seen(TWELVE, BORROWS, "RRNNYYYY...."))
    found = board(empty, YEAR, kind="ability")
    (cell,) = found.cells
    assert (cell.reached, cell.judged, cell.pooled, cell.behind) == (12, 20, True, (BORROWS,))
    assert cell.share == 0.6 and cell.likely is None  # not the mean of 10/12 and 2/8
    (concept,) = board(empty, YEAR, kind="concept").cells
    assert (concept.reached, concept.judged, concept.behind) == (2, 8, (BORROWS,))


def test_what_was_looked_at_itself_is_not_rolled_up(empty: Store) -> None:
    school_of(empty, learners.seen(TWELVE, ADDS, "RRRRRRRRRRNN"),
              learners.seen(TWELVE[:3], "Observe", "RNN", kind="ability"))
    (cell,) = board(empty, YEAR, kind="ability").cells
    assert (cell.reached, cell.judged, cell.pooled) == (1, 3, False)


def test_next_is_the_first_of_the_book_that_most_have_not_reached(empty: Store) -> None:
    school_of(empty, learners.seen(TWELVE, ADDS, "RRRRRRRRRRNN"),
              learners.seen(TWELVE, BORROWS, "RRRNNYYYY..."),
              learners.seen(TWELVE, TIMES, "YYYYYYYYYYYY"))
    found = board(empty, YEAR)
    first = next_step(found, found.rooms)
    assert first is not None and first.goal.name == BORROWS
    assert (first.not_there, first.students, first.unobserved) == (6, 12, 3)
    assert first.likely == pytest.approx((0.1206, 0.6458), abs=1e-4)  # Wilson, 3 of 9


def test_of_a_class_of_which_too_few_were_observed_nothing_comes_next(empty: Store) -> None:
    school_of(empty, learners.seen(TWELVE[:8], ADDS, "YYYYYYYY"))  # 8 of 12 is under 70 percent
    found = board(empty, YEAR)
    assert next_step(found, found.rooms) is None
    school_of(empty, learners.seen(TWELVE[8:9], ADDS, "Y"), organisations=[], levels=[],
              students=[], enrollment=[], objectives=[], objective_parts=[])
    again = board(empty, YEAR)
    assert next_step(again, again.rooms) is not None


def test_levels_of_a_test_stand_beside_outcomes_and_last(empty: Store) -> None:
    scale = [{"scale": "ASER reading", "level": w, "level_order": n, "reached": n == 3}
             for n, w in enumerate(("letter", "word", "story"), 1)]
    taken = {"assessment_id": 1, "name": "Check", "subject": "Reading", "scale": "ASER reading",
             "academic_year": "2025-26"}
    tested = [{"student": s, "assessment_id": 1, "date": learners.DAY, "attempt": 1,
               "org_id": "hill", "status": "scored", "level": w}
              for s, w in zip(TWELVE, ("story", "word", "letter", "letter"), strict=False)]
    school_of(empty, learners.seen(TWELVE, ADDS, "YYYYYYYYYYYY"), results=tested,
              assessments=[taken], levels=[*learners.LEVELS, *scale])
    found = board(empty, YEAR)
    assert [g.name for g in found.goals][-1] == "ASER reading"
    assert states(found, "ASER reading") == (1, 1, 2, 0, 8)
    first = next_step(found, found.rooms)
    assert first is not None and first.goal.name == ADDS


def test_groups_name_everybody_once_and_only_to_own_staff(empty: Store) -> None:
    school_of(empty, learners.seen(TWELVE[:6], ADDS, "RNYY43"))
    found = board(empty, YEAR)
    made = groups(empty, YEAR, None, found.goals[0], found.rooms[0])
    assert [p.shown for p in made.not_yet] == ["Learner 02", "Learner 03"]
    assert [(p.shown, p.seen) for p in made.nearly] == [
        ("Learner 01", "Nearly"), ("Learner 05", "3 of 4")]
    assert (len(made.reached), len(made.unobserved), len(made.everybody)) == (2, 6, 12)
    assert made.levels[0] == ("Not yet", 2)
    wall = YEAR.with_(scope=replace(OWNER, staff=False))
    assert groups(empty, wall, None, found.goals[0], found.rooms[0]).everybody == ()
    assert classmates(empty, wall, None, found.rooms[0]) == ()
    assert growth(empty, wall, TWELVE[0]) == ()


def test_a_class_gives_its_list_for_the_grid_before_anybody_was_observed(empty: Store) -> None:
    school_of(empty)
    (room,) = classes(empty, YEAR)
    assert (room.name, room.grade, room.students) == ("6 A", "6", 12)
    assert [p.student_id for p in classmates(empty, YEAR, None, room)][:2] == ["00", "01"]


def test_a_student_at_the_lowest_level_with_a_gain_is_shown_as_gain(empty: Store) -> None:
    later = date(2025, 6, 27)
    school_of(empty, learners.seen(TWELVE[:1], ADDS, "0"),
              learners.seen(TWELVE[:1], ADDS, "1", day=later),
              learners.seen(TWELVE[:1], BORROWS, "Y"),
              learners.seen(TWELVE[:1], BORROWS, "N", day=later),
              learners.seen(TWELVE[:1], TIMES, "R"),
              learners.seen(TWELVE[:1], TIMES, "N", day=later),
              learners.seen(TWELVE[:1], "Place value", "Y", kind="concept"))
    assert states(board(empty, YEAR), ADDS)[:3] == (0, 0, 1)  # still the lowest
    made = {g.goal.name: (g.first, g.last, g.up, g.lower) for g in growth(empty, YEAR, TWELVE[0])}
    assert made == {ADDS: ("0 of 4", "1 of 4", True, False),
                    BORROWS: ("Not yet", "Nearly", True, False),
                    TIMES: ("Reached", "Nearly", False, True),
                    "Place value": ("Not yet", "Not yet", None, False)}


def with_test(store: Store, answers: dict[str, str]) -> Store:
    """One test, a letter a student and question: 1 right, 0 wrong."""
    return people.fill(store, {
        "organisations": [people.school()],
        "assessments": [{"assessment_id": n, "name": "Term 1", "subject": "Maths", "item": item,
                         "academic_year": "2025-26", "scale": "points", "max_score": 1.0}
                        for n, item in enumerate(answers)],
        "results": [{"student": people.key(f"s{s}"), "assessment_id": n, "date": learners.DAY,
                     "attempt": 1, "org_id": "hill", "score": float(mark), "status": "scored"}
                    for n, marks in enumerate(answers.values()) for s, mark in enumerate(marks)]})


def test_difficulty_and_corrected_correlation_are_those_of_the_known_answers(empty: Store) -> None:
    with_test(empty, {f"Q{n}": column for n, column in enumerate(
        zip(*("11111", "11110", "11100", "11000", "10000", "00000"), strict=True), 1)  # KAT-8
        for column in ["".join(column)]})
    found = questions(empty, YEAR)
    assert [round(q.right, 3) for q in found] == [.833, .667, .5, .333, .167]
    assert [round(q.together or 0, 4) for q in found] == [.5, .7016, .7746, .7016, .5]
    assert [q.why for q in found] == [(), (), (), (), ()]  # six students are too few to judge


def test_questions_that_are_hard_easy_or_against_the_rest_want_a_look(empty: Store) -> None:
    half = "1" * 20 + "0" * 20
    with_test(empty, {"easy": "1" * 39 + "0", "fair": half, "good": half,
                   "hard": "1" * 4 + "0" * 36, "turned": half[::-1]})
    assert {q.item: q.why for q in questions(empty, YEAR)} == {
        "easy": ("easy",), "fair": (), "good": (), "hard": ("hard",), "turned": ("against",)}


def test_a_whole_in_two_parts_is_no_test_of_questions(empty: Store) -> None:
    with_test(empty, {"Written": "10", "Oral": "11"})
    assert questions(empty, YEAR) == ()
