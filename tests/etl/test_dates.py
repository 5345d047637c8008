"""Dates are decided by the whole column, years and months by what people write."""

from datetime import date

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.checks import Cells
from etl.dates import parse_month, read_dates
from etl.schoolyears import academic_year, stated_year
from tests.grids import context, sheet


def _read(
    texts: list[str | None], preset: str | None = "india", year: str | None = None, **answers: str
):  # type: ignore[no-untyped-def]
    cells = Cells("Date", np.arange(1, len(texts) + 1))
    return read_dates(
        pa.array(texts, pa.string()), context(preset, **answers), sheet("a"), cells, year
    )


def test_one_part_over_twelve_settles_the_whole_column() -> None:
    found = _read(["01/02/2025", "26/02/2025"], "us")
    assert found.values.to_pylist() == [date(2025, 2, 1), date(2025, 2, 26)]
    assert (found.order, found.ambiguous) == ("dmy", False)
    found = _read(["01/02/2025", "02/26/2025"], "india")
    assert found.values.to_pylist() == [date(2025, 1, 2), date(2025, 2, 26)]


@pytest.mark.parametrize(
    ("preset", "first"),
    [("us", date(2025, 1, 2)), ("india", date(2025, 2, 1)), (None, date(2025, 2, 1))],
)
def test_an_ambiguous_column_follows_the_preset_and_says_so(
    preset: str | None, first: date
) -> None:
    found = _read(["01/02/2025", "03/04/2025"], preset)
    assert found.values[0].as_py() == first and found.ambiguous
    assert [(f.rule, f.level) for f in found.findings] == [("date order", "warns")]
    assert [(q.about, q.required) for q in found.questions] == [("dates", False)]
    assert not _read(["01/02/2025"], preset, dates="mdy").ambiguous


def test_a_mixed_column_names_the_cells_that_do_not_fit() -> None:
    found = _read(["13/02/2025", "14/02/2025", None, "02/26/2025", "soon"])
    assert found.bad == frozenset({3, 4})
    assert [(f.row, f.column, f.found, f.expected) for f in found.findings] == [
        (5, "Date", "02/26/2025", "day/month/year"), (6, "Date", "soon", "day/month/year"),
    ]  # fmt: skip
    assert found.values[2].as_py() is None


@pytest.mark.parametrize(
    "text",
    ["2025-08-03", "2025-08-03 00:00:00", "2025-08-03T10:15:00", "3-Aug-25", "3 August 2025",
     "03-Aug-2025",
     "Aug 3, 2025",
     "Sunday 3 August 2025", "3rd Aug 2025", "20250803", "2025/08/03", "3.8.2025", "03/08/25"],
)  # fmt: skip
def test_the_third_of_august_in_many_writings(text: str) -> None:
    assert _read([text]).values.to_pylist() == [date(2025, 8, 3)]


def test_a_year_that_is_missing_comes_from_the_school_year_or_is_asked() -> None:
    assert [q.about for q in _read(["25-Aug", "3-Feb"], "us").questions] == ["year"]
    assert not _read(["25-Aug"], "us").bad
    found = _read(["25-Aug", "3-Feb"], "us", "2025-26")
    assert found.values.to_pylist() == [date(2025, 8, 25), date(2026, 2, 3)]


@pytest.mark.parametrize(
    ("text", "year"),
    [("2025-26", "2025-26"), ("2025/26", "2025-26"), ("202526", "2025-26"),
     ("AY 2025-26", "2025-26"), ("20112012", "2011-12"), ("2021-2022", "2021-22"),
     ("2022", "2021-22"), ("SY 2025–26", "2025-26"), ("AY 11/12", "2011-12"), ("201112", "2011-12"),
     ("ay'11-'12", "2011-12"), ("Session 99-00", "1999-00"), ("AY 11/13", None), ("11/12", None),
     ("1999-00", "1999-00"), ("2025-30", None), ("Term 2", None), ("", None), (None, None)],
)  # fmt: skip
def test_school_years_as_people_write_them(text: str | None, year: str | None) -> None:
    assert academic_year(text) == year


@pytest.mark.parametrize(
    ("text", "year"),
    [("11/12", "2011-12"), ("'11-'12", "2011-12"), ("99-00", "1999-00"), ("201112", "2011-12"),
     ("11/11", None), ("11/12/13", None), ("7", None), (None, None)],
)  # fmt: skip
def test_two_digits_alone_are_a_school_year_only_where_nothing_else_can_stand(
    text: str | None, year: str | None
) -> None:
    assert stated_year(text) == year


@pytest.mark.parametrize(
    ("text", "month"),
    [("June 2025", (6, 2025)), ("Jun-25", (6, 2025)), ("2025-06", (6, 2025)),
     ("06/2025", (6, 2025)),
     ("JUNE", (6, None)), ("Attendance for the month of Sept 2025", (9, 2025)),
     ("2025-06-01", (6, 2025)), ("June 2025-26", (6, 2025)),
     ("Sheet1", None), ("2025", None), (None, None)],
)  # fmt: skip
def test_months_as_people_write_them(
    text: str | None, month: tuple[int, int | None] | None
) -> None:
    assert parse_month(text) == month


@given(
    st.lists(st.dates(date(1990, 1, 1), date(2040, 1, 1)), min_size=1, max_size=20),
    st.sampled_from(["dmy", "mdy"]),
)
def test_a_column_in_one_order_is_read_back_whatever_the_days(days: list[date], order: str) -> None:
    pattern = "%d/%m/%Y" if order == "dmy" else "%m/%d/%Y"
    found = _read([d.strftime(pattern) for d in days], dates=order)
    assert found.values.to_pylist() == days and not found.bad
