"""Reads old .xls files with xlrd, and asks calamine only where xlrd cannot.

Calamine shifts the first columns of some old files, so here the slow reader goes first.
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator
from typing import Any

import pyarrow as pa

from etl import celltext, guard, sheetxml
from etl.model import Sheet
from school.errors import UnreadableFile

_VISIBLE = 0


def sheets(label: str, data: bytes) -> Iterator[Sheet]:
    """All sheets of an old workbook, in order."""
    import xlrd

    try:
        book = xlrd.open_workbook(file_contents=data, logfile=io.StringIO(), formatting_info=True)
    except NotImplementedError:
        book = None
    except Exception:  # xlrd raises almost anything on a damaged file
        book = None
    if book is None:
        yield from _by_calamine(label, data)
        return
    if book.nsheets > guard.SHEETS:
        raise UnreadableFile(
            f"This workbook has {book.nsheets} sheets. Keep those with lists and save it again."
        )
    for sheet in book.sheets():
        if sheet.nrows * sheet.ncols > 4 * sheetxml.CELLS:
            raise UnreadableFile(sheetxml.TOO_WIDE)
        yield Sheet(
            file=label,
            name=sheet.name,
            cells=celltext.stripped(celltext.from_rows(_rows(sheet, book.datemode))),
            merged=tuple((r1, c1, r2 - 1, c2 - 1) for r1, r2, c1, c2 in sheet.merged_cells),
            hidden=sheet.visibility != _VISIBLE,
            date_system=1904 if book.datemode else 1900,
        )


def _rows(sheet: Any, datemode: int) -> list[list[str | None]]:
    return [
        [_text(kind, value, datemode) for kind, value in
         zip(sheet.row_types(row), sheet.row_values(row), strict=True)]
        for row in range(sheet.nrows)
    ]


def _text(kind: int, value: Any, datemode: int) -> str | None:
    import xlrd

    if kind in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
        return None
    if kind == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if value else "FALSE"
    if kind == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(value, "#ERROR"))
    if kind == xlrd.XL_CELL_DATE:
        with contextlib.suppress(Exception):  # a number outside the calendar stays a number
            return celltext.typed(_moment(value, datemode))
    return celltext.typed(value)


def _moment(value: float, datemode: int) -> Any:
    import xlrd

    if value < 1:
        return xlrd.xldate_as_datetime(value, datemode).time()
    return xlrd.xldate_as_datetime(value, datemode)


def _by_calamine(label: str, data: bytes) -> Iterator[Sheet]:
    import python_calamine

    try:
        book = python_calamine.load_workbook(io.BytesIO(data))
        metadata = {m.name: m for m in book.sheets_metadata}
        for name in book.sheet_names[: guard.SHEETS]:
            sheet = book.get_sheet_by_name(name)
            if sheet.total_height * sheet.total_width > 4 * sheetxml.CELLS:
                raise UnreadableFile(sheetxml.TOO_WIDE)
            values = sheet.to_python(skip_empty_area=False)
            rows = [[celltext.typed(value) for value in row] for row in values]
            cells = celltext.from_rows(rows) if rows else pa.table({})
            yield Sheet(label, name, celltext.stripped(cells),
                        hidden="Visible" not in str(metadata[name].visible))
    except UnreadableFile:
        raise
    except Exception as error:  # the second opinion failed too: the file is damaged
        raise UnreadableFile(guard.DAMAGED, type(error).__name__) from error
