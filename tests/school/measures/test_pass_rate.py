"""Pass rate: of those who sat, at the test's pass mark, else the preset's percent."""

import people

from school.config import ENGLAND, INDIA
from school.measures import answer, students
from school.store import Store
from school.view import View

ROW = {"attempt": 1, "org_id": "hill", "date": people.JUNE, "status": "scored"}


def test_the_mark_itself_is_a_pass_on_whole_numbers(empty: Store, june: View) -> None:
    people.fill(empty, {
        "assessments": [{"assessment_id": 1, "name": "T", "academic_year": "2025-26",
                         "scale": "points", "max_score": 100.0}],
        "results": [{**ROW, "student": people.ASHA, "assessment_id": 1, "score": 33.0},
                    {**ROW, "student": people.BILAL, "assessment_id": 1, "score": 32.9},
                    {**ROW, "student": people.CHITRA, "assessment_id": 1, "score": 40.0}]})
    india = answer(empty, "pass_rate", june, preset=INDIA).rows[0]
    england = answer(empty, "pass_rate", june, preset=ENGLAND).rows[0]
    assert (india.numerator, england.numerator, india.denominator) == (2, 1, 3)


def test_the_tests_own_mark_comes_first(empty: Store, june: View) -> None:
    people.fill(empty, {
        "assessments": [{"assessment_id": 1, "name": "T", "academic_year": "2025-26",
                         "scale": "scale_score", "pass_score": 100.0},
                        {"assessment_id": 2, "name": "U", "academic_year": "2025-26",
                         "scale": "scale_score"}],
        "results": [{**ROW, "student": people.ASHA, "assessment_id": 1, "score": 100.0},
                    {**ROW, "student": people.BILAL, "assessment_id": 1, "score": 99.0},
                    {**ROW, "student": people.DEV, "assessment_id": 2, "score": 99.0}]})
    found = answer(empty, "pass_rate", june)
    assert (found.rows[0].numerator, found.rows[0].denominator) == (1, 2)
    assert found.card.left_out == (("no pass mark is known", 1),)


def test_absent_students_are_not_failed(store: Store, june: View) -> None:
    found = answer(store, "pass_rate", june)
    assert (found.rows[0].numerator, found.rows[0].denominator) == (3, 4)
    assert found.card.left_out == (("no score: absent", 1),)
    assert found.rows[0].low is not None and round(found.rows[0].low, 4) == 0.3006


def test_students_below_pass_come_first(store: Store, june: View) -> None:
    listed = students(store, "pass_rate", june)
    assert [s.name for s in listed] == ["Bilal", "Asha", "Chitra", "Esha", "Dev"]
    assert listed[-1].left_out == "no score: absent"
