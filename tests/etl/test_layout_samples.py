"""Each layout has a tiny sample of our own, written by code, and reads it whole."""

import runpy
from datetime import date
from pathlib import Path

import pytest

from etl import workbook
from etl.layouts.roster_links import resolve
from etl.model import Extract, Finding, Recognition, Sheet
from etl.recognise import Aside, recognise
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
    written = sorted(p.name for p in tmp_path.iterdir() if p.is_file())
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


def test_the_samples_of_results_and_rosters_hold_the_planted_numbers() -> None:
    known = context()
    (listed,) = workbook.read_sheets(SAMPLES / "results.csv")
    table = read(listed, known).facts["results"]
    assert len(table) == 10
    assert sorted(s for s in table["status"].to_pylist() if s != "scored") == ["absent", "exempt"]
    (marks,) = workbook.read_sheets(SAMPLES / "marksheet.xlsx")
    got = read(marks, known)
    assert (got.read, got.facts["results"].num_rows) == (5, 20)
    assert sum(s == "absent" for s in got.facts["results"]["status"].to_pylist()) == 1
    (people,) = workbook.read_sheets(SAMPLES / "roster.csv")
    spells = rows(read(people, known).facts["enrollment"], "begin_date", "end_date")
    assert spells[3:] == [(date(2025, 7, 14), None), (date(2025, 4, 1), date(2025, 11, 29))]
    (counts,) = workbook.read_sheets(SAMPLES / "enrollment_counts.csv")
    told = rows(read(counts, known).facts["enrollment_counts"], "level", "dimension", "headcount")
    assert sum(n for level, part, n in told if (level, part) == ("school", "total")) == 301


def test_the_samples_of_learning_hold_the_planted_numbers() -> None:
    known = context()
    (listed,) = workbook.read_sheets(SAMPLES / "outcome_map.csv")
    goals = rows(read(listed, known).facts["objectives"], "kind")
    assert [sum(g == (k,) for g in goals) for k in ("outcome", "ability", "concept")] == [3, 5, 3]
    (grid,) = workbook.read_sheets(SAMPLES / "outcome_grid.xlsx")
    cells = rows(read(grid, known).facts["observations"], "level", "items", "status")
    assert (sum(c[0] is not None for c in cells), sum(c[1] == 4 for c in cells)) == (3, 3)
    assert sum(c[2] is None for c in cells) == 3
    (long,) = workbook.read_sheets(SAMPLES / "outcome_list.csv")
    seen = read(long, known).facts["observations"]
    assert rows(seen, "correct", "items")[2] == (3, 5) and seen["status"].null_count == 1


def test_the_roster_of_several_files_joins_up_and_its_teachers_are_set_aside() -> None:
    found: dict[str, tuple[Sheet, Recognition, Extract]] = {}
    for path in sorted((SAMPLES / "together").iterdir()):
        (grid,) = workbook.read_sheets(path)
        took = recognise(grid, context())
        if path.name == "Teacher.csv":
            assert isinstance(took, Aside)
            continue
        assert isinstance(took, Recognition)
        found[grid.key] = (grid, took, read(grid, context()))
    made = resolve(found, context())
    (links,) = [m for m in made.values() if "class_students" in m.facts]
    assert (links.read, links.rejected, links.facts["class_students"].num_rows) == (
        5,
        frozenset(),
        5,
    )


def test_the_printed_table_is_refused() -> None:
    (grid,) = workbook.read_sheets(SAMPLES / "refused" / "report.csv")
    found = recognise(grid, context())
    assert isinstance(found, Finding) and found.rule == "printed report"
