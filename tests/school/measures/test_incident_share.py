"""Behaviour: a suspension, or three incidents; where nothing is recorded nobody is counted."""

import people

from school.measures import answer
from school.store import Store
from school.view import View


def test_a_suspension_or_three_incidents_count(store: Store, june: View) -> None:
    day = june.start
    people.fill(store, {"incidents": [
        {"student": people.ASHA, "org_id": "hill", "date": day, "kind": "suspension", "times": 1},
        {"student": people.BILAL, "org_id": "hill", "date": day, "kind": "late", "times": 3},
        {"student": people.CHITRA, "org_id": "hill", "date": day, "kind": "late", "times": 2}]})
    found = answer(store, "incident_share", june).rows[0]
    heads = answer(store, "headcount", june).rows[0]
    assert (found.numerator, found.denominator) == (2, heads.value)


def test_a_list_that_is_not_kept_says_nothing(store: Store, june: View) -> None:
    found = answer(store, "incident_share", june)
    assert not found.rows
    assert found.card.left_out[0][0] == "no incidents are recorded"
