"""Learning outcomes observed: blanks and stated 'not observed' against what has a level."""

from datetime import date

import people

from school.measures import answer
from school.store import Store
from school.view import View


def test_blank_and_stated_not_observed_are_both_not_observed(empty: Store, june: View) -> None:
    cell = {"objective_id": "Adds", "date": date(2025, 6, 2), "org_id": "hill"}
    people.fill(empty, {
        "organisations": [people.school()],
        "objectives": [{"objective_id": "Adds", "name": "Adds", "kind": "outcome"}],
        "observations": [
            {**cell, "student": people.ASHA, "level": "Reached", "status": "observed"},
            {**cell, "student": people.BILAL},
            {**cell, "student": people.CHITRA, "status": "not observed"},
            {**cell, "student": people.DEV, "correct": 1, "items": 1, "status": "observed"}]})
    row = answer(empty, "outcomes_observed", june).rows[0]
    assert (row.numerator, row.denominator, row.people) == (2, 4, 4)
