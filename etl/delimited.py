"""Reads csv and tsv files as a grid of text, whatever encoding and delimiter they came in.

Fast where every row has the same width, row by row where not; nothing is guessed about types.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from typing import Literal

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from etl import celltext, guard, sheetxml
from etl.model import Finding, Sheet
from school.errors import UnreadableFile

DELIMITERS = (",", ";", "\t", "|")
CELLS = 60_000_000
_SAMPLE = 64 * 1024
_CELL_BYTES = 1024 * 1024
_LINES_IN_A_CELL = 50
_TOO_WIDE = (
    "This file has rows with more than 16,384 columns, so it is not a list. Export it again."
)


def sheets(label: str, data: bytes) -> Iterator[Sheet]:
    """The one sheet of a text file, named as Excel would name it."""
    name = PurePosixPath(label).stem
    text, found = decode(data)
    # what is plain UTF-8 already need not be written again
    content = data if len(text) == len(data) and text.isascii() else text.encode()
    del text
    delimiter, content = _delimiter(content)
    cells = _fast(content, delimiter)
    if cells is None:
        cells, torn = _by_row(content, delimiter)
        found += torn
    findings = tuple(_named(f, name) for f in found)
    yield Sheet(label, name, celltext.stripped(cells), findings=findings)


def _named(finding: Finding, name: str) -> Finding:
    return Finding(finding.rule, finding.level, finding.words, sheet=name, row=finding.row,
                   found=finding.found, count=finding.count)


def decode(data: bytes) -> tuple[str, list[Finding]]:
    """The text of a file: by its mark, else UTF-8, else UTF-16 by its zeros, else Windows-1252."""
    try:
        if data.startswith(b"\xef\xbb\xbf"):
            return data[3:].decode("utf-8"), []
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            return data.decode("utf-16"), []
        if b"\x00" in data[:4096]:
            return _with_zeros(data), []
        return data.decode("utf-8"), []
    except UnicodeDecodeError:
        pass
    if b"\x00" in data[:_SAMPLE]:
        raise UnreadableFile(guard.DAMAGED)
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    shown = [w for w in dict.fromkeys(text.split()) if not w.isascii()][:1]
    words = (
        "This file does not say how its letters are stored. We read it as Windows text: check "
        "names with accents."
    )
    return text, [Finding("encoding", "warns", words)] if shown else []


def _with_zeros(data: bytes) -> str:
    head = data[:4096]
    odd, even = head[1::2].count(0), head[0::2].count(0)
    if max(odd, even) < len(head) // 4 or min(odd, even) > len(head) // 8:
        raise UnreadableFile(guard.DAMAGED)
    return data.decode("utf-16-le" if odd > even else "utf-16-be")


def _delimiter(content: bytes) -> tuple[str, bytes]:
    """What stands between the cells, and the content without Excel's own 'sep=' line."""
    end = content.find(b"\n")
    first = content if end < 0 else content[:end]
    said = first.strip().lower()
    if said.startswith(b"sep=") and len(said) == 5:
        return first.strip()[4:].decode(), content[len(first) + 1:]
    if said == b"sep=" and first.endswith(b"\t"):
        return "\t", content[len(first) + 1:]
    sample = content[:_SAMPLE].decode("utf-8", "ignore")
    if len(content) > _SAMPLE:
        sample = sample.rpartition("\n")[0] or sample
    return max(DELIMITERS, key=lambda d: _fit(sample, d)), content


def _fit(sample: str, delimiter: str) -> tuple[float, int]:
    """How well a delimiter explains the sample: share of rows of one width, that width."""
    try:
        widths = [len(row) for row in csv.reader(io.StringIO(sample), delimiter=delimiter) if row]
    except csv.Error:
        return (0.0, 0)
    many = Counter(w for w in widths if w > 1)
    if not many:
        return (0.0, 0)
    width, rows = max(many.items(), key=lambda item: (item[1], item[0]))
    return (rows / len(widths), width)


