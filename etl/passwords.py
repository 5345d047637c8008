"""Takes columns of passwords out of a sheet before anything else sees them.

A column goes where a cell in one of the first rows names it a password; its place stays, empty, so
that column letters in reports remain right.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

import pyarrow as pa

from etl import celltext
from etl.model import Sheet

HEADER_ROWS = 40
_LONGEST = 60
_WHOLE = frozenset({"pwd", "pin", "passcode", "pw", "senha"})
_PART = re.compile(
    r"password|passwd|passwort|kennwort|contrasena|motdepasse|passphrase|wachtwoord"
)
_NOT_A_NAME = re.compile(r"[^a-z]")


def is_password(header: str | None) -> bool:
    """Whether this header names a column of passwords."""
    if not header or len(header) > _LONGEST:
        return False
    plain = unicodedata.normalize("NFKD", header.casefold())
    letters = _NOT_A_NAME.sub("", plain)
    return letters in _WHOLE or _PART.search(letters) is not None


def columns(cells: pa.Table, merged: tuple[tuple[int, int, int, int], ...] = ()) -> dict[int, str]:
    """Index and header of every password column of a grid."""
    rows = list(zip(*(c.to_pylist() for c in cells.slice(0, HEADER_ROWS).columns), strict=True))
    found: dict[int, str] = {}
    for number, row in enumerate(rows):
        if cells.num_columns > 1 and sum(v is not None for v in row) < 2:
            continue  # a title over the list, not a header
        for column, header in enumerate(row):
            if header is not None and is_password(header):
                for each in _span(number, column, merged):
                    found.setdefault(each, header.strip())
    return found


def _span(row: int, column: int, merged: tuple[tuple[int, int, int, int], ...]) -> range:
    for top, left, bottom, right in merged:
        if top <= row <= bottom and left <= column <= right:
            return range(left, right + 1)
    return range(column, column + 1)


def without(sheet: Sheet) -> Sheet:
    """The sheet with its password columns emptied and named in `dropped`."""
    found = columns(sheet.cells, sheet.merged)
    if not found:
        return sheet
    blank = pa.chunked_array([pa.nulls(sheet.cells.num_rows, pa.string())])
    kept = [
        blank if i in found else sheet.cells.column(i)
        for i in range(max(sheet.cells.num_columns, *(c + 1 for c in found)))
    ]
    names = tuple(dict.fromkeys(found.values()))
    return replace(sheet, cells=celltext.table(kept), dropped=(*sheet.dropped, *names))
