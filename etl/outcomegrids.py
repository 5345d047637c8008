"""The grid of one class to fill in: its students down, its outcomes across, levels to choose from.

A filled one loads without a question. The levels stand on a sheet of their own and may be changed.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import xlsxwriter

from etl.model import GUIDE
from etl.outcomes import EVERYWHERE, NUMBERS, OWN_LEVELS
from etl.scales import BY_NAME, Scale
from etl.students import SHARED
from etl.templates import SAFE, Blank
from school.abilities import ABILITIES
from school.config import Preset
from school.learning import Classmate

GRID, LEVELS = "Learning outcomes", "Levels"
ABILITY_GRID = "Abilities"
_SPARE = 20  # rows of the sheet of levels that the drop-downs follow
_HOW = (
    "Choose a level in each cell, or write how many questions were right: 3 of 4.",
    "Leave a cell empty where you have not looked yet. Empty never counts as the lowest level.",
    "Write “Not observed” where you looked and could not see it.",
    "The levels are yours: change them on the sheet “Levels”, lowest first, and say which are "
    "reached.",
    "To look again later, write the new date above the list and add the file again.",
)


@dataclass(frozen=True)
class GridSheet:
    """What stands above the list, and who and what is in it."""

    school: str
    place: str  # 'Class 3 A', for the name of the file
    grade: str
    class_name: str
    subject: str  # blank: abilities, which belong to none
    year: str
    day: date
    people: Sequence[Classmate]
    outcomes: Sequence[str]  # or the school's own abilities; none: the six usual ones


def class_grid(sheet: GridSheet, preset: Preset | None) -> Blank:
    """The workbook of one class."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, SAFE) as book:
        _grid(book, sheet, preset)
        _levels(book, BY_NAME[OWN_LEVELS])
        _guide(book)
    return Blank(stream.getvalue(), f"Grid {sheet.subject or ABILITY_GRID} {sheet.place}.xlsx")


def _grid(book: Any, sheet: GridSheet, preset: Preset | None) -> None:
    page = book.add_worksheet(GRID if sheet.subject else ABILITY_GRID)
    text = book.add_format({"num_format": "@"})
    head = book.add_format(
        {"bold": True, "bg_color": "#DDE7F0", "text_wrap": True, "valign": "top"})
    top, names, keys = _above(book, page, sheet, preset), sheet.outcomes or ABILITIES, _keys(sheet)
    for column, header in enumerate((*keys, *names)):
        page.write_string(top, column, header, head)
    last = len(keys) + len(names) - 1
    page.set_column(0, len(keys) - 1, 22, text)
    page.set_column(len(keys), last, 18, text)
    for n, person in enumerate(sheet.people, top + 1):
        for column, value in enumerate(_said(person, keys, n - top)):
            page.write_string(n, column, value, text)
    page.data_validation(top + 1, len(keys), top + max(len(sheet.people), 1), last, {
        "validate": "list", "source": f"={LEVELS}!$A$2:$A${_SPARE}", "error_type": "warning",
        "error_title": "Not in the list",
        "error_message": "Choose a level of the list, or write 3 of 4."})
    page.freeze_panes(top + 1, len(keys))


def _above(book: Any, page: Any, sheet: GridSheet, preset: Preset | None) -> int:
    """The lines above the list, each with its label; the row of the header."""
    bold, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
    order = "mm/dd/yyyy" if preset and preset.date_order == "mdy" else "dd/mm/yyyy"
    page.write_string(0, 0, page.get_name(), bold)
    everywhere = any(p.namespace == SHARED for p in sheet.people)
    above = (("School", sheet.school), ("Grade", sheet.grade), ("Class", sheet.class_name),
             ("Subject", sheet.subject), ("Academic year", sheet.year),
             (NUMBERS, EVERYWHERE if everywhere else ""))
    said = [line for line in above if line[1]]
    for row, (label, value) in enumerate(said, 1):
        page.write_string(row, 0, f"{label}:", bold)
        page.write_string(row, 1, value, text)
    row = len(said) + 1
    page.write_string(row, 0, "Date:", bold)
    page.write_datetime(row, 1, sheet.day, book.add_format({"num_format": order, "align": "left"}))
    return row + 2


def _keys(sheet: GridSheet) -> tuple[str, ...]:
    """The columns that say who a row is about, as the class list did."""
    kinds = {p.id_kind for p in sheet.people}
    return {"roll": ("Roll No", "Name"), "name": ("Sl No", "Name")}.get(
        kinds.pop() if len(kinds) == 1 else "id", ("Student ID", "Name"))


def _said(person: Classmate, keys: tuple[str, ...], number: int) -> tuple[str, str]:
    """What stands in those columns; a roll number without its class, which stands above."""
    shown = {"Roll No": person.student_id.rpartition("/")[2], "Sl No": str(number)}
    return shown.get(keys[0], person.student_id), person.name


def _levels(book: Any, scale: Scale) -> None:
    page = book.add_worksheet(LEVELS)
    head = book.add_format({"bold": True, "bg_color": "#DDE7F0"})
    page.set_column(0, 2, 16)
    page.set_column(3, 3, 44)
    page.write_row(0, 0, ("Level", "Order", "Reached", "Meaning"), head)
    for n, level in enumerate(scale.levels, 1):
        page.write_row(n, 0, (level.label, n, "Yes" if scale.reached(n) else "No", level.meaning))


def _guide(book: Any) -> None:
    page = book.add_worksheet(GUIDE)
    page.set_column(0, 0, 90)
    page.write_string(0, 0, "How to fill in this grid", book.add_format({"bold": True}))
    for row, line in enumerate(_HOW, 1):
        page.write_string(row, 0, line)
