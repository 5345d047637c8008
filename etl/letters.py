"""Letters that were torn on their way: UTF-8 once read as Windows text, and letters that are lost.

'MuÃ±oz' is put right only where the bytes behind it are UTF-8 beyond doubt; what is lost is named.
"""

from __future__ import annotations

import re
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from etl import celltext
from etl.cells import over_unique
from etl.model import Finding, Sheet

# what the first and the next byte of a letter beyond ASCII become when read as Windows text
_SIGNS = "[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u0192\u02c6-\u02dc\u2013-\u2122]"
_TORN = re.compile(_SIGNS)
_LOST = "\ufffd"
_TORN_WORDS = (
    "Letters of this sheet were torn on their way: it was saved in one way and opened in another. "
    "We put them right: check a few names."
)
_LOST_WORDS = (
    "A letter of this cell is lost: the file was saved in a way that cannot hold it. Export it "
    "again as UTF-8 or as xlsx."
)


def mended(sheet: Sheet) -> Sheet:
    """The sheet with torn letters put right; a finding names the first cell of each kind."""
    cells = sheet.cells
    findings: list[Finding] = []
    torn: list[tuple[int, int]] = []
    lost: list[tuple[int, int]] = []
    for index, name in enumerate(cells.column_names):
        values = cells.column(index)
        if pc.all(pc.string_is_ascii(values)).as_py() is not False:
            continue
        lost += _places(pc.match_substring(values, _LOST), index)
        if pc.any(pc.match_substring_regex(values, _SIGNS)).as_py():
            whole = values.combine_chunks()
            right = over_unique(whole, put_right, pa.string())
            found = _places(pc.not_equal(right, whole), index)
            torn += found
            cells = cells.set_column(index, name, pa.chunked_array([right])) if found else cells
    for places, rule, words in (
        (torn, "torn letters", _TORN_WORDS), (lost, "lost letters", _LOST_WORDS)
    ):
        if places:
            row, column = min(places)
            findings.append(Finding(rule, "warns", words, sheet.name, row + 1,
                                    celltext.letter(column), count=len(places)))
    return replace(sheet, cells=cells, findings=(*sheet.findings, *findings)) if findings else sheet


def _places(hits: pa.Array | pa.ChunkedArray, column: int) -> list[tuple[int, int]]:
    rows = pc.indices_nonzero(pc.fill_null(hits, False)).to_pylist()
    return [(row, column) for row in rows]


def put_right(text: str) -> str:
    """Text whose letters are UTF-8 read as Windows text, as it was typed; else as it stands."""
    if not _TORN.search(text):
        return text
    try:
        return b"".join(_byte(letter) for letter in text).decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return text


def _byte(letter: str) -> bytes:
    """The byte behind a letter of Windows text; five bytes have no letter and stand for themselves.
    """
    try:
        return letter.encode("cp1252")
    except UnicodeEncodeError:
        return letter.encode("latin-1")
