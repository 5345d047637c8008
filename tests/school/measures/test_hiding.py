"""Hiding in answers: outside the staff no small group is shown, nor what would give it away."""

from __future__ import annotations

from datetime import date

import pytest

from school.access import Scope
from school.measures import answer
from school.measures.hiding import MOST, hidden_groups
from school.store import Store
from school.view import View
from tests import people

OUTSIDE = Scope(staff=False)
MAY, JUNE = date(2025, 5, 1), date(2025, 6, 1)


def test_one_small_class_hides_the_next_one_up() -> None:
    found = hidden_groups(("class",), {(None, ("5 A",)): 31, (None, ("5 B",)): 6,
                                       (None, ("5 C",)): 24})
    assert found == {(None, ("5 B",)), (None, ("5 C",))}


def test_every_period_adds_up_by_itself() -> None:
    found = hidden_groups(("grade",), {(MAY, ("4",)): 8, (MAY, ("5",)): 30, (MAY, ("6",)): 20,
                                       (JUNE, ("4",)): 12, (JUNE, ("5",)): 30})
    assert found == {(MAY, ("4",)), (MAY, ("6",))}


def test_subjects_have_no_total_and_hide_by_themselves() -> None:
    found = hidden_groups(("subject",), {(None, ("Latin",)): 6, (None, ("Maths",)): 200})
    assert found == {(None, ("Latin",))}
    both = hidden_groups(("subject", "group.sex"), {
        (None, ("Latin", "girls")): 6, (None, ("Latin", "boys")): 14,
        (None, ("Maths", "girls")): 90, (None, ("Maths", "boys")): 110})
    assert both == {(None, ("Latin", "girls")), (None, ("Latin", "boys"))}


def test_two_breakdowns_are_proved_by_rows_and_columns() -> None:
    table = {"A": (52, 8), "B": (31, 12), "C": (14, 3), "D": (23, 17)}
    counts = {(None, (name, way)): n for name, pair in table.items()
              for way, n in zip(("yes", "no"), pair, strict=True)}
    found = hidden_groups(("grade", "group.bus"), counts)
    assert {labels for _, labels in found} == {("A", "yes"), ("A", "no"), ("C", "yes"), ("C", "no")}


def test_what_cannot_be_proved_is_hidden_whole() -> None:
    counts = {(None, ("5", "girls")): 3, (None, ("5", "boys")): 30}
    assert hidden_groups(("grade", "group.sex"), counts) == set(counts)
    many = {(None, (str(grade), str(place))): 9 + (grade + place > 0)
            for grade in range(MOST // 10 + 1) for place in range(10)}
    assert hidden_groups(("grade", "class"), many) == set(many)


def test_without_small_groups_all_are_shown() -> None:
    assert hidden_groups(("grade",), {(None, ("5",)): 10, (None, ("6",)): 90}) == frozenset()
    assert hidden_groups((), {(None, ()): 9}) == {(None, ())}
    assert hidden_groups((), {}) == frozenset()


@pytest.fixture
def classes(empty: Store) -> Store:
    """Class 5 A of 12, 5 B of 4, 5 C of 15 and 5 D of 20, each a day of register in June."""
    rolls: list[dict[str, object]] = []
    marks: list[dict[str, object]] = []
    first = 1
    for name, size in (("5 A", 12), ("5 B", 4), ("5 C", 15), ("5 D", 20)):
        for student in range(first, first + size):
            rolls.append({"student": student, "org_id": "hill", "grade": "5", "class": name,
                          "begin_date": JUNE, "academic_year": "2025-26"})
            marks += people.marks(student, [date(2025, 6, 2)], "P")
        first += size
    people.fill(empty, {"organisations": [people.school()], "enrollment": rolls,
                        "attendance": marks})
    return empty


def test_an_answer_outside_the_staff_gives_no_class_away(classes: Store, june: View) -> None:
    by_class = june.with_(by=("class",))
    inside = answer(classes, "attendance_rate", by_class)
    assert [r.people for r in inside.rows] == [12, 4, 15, 20] and not any(
        r.hidden for r in inside.rows), "exact inside the staff"
    outside = answer(classes, "attendance_rate", by_class.with_(scope=OUTSIDE))
    assert [r.people for r in outside.rows] == [None, None, 15, 20]
    words = {r.hidden for r in outside.rows[:2]}
    assert words == {"Hidden to protect students: fewer than 10 in this group, or the next one up."}
