"""Measures the grid of one sheet of an xlsx from its bytes, before a parser lays it out.

One pass finds how far the cells reach, which ranges are merged, and those cells that a fast reader
gets wrong: errors, booleans and formulas that carry no value. Kept cheap: whole chunks are looked
at with numpy, and single cells only where something special stands in them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from etl.guard import CHUNK, check_prolog
from school.errors import UnreadableFile

CELLS = 3_000_000
ROWS = 1_048_576
COLUMNS = 16_384
TOO_WIDE = (
    "A sheet of this file reaches over more than 3 million cells. Delete the empty rows and "
    "columns around your list, or split it, and save it again."
)

_CELL = re.compile(
    rb"<(?:\w+:)?(?:c(?=[\s>/])([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)|row(?=[\s>/])([^>]*)>)", re.DOTALL
)
_ROW = re.compile(rb"""\br\s*=\s*["'](\d{1,7})["']""")
_REF = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{1,3})(\d{1,7})["']""")
_MERGE = re.compile(
    rb"""<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*["']([A-Z]+)(\d+):([A-Z]+)(\d+)["']"""
)
_DIMENSION = re.compile(
    rb"""<(?:\w+:)?dimension\s[^>]*?ref\s*=\s*["']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})["']"""
)
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>(.*?)</(?:\w+:)?v>", re.DOTALL)
_LONG = re.compile(
    rb"<(?:\w+:)?c\s([^>]*)><(?:\w+:)?v>(\d{16,}|\d\.\d+[Ee]\+?(?:1[5-9]|[2-9]\d))</(?:\w+:)?v>"
)
_NAME_ENDS = np.isin(np.arange(256), list(b" />\t\r\n"))  # what may follow an element's name
_ROOT = re.compile(rb"<(\w+:)?worksheet\b")


@dataclass
class Grid:
    """What one pass over a sheet found. Rows and columns count from 0; `cells` has a value each.

    `texts` maps (row, column) to what stands there where a fast reader would lose it.
    """

    rows: int = 0
    columns: int = 0
    first_column: int = COLUMNS
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    formulas: int = 0
    zero_formulas: int = 0
    empty_formulas: list[tuple[int, int]] = field(default_factory=list)
    long_numbers: list[tuple[int, int]] = field(default_factory=list)
    place: tuple[int, int] = (-1, -1)  # where the last cell stood, for cells without an address


def says_it_fits(head: bytes) -> bool:
    """Whether a sheet's first bytes claim a size within the limit. Only what `scan` finds counts:
    a sheet that claims too little is caught by the memory its reader may take.
    """
    check_prolog(head)
    found = _DIMENSION.search(head)
    if found is None:
        return False
    first, top, last, bottom = found.groups()
    width, height = column_number(last) - column_number(first) + 1, int(bottom) - int(top) + 1
    return width > 0 and height > 0 and width * height <= CELLS


def column_number(letters: bytes) -> int:
    """Number of a column from its letters, A is 0."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number - 1


def scan(pieces: Iterator[bytes], joined: int = CHUNK) -> Grid:
    """Measure a sheet; `UnreadableFile` where its cells reach too far."""
    grid = Grid()
    rest = b""
    first = True
    for piece in _joined(pieces, joined):
        chunk = rest + piece
        if first:
            check_prolog(chunk)
            root = _ROOT.search(chunk[:65536])
            prefix = (root.group(1) or b"") if root else b""
            first = False
        cut = _cut(chunk, prefix)
        _measure(chunk[:cut], prefix, grid)
        rest = chunk[cut:]
    if not first:
        _measure(rest, prefix, grid)
    if grid.rows * (grid.columns - min(grid.first_column, grid.columns)) > CELLS:
        raise UnreadableFile(TOO_WIDE)
    return grid


def _joined(pieces: Iterator[bytes], size: int) -> Iterator[bytes]:
    held: list[bytes] = []
    length = 0
    for piece in pieces:
        held.append(piece)
        length += len(piece)
        if length >= size:
            yield b"".join(held)
            held, length = [], 0
    if held:
        yield b"".join(held)


def _cut(chunk: bytes, prefix: bytes) -> int:
    """Where to cut so that no cell and no merged range is torn."""
    cell = chunk.rfind(b"<" + prefix + b"c ")
    merge = chunk.rfind(b"<" + prefix + b"mergeCell ")
    return max(cell, merge, 0)


def _measure(chunk: bytes, prefix: bytes, grid: Grid) -> None:
    if not chunk:
        return
    if b"mergeCell" in chunk:
        for a, b, c, d in _MERGE.findall(chunk):
            grid.merged.append((int(b) - 1, column_number(a), int(d) - 1, column_number(c)))
    data = np.frombuffer(chunk + b"\x00" * 16, dtype=np.uint8)
    cells = _named(data, b"<" + prefix + b"c")
    if len(cells):
        # single quotes need no look here: cells written so are read one by one in any case
        special = (
            len(_named(data, b'="e"', 2)) or len(_named(data, b'="b"', 2))
            or len(_named(data, b"<" + prefix + b"f"))
        )
        if not _reach(chunk, data, cells, grid) or special:
            _read_cells(chunk, grid)


def _named(data: np.ndarray, mark: bytes, pivot: int = -1) -> np.ndarray:
    """Where `mark` stands, by its rarest byte; an element's name only where it ends there."""
    pivot = pivot % len(mark)
    at = np.flatnonzero(data[:-16] == mark[pivot])
    at = at[at >= pivot]
    for offset in range(len(mark)):
        if offset != pivot:
            at = at[data[at + (offset - pivot)] == mark[offset]]
    return at[_NAME_ENDS[data[at + 1]]] if mark[0] == 60 else at


