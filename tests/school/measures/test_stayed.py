"""What became of those who were here: by student, never from totals."""

import people

from school.measures import answer
from school.store import Store
from school.view import View
from tests.rolls import SPELLS, YEAR


def test_each_student_of_the_first_day_has_one_outcome(empty: Store) -> None:
    people.fill(empty, SPELLS)
    view = View(*YEAR, YEAR[1])
    found = answer(empty, "stayed", view.with_(by=("level",)))
    assert {r.segments["level"]: r.numerator for r in found.rows} == {
        "promoted": 2, "repeated": 1, "transfer": 1, "dropped_out": 1, "unknown": 1}
    whole = answer(empty, "stayed", view).rows[0]
    assert (whole.numerator, whole.denominator) == (3, 6)


def test_inside_one_school_year_nobody_is_promoted(empty: Store) -> None:
    people.fill(empty, SPELLS)
    view = View(YEAR[0].replace(month=7), YEAR[0].replace(month=9), YEAR[1])
    found = answer(empty, "stayed", view.with_(by=("level",)))
    assert {r.segments["level"]: r.numerator for r in found.rows} == {"stayed": 6}


def test_a_grade_is_asked_for_those_who_were_in_it_on_the_first_day(empty: Store) -> None:
    people.fill(empty, SPELLS)
    found = answer(empty, "stayed", View(*YEAR, YEAR[1], by=("grade",)))
    assert {r.segments["grade"]: (r.numerator, r.denominator) for r in found.rows} == {"5": (3, 6)}
