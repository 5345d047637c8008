"""Where the table of a sheet begins and ends: title block, header of one or two rows, footer.

A title block's facts ('Class: 7 B', 'Month: June 2025') become hints. Rows that are no data
(totals, signatures, the header printed again) are counted as skipped, never read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.banners import is_line
from etl.cells import Bools, Ints, column, filled, mask, over_unique
from etl.fields import normalise
from etl.headerparts import NUMBER, has_groups_above, has_parts_below, more_below, parts
from etl.hints import read_hints
from etl.model import Sheet

BESIDE = 4  # a heading between rows fills fewer cells
DEEPEST = 3  # rows of a header
DEPTH = 40  # rows in which a header is looked for

_FOOTER = re.compile(
    r"^(sub ?-?total|grand total|totals?\b|average|averages|number of|"
    r"(mean|sum|count|note|notes|key|legend|source)\s*(:|$)|"
    r"no\.? of |total number|"
    r"working days|attendance ?%|percentage|signature|signed|sign\b|"
    r"class teacher'?s?( signature| sign)?$|"
    r"teacher'?s? sign|head ?(master|teacher|mistress)?'?s? sign|principal'?s? sign|"
    r"principal$|headmaster$|head ?teacher$|prepared by|checked by|verified by|"
    r"generated|printed|report run|page \d|"
    r"boys$|girls$|boys present|girls present|"
    r"(class|section|school|grade|overall) (average|mean|total|highest|lowest|strength)\b|"
    r"(highest|lowest|max\.?|maximum|full) (marks?|scores?)\b|out of$|"
    r"tổng|trung bình|ngày \d+ tháng|giảng viên|\(ký|người lập|hiệu trưởng|कुल|योग)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Header:
    """The header of a sheet. All rows count from 0; `names` has one text a column, '' for none."""

    top: int  # first row of the header
    row: int  # last row of the header
    first_row: int  # first row below it
    names: tuple[str, ...]  # 'Term 1 / Maths' where a header has two rows
    parts: tuple[tuple[str, ...], ...]  # the pieces of each name, from above
    hints: Mapping[
        str, str
    ]  # of the title block: school, class, grade, academic_year, month, title…


@dataclass(frozen=True)
class Rows:
    """Rows of data (from 0), and how many other filled rows there are beside the header itself."""

    index: Ints
    skipped: int


def grid(sheet: Sheet, depth: int = DEPTH) -> list[list[str | None]]:
    """The first rows as lists of trimmed text, blank as None. Not to be changed: it is kept."""
    if not _last or _last[0][0] is not sheet.cells or _last[0][1] < depth:
        few = np.arange(min(depth, sheet.cells.num_rows))
        columns = [column(sheet, i, few).to_pylist() for i in range(sheet.cells.num_columns)]
        _last[:] = [(sheet.cells, depth, [list(row) for row in zip(*columns, strict=True)])]
    return _last[0][2][:depth]


# The top of the sheet in work: every layout looks at it.
_last: list[tuple[pa.Table, int, list[list[str | None]]]] = []


def find_header(
    sheet: Sheet, known: Callable[[str], bool], minimum: int = 2, *, numbers: bool = False
) -> Header | None:
    """The first row with most cells that `known` accepts; None if no row has `minimum` of them.

    A number names no column, unless `numbers` lets `known` judge it too: a year may.
    """
    best, most = -1, minimum - 1
    seen: dict[str | None, str | None] = {None: None}  # what a cell says, asked once a text
    for index, row in enumerate(grid(sheet)):
        for cell in set(row):
            if cell is not None and cell not in seen:
                fits = (numbers or not NUMBER.match(cell)) and known(cell)
                seen[cell] = normalise(cell) if fits else None
        words = {seen[cell] for cell in row} - {None}
        if len(words) > most:
            best, most = index, len(words)
    return None if best < 0 else header_at(sheet, best)


def header_at(sheet: Sheet, row: int) -> Header:
    """The header whose telling row is `row`, widened by a group row above or parts below."""
    rows = grid(sheet, max(DEPTH, row + 5))
    below = has_parts_below(sheet, rows, row)
    above = not below and has_groups_above(sheet, rows, row)
    top, last = (row - 1 if above else row), (row + 1 if below else row)
    while last - top < DEEPEST - 1 and more_below(sheet, rows, row, last):
        last += 1
    pieces = parts(sheet, rows, top, last)
    names = tuple(" / ".join(p) for p in pieces)
    return Header(top, last, last + 1, names, pieces, read_hints(rows[:top]))


def data_rows(sheet: Sheet, header: Header, keys: Sequence[int]) -> Rows:
    """Rows below the header that hold data. `keys` are the columns that say whose row it is.

    Skipped are the title block, the header printed again, totals and signatures, and rows without
    any key after the last row with one.
    """
    asked = (header.top, header.row, header.names, tuple(keys))
    kept = _kept(sheet.cells)
    if asked not in kept:
        kept[asked] = _data_rows(sheet, header, keys)
    return kept[asked]


# The rows of the sheet in work: several layouts ask for the same ones.
_found: list[tuple[pa.Table, dict[object, Rows]]] = []


def _kept(cells: pa.Table) -> dict[object, Rows]:
    if not _found or _found[0][0] is not cells:
        _found[:] = [(cells, {})]
    return _found[0][1]


def _data_rows(sheet: Sheet, header: Header, keys: Sequence[int]) -> Rows:
    start, end = header.first_row, sheet.cells.num_rows
    rows: Ints = np.arange(start, end, dtype=np.int64)
    above = sum(any(c is not None for c in row) for row in grid(sheet)[: header.top])
    if not len(rows):
        return Rows(rows, above)
    columns = [column(sheet, i, rows) for i in range(sheet.cells.num_columns)]
    full = np.zeros(len(rows), dtype=np.int64)
    for values in columns:
        full += filled(values)
    some = full > 0
    first = pc.coalesce(*columns) if len(columns) > 1 else columns[0]
    out = _footer(first) & (full <= np.maximum(len(columns) - 1, 1))
    keyed: Bools = np.zeros(len(rows), dtype=np.bool_)
    told = np.zeros(len(rows), dtype=np.int64)
    for i in keys:
        keyed |= filled(columns[i])
        told += filled(columns[i])
    usual = _usual(told[keyed])
    for i in keys:  # a child may be called Total: then the row is filled like all others
        out |= _footer(columns[i]) & ((told < usual) | (usual == 1))
    out |= _repeats(columns, header, keys)
    # 'Class: 4 B' between the students of two classes
    out |= is_line(first) & (full < min(BESIDE, len(columns) - 1))
    good = some & keyed & ~out
    if keys:
        last = int(np.flatnonzero(good)[-1]) if good.any() else -1
        out |= ~keyed & (np.arange(len(rows)) > last)
        out |= _signatures(some, full, told, good)
    data = some & ~out
    return Rows(rows[data], above + int((some & ~data).sum()))


def _usual(counts: Ints) -> int:
    """The median of small whole numbers, rounded down; 0 of none."""
    if not len(counts):
        return 0
    rising = np.cumsum(np.bincount(counts))
    middle = [np.searchsorted(rising, (len(counts) + more) // 2 + 1) for more in (-1, 0)]
    return int(sum(middle)) // 2


def _footer(values: pa.Array) -> Bools:
    return mask(over_unique(values, lambda v: bool(_FOOTER.match(v)), pa.bool_()))


def _repeats(columns: Sequence[pa.Array], header: Header, keys: Sequence[int]) -> Bools:
    """Rows that print the header again: every named key column holds its own name."""
    same: Bools = np.ones(len(columns[0]), dtype=np.bool_)
    looked = 0
    for i in keys or range(len(columns)):
        own = {normalise(p) for p in (header.names[i], *header.parts[i]) if p}
        if own:
            looked += 1
            same &= _holds(columns[i], frozenset(own))
            if not same.any():  # most lists never repeat it: the first column already tells
                break
    return same if looked else np.zeros(len(columns[0]), dtype=np.bool_)


def _holds(values: pa.Array, words: frozenset[str]) -> Bools:
    return mask(over_unique(values, lambda v: normalise(v) in words, pa.bool_()))


def _signatures(some: Bools, full: Ints, told: Ints, good: Bools) -> Bools:
    """After the last gap: rows that fill fewer keys than data rows do, and hardly anything else."""
    if not good.any() or some.all():
        return np.zeros(len(some), dtype=np.bool_)
    usual = _usual(told[good])
    gap = np.maximum.accumulate(np.where(~some, np.arange(len(some)), -1))
    weak = (told < usual) & (full <= 3)
    return some & weak & (gap > np.flatnonzero(some)[0])
