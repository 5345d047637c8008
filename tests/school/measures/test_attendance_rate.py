"""Attendance: sessions attended out of all possible, and England's published year to date."""

import csv
from datetime import date
from pathlib import Path

import people
import pytest

from school.measures import answer
from school.store import Store
from school.view import View

TEN = people.days(people.JUNE, 10)


def test_half_days_count_half(empty: Store, june: View) -> None:
    people.fill(empty, {
        "organisations": [people.school()],
        "attendance": people.marks(people.ASHA, TEN[:3], "PHA")
        + people.marks(people.BILAL, TEN[:3], "PPX"),
    })
    found = answer(empty, "attendance_rate", june).rows
    assert [(r.numerator, r.denominator, r.n, r.people) for r in found] == [(7, 10, 5, 2)]
    assert found[0].value == 0.7


def test_morning_and_afternoon_are_a_half_day_each(empty: Store, june: View) -> None:
    morning = people.marks(people.ASHA, TEN[:2], "PA", session="AM")
    afternoon = people.marks(people.ASHA, TEN[:2], "PP", session="PM")
    people.fill(empty, {"organisations": [people.school()], "attendance": morning + afternoon})
    row = answer(empty, "attendance_rate", june).rows[0]
    assert (row.numerator, row.denominator, row.n, row.completeness) == (3, 4, 4, 1.0)


def test_sum_of_sums_and_not_mean_of_rates(empty: Store, june: View) -> None:
    days = people.days(date(2025, 6, 2), 21)
    people.fill(empty, {"organisations": [people.school()], "attendance": [
        *people.marks(people.ASHA, days[:14], "AA" + "P" * 12),
        *people.marks(people.BILAL, days, "A" + "P" * 20)]})
    row = answer(empty, "attendance_rate", june).rows[0]
    assert row.value == pytest.approx(32 / 35)
    assert round(100 * (row.value or 0), 2) == 91.43


def test_england_year_to_date_as_published(empty: Store) -> None:
    """KAT-3: half days of England 2025/26 to date, fed as totals through the same SQL."""
    possible, unauthorised, authorised = 2445419687, 57748222, 110576083
    attended = 2245897896 + 31197486
    assert attended + unauthorised + authorised == possible
    people.country(empty, possible, unauthorised + authorised, date(2025, 9, 1))
    view = View(date(2025, 9, 1), date(2025, 9, 30), date(2025, 9, 30))
    rate = answer(empty, "attendance_rate", view).rows[0]
    assert (rate.numerator, rate.denominator) == (attended, possible)
    assert rate.value is not None and round(100 * rate.value, 4) == 93.1168
    absent = answer(empty, "absence_rate", view).rows[0]
    assert absent.value is not None and round(100 * absent.value, 4) == 6.8832


REAL = Path(__file__).parents[3].parent / "shared" / "real-data" / "attendance-daily-long"


@pytest.mark.skipif(not REAL.exists(), reason="the real attendance file is not beside the project")
def test_real_school_month_is_89_29_percent(empty: Store) -> None:
    with (REAL / "studentattendance.csv").open(encoding="utf-8-sig") as file:
        facts = [mark for row in csv.DictReader(file) for mark in people.marks(
            people.key(row["student_id"]), [date.fromisoformat(row["attendance_date"])],
            row["AttendanceCode"], org_id=row["school_id"])]
    people.fill(empty, {"attendance": facts})
    january = View(date(2022, 1, 1), date(2022, 1, 31), date(2022, 1, 31))
    row = answer(empty, "attendance_rate", january).rows[0]
    assert (row.people, row.n, row.completeness) == (600, 12_000, 1.0)
    assert row.value is not None and round(100 * row.value, 2) == 89.29
