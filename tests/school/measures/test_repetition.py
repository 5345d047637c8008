"""Repetition by student: the same grade in a later school year."""

import people

from school.measures import answer
from school.store import Store
from school.view import View
from tests.rolls import SPELLS, YEAR


def test_the_same_grade_a_year_later_is_repeating(empty: Store) -> None:
    people.fill(empty, SPELLS)
    found = answer(empty, "repetition", View(*YEAR, YEAR[1])).rows[0]
    assert (found.numerator, found.denominator) == (1, 5)


def test_within_one_school_year_nobody_is_counted(empty: Store) -> None:
    people.fill(empty, SPELLS)
    view = View(YEAR[0].replace(month=7), YEAR[0].replace(month=9), YEAR[1])
    assert answer(empty, "repetition", view).rows == ()
