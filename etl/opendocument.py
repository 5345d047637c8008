"""Reads the sheets of an OpenDocument file (ods) from its XML, measuring while it reads.

A cell or a row may say that it is repeated a million times: what is blank costs nothing, and what
is filled is counted before it is laid out.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from etl import celltext, guard, sheetxml
from school.errors import UnreadableFile

_CONTENT = "content.xml"
_MANIFEST = "META-INF/manifest.xml"
_SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"
_TIME = re.compile(r"^PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S$")
_NUMBERS = frozenset(("float", "currency", "percentage"))
_ASIDE = frozenset(("annotation", "shapes", "tracked-changes", "frame", "custom-shape"))


@dataclass
class Page:
    """One sheet: its rows as far as they are filled, and what was found while they were read."""

    name: str
    hidden: bool
    rows: list[list[str | None]] = field(default_factory=list)
    grid: sheetxml.Grid = field(default_factory=sheetxml.Grid)


def pages(data: bytes) -> Iterator[Page]:
    """All sheets in order; `UnreadableFile` where the file is locked, damaged or reaches too far.
    """
    with guard.open_zip(data) as archive:
        guard.check_directory(archive, guard.WORKBOOK_MEMBERS, guard.WORKBOOK_BYTES)
        _check_kind(archive)
        reader = _Reader()
        done = 0
        pieces = guard.unpack(archive, archive.getinfo(_CONTENT), guard.WORKBOOK_BYTES)
        for number, piece in enumerate(pieces):
            if number == 0:
                guard.check_prolog(piece)
            reader.feed(piece)
            while done < len(reader.pages) - 1:
                yield reader.pages[done]
                done += 1
        reader.end()
        yield from reader.pages[done:]


def _check_kind(archive: zipfile.ZipFile) -> None:
    """Refuse text documents and drawings, and files that are locked with a password."""
    for name in ("mimetype", _MANIFEST):
        if name not in archive.namelist():
            continue
        told = b"".join(guard.unpack(archive, archive.getinfo(name), guard.MEGABYTE))
        if name == _MANIFEST and b"encryption-data" in told:
            raise UnreadableFile(guard.DAMAGED)
        if name == "mimetype" and not told.startswith(_SPREADSHEET):
            raise UnreadableFile(f"This document is no spreadsheet. {guard.WANTED}")


class _Reader:
    """Follows the XML of a document and lays out one page after the other."""

    def __init__(self) -> None:
        self.pages: list[Page] = []
        self._hidden: set[str] = set()
        self._style = ""
        self._aside = 0  # how deep we are in notes and drawings, whose text is no cell's
        self._row = self._column = 0
        self._row_times = 1
        self._line: list[str | None] = []
        self._cell: Mapping[str, str] | None = None
        self._words: list[str] | None = None
        self._parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.EntityDeclHandler = parser.StartDoctypeDeclHandler = _refuse

    def feed(self, piece: bytes) -> None:
        self._parse(piece, False)

    def end(self) -> None:
        self._parse(b"", True)
        if not self.pages:
            raise UnreadableFile("There is no sheet with a list in this document.")

    def _parse(self, piece: bytes, last: bool) -> None:
        try:
            self._parser.Parse(piece, last)
        except (expat.ExpatError, ValueError) as error:
            raise UnreadableFile(guard.DAMAGED, type(error).__name__) from error

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        tag = _local(name)
        if self._aside or tag in _ASIDE:
            self._aside += 1
            return
        if tag in ("table-cell", "covered-table-cell"):
            cell = {_local(k): v for k, v in attributes.items()}
            if any(k.endswith(" value-type") and v == "error" for k, v in attributes.items()):
                cell["value-type"] = "error"
            self._cell, self._words = cell, None
        elif tag == "p" and self._cell is not None:
            self._words = ["\n"] if self._words is None else [*self._words, "\n"]
        elif tag in ("s", "tab", "line-break") and self._words is not None:
            told = {_local(k): v for k, v in attributes.items()}
            self._words.append({"tab": "\t", "line-break": "\n"}.get(tag, " " * _count(told, "c")))
        elif tag == "table-row":
            told = {_local(k): v for k, v in attributes.items()}
            self._row_times, self._column, self._line = _count(told, "number-rows-repeated"), 0, []
        elif tag == "table":
            told = {_local(k): v for k, v in attributes.items()}
            self._open(told.get("name", ""), told.get("style-name", "") in self._hidden)
        elif tag == "style":
            self._style = next((v for k, v in attributes.items() if _local(k) == "name"), "")
        elif tag == "table-properties" and "false" in (
            v for k, v in attributes.items() if _local(k) == "display"
        ):
            self._hidden.add(self._style)

    def _open(self, name: str, hidden: bool) -> None:
        if len(self.pages) >= guard.SHEETS:
            raise UnreadableFile(
                f"This document has more than {guard.SHEETS} sheets. Keep those with lists and "
                "save it again."
            )
        self.pages.append(Page(name, hidden))
        self._row = 0

    def _text(self, text: str) -> None:
        if self._words is not None and not self._aside:
            self._words.append(text)

    def _end(self, name: str) -> None:
        if self._aside:
            self._aside -= 1
            return
        tag = _local(name)
        if tag in ("table-cell", "covered-table-cell") and self._cell is not None:
            covered = tag == "covered-table-cell"
            self._place(self._cell, None if covered else "".join(self._words or ()).lstrip("\n"))
            self._cell = self._words = None
        elif tag == "table-row" and self.pages:
            self._close_row()

    def _place(self, cell: Mapping[str, str], words: str | None) -> None:
        """Put a cell, as often as it is repeated, into the row."""
        times = _count(cell, "number-columns-repeated")
        text = None if words is None else _value(cell, words)
        page = self.pages[-1] if self.pages else Page("", False)
        here = self._row, self._column
        if "formula" in cell and words is not None:
            page.grid.formulas += 1
            if text is None and "value-type" not in cell:
                page.grid.empty_formulas.append(here)
            page.grid.zero_formulas += text == "0"
        down, across = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
        if down > 1 or across > 1:
            page.grid.merged.append((*here, self._row + down - 1, self._column + across - 1))
        self._column += times
        if text is None:
            return
        if self._column > sheetxml.COLUMNS or self._row >= sheetxml.ROWS:
            raise UnreadableFile(sheetxml.TOO_WIDE)
        if cell.get("value-type") in _NUMBERS and text.isdigit() and len(text) > 15:
            page.grid.long_numbers.append(here)
        self._line += [None] * (self._column - times - len(self._line)) + [text] * times

    def _close_row(self) -> None:
        page = self.pages[-1]
        if self._line:
            page.grid.rows = self._row + self._row_times
            page.grid.columns = max(page.grid.columns, len(self._line))
            if page.grid.rows * page.grid.columns > sheetxml.CELLS:
                raise UnreadableFile(sheetxml.TOO_WIDE)
            page.rows += [[] for _ in range(self._row - len(page.rows))]
            page.rows += [self._line] * self._row_times
        self._row += self._row_times
        self._line = []


def _refuse(*_: Any) -> None:
    guard.check_prolog(b"<!DOCTYPE")


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _count(attributes: Mapping[str, str], name: str) -> int:
    """A count as the document states it, at least 1."""
    return max(int(attributes.get(name, "1")[:9]), 1)


def _value(cell: Mapping[str, str], words: str) -> str | None:
    """What stands in a cell: its value, never the form in which it is shown."""
    kind, shown = cell.get("value-type", ""), celltext.typed(words)
    if kind in _NUMBERS:
        stated = cell.get("value", "")
        try:
            return stated if stated.isdigit() else celltext.number(float(stated))
        except ValueError:
            return shown
    if kind == "date":
        moment = cell.get("date-value", "").replace("T", " ").partition(".")[0]
        return moment.removesuffix(" 00:00:00") or shown
    if kind == "time" and (found := _TIME.match(cell.get("time-value", ""))):
        return f"{int(found[1]):02d}:{int(found[2]):02d}:{int(found[3]):02d}"
    if kind == "boolean":
        return cell.get("boolean-value", "").upper() or shown
    return shown if kind == "error" or shown else celltext.typed(cell.get("string-value"))
