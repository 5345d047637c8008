"""Writes marks into workbooks: a fill, a comment with found, expected and what to do, and a list.

Text stays text whatever it begins with: no cell of the result is a formula that was none before.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import openpyxl
import xlsxwriter
from openpyxl.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from etl.celltext import letter
from etl.model import MENDING, Level, Sheet

ROW = "Row"
HEADS = ("Sheet", "Row", "Column", "Cell", "Found", "Expected", "What is wrong", "What to do",
         "How many")
_WIDTHS = (18, 8, 22, 8, 22, 30, 60, 50, 10)
TO_DO: Mapping[Level, str] = {
    "stops": "Mend this, save, and add the file again. Until then the sheet is not used.",
    "rejects": "Mend this, save, and add the file again. Until then the row is left out.",
    "warns": "Look whether it is right. The row is used as it is.",
}
RED, YELLOW = "FFFFB3B3", "FFFFE699"
_PART = re.compile(r" \(table \d+\)$")  # one of several tables of a sheet
_AUTHOR = "Staffroom"
_MOST = 32_000  # characters of a cell
_MOST_ROWS = 100_000
_SAFE = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
         "strings_to_numbers": False}


@dataclass(frozen=True)
class Bad:
    """One cell to look at; `row` counts from 1 and `column` from 0, both None for no cell."""

    sheet: str
    row: int | None
    column: int | None
    header: str
    found: str
    expected: str
    words: str
    level: Level
    rule: str = ""
    count: int = 1

    @property
    def cell(self) -> str:
        """Its address as Excel says it."""
        return "" if self.row is None or self.column is None else f"{letter(self.column)}{self.row}"

    @property
    def comment(self) -> str:
        """What stands beside the cell."""
        said = [f"Found: {self.found}" if self.found else "This cell is empty.",
                f"Expected: {self.expected}" if self.expected else "", self.words,
                TO_DO[self.level]]
        return "\n".join(s for s in said if s)

    @property
    def line(self) -> tuple[object, ...]:
        """Its row of the list."""
        return (self.sheet, self.row, self.header, self.cell, self.found, self.expected,
                self.words, TO_DO[self.level], self.count)


Marks = dict[tuple[int, int], list[Bad]]


def by_cell(bad: Sequence[Bad], sheet: str) -> Marks:
    """What is said of each cell of a sheet, by row and column from 0; the worst first."""
    out: Marks = {}
    for one in bad:
        if one.sheet == sheet and one.row is not None and one.column is not None:
            out.setdefault((one.row - 1, one.column), []).append(one)
    return {k: sorted(set(v), key=lambda b: b.level == "warns") for k, v in out.items()}


def _comment(said: Sequence[Bad]) -> str:
    return "\n\n".join(b.comment for b in said)[:_MOST]


def on_original(
    data: bytes, names: Sequence[str], bad: Sequence[Bad], *, formulas: bool = False
) -> bytes:
    """The workbook itself, its looks kept, with marks and the list as its first sheet.

    Formulas become their values, as they were read, so that the file says the same when it is
    added again; with `formulas` they stay, for a file that holds no values for them.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # extensions that openpyxl leaves out
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=not formulas, keep_links=False)
    for name in names:
        marks = by_cell(bad, name)
        if marks:
            page = book[name if name in book.sheetnames else _PART.sub("", name)]
            for (row, column), said in marks.items():
                _mark(page, row + 1, column + 1, said)
    _list(book, bad)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _mark(page: Any, row: int, column: int, said: Sequence[Bad]) -> None:
    cell = page.cell(row, column)
    if isinstance(cell, MergedCell):
        area = next(a for a in page.merged_cells.ranges if cell.coordinate in a)
        cell = page.cell(area.min_row, area.min_col)
    before = f"{cell.comment.text}\n\n" if cell.comment else ""
    cell.fill = PatternFill("solid", fgColor=YELLOW if said[0].level == "warns" else RED)
    cell.comment = Comment(before + _comment(said), _AUTHOR, height=140, width=320)


