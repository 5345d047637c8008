"""Passed of all enrolled beside passed of those who sat the test; exempt is out of both."""

import people
from exams import given, score

from school.measures import answer, students
from school.store import Store
from school.view import View


def test_who_has_no_result_has_not_passed(empty: Store, june: View) -> None:
    given(empty, [score(people.ASHA, 80), score(people.BILAL, 30),
                  score(people.CHITRA, None, "absent"), score(people.DEV, None, "exempt")])
    sat, enrolled = (answer(empty, m, june).rows[0] for m in ("pass_rate", "pass_rate_enrolled"))
    assert (sat.numerator, sat.denominator) == (1, 2)
    assert (enrolled.numerator, enrolled.denominator) == (1, 4)
    assert answer(empty, "pass_rate_enrolled", june).card.left_out == (("exempt", 1),)
    assert {s.student for s in students(empty, "pass_rate_enrolled", june) if s.value == 0} == {
        people.BILAL, people.CHITRA, people.ESHA}


def test_a_class_that_did_not_sit_the_test_is_not_due(empty: Store, june: View) -> None:
    given(empty, [score(s, 80) for s in (people.ASHA, people.BILAL)], also="6 B")
    row = answer(empty, "pass_rate_enrolled", june).rows[0]
    assert (row.numerator, row.denominator) == (2, 4)


def test_an_optional_subject_is_due_only_for_those_who_took_it(empty: Store, june: View) -> None:
    given(empty, [score(people.ASHA, 80)])  # one of five
    row = answer(empty, "pass_rate_enrolled", june).rows[0]
    assert (row.numerator, row.denominator) == (1, 1)
