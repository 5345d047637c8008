"""Severe absence: the preset's share on whole numbers, and always inside chronic absence."""

from datetime import date

import people

from school.config import ENGLAND, INDIA
from school.measures import answer, students
from school.store import Store
from school.view import View

THIRTY = people.days(date(2025, 9, 1), 30)
AUTUMN = View(date(2025, 9, 1), date(2025, 12, 31), date(2025, 12, 31))


def school_of(store: Store, **codes: str) -> Store:
    return people.fill(store, {"organisations": [people.school()], "attendance": [
        m for name, marks in codes.items()
        for m in people.marks(people.key(name), THIRTY[:len(marks)], marks)]})


def test_half_of_own_days_is_severe_in_england_and_one_in_five_elsewhere(empty: Store) -> None:
    school_of(empty, Asha="A" * 15 + "P" * 15, Bilal="A" * 14 + "H" + "P" * 15,
              Chitra="A" * 6 + "P" * 24, Dev="A" * 5 + "P" * 25)
    england, india = (answer(empty, "severe_absence", AUTUMN, preset=p).rows[0]
                      for p in (ENGLAND, INDIA))
    assert (england.numerator, england.denominator) == (1, 4)
    assert (india.numerator, india.denominator) == (3, 4)


def test_who_has_too_few_days_is_left_out(empty: Store) -> None:
    school_of(empty, Asha="A" * 19, Bilal="P" * 30)
    found = answer(empty, "severe_absence", AUTUMN)
    assert (found.rows[0].numerator, found.rows[0].denominator) == (0, 1)
    assert found.card.left_out == (("fewer than 20 possible days", 1),)


def test_severe_is_a_part_of_chronic_and_persistent_is_englands_word(empty: Store) -> None:
    school_of(empty, Asha="A" * 20 + "P" * 10, Bilal="AAA" + "P" * 27, Chitra="P" * 30)
    chronic = {s.student for s in students(empty, "chronic_absence", AUTUMN) if s.value}
    severe = {s.student for s in students(empty, "severe_absence", AUTUMN) if s.value}
    assert severe < chronic == {people.ASHA, people.BILAL}
    named = answer(empty, "chronic_absence", AUTUMN, preset=ENGLAND)
    assert (named.title, named.rows[0].numerator) == ("Persistent absence", 2)
    assert answer(empty, "chronic_absence", AUTUMN, preset=INDIA).title == "Chronic absence"