def _reach(chunk: bytes, data: np.ndarray, at: np.ndarray, grid: Grid) -> bool:
    """Widen the grid by plainly written cell addresses; False where some are written otherwise."""
    for offset, byte in enumerate(b' r="', 1):
        if not (data[at + offset] == byte).all():
            return False
    at = at + 5
    column = np.zeros(len(at), dtype=np.int64)
    row = np.zeros(len(at), dtype=np.int64)
    active = np.ones(len(at), dtype=bool)
    for _ in range(3):
        byte = data[at]
        active &= (byte >= 65) & (byte <= 90)
        if not active.any():
            break
        column = np.where(active, column * 26 + byte - 64, column)
        at = at + active
    active = np.ones(len(at), dtype=bool)
    for _ in range(7):
        byte = data[at]
        active &= (byte >= 48) & (byte <= 57)
        if not active.any():
            break
        row = np.where(active, row * 10 + byte - 48, row)
        at = at + active
    if not (column.min() > 0 and row.min() > 0):
        return False
    return _widen(chunk, data, at, row, column, grid)


def _widen(chunk: bytes, data: np.ndarray, at: np.ndarray, row: np.ndarray, column: np.ndarray,
           grid: Grid) -> bool:
    """Take the reach of these cells into the grid. Styled cells without a value do not count."""
    height = max(grid.rows, int(row.max()))
    width = max(grid.columns, int(column.max()))
    if height * width > CELLS:
        return False  # perhaps only styled and empty: look at every cell
    grid.rows, grid.columns = height, width
    for number in range(int(column.min()), grid.first_column + 1):
        for place in at[column == number]:
            end = chunk.find(b">", int(place))
            if end > 0 and chunk[end - 1] != 47:  # not '/>'
                grid.first_column = number - 1
                return True
    return True


def _read_cells(chunk: bytes, grid: Grid) -> None:
    """Cell by cell, for chunks with odd writing, errors, booleans or formulas."""
    row, column = grid.place
    for cell in _CELL.finditer(chunk):
        attributes, inner, line = cell.groups()
        if line is not None:
            number = _ROW.search(line)
            row, column = (int(number.group(1)) - 1 if number else row + 1), -1
            continue
        ref = _REF.search(attributes)
        if ref:
            column, row = column_number(ref.group(1)), int(ref.group(2)) - 1
        else:
            column += 1
        if not inner:
            continue
        if row >= ROWS or column >= COLUMNS:
            raise UnreadableFile(TOO_WIDE)
        grid.rows = max(grid.rows, row + 1)
        grid.columns = max(grid.columns, column + 1)
        grid.first_column = min(grid.first_column, column)
        if (grid.rows * (grid.columns - grid.first_column)) > CELLS:
            raise UnreadableFile(TOO_WIDE)
        _special(attributes, inner, (max(row, 0), column), grid)
    grid.place = row, column


def _special(attributes: bytes, inner: bytes, place: tuple[int, int], grid: Grid) -> None:
    value = _VALUE.search(inner)
    text = value.group(1).strip() if value else b""
    if b'"e"' in attributes or b"'e'" in attributes:
        grid.texts[place] = text.decode("utf-8", "replace") or "#ERROR"
    elif b'"b"' in attributes or b"'b'" in attributes:
        grid.texts[place] = "TRUE" if text == b"1" else "FALSE"
    if b"<f" in inner or b":f" in inner:
        grid.formulas += 1
        # an empty text with type str is a result that shows nothing, as in IF(A1="","",…)
        if not text and b"is>" not in inner and not (value and b'"str"' in attributes):
            grid.empty_formulas.append(place)
        elif text == b"0":
            grid.zero_formulas += 1


def long_numbers(pieces: Iterator[bytes]) -> list[tuple[int, int]]:
    """Cells that hold a number of more than fifteen digits and no text, in order."""
    found: list[tuple[int, int]] = []
    rest = b""
    for piece in pieces:
        chunk = rest + piece
        cut = max(chunk.rfind(b"<c "), chunk.rfind(b":c ") - 40, 0)
        rest = chunk[cut:]
        found += _long_in(chunk[:cut])
    return found + _long_in(rest)


def _long_in(chunk: bytes) -> list[tuple[int, int]]:
    out = []
    for attributes, _ in _LONG.findall(chunk):
        ref = _REF.search(attributes)
        if ref and b't="' not in attributes.replace(b't="n"', b""):
            out.append((int(ref.group(2)) - 1, column_number(ref.group(1))))
    return out
