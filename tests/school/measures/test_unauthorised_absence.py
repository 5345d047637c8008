"""Absence without leave: half a day missed by a student marked present is without leave."""

import people

from school.measures import answer
from school.store import Store
from school.view import View

TEN = people.days(people.JUNE, 10)


def test_half_a_day_without_leave_counts_half(empty: Store, june: View) -> None:
    people.fill(empty, {"organisations": [people.school()], "attendance": [
        *people.marks(people.ASHA, TEN, "AHPPPPPPPP"),
        *people.marks(people.BILAL, TEN, "XX..PPPPPP")]})
    found = answer(empty, "unauthorised_absence", june.with_(by=("weekday",)))
    assert [(r.segments["weekday"], r.numerator, r.denominator, r.n) for r in found.rows] == [
        ("Monday", 2, 6, 3), ("Tuesday", 1, 6, 3), ("Wednesday", 0, 6, 3), ("Thursday", 0, 6, 3),
        ("Friday", 0, 8, 4)]
