"""Turns typed values into the text of a cell, and columns of text into a grid.

Whole numbers lose their '.0', dates are ISO days with a time only where one was typed, errors keep
their name, and what is blank is null.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import zip_longest
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

_MIDNIGHT = " 00:00:00"
_DAY, _MOMENT = 10, 19  # letters of '2025-06-02', and of '2025-06-02 00:00:00'


def letter(column: int) -> str:
    """Name of a column as Excel shows it; 0 is A."""
    out = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        out = chr(65 + rest) + out
    return out


def table(columns: Sequence[pa.ChunkedArray | pa.Array]) -> pa.Table:
    """A grid whose columns are called c0, c1, …"""
    return pa.table({f"c{i}": column for i, column in enumerate(columns)})


def from_rows(rows: Sequence[Sequence[str | None]]) -> pa.Table:
    """A grid from rows of unequal length."""
    columns = list(zip_longest(*rows))
    return table([pa.array(column, pa.string()) for column in columns])


def typed(value: Any) -> str | None:
    """Text of a cell as openpyxl or xlrd gives it."""
    if value is None or isinstance(value, str):
        return None if value is None or not value.strip() else value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return number(value)
    return _moment(value)


def number(value: float) -> str:
    """A number as Excel prints it: whole without a point, at most 15 digits."""
    if value != value or value in (float("inf"), float("-inf")):
        return "#NUM!"
    if value == int(value) and abs(value) < 1e21:
        return str(int(value))
    text = f"{value:.15g}"
    return f"{value:.20f}".rstrip("0") if "e" in text and abs(value) < 1 else text


def _moment(value: Any) -> str:
    if isinstance(value, datetime):
        if value.year < 1900:
            return value.strftime("%H:%M:%S")
        text = value.replace(microsecond=0).isoformat(sep=" ")
        return text.removesuffix(_MIDNIGHT)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.replace(microsecond=0).isoformat()
    if isinstance(value, timedelta):
        seconds = int(value.total_seconds())
        return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    return str(value)


def plain_dates(cells: pa.Table) -> pa.Table:
    """Cells of the fast reader: midnight cut off dates, the empty day off times, '-0' made '0'."""
    for i, name in enumerate(cells.column_names):
        column = cells.column(i)
        midnight = pc.ends_with(column, _MIDNIGHT)
        if pc.any(midnight).as_py():
            moment = pc.and_(midnight, pc.equal(pc.utf8_length(column), _MOMENT))
            day = pc.utf8_slice_codeunits(column, 0, _DAY)
            column = pc.if_else(moment, day, column)
        if any(pc.any(pc.starts_with(column, start)).as_py() for start in ("1899-12-3", "1900-0")):
            column = pa.chunked_array([[_span(v) for v in column.to_pylist()]], pa.string())
        if pc.any(pc.equal(column, "-0")).as_py():
            column = pc.if_else(pc.equal(column, "-0"), "0", column)
        if column is not cells.column(i):
            cells = cells.set_column(i, name, column)
    return cells


def _span(text: str | None) -> str | None:
    """A time of day or a length of time, which the fast reader gives as a day around 1900."""
    if text is None or len(text) != 19 or text[:2] not in ("18", "19"):
        return text
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    if moment < datetime(1900, 1, 1):
        return text[11:]
    if moment.year == 1900 and moment.month < 3:
        return typed(moment - datetime(1899, 12, 31))
    return text


def with_texts(cells: pa.Table, texts: Mapping[tuple[int, int], str]) -> pa.Table:
    """The grid with these (row, column) cells replaced, growing it where it is too small."""
    if not texts:
        return cells
    height = max(cells.num_rows, max(row for row, _ in texts) + 1)
    columns: list[Any] = [cells.column(i) for i in range(cells.num_columns)]
    if height > cells.num_rows:
        more = pa.nulls(height - cells.num_rows, pa.string())
        columns = [pa.chunked_array([*c.chunks, more], pa.string()) for c in columns]
    while len(columns) <= max(column for _, column in texts):
        columns.append(pa.chunked_array([pa.nulls(height, pa.string())]))
    by_column: dict[int, list[tuple[int, str]]] = {}
    for (row, column), text in texts.items():
        by_column.setdefault(column, []).append((row, text))
    for column, found in by_column.items():
        found.sort()
        mask = np.zeros(height, dtype=bool)
        mask[[row for row, _ in found]] = True
        values = pa.array([text for _, text in found], pa.string())
        whole = columns[column].combine_chunks()
        columns[column] = pc.replace_with_mask(whole, pa.array(mask), values)
    return table(columns)


def has_long_number(cells: pa.Table) -> bool:
    """Whether some cell is written with more than fifteen digits and nothing else."""
    for column in cells.columns:
        if (pc.max(pc.binary_length(column)).as_py() or 0) > 15:
            long = pc.match_substring_regex(column, r"^\d{16,}$")
            if pc.any(long).as_py():
                return True
    return False


def stripped(cells: pa.Table) -> pa.Table:
    """The grid without its last rows and columns where nothing stands."""
    width = cells.num_columns
    while width and cells.column(width - 1).null_count == cells.num_rows:
        width -= 1
    return cells.select(list(range(width))).slice(0, _height(cells.columns[:width]))


def _height(columns: Sequence[pa.ChunkedArray]) -> int:
    """Rows up to the last one with a value, looked for from the end."""
    height = len(columns[0]) if columns else 0
    step = 1
    while height:
        start = max(0, height - step)
        tails = [c.slice(start, height - start) for c in columns]
        filled = [t for t in tails if t.null_count < len(t)]
        if filled and step == 1:
            return height
        height, step = (height, step // 8 or 1) if filled else (start, step * 8)
    return 0
