"""Long runs: students with a run of at least the preset's alert days."""

from datetime import date

import people

from school.config import ENGLAND, INDIA
from school.measures import answer, students
from school.store import Store
from school.view import View

TWELVE = people.days(date(2025, 9, 1), 12)
SEPTEMBER = View(date(2025, 9, 1), date(2025, 9, 30), date(2025, 9, 30))


def test_three_days_in_india_and_ten_in_england(empty: Store) -> None:
    people.fill(empty, {"organisations": [people.school()], "attendance": [
        *people.marks(people.ASHA, TWELVE, "A" * 10 + "PP"),
        *people.marks(people.BILAL, TWELVE, "A" * 9 + "PPP"),
        *people.marks(people.CHITRA, TWELVE, "AAAPAAPPPPPP"),
        *people.marks(people.DEV, TWELVE, "AAPAAPPPPPPP")]})
    india, england = (answer(empty, "long_run", SEPTEMBER, preset=p).rows[0]
                      for p in (INDIA, ENGLAND))
    assert (india.numerator, india.denominator, england.numerator) == (3, 4, 1)
    listed = students(empty, "long_run", SEPTEMBER, preset=INDIA)
    assert [(s.student, s.amount, s.base, s.value) for s in listed] == [
        (people.ASHA, 10, 12, 1.0), (people.BILAL, 9, 12, 1.0), (people.CHITRA, 3, 12, 1.0),
        (people.DEV, 2, 12, 0.0)]
