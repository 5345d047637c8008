"""Standard score: 50 is the mean of all who took the same test in the same grade."""

import pytest
from exams import taken

from school.access import Scope
from school.measures import answer
from school.store import Store
from school.view import View


def test_a_school_is_set_beside_all_who_took_the_test(empty: Store, june: View) -> None:
    """Ten scores of 40 and ten of 60: mean 50, deviation 10.26, so T is 40.25 and 59.75."""
    taken(empty, {"hill": [60.0] * 10, "river": [40.0] * 10})
    hill = answer(empty, "standard_score", june.choose("school", ["hill"])).rows[0]
    river = answer(empty, "standard_score", june.choose("school", ["river"])).rows[0]
    assert hill.value == pytest.approx(59.75, abs=0.005)
    assert river.value == pytest.approx(40.25, abs=0.005)
    assert answer(empty, "standard_score", june).rows[0].value == pytest.approx(50)
    assert answer(empty, "standard_score", june).unit == "T score"


def test_others_whom_a_person_may_not_see_are_no_reference(empty: Store, june: View) -> None:
    taken(empty, {"hill": [60.0] * 9 + [50.0], "river": [40.0] * 10})
    hers = june.with_(scope=Scope("head", (("org_id", ("hill",)),)))
    assert answer(empty, "standard_score", hers).rows[0].value == pytest.approx(50)


def test_fewer_than_ten_scores_and_equal_scores_say_nothing(empty: Store, june: View) -> None:
    taken(empty, {"hill": [60.0, 40.0] * 4})
    found = answer(empty, "standard_score", june)
    assert found.card.left_out == (("fewer than 10 took the same test", 8),)
