"""Each layout has a tiny sample of our own, written by code, and reads it whole."""

import runpy
from datetime import date
from pathlib import Path

import pytest

from etl import workbook
from tests.grids import context, read, rows, taken

SAMPLES = Path(__file__).parents[2] / "data" / "samples" / "layouts"
FILES = sorted(p.name for p in SAMPLES.iterdir() if p.suffix in (".csv", ".xlsx"))


@pytest.mark.parametrize("name", FILES)
def test_a_sample_is_read_whole_by_the_layout_it_is_named_after(name: str) -> None:
    for grid in workbook.read_sheets(SAMPLES / name):
        known = context()
        assert Path(name).stem.startswith(taken(grid, known).layout)
        got = read(grid, known)
        assert got.read > 0 and got.rejected == frozenset()
        assert not [q for q in got.questions if q.required]
        assert got.facts and all(table.num_rows for table in got.facts.values())


def test_the_samples_are_what_the_generator_writes(tmp_path: Path) -> None:
    runpy.run_path(str(SAMPLES.with_suffix(".py")))["main"](tmp_path)
    written = sorted(p.name for p in tmp_path.iterdir())
    assert set(written) <= set(FILES)
    for name in written:
        new, old = (workbook.read_sheets(folder / name) for folder in (tmp_path, SAMPLES))
        assert [s.cells for s in new] == [s.cells for s in old], name


def test_the_attendance_samples_hold_the_planted_numbers() -> None:
    known = context()
    (daily,) = workbook.read_sheets(SAMPLES / "attendance_daily.csv")
    table = read(daily, known).facts["attendance"]
    assert (len(table), sum(table["absent"].to_pylist())) == (50, 7)
    (register,) = workbook.read_sheets(SAMPLES / "register.xlsx")
    got = read(register, known)
    table = got.facts["attendance"]
    assert (got.read, len(table), sum(table["absent"].to_pylist())) == (5, 75, 6)
    assert not [f for f in got.findings if f.rule == "total differs"]
    (totals,) = workbook.read_sheets(SAMPLES / "attendance_totals.csv")
    table = read(totals, known).facts["attendance_periods"]
    periods = rows(table, "begin_date", "possible", "absent")
    assert (date(2025, 7, 1), 52, 4) in periods and len(periods) == 10
    (holidays,) = workbook.read_sheets(SAMPLES / "calendar.csv")
    days = rows(read(holidays, known).facts["calendar"], "date", "day_type")
    assert len(days) == 7 and (date(2025, 10, 2), "holiday") in days
