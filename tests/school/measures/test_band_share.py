"""Bands cover everything from 0 to 100 without overlap; unsplit it is the share at 60 or more."""

import people
from exams import taken

from school.measures import answer
from school.store import Store
from school.view import View


def test_every_result_is_in_one_band_and_lower_bounds_belong_to_it(
    empty: Store, june: View
) -> None:
    taken(empty, {"hill": [0.0, 19.9, 20.0, 39.0, 40.0, 59.5, 60.0, 80.0, 100.0]})
    rows = answer(empty, "band_share", june.with_(by=("level",))).rows
    assert [(r.segments["level"], r.numerator, r.denominator) for r in rows] == [
        ("0 to 19", 2, 9), ("20 to 39", 2, 9), ("40 to 59", 2, 9), ("60 to 79", 1, 9),
        ("80 to 100", 2, 9)]
    whole = answer(empty, "band_share", june).rows[0]
    assert (whole.numerator, whole.denominator, whole.people) == (3, 9, 9)


def test_a_student_who_missed_the_test_is_in_no_band(store: Store, june: View) -> None:
    assert answer(store, "band_share", june).rows[0].people == len(
        [people.ASHA, people.BILAL, people.CHITRA, people.ESHA])
