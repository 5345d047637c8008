"""Checks that all layouts share."""

from datetime import date

import numpy as np
import pyarrow as pa

from etl.checks import NAMED, Cells, last_stands, outside, rejections
from tests.grids import sheet


def test_every_cell_is_named_up_to_a_limit_and_the_rest_is_counted() -> None:
    count = NAMED + 50
    cells = Cells("Date", np.arange(10, 10 + count))
    found = rejections(
        "date", "No.", sheet("a", "June"), cells, range(count), pa.array(["x"] * count), "a date"
    )
    assert len(found) == NAMED + 1 and sum(f.count for f in found) == count
    assert (found[0].sheet, found[0].row, found[0].column, found[0].found) == (
        "June",
        11,
        "Date",
        "x",
    )
    assert found[-1].row is None and found[-1].count == 50


def test_the_last_of_several_rows_stands_with_its_exact_repeats() -> None:
    keys = pa.array(["a", "b", "a", "b", "c"])
    found = last_stands([keys], [pa.array([1, 2, 1, 3, 4])])
    assert found.keep.tolist() == [True, False, True, True, True]
    assert (found.repeats, found.superseded) == (1, (1,))


def test_a_day_to_come_and_a_day_long_past_cannot_be() -> None:
    days = pa.array([date(2025, 6, 2), date(2025, 6, 3), None, date(1950, 1, 1)])
    wrong, found = outside(days, date(2025, 6, 2), sheet("a"), Cells("Date", np.arange(4)))
    assert wrong.tolist() == [False, True, False, True]
    assert [(f.row, f.found) for f in found] == [(2, "2025-06-03"), (4, "1950-01-01")]