def _list(book: Any, bad: Sequence[Bad]) -> None:
    if MENDING in book.sheetnames:  # the list of last time
        del book[MENDING]
    page = book.create_sheet(MENDING, 0)
    book.active = 0
    for sheet in book.worksheets[1:]:
        sheet.sheet_view.tabSelected = False
    for column, (head, width) in enumerate(zip(HEADS, _WIDTHS, strict=True), 1):
        page.cell(1, column, head).font = Font(bold=True)
        page.column_dimensions[get_column_letter(column)].width = width
    for row, one in enumerate(dict.fromkeys(bad), 2):
        for column, value in enumerate(one.line, 1):
            cell = page.cell(row, column)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if isinstance(value, int):
                cell.value = value
            elif value:
                cell.value = openpyxl.cell.cell.ILLEGAL_CHARACTERS_RE.sub("", str(value))[:_MOST]
                cell.data_type = "s"
    page.freeze_panes = "A2"


def of_rows(sheets: Sequence[Sheet], bad: Sequence[Bad], starts: Mapping[str, int]) -> bytes:
    """A new workbook: the list, and of each sheet its header and its bad rows with their numbers.

    `starts` is the first row of data of each sheet, from 0. Mended, it can be added like a file.
    """
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _SAFE) as book:
        _list_new(book, bad)
        taken = {MENDING.casefold()}
        for sheet in sheets:
            marks = by_cell(bad, sheet.name)
            if marks:
                page = book.add_worksheet(_free(sheet.name, taken))
                _rows(book, page, sheet, marks, max(1, starts.get(sheet.name, 1)))
    return out.getvalue()


def _free(name: str, taken: set[str]) -> str:
    plain = "".join(" " if c in "[]:*?/\\'" or c < " " else c for c in name).strip()[:28] or "Rows"
    unique, number = plain, 1
    while unique.casefold() in taken:
        number += 1
        unique = f"{plain[:25]} {number}"
    taken.add(unique.casefold())
    return unique


def _rows(book: Any, page: Any, sheet: Sheet, marks: Marks, start: int) -> None:
    """What stands above the list as it was, then the rows to mend; each row's number before it."""
    hues = {k: book.add_format({"bg_color": f"#{c[2:]}"}) for k, c in
            (("warns", YELLOW), ("rejects", RED), ("stops", RED))}
    wanted = sorted({row for row, _ in marks if row >= start})[:_MOST_ROWS]
    places = [*range(start), *wanted]
    columns = [sheet.cells.column(i).take(places).to_pylist()
               for i in range(sheet.cells.num_columns)]
    page.set_column(0, 0, 8)
    page.set_column(1, len(columns), 18)
    for line, row in enumerate(places):
        if row == start - 1:
            page.write_string(line, 0, ROW)
        elif row >= start:
            page.write_number(line, 0, row + 1)
        for column, values in enumerate(columns):
            text, said = values[line], marks.get((row, column))
            hue = hues[said[0].level] if said else None
            if text is not None:
                page.write_string(line, column + 1, text[:_MOST], hue)
            elif said:
                page.write_blank(line, column + 1, None, hue)
            if said:
                page.write_comment(line, column + 1, _comment(said),
                                   {"author": _AUTHOR, "width": 320, "height": 140})
    page.freeze_panes(start, 1)


def _list_new(book: Any, bad: Sequence[Bad]) -> None:
    page = book.add_worksheet(MENDING)
    bold = book.add_format({"bold": True})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    for column, (head, width) in enumerate(zip(HEADS, _WIDTHS, strict=True)):
        page.set_column(column, column, width)
        page.write_string(0, column, head, bold)
    for row, one in enumerate(dict.fromkeys(bad), 1):
        for column, value in enumerate(one.line):
            if isinstance(value, int):
                page.write_number(row, column, value, wrap)
            elif value:
                page.write_string(row, column, str(value)[:_MOST], wrap)
    page.freeze_panes(1, 0)
