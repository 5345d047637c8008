"""Ten sessions without leave in ten school weeks: weeks without school do not count."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import people

from school.config import ENGLAND, INDIA
from school.measures import answer, students
from school.store import Store
from school.view import View

YEAR = View(date(2025, 9, 1), date(2026, 7, 31), date(2026, 7, 31))
MONDAYS = [date(2025, 9, 1) + timedelta(weeks=n) for n in range(14)]


def missed(student: int, codes: Sequence[tuple[date, str]]) -> list[dict[str, Any]]:
    """Morning sessions with an England code each."""
    rows = people.marks(student, [d for d, _ in codes], "A" * len(codes), session="AM")
    for row, (_, code) in zip(rows, codes, strict=True):
        row["code"] = code
    return rows


def term(store: Store, marks: list[dict[str, Any]], weeks: Sequence[date]) -> Store:
    """A calendar with school on every Monday of `weeks`."""
    return people.fill(store, {
        "organisations": [people.school()], "attendance": marks,
        "calendar": [{"org_id": "hill", "date": d, "day_type": "school"} for d in weeks]})


def test_ten_in_ten_school_weeks_is_at_the_threshold_and_nine_is_not(empty: Store) -> None:
    term(empty, [*missed(people.ASHA, [(d, "O") for d in MONDAYS[:10]]),
                 *missed(people.BILAL, [(d, "u") for d in MONDAYS[:9]])], MONDAYS)
    listed = students(empty, "unauthorised_sessions", YEAR, preset=ENGLAND)
    assert [(s.student, s.amount, s.base, s.value) for s in listed] == [
        (people.ASHA, 10, 10, 1.0), (people.BILAL, 9, 10, 0.0)]


def test_sessions_eleven_school_weeks_apart_are_not_added_up(empty: Store) -> None:
    first, last = MONDAYS[:5], MONDAYS[6:11]
    term(empty, missed(people.ASHA, [(d, "G") for d in (*first, *last)]), MONDAYS)
    assert [s.amount for s in students(empty, "unauthorised_sessions", YEAR, preset=ENGLAND)] == [9]


def test_weeks_of_holiday_do_not_count(empty: Store) -> None:
    open_weeks = [*MONDAYS[:5], *MONDAYS[9:]]  # four weeks closed
    term(empty, missed(people.ASHA, [(d, "G") for d in open_weeks]), open_weeks)
    listed = students(empty, "unauthorised_sessions", YEAR, preset=ENGLAND)
    assert [s.amount for s in listed] == [10]


def test_other_codes_do_not_count_and_elsewhere_there_is_no_such_rule(empty: Store) -> None:
    term(empty, missed(people.ASHA, [(d, c) for d, c in zip(MONDAYS, "NIGNIGNIGN", strict=False)]),
         MONDAYS)
    assert [s.amount for s in students(empty, "unauthorised_sessions", YEAR, preset=ENGLAND)] == [3]
    found = answer(empty, "unauthorised_sessions", YEAR, preset=INDIA)
    assert (found.rows, found.card.left_out) == ((), (("no such rule in this country", 1),))
