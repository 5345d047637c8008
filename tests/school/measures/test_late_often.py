"""Often late: one session in ten or more, on whole numbers, of enough possible days."""

from datetime import date

import people

from school.config import ENGLAND
from school.measures import answer, students
from school.store import Store
from school.view import View

TWENTY = people.days(date(2025, 9, 1), 20)
AUTUMN = View(date(2025, 9, 1), date(2025, 12, 31), date(2025, 12, 31))


def late(store: Store, **codes: str) -> Store:
    rows = []
    for name, text in codes.items():
        marks = people.marks(people.key(name), TWENTY[:len(text)], "P" * len(text))
        rows += [{**m, "code": c} for m, c in zip(marks, text, strict=True)]
    return people.fill(store, {"organisations": [people.school()], "attendance": rows})


def test_one_in_ten_is_often(empty: Store) -> None:
    late(empty, Asha="LL" + "/" * 18, Bilal="L" + "/" * 19, Chitra="L" * 10)
    found = answer(empty, "late_often", AUTUMN, preset=ENGLAND)
    assert (found.rows[0].numerator, found.rows[0].denominator) == (1, 2)
    assert found.card.left_out == (("fewer than 20 possible days", 1),)
    listed = students(empty, "late_often", AUTUMN, preset=ENGLAND)
    assert [(s.student, s.amount, s.base) for s in listed][:2] == [
        (people.ASHA, 2, 20), (people.BILAL, 1, 20)]
