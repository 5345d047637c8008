"""Days left: the line of the whole year less what was missed, on half days as whole numbers."""

from datetime import date
from typing import Any

import people

from school.config import INDIA
from school.measures import answer, students
from school.store import Store
from school.view import View

YEAR = people.days(date(2025, 4, 1), 180)
MAY = View(date(2025, 5, 1), YEAR[29], YEAR[29])  # thirty school days of the year are over


def school_of(store: Store, codes: dict[int, str], *, named: int = 180, **begin: date) -> Store:
    """A calendar of the year, and marks of its first days; `begin` of Bilal's spell."""
    spells: list[dict[str, Any]] = [
        {"student": s, "org_id": "hill", "grade": "6", "academic_year": "2025-26",
         "begin_date": begin.get("bilal", YEAR[0]) if s == people.BILAL else YEAR[0]}
        for s in codes]
    return people.fill(store, {
        "organisations": [people.school()], "enrollment": spells,
        "calendar": [{"org_id": "*", "date": d, "day_type": "school"} for d in YEAR[:named]],
        "attendance": [m for s, marks in codes.items()
                       for m in people.marks(s, YEAR[:len(marks)], marks)]})


def test_twelve_of_180_missed_leaves_five(empty: Store) -> None:
    """ceil(0.10 * 180) - 1 - 12 = 5: with 17 days she is at 9.44%, with 18 at 10%."""
    school_of(empty, {people.ASHA: "A" * 12 + "P" * 18, people.BILAL: "A" * 17 + "P" * 13,
                      people.CHITRA: "A" * 18 + "P" * 12, people.DEV: "H" * 25 + "P" * 5})
    listed = {s.student: (s.note, s.value) for s in students(empty, "days_left", MAY, preset=INDIA)}
    assert listed == {people.ASHA: ("5 more days", 1.0), people.BILAL: ("0 more days", 1.0),
                      people.CHITRA: ("over the line already", 0.0),
                      people.DEV: ("5 more days", 1.0)}
    row = answer(empty, "days_left", MAY, preset=INDIA).rows[0]
    assert (row.numerator, row.denominator) == (3, 4)


def test_a_late_joiner_has_the_days_since_joining(empty: Store) -> None:
    school_of(empty, {people.BILAL: ""}, bilal=YEAR[80])  # 100 days are left: 9 may be missed
    autumn = MAY.with_(end=YEAR[100], as_of=YEAR[100])
    assert [s.note for s in students(empty, "days_left", autumn, preset=INDIA)] == ["9 more days"]


def test_without_a_calendar_of_the_whole_year_nothing_is_said(empty: Store) -> None:
    school_of(empty, {people.ASHA: "P" * 30}, named=0)
    found = answer(empty, "days_left", MAY, preset=INDIA)
    assert (found.rows, found.card.left_out) == (
        (), (("no calendar names all school days of the year", 1),))


def test_who_has_left_is_not_counted(empty: Store) -> None:
    people.fill(empty, {"enrollment": [{"student": people.ASHA, "org_id": "hill",
                                        "begin_date": YEAR[0], "end_date": YEAR[10]}],
                        "organisations": [people.school()],
                        "calendar": [{"org_id": "*", "date": d, "day_type": "school"}
                                     for d in YEAR]})
    assert answer(empty, "days_left", MAY, preset=INDIA).rows == ()
