"""Named stretches of time, by the school year of the country."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from pages.parts import periods
from school.config import ENGLAND, INDIA, PRESETS, US

DAY = date(2025, 11, 14)


def test_year_begins_as_the_country_says() -> None:
    assert periods.year_start(DAY, INDIA) == date(2025, 4, 1)
    assert periods.year_start(DAY, US) == date(2025, 8, 1)
    assert periods.year_start(date(2025, 8, 31), ENGLAND) == date(2024, 9, 1)
    assert periods.year_start(DAY, None) == date(2025, 1, 1)


def test_last_year_is_offered_only_where_there_are_data_of_it() -> None:
    assert list(periods.named(date(2025, 4, 1), DAY, INDIA)) == ["This term", "This year"]
    named = periods.named(date(2024, 6, 1), DAY, INDIA)
    assert named["Last year"] == (date(2024, 4, 1), date(2025, 3, 31))
    assert named["All dates"] == (date(2024, 6, 1), DAY)


def test_term_is_a_third_of_the_year_until_the_school_says_otherwise() -> None:
    assert periods.named(date(2025, 4, 1), DAY, INDIA)["This term"] == (date(2025, 8, 1), DAY)
    early = periods.named(date(2025, 4, 1), date(2025, 5, 1), INDIA)
    assert "This term" not in early


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.integers(0, 2000),
       st.sampled_from([None, *PRESETS.values()]))
def test_no_stretch_ends_after_the_last_day(last: date, days: int, preset: object) -> None:
    first = date.fromordinal(max(last.toordinal() - days, 1))
    for start, end in periods.named(first, last, preset).values():  # type: ignore[arg-type]
        assert start <= end <= last
