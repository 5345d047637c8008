"""Lateness: marks that say it, and minutes; where a register has neither, nothing is said."""

from typing import Any

import people

from school.config import ENGLAND, INDIA
from school.measures import answer
from school.store import Store
from school.view import View

TEN = people.days(people.JUNE, 10)


def coded(student: int, codes: str, **minutes: int) -> list[dict[str, Any]]:
    """England's codes: / present, L late, U late after the register closed."""
    rows = people.marks(student, TEN[:len(codes)], "".join("A" if c == "U" else "P" for c in codes))
    for n, (row, code) in enumerate(zip(rows, codes, strict=True)):
        row |= {"code": code, "minutes_late": minutes.get(f"day{n}")}
    return rows


def test_late_before_and_after_the_register_closed(empty: Store, june: View) -> None:
    people.fill(empty, {"organisations": [people.school()], "attendance": [
        *coded(people.ASHA, "LU////////"), *coded(people.BILAL, "//////////")]})
    row = answer(empty, "lateness", june, preset=ENGLAND).rows[0]
    assert (row.numerator, row.denominator, row.people) == (2, 20, 2)


def test_minutes_late_count_whatever_the_mark(empty: Store, june: View) -> None:
    people.fill(empty, {"organisations": [people.school()], "attendance": [
        *coded(people.ASHA, "PP", day0=12, day1=0), *coded(people.BILAL, "PP")]})
    row = answer(empty, "lateness", june, preset=INDIA).rows[0]
    assert (row.numerator, row.denominator) == (1, 4)


def test_a_register_that_cannot_say_it_is_left_out(empty: Store, june: View) -> None:
    """In India L is leave."""
    people.fill(empty, {"organisations": [people.school()],
                        "attendance": coded(people.ASHA, "LLPPPPPPPP")})
    found = answer(empty, "lateness", june, preset=INDIA)
    assert found.rows == ()
    assert found.card.left_out == (("the register does not say who came late", 1),)
