"""Cells of Ed-Fi exports name their value by an address; only the value at its end is kept."""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from etl.cells import over_unique
from etl.model import Sheet

_ADDRESS = "uri://"


def plain(sheet: Sheet) -> Sheet:
    """'uri://ed-fi.org/AttendanceEventCategoryDescriptor#Tardy' becomes 'Tardy'."""
    cells = sheet.cells
    for index, name in enumerate(cells.column_names):
        values = cells.column(index)
        if pc.any(pc.starts_with(values.slice(0, 1000), _ADDRESS)).as_py():
            told = over_unique(values.combine_chunks(), _value, pa.string())
            cells = cells.set_column(index, name, pa.chunked_array([told]))
    return sheet if cells is sheet.cells else replace(sheet, cells=cells)


def _value(text: str) -> str:
    return text.rpartition("#")[2] if text.startswith(_ADDRESS) and "#" in text else text
