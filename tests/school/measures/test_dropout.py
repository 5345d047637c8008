"""Dropout by student: a transfer is none, an unknown place is not counted as one."""

import people

from school.measures import answer
from school.store import Store
from school.view import View
from tests.rolls import SPELLS, YEAR


def test_a_transfer_is_no_dropout_and_an_unknown_place_is_not_counted(empty: Store) -> None:
    people.fill(empty, SPELLS)
    found = answer(empty, "dropout", View(*YEAR, YEAR[1])).rows[0]
    assert (found.numerator, found.denominator) == (1, 5)
