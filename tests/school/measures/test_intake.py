"""Intake: came after the start, of all who were there at any time."""

import people

from school.measures import answer
from school.store import Store
from school.view import View
from tests.rolls import SPELLS, YEAR


def test_came_of_all_who_were_ever_there(empty: Store) -> None:
    people.fill(empty, SPELLS)
    found = answer(empty, "intake", View(*YEAR, YEAR[1])).rows[0]
    assert (found.numerator, found.denominator) == (1, 7)
