"""Chronic absence: thresholds on whole numbers, own days only, tiers as a breakdown."""

from datetime import date

import people
import pytest

from school.config import ENGLAND, INDIA
from school.errors import WrongUse
from school.measures import answer, students
from school.store import Store
from school.view import View

THIRTY = people.days(date(2025, 9, 1), 30)
AUTUMN = View(date(2025, 9, 1), date(2025, 12, 31), date(2025, 12, 31))


def school_of(store: Store, **codes: str) -> Store:
    facts = [m for name, marks in codes.items()
             for m in people.marks(people.key(name), THIRTY[:len(marks)], marks)]
    return people.fill(store, {"organisations": [people.school()], "attendance": facts})


def test_three_of_thirty_is_chronic(empty: Store) -> None:
    """KAT-1: in floats 1 - 27/30 is below 0.1, and the child would be lost."""
    school_of(empty, Asha="AAA" + "P" * 27, Bilal="AA" + "P" * 28)
    row = answer(empty, "chronic_absence", AUTUMN, preset=INDIA).rows[0]
    assert (row.numerator, row.denominator, row.people, row.value) == (1, 2, 2, 0.5)


def test_eighteen_of_180_is_chronic_and_seventeen_is_not(empty: Store) -> None:
    year = people.days(date(2025, 4, 1), 180)
    people.fill(empty, {"organisations": [people.school()], "attendance": [
        *people.marks(people.ASHA, year, "A" * 18 + "P" * 162),
        *people.marks(people.BILAL, year, "A" * 17 + "P" * 163)]})
    view = View(year[0], year[-1], year[-1])
    flagged = [s.name or s.student for s in students(empty, "chronic_absence", view) if s.value]
    assert flagged == [people.ASHA]


def test_half_days_decide_at_the_threshold(empty: Store) -> None:
    school_of(empty, Asha="AAH" + "P" * 22, Bilal="AA" + "P" * 23)  # 5 and 4 of 50 half days
    row = answer(empty, "chronic_absence", AUTUMN).rows[0]
    assert (row.numerator, row.denominator) == (1, 2)


def test_late_joiner_and_leaver_are_judged_by_their_own_days(empty: Store) -> None:
    """KAT-4: September 2025 without the 15th, A enrolled from the 8th to the 26th."""
    september = [d for d in people.days(date(2025, 9, 1), 22) if d.day != 15]
    assert len(september) == 21
    own = [d for d in september if date(2025, 9, 8) <= d < date(2025, 9, 27)]
    absences = {date(2025, 9, 10), date(2025, 9, 24)}
    people.fill(empty, {
        "organisations": [people.school()],
        "enrollment": [
            {"student": people.ASHA, "org_id": "hill", "begin_date": date(2025, 9, 8),
             "end_date": date(2025, 9, 27), "grade": "6", "academic_year": "2025-26"},
            {"student": people.BILAL, "org_id": "hill", "begin_date": date(2025, 9, 1),
             "grade": "6", "academic_year": "2025-26"}],
        "attendance": [
            *people.marks(people.ASHA, own, "".join("A" if d in absences else "P" for d in own)),
            *people.marks(people.BILAL, september, "".join(
                "A" if d == date(2025, 9, 3) else "P" for d in september))]})
    month = View(date(2025, 9, 1), date(2025, 9, 30), date(2025, 9, 30))
    listed = students(empty, "chronic_absence", month, params={"minimum_days": 1})
    assert [(s.student, s.amount, s.base, s.value) for s in listed] == [
        (people.ASHA, 4, 28, 1.0), (people.BILAL, 2, 42, 0.0)]
    card = answer(empty, "chronic_absence", month, params={"minimum_days": 1}).card
    assert (card.days, card.completeness) == (21, 1.0)
    left_out = answer(empty, "chronic_absence", month).card.left_out
    assert left_out == (("fewer than 20 possible days", 1),)


def test_tiers_are_shares_of_everybody(empty: Store) -> None:
    school_of(empty, Asha="P" * 30, Bilal="AA" + "P" * 28, Chitra="AAA" + "P" * 27,
              Dev="A" * 6 + "P" * 24)
    rows = answer(empty, "chronic_absence", AUTUMN.with_(by=("tier",))).rows
    assert [(r.segments["tier"], r.numerator, r.denominator) for r in rows] == [
        ("satisfactory", 1, 4), ("at risk", 1, 4), ("moderate", 1, 4), ("severe", 1, 4)]
    severe = answer(empty, "chronic_absence", AUTUMN.choose("tier", ["severe"]))
    assert (severe.rows[0].numerator, severe.rows[0].denominator) == (1, 4)
    listed = students(empty, "chronic_absence", AUTUMN.choose("tier", ["severe"]))
    assert [s.student for s in listed] == [people.DEV]


def test_tiers_follow_the_preset(empty: Store) -> None:
    school_of(empty, Asha="A" * 14 + "P" * 16, Bilal="A" * 15 + "P" * 15)
    rows = answer(empty, "chronic_absence", AUTUMN.with_(by=("tier",)), preset=ENGLAND).rows
    assert [(r.segments["tier"], r.numerator) for r in rows] == [("persistent", 1), ("severe", 1)]


def test_weekdays_say_nothing_of_a_student(empty: Store) -> None:
    with pytest.raises(WrongUse, match="cannot be split by weekday"):
        answer(empty, "chronic_absence", AUTUMN.with_(by=("weekday",)))
