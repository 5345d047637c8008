"""Sat the test: scores out of all tests due; exempt is left out, absent is not."""

import people
from exams import given, score

from school.measures import answer
from school.store import Store
from school.view import View


def test_absent_and_without_a_result_are_due(empty: Store, june: View) -> None:
    given(empty, [score(people.ASHA, 80), score(people.BILAL, 30),
                  score(people.CHITRA, None, "absent"), score(people.DEV, None, "exempt")])
    found = answer(empty, "assessed", june)
    assert (found.rows[0].numerator, found.rows[0].denominator) == (2, 4)
    assert found.card.left_out == (("exempt", 1),)
