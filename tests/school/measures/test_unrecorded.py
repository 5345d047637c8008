"""Not marked: half days due without a mark; neither present nor absent."""

from datetime import date

import people

from school.measures import answer, students
from school.store import Store
from school.view import View

TEN = people.days(people.JUNE, 10)


def test_days_without_a_mark_and_days_marked_as_open_are_the_same(
    empty: Store, june: View
) -> None:
    people.fill(empty, {
        "organisations": [people.school()],
        "calendar": [{"org_id": "hill", "date": d, "day_type": "school"} for d in TEN],
        "enrollment": [{"student": s, "org_id": "hill", "begin_date": begin, "grade": "6"}
                       for s, begin in ((people.ASHA, TEN[0]), (people.BILAL, TEN[5]))],
        "attendance": [*people.marks(people.ASHA, TEN[:8], "PPPPPPA."),
                       *people.marks(people.BILAL, TEN[5:], "PPXPP")]})
    row = answer(empty, "unrecorded", june).rows[0]
    assert (row.numerator, row.denominator, row.people) == (6, 30, 2)
    listed = students(empty, "unrecorded", june)
    assert [(s.student, s.numerator, s.denominator) for s in listed] == [
        (people.ASHA, 6, 20), (people.BILAL, 0, 10)]


def test_where_nobody_is_enrolled_nothing_is_due(empty: Store) -> None:
    people.fill(empty, {"organisations": [people.school()]})
    june = View(TEN[0], date(2025, 6, 30), date(2025, 6, 30))
    assert answer(empty, "unrecorded", june).rows == ()
