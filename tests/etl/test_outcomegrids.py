"""The grid of a class: made with names and levels, filled in, read back without a question."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from etl import known
from etl.outcomegrids import GRID, LEVELS, GridSheet, class_grid
from etl.publish import publish, revert
from school.access import OWNER
from school.config import preset
from school.house import House, open_house
from school.learning import board, classes, classmates, groups
from school.view import View

DAY = date(2025, 9, 26)
YEAR = View(date(2025, 4, 1), date(2025, 9, 30), date(2025, 9, 30), scope=OWNER)
LISTS = {
    "id": "School,Student ID,Name,Class,Academic year\n"
          "Hill,0101,Asha,3 A,2025-26\nHill,0102,Bilal,3 A,2025-26\n",
    "roll": "School,Roll No,Class,Academic year\nHill,1,3 A,2025-26\nHill,2,3 A,2025-26\n",
    "name": "School,Name,Class,Academic year\nHill,Asha,3 A,2025-26\nHill,Bilal,3 A,2025-26\n",
}


def load(house: House, path: Path, **answers: str) -> list[tuple[str, str]]:
    """Check and publish one file; state and open questions of each sheet that is data."""
    made = known.check(house, [path], known.context(house, DAY, answers))
    try:
        told = [(r.state, q.about) for r in made.reports for q in r.questions]
        states = [(r.layout or "", r.state) for r in publish(house, made, "head")
                  if r.state != "aside"]
        return states + told
    finally:
        made.close()


def filled(house: House, words: dict[str, list[str | None]], country: str = "india") -> bytes:
    """The grid of the one class, its cells filled column by column."""
    (room,) = classes(house.store, YEAR, house.preset)
    people = classmates(house.store, YEAR, house.preset, room)
    blank = class_grid(GridSheet("Hill", "Class 3 A", room.grade, room.name, "Mathematics",
                                 "2025-26", DAY, people, list(words)), preset(country))
    book = openpyxl.load_workbook(io.BytesIO(blank.content))
    page = book[GRID]
    top = next(row for row in range(1, 20) if page.cell(row, 3).value == next(iter(words)))
    start = 3
    for column, cells in enumerate(words.values(), start):
        for n, value in enumerate(cells, top + 1):
            page.cell(n, column).value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture
def house(tmp_path: Path) -> House:
    opened = open_house(tmp_path / "data")
    opened.choose_preset("india")
    return opened


@pytest.mark.parametrize("kind", LISTS)
def test_a_filled_grid_comes_back_to_the_same_students_without_a_question(
    house: House, tmp_path: Path, kind: str
) -> None:
    path = tmp_path / "list.csv"
    path.write_text(LISTS[kind])
    assert load(house, path)[0] == ("roster", "loaded")
    grid = tmp_path / "grid.xlsx"
    grid.write_bytes(filled(house, {"Adds": ["Reached", "Not yet"], "Borrows": ["3 of 4", None]}))
    assert load(house, grid) == [("outcome_grid", "loaded"), ("outcome_levels", "loaded")]
    assert house.store.unsafe_run("select count(*) from mart.students") == [(2,)]
    found = board(house.store, YEAR, house.preset)
    (room,) = found.rooms
    adds, borrows = found.cell(found.goals[0], room), found.cell(found.goals[1], room)
    assert adds is not None and (adds.reached, adds.not_yet, adds.students) == (1, 1, 2)
    assert borrows is not None and (borrows.nearly, borrows.unobserved) == (1, 1)
    assert len(groups(house.store, YEAR, house.preset, found.goals[0], room).reached) == 1
    house.close()


def test_numbers_that_hold_in_all_schools_stay_so(house: House, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(LISTS["id"])
    load(house, path, ids="shared")
    grid = tmp_path / "grid.xlsx"
    grid.write_bytes(filled(house, {"Adds": ["Reached", "Nearly"]}))
    assert load(house, grid) == [("outcome_grid", "loaded"), ("outcome_levels", "loaded")]
    assert house.store.unsafe_run("select distinct namespace from mart.students") == [("*",)]
    house.close()


def test_levels_are_chosen_from_the_sheet_that_can_be_changed(house: House, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(LISTS["id"])
    load(house, path)
    book = openpyxl.load_workbook(io.BytesIO(filled(house, {"Adds": ["Tree", "Seed"]})))
    (rule,) = book[GRID].data_validations.dataValidation
    assert rule.formula1 == f"{LEVELS}!$A$2:$A$20"
    for row, line in enumerate((("Seed", 1, "No", ""), ("Tree", 2, "Yes", "")), 2):
        for column, value in enumerate(line, 1):
            book[LEVELS].cell(row, column).value = value
    book[LEVELS].delete_rows(4)
    grid = tmp_path / "grid.xlsx"
    book.save(grid)
    assert load(house, grid) == [("outcome_grid", "loaded"), ("outcome_levels", "loaded")]
    found = board(house.store, YEAR, house.preset)
    cell = found.cell(found.goals[0], found.rooms[0])
    assert cell is not None and (cell.reached, cell.nearly, cell.not_yet) == (1, 0, 1)
    house.close()


def test_undo_of_a_grid_takes_its_levels_and_nothing_else(house: House, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(LISTS["id"])
    load(house, path)
    grid = tmp_path / "grid.xlsx"
    for words in (["Not yet", "Not yet"], ["Reached", None]):
        grid.write_bytes(filled(house, {"Adds": words}))
        load(house, grid)
    def now() -> tuple[int, int]:
        found = board(house.store, YEAR, house.preset)
        cell = found.cell(found.goals[0], found.rooms[0])
        assert cell is not None
        return cell.reached, cell.not_yet

    assert now() == (1, 1)  # the blank of the second grid took nothing back
    revert(house, 3, "head")
    assert now() == (0, 2)
    house.close()
