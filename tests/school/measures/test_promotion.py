"""Promotion by student: transfers are left out, the same school year says nothing."""

import people

from school.measures import answer
from school.store import Store
from school.view import View
from tests.rolls import SPELLS, YEAR


def test_who_moved_school_is_left_out(empty: Store) -> None:
    people.fill(empty, SPELLS)
    found = answer(empty, "promotion", View(*YEAR, YEAR[1]))
    assert (found.rows[0].numerator, found.rows[0].denominator) == (2, 5)
    assert found.card.left_out == (("moved school or died", 1),)
