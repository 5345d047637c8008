"""Columns of text, worked on through their distinct values: Python runs once a value, never once a
row.

Every layout reads its cells through here, so that 300,000 rows cost what their few hundred
different values cost.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.model import Sheet

Ints = np.ndarray[Any, np.dtype[np.int64]]
Bools = np.ndarray[Any, np.dtype[np.bool_]]

SMALL = 1_000  # rows: of fewer it is not worth remembering what stands in them
LONG = 100_000  # rows: of fewer one core finds the distinct values soon enough
RARE = 4  # rows a distinct value: with fewer the values do not repeat


def column(sheet: Sheet, index: int, rows: Ints | None = None) -> pa.Array:
    """Column `index` as trimmed text, blank as null; only the sheet's rows `rows` (from 0) if
    given.
    """
    kept = _columns(sheet.cells)
    values = kept.get(index)
    if values is None:
        values = kept[index] = _column(sheet, index)
    if rows is None:
        return values
    if not _in_line(rows):
        return values.take(pa.array(rows, pa.int64()))
    first, count = int(rows[0]), len(rows)
    part = kept.get((index, first, count))
    if part is None:  # a slice copies nothing
        part = kept[index, first, count] = values.slice(first, count)
        if count >= SMALL:
            _know_part(part, coded(values), first, count)
    return part


def _know_part(part: pa.Array, codes: pa.DictionaryArray, first: int, count: int) -> None:
    """Remember the distinct values of some rows, from those of the whole column."""
    before, indices = codes.indices.slice(0, first), codes.indices.slice(first, count)
    gone = (pc.max(before).as_py() if first else None) or 0
    gone += int(before.null_count < first)
    least = pc.min(indices).as_py()
    if least is not None and least >= gone:  # values of the rows before stand there alone
        _know(part, pc.subtract(indices, pa.scalar(gone, indices.type)),
              codes.dictionary.slice(gone))
        return
    used = indices.dictionary_encode()
    _know(part, used.indices, codes.dictionary.take(used.dictionary))


def look_through(sheet: Sheet) -> None:
    """Find the distinct values of all columns of a long sheet side by side, before it is read."""
    if sheet.cells.num_rows >= LONG:
        kept = _columns(sheet.cells)
        with ThreadPoolExecutor(2) as pool:
            ready = list(pool.map(lambda i: _column(sheet, i), range(sheet.cells.num_columns)))
        kept.update(enumerate(ready))


def _column(sheet: Sheet, index: int) -> pa.Array:
    return _trimmed(sheet.cells.column(index).cast(pa.string()).combine_chunks())


def _in_line(rows: Ints) -> bool:
    """Whether these are all rows from the first to the last, in order."""
    count = len(rows)
    return bool(count and rows[-1] - rows[0] == count - 1 and (rows[1:] - rows[:-1] == 1).all())


# The trimmed columns of the sheet in work: every layout looks at the same ones.
_last: list[tuple[pa.Table, dict[object, pa.Array]]] = []


def _columns(cells: pa.Table) -> dict[object, pa.Array]:
    if not _last or _last[0][0] is not cells:
        _last[:] = [(cells, {})]
    return _last[0][1]


def _trimmed(values: pa.Array) -> pa.Array:
    """As `clean`, by the distinct values where they repeat."""
    codes = coded(values)
    if RARE * len(codes.dictionary) > len(values):
        return clean(values)
    plain = clean(codes.dictionary)
    return values if plain.equals(codes.dictionary) else _spread(plain, codes.indices)


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


# Arrays that are in use with their distinct values, which several readers of a column ask for.
_coded: dict[int, tuple[weakref.ref[pa.Array], pa.DictionaryArray]] = {}


def coded(values: pa.Array) -> pa.DictionaryArray:
    """The distinct values in order of appearance, and which of them stands in each row."""
    kept = _coded.get(id(values))
    if kept is not None and kept[0]() is values:
        return kept[1]
    made = values.dictionary_encode()
    return _know(values, made.indices, made.dictionary)


def _know(values: pa.Array, indices: pa.Array, distinct: pa.Array) -> pa.DictionaryArray:
    made = pa.DictionaryArray.from_arrays(indices, distinct)
    if len(values) >= SMALL:
        key = id(values)
        _coded[key] = weakref.ref(values, lambda _: _coded.pop(key, None)), made
    return made


def _spread(each: pa.Array, at: pa.Array) -> pa.Array:
    """`each` laid out over the rows that `at` gives it, in order of appearance."""
    values = each.take(at)
    if len(at) >= SMALL and RARE * len(each) <= len(at):
        own = each.dictionary_encode()
        _know(values, own.indices.take(at), own.dictionary)
    return values


def over_unique(values: pa.Array, change: Callable[[Any], Any], kind: pa.DataType) -> pa.Array:
    """`change` applied to each distinct value; null stays null."""
    codes = coded(values)
    return _spread(pa.array([change(v) for v in codes.dictionary.to_pylist()], kind), codes.indices)


def unique(values: pa.Array) -> list[str]:
    """Distinct values in order of appearance, without null."""
    return list(coded(values).dictionary.to_pylist())


def tally(values: pa.Array) -> dict[str, int]:
    """How often each value stands, without null."""
    codes = coded(values)
    counts = np.bincount(codes.indices.drop_null().to_numpy(), minlength=len(codes.dictionary))
    return dict(zip(codes.dictionary.to_pylist(), counts.tolist(), strict=True))


def group_codes(columns: Sequence[pa.Array]) -> tuple[Ints, Ints]:
    """Rows with equal values in all `columns` share a number, in order of appearance.

    Returns each row's number, and the first row of each.
    """
    code: Ints = np.zeros(len(columns[0]), dtype=np.int64)
    size = 1
    for values in columns:
        codes = coded(values)
        index = codes.indices
        if index.null_count:
            index = pc.fill_null(index, len(codes.dictionary))
        index = index.to_numpy(zero_copy_only=False)
        width = len(codes.dictionary) + bool(codes.indices.null_count)
        if width < 2:
            continue
        if size * width >= 2**62:
            code, first = _numbered(code, size)
            size = len(first)
        code *= width
        code += index
        size *= width
    return _numbered(code, size)


def surely_distinct(columns: Sequence[pa.ChunkedArray]) -> bool:
    """Whether no two rows are alike in all columns. False where a cheap look cannot tell: equal
    rows always share a number here, unequal ones do so only by a rare chance.
    """
    mixed = np.zeros(len(columns[0]), dtype=np.uint64)
    for values in columns:
        if values.null_count:
            return False
        array = values.combine_chunks()
        if pa.types.is_string(array.type):
            array = array.dictionary_encode().indices
        elif pa.types.is_date32(array.type):
            array = array.cast(pa.int32())
        elif not pa.types.is_integer(array.type):
            return False
        mixed ^= array.to_numpy(zero_copy_only=False).astype(np.uint64)
        mixed *= np.uint64(0x9E3779B97F4A7C15)  # odd, so that nothing is lost
        mixed ^= mixed >> np.uint64(29)  # else only the lower digits would meet the next column
    mixed.sort()
    return bool((mixed[1:] != mixed[:-1]).all())


def _numbered(code: Ints, size: int) -> tuple[Ints, Ints]:
    """Numbers below `size`, numbered anew without gaps; and the first row of each."""
    count = len(code)
    if size > max(RARE * count, SMALL):
        found = pa.array(code).dictionary_encode()
        code, size = found.indices.to_numpy().astype(np.int64), len(found.dictionary)
    first: Ints = np.full(size, count, dtype=np.int64)
    first[code[::-1]] = np.arange(count - 1, -1, -1)  # the last assignment wins
    first = np.sort(first[first < count])
    if len(first) == count:
        return first, first
    number: Ints = np.zeros(size, dtype=np.int64)
    number[code[first]] = np.arange(len(first))
    return number[code], first


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
    return _spread(pa.array([change(*c) for c in combinations], kind), pa.array(code))


def picked(values: pa.Array, where: Bools) -> pa.Array:
    """The values at the rows that are true; the array itself where all are."""
    return values if where.all() else values.take(pa.array(np.flatnonzero(where)))


def mask(values: pa.Array) -> Bools:
    """A column of true and false as numpy; null is false."""
    if values.null_count:
        values = pc.fill_null(values, False)
    filled: Bools = values.to_numpy(zero_copy_only=False).astype(np.bool_)
    return filled


def filled(values: pa.Array) -> Bools:
    """Where a cell is not blank."""
    return mask(pc.is_valid(values)) if values.null_count else np.ones(len(values), dtype=np.bool_)


def sheet_row(rows: Ints) -> pa.Array:
    """The sheet's row numbers, from 1, as facts carry them."""
    return pa.array(rows + 1, pa.int32())
