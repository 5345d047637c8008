"""One student: her own days, results against her own start, and nobody without a right to them."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest

from school.access import Scope
from school.config import INDIA
from school.fold import set_meta
from school.store import Store
from school.student import Profile, profile
from school.student.values import Result
from school.terms.student import course_sentence, student_lead
from school.view import View
from tests.children import FIRST, LAST, SCHOOL_DAYS, filled, some_children

VIEW = View(FIRST, LAST, LAST)


@pytest.fixture
def store() -> Store:
    children = some_children(30)
    children[0].absent = frozenset(SCHOOL_DAYS[:7])
    store = filled(children)
    with store.writing() as tx:
        tx.execute("update mart.students set name = 'Asha Invented' where student = 1")
        tx.insert("mart.support", pa.table({
            "student": [1, 2], "org_id": ["hill"] * 2, "need": ["Attendance", "Reading"],
            "plan": ["Walking group", "Club"], "begin_date": [date(2025, 7, 1)] * 2}))
        set_meta(tx, "data_version", "2")
    return store


def _of(store: Store, student: int = 1, view: View = VIEW) -> Profile | None:
    return profile(store, student, view, INDIA)


def test_days_results_and_plans_are_those_of_the_student_alone(store: Store) -> None:
    found = _of(store)
    assert found is not None
    assert (found.name, found.school, found.grade) == ("Asha Invented", "Hillside", "5")
    assert (found.attended, found.possible) == (len(SCHOOL_DAYS) - 7, len(SCHOOL_DAYS))
    assert [d.state for d in found.days[:8]] == ["absent"] * 7 + ["present"]
    assert [(r.subject, r.score, r.percent) for r in found.results] == [("Mathematics", 30.0, 60.0)]
    assert [(p.need, p.until) for p in found.plans] == [("Attendance", None)]
    assert found.lead.bold == f"Asha attended {len(SCHOOL_DAYS) - 7} of {len(SCHOOL_DAYS)} days."


def test_a_day_nobody_marked_is_not_an_absence(store: Store) -> None:
    with store.writing() as tx:
        tx.execute("delete from mart.attendance where student = 1 and date = ?", [SCHOOL_DAYS[20]])
        set_meta(tx, "data_version", "3")
    found = _of(store)
    assert found is not None
    assert {d.state for d in found.days if d.day == SCHOOL_DAYS[20]} == {"unmarked"}
    assert found.possible == len(SCHOOL_DAYS) - 1


def test_only_staff_with_a_right_to_the_school_and_grade_may_open(store: Store) -> None:
    def seen(scope: Scope) -> Profile | None:
        return _of(store, view=VIEW.with_(scope=scope))

    head = seen(Scope("head", (("org_id", ("hill",)),)))
    assert head is not None and head.reason == "You are the head of this school"
    assert seen(Scope("head", (("org_id", ("dale",)),))) is None
    assert seen(Scope("grade_lead", (("org_id", ("hill",)), ("grade", ("6",))))) is None
    assert seen(Scope("grade_lead", (("org_id", ("hill",)), ("grade", ("5",))))) is not None
    assert seen(Scope(staff=False)) is None


def test_nobody_of_that_key_is_no_page(store: Store) -> None:
    assert _of(store, 999) is None


def _result(day: date, place: int | None = None, percent: float | None = None,
            subject: str = "Reading") -> Result:
    level = ("Beginner", "Letter", "Word", "Paragraph", "Story")[place - 1] if place else None
    return Result(day, subject, "Check", percent, percent, level, place, "scored")


@pytest.mark.parametrize(("results", "said"), [
    ([], ""),
    ([_result(date(2025, 7, 4), 3)], ""),
    ([_result(date(2025, 7, 4), 3), _result(date(2025, 11, 7), 4)],
     "Reading rose from word to paragraph since 4 Jul 2025."),
    ([_result(date(2025, 7, 4), 3), _result(date(2025, 11, 7), 3)],
     "Reading is at word, as since 4 Jul 2025."),
    ([_result(date(2025, 7, 4), None, 40.0), _result(date(2025, 11, 7), None, 22.5)],
     "Reading fell from 40% to 23% since 4 Jul 2025."),
])
def test_a_course_is_told_from_its_own_start(results: list[Result], said: str) -> None:
    assert course_sentence(results, INDIA) == said


def test_too_few_days_are_told_as_days_and_nothing_as_nothing() -> None:
    few = student_lead("Ravi Invented", 9, 9, [], date(2025, 11, 3), INDIA)
    assert few.bold == "Ravi attended 9 of 9 days since 3 Nov 2025, too few for a rate."
    assert student_lead("Ravi", 0, 0, [], None).bold == "No marks yet for this student."