def _fast(content: bytes, delimiter: str) -> pa.Table | None:
    """All cells at once; None where rows differ in width or a quote is left open."""
    width = _first_width(content, delimiter)
    lines = content.count(b"\n")
    if width * (lines + 1) > CELLS:
        raise UnreadableFile(sheetxml.TOO_WIDE)
    quotes = content.count(b'"')
    try:
        table = pacsv.read_csv(
            pa.py_buffer(content),
            read_options=pacsv.ReadOptions(
                autogenerate_column_names=True, block_size=8 * guard.MEGABYTE
            ),
            parse_options=pacsv.ParseOptions(
                delimiter=delimiter, newlines_in_values=quotes > 0, ignore_empty_lines=False
            ),
            convert_options=pacsv.ConvertOptions(
                column_types={f"f{i}": pa.string() for i in range(width)},
                strings_can_be_null=True, quoted_strings_can_be_null=True, null_values=[""],
            ),
        )
    except (pa.ArrowInvalid, pa.ArrowKeyError):
        return None
    if table.num_columns != width or _swallowed(table, lines) or _left_open(table, quotes):
        return None
    return celltext.table([_without_spaces(c) for c in table.columns])


def _first_width(content: bytes, delimiter: str) -> int:
    head = content[: 4 * _SAMPLE].decode("utf-8", "ignore")
    try:
        width = len(next(csv.reader(io.StringIO(head), delimiter=delimiter), [""])) or 1
    except csv.Error:
        return 1
    if width > sheetxml.COLUMNS:
        raise UnreadableFile(_TOO_WIDE)
    return width


def _swallowed(table: pa.Table, lines: int) -> bool:
    """Whether some cell holds so many lines that an open quote must have swallowed rows."""
    if table.num_rows >= lines:
        return False
    most = (pc.max(pc.count_substring(c, "\n")).as_py() or 0 for c in table.columns)
    return any(count > _LINES_IN_A_CELL for count in most)


def _left_open(table: pa.Table, quotes: int) -> bool:
    """Whether a quote that was opened runs to the end of the file, through its last cell."""
    if not table.num_rows or quotes % 2 == 0:
        return False
    return any("\n" in (c[table.num_rows - 1].as_py() or "") for c in table.columns)


def _without_spaces(column: pa.ChunkedArray) -> pa.ChunkedArray:
    blank = pc.ascii_is_space(column)
    return pc.if_else(blank, None, column) if pc.any(blank).as_py() else column


def _by_row(content: bytes, delimiter: str) -> tuple[pa.Table, list[Finding]]:
    """Rows of unequal width, one by one. An open quote is read as a plain character, and said."""
    text = content.decode()
    found: list[Finding] = []
    rows = _rows(text, delimiter, csv.QUOTE_MINIMAL)
    if rows is None:
        found.append(Finding("open_quote", "warns", "A quotation mark is opened and not closed. "
                             "We read all quotation marks as plain characters: check some rows."))
        rows = _rows(text, delimiter, csv.QUOTE_NONE) or []
    return celltext.from_rows(rows), found


def _rows(text: str, delimiter: str, quoting: Literal[0, 3]) -> list[Sequence[str | None]] | None:
    csv.field_size_limit(_CELL_BYTES)
    out: list[Sequence[str | None]] = []
    cells = 0
    widest = 1
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quoting=quoting):
            widest = max(widest, len(row))
            cells = len(out) * widest
            if widest > sheetxml.COLUMNS:
                raise UnreadableFile(_TOO_WIDE)
            if cells > CELLS:
                raise UnreadableFile(sheetxml.TOO_WIDE)
            if quoting == csv.QUOTE_MINIMAL and any(v.count("\n") > _LINES_IN_A_CELL for v in row):
                return None
            out.append([v if v.strip() else None for v in row])
    except csv.Error:
        if quoting == csv.QUOTE_NONE:
            raise UnreadableFile(guard.DAMAGED) from None
        return None
    torn = out and any("\n" in (v or "") for v in out[-1])  # an open quote runs to the end
    if quoting == csv.QUOTE_MINIMAL and torn and text.count('"') % 2:
        return None
    return out
