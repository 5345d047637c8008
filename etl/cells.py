"""Columns of text, worked on through their distinct values: Python runs once a value, never once a
row.

Every layout reads its cells through here, so that 300,000 rows cost what their few hundred
different values cost.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.model import Sheet

Ints = np.ndarray[Any, np.dtype[np.int64]]
Bools = np.ndarray[Any, np.dtype[np.bool_]]


def column(sheet: Sheet, index: int, rows: Ints | None = None) -> pa.Array:
    """Column `index` as trimmed text, blank as null; only the sheet's rows `rows` (from 0) if
    given.
    """
    kept = _columns(sheet.cells)
    values = kept.get(index)
    if values is None:
        values = kept[index] = clean(sheet.cells.column(index).cast(pa.string()).combine_chunks())
    if rows is None:
        return values
    if _in_line(rows):  # a slice copies nothing
        return values.slice(int(rows[0]), len(rows))
    return values.take(pa.array(rows, pa.int64()))


def _in_line(rows: Ints) -> bool:
    """Whether these are all rows from the first to the last, in order."""
    count = len(rows)
    return bool(count and rows[-1] - rows[0] == count - 1 and (rows[1:] - rows[:-1] == 1).all())


# The trimmed columns of the sheet in work: every layout looks at the same ones.
_last: list[tuple[pa.Table, dict[int, pa.Array]]] = []


def _columns(cells: pa.Table) -> dict[int, pa.Array]:
    if not _last or _last[0][0] is not cells:
        _last[:] = [(cells, {})]
    return _last[0][1]


def clean(values: pa.Array) -> pa.Array:
    """Text without spaces at its ends; what is then empty is null."""
    trimmed = pc.utf8_trim_whitespace(values)
    return pc.if_else(pc.equal(trimmed, ""), pa.scalar(None, pa.string()), trimmed)


def blank(count: int) -> pa.Array:
    """`count` blank cells."""
    return pa.nulls(count, pa.string())


def repeat(value: str | None, count: int) -> pa.Array:
    """The same cell `count` times."""
    return blank(count) if value is None else pa.repeat(pa.scalar(value, pa.string()), count)


def over_unique(values: pa.Array, change: Callable[[str], Any], kind: pa.DataType) -> pa.Array:
    """`change` applied to each distinct value; null stays null."""
    coded = values.dictionary_encode()
    changed = pa.array([change(v) for v in coded.dictionary.to_pylist()], kind)
    return changed.take(coded.indices)


def unique(values: pa.Array) -> list[str]:
    """Distinct values in order of appearance, without null."""
    return [v for v in pc.unique(values).to_pylist() if v is not None]


def tally(values: pa.Array) -> dict[str, int]:
    """How often each value stands, without null."""
    pairs = pc.value_counts(values).to_pylist()
    return {p["values"]: p["counts"] for p in pairs if p["values"] is not None}


def group_codes(columns: Sequence[pa.Array]) -> tuple[Ints, Ints]:
    """Rows with equal values in all `columns` share a number, in order of appearance.

    Returns each row's number, and the first row of each.
    """
    code: Ints = np.zeros(len(columns[0]), dtype=np.int64)
    size = 1
    for values in columns:
        coded = values.dictionary_encode()
        index = pc.fill_null(coded.indices, -1).to_numpy(zero_copy_only=False).astype(np.int64)
        width = len(coded.dictionary) + 1
        if size * width >= 2**62:
            code, first = _numbered(code)
            size = len(first)
        code = code * width + index + 1
        size *= width
    return _numbered(code)


def _numbered(code: Ints) -> tuple[Ints, Ints]:
    coded = pa.array(code).dictionary_encode()
    index: Ints = coded.indices.to_numpy(zero_copy_only=False).astype(np.int64)
    first: Ints = np.zeros(len(coded.dictionary), dtype=np.int64)
    first[index[::-1]] = np.arange(len(code) - 1, -1, -1)  # the last assignment wins
    return index, first


def groups(columns: Sequence[pa.Array]) -> tuple[Ints, list[tuple[Any, ...]], Ints]:
    """Each row's group, each group's values in order of appearance, and its first row."""
    code, first = group_codes(columns)
    picked = [values.take(pa.array(first, pa.int64())).to_pylist() for values in columns]
    return code, list(zip(*picked, strict=True)), first


def over_groups(
    columns: Sequence[pa.Array], change: Callable[..., Any], kind: pa.DataType
) -> pa.Array:
    """`change(*values)` applied to each distinct combination of `columns`; it sees null as None."""
    if not len(columns[0]):
        return pa.array([], kind)
    code, combinations, _ = groups(columns)
    return pa.array([change(*c) for c in combinations], kind).take(pa.array(code))


def mask(values: pa.Array) -> Bools:
    """A column of true and false as numpy; null is false."""
    filled: Bools = pc.fill_null(values, False).to_numpy(zero_copy_only=False).astype(np.bool_)
    return filled


def filled(values: pa.Array) -> Bools:
    """Where a cell is not blank."""
    return mask(pc.is_valid(values))


def sheet_row(rows: Ints) -> pa.Array:
    """The sheet's row numbers, from 1, as facts carry them."""
    return pa.array(rows + 1, pa.int32())
