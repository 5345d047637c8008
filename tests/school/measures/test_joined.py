"""Who is on the roll now and was not then."""

import people

from school.measures import answer
from school.store import Store
from school.view import View
from tests.rolls import SPELLS, YEAR


def test_a_student_who_came_in_between_joined(empty: Store) -> None:
    people.fill(empty, SPELLS)
    assert answer(empty, "joined", View(*YEAR, YEAR[1])).rows[0].value == 1
