"""Students on census day: whatever the dates of the view, on the day that the country counts."""

from datetime import date

import people
import pytest

from school.census import census_day
from school.config import ENGLAND, INDIA, US, Preset
from school.measures import answer
from school.store import Store
from school.view import View


@pytest.mark.parametrize(("preset", "until", "day"), [
    (INDIA, date(2025, 9, 30), date(2025, 9, 30)), (INDIA, date(2025, 9, 29), date(2024, 9, 30)),
    (US, date(2026, 3, 1), date(2025, 10, 1)), (ENGLAND, date(2026, 3, 1), date(2026, 1, 15)),
    (ENGLAND, date(2026, 1, 14), date(2025, 1, 16)), (None, date(2026, 1, 1), date(2025, 9, 30))])
def test_the_last_census_day_that_is_over(preset: Preset | None, until: date, day: date) -> None:
    assert census_day(until, preset) == day


def test_who_left_before_and_who_came_after_are_not_counted(empty: Store) -> None:
    spell = {"org_id": "hill", "grade": "6"}
    people.fill(empty, {"organisations": [people.school()], "enrollment": [
        {**spell, "student": people.ASHA, "begin_date": date(2025, 4, 1)},
        {**spell, "student": people.BILAL, "begin_date": date(2025, 4, 1),
         "end_date": date(2025, 9, 30)},  # the first day that he is gone
        {**spell, "student": people.CHITRA, "begin_date": date(2025, 9, 30),
         "end_date": date(2025, 11, 1)},
        {**spell, "student": people.DEV, "begin_date": date(2025, 10, 1)}]})
    view = View(date(2025, 10, 1), date(2025, 12, 31), date(2025, 12, 31))
    found = answer(empty, "census_headcount", view, preset=INDIA)
    assert found.rows[0].value == 2
    assert found.card.notes == ("Counted on 30 Sep 2025, the census day.",)
    assert answer(empty, "headcount", view, preset=INDIA).rows[0].value == 2
    assert found.view == view
