"""Bytes to cells: every sheet of an xlsx, xlsm, xls, ods, csv, tsv or zip as a grid of text.

Cells stay as they are typed: '007' is text, a blank is null, an error is named. Guarded throughout,
and only ever called inside the child process that `etl.desk` starts and may kill.
"""

from __future__ import annotations

import io
import threading
import zipfile
import zlib
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pyarrow as pa

from etl import (
    celltext,
    damaged,
    delimited,
    edfi,
    guard,
    letters,
    oldexcel,
    opendocument,
    passwords,
    shapes,
    sheetxml,
)
from etl.model import Finding, Sheet
from school.errors import UnreadableFile

LARGE = 4 * guard.MEGABYTE  # of a sheet's XML: below, a second thread would not be worth it
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_UNREAD = (
    "This sheet could not be read. Copy its cells into a new sheet in Excel and save the file "
    "again."
)


@dataclass(frozen=True)
class _Entry:
    """One worksheet as the workbook lists it."""

    name: str
    part: str
    hidden: bool


def read_sheets(path: Path) -> list[Sheet]:
    """All sheets of a file, in order; `UnreadableFile` with words if there are none."""
    return list(sheets(path.name, guard.read_bytes(path)))


def sheets(label: str, data: bytes) -> Iterator[Sheet]:
    """The sheets of one file, one at a time. `label` is the name that reports show."""
    kind = guard.sniff(label, data)
    if kind == "archive":
        yield from _archive(label, data)
        return
    source = {"workbook": _workbook, "xls": oldexcel.sheets, "ods": _document,
              "text": delimited.sheets}[kind]
    for sheet in source(label, data):
        yield from shapes.laid_out(edfi.plain(letters.mended(passwords.without(sheet))))


def _archive(label: str, data: bytes) -> Iterator[Sheet]:
    """Every list in a zip. One bad file in it becomes a finding and sinks no other."""
    found = False
    for name, content in guard.members(data):
        found = True
        inner = f"{label}/{name}"
        try:
            yield from sheets(inner, content)
        except UnreadableFile as error:
            yield unreadable(inner, name.rsplit("/", 1)[-1], error.words)
    if not found:
        raise UnreadableFile(f"There is no list in this zip. {guard.WANTED}")


def unreadable(file: str, name: str, words: str) -> Sheet:
    """A sheet without cells that carries only the reason."""
    finding = Finding("unreadable", "stops", words, sheet=name)
    return Sheet(file, name, pa.table({}), findings=(finding,))


def _workbook(label: str, data: bytes) -> Iterator[Sheet]:
    with guard.check_workbook(data) as archive:
        entries, system = _entries(archive)
        if not entries:
            raise UnreadableFile("There is no sheet with a list in this workbook.")
        if len(entries) > guard.SHEETS:
            raise UnreadableFile(
                f"This workbook has {len(entries)} sheets. Keep those with lists, at most "
                f"{guard.SHEETS}, and save it again."
            )
        reader = _Reader(data)
        for entry in entries:
            yield _sheet(label, entry, archive, reader, system)


def _document(label: str, data: bytes) -> Iterator[Sheet]:
    for page in opendocument.pages(data):
        yield Sheet(
            file=label,
            name=page.name,
            cells=celltext.stripped(celltext.from_rows(page.rows)),
            merged=tuple(page.grid.merged),
            hidden=page.hidden,
            findings=tuple(_number_findings(page.name, page.grid)),
        )


def _entries(archive: zipfile.ZipFile) -> tuple[list[_Entry], int]:
    """Worksheets in order, and the date system. Chart sheets and macro sheets are no lists."""
    try:
        book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
        links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    except (LookupError, ElementTree.ParseError, zipfile.BadZipFile, ValueError,
            zlib.error) as error:
        raise UnreadableFile(guard.DAMAGED, type(error).__name__) from error
    parts = {
        link.get("Id", ""): link.get("Target", "")
        for link in links if link.get("Type", "").endswith("/worksheet")
    }
    known = set(archive.namelist())
    entries: list[_Entry] = []
    system = 1900
    for element in book.iter():
        tag = element.tag.rsplit("}", 1)[-1]
        if tag == "workbookPr" and element.get("date1904", "0").lower() in ("1", "true"):
            system = 1904
        if tag != "sheet":
            continue
        named = (v for k, v in element.attrib.items() if k.endswith("}id"))
        link_id = element.get(_REL) or next(named, "")
        target = parts.get(link_id)
        if target is None:
            continue
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if part not in known:
            raise UnreadableFile(guard.DAMAGED)
        hidden = element.get("state", "visible") != "visible"
        entries.append(_Entry(element.get("name", ""), part, hidden))
    return entries, system


class _Reader:
    """The fast reader, and the slow one where the fast one fails on a sheet."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._fast: Any = None
        self._fast_failed = False
        self._begun: dict[str, Future[Any]] = {}
        self._one = threading.Lock()  # the fast reader reads one sheet at a time

    def begin(self, name: str) -> None:
        """Let the fast reader work on a sheet while it is measured: both need no turn in Python."""
        begun: Future[Any] = Future()
        self._begun[name] = begun

        def work() -> None:
            begun.set_result(self._load(name))

        # a daemon: a sheet that is refused meanwhile is not waited for
        threading.Thread(target=work, daemon=True).start()

    def cells(self, name: str, grid: sheetxml.Grid) -> pa.Table | None:
        """The cells of a sheet from column A and row 1 on; None where neither reader can."""
        if grid.rows == 0:
            return pa.table({})
        return self._by_calamine(name, grid) or self._by_openpyxl(name, grid)

    def _load(self, name: str) -> Any:
        """The sheet as the fast reader lays it out; None where it cannot."""
        with self._one:
            return self._laid_out(name)

    def _laid_out(self, name: str) -> Any:
        import fastexcel

        if self._fast_failed:
            return None
        try:
            if self._fast is None:
                self._fast = fastexcel.read_excel(self._data)
        except Exception:
            self._fast_failed = True
            return None
        try:
            return self._fast.load_sheet(
                name, header_row=None, skip_rows=0, dtypes="string", whitespace_as_null=True
            ).to_arrow()
        except Exception:  # whatever it raises, openpyxl is asked next
            return None

    def _by_calamine(self, name: str, grid: sheetxml.Grid) -> pa.Table | None:
        begun = self._begun.pop(name, None)
        batch = self._load(name) if begun is None else begun.result()
        if batch is None:
            return None
        columns = [pa.chunked_array([c]) for c in batch.columns]
        blank = pa.chunked_array([pa.nulls(batch.num_rows, pa.string())])
        return celltext.table([blank] * grid.first_column + columns)

    def _by_openpyxl(self, name: str, grid: sheetxml.Grid) -> pa.Table | None:
        import openpyxl

        try:
            book = openpyxl.load_workbook(io.BytesIO(self._data), read_only=True, data_only=True)
            sheet = book[name]
            sheet.reset_dimensions()
            values = sheet.iter_rows(max_row=grid.rows, max_col=grid.columns, values_only=True)
            rows = [[celltext.typed(cell) for cell in row] for row in values]
            book.close()
        except Exception:  # it raises whatever the damaged part makes it raise
            return None
        return celltext.from_rows(rows)


def _sheet(
    label: str, entry: _Entry, archive: zipfile.ZipFile, reader: _Reader, system: int
) -> Sheet:
    info = archive.getinfo(entry.part)
    if info.file_size >= LARGE:
        head = next(guard.unpack(archive, info, guard.WORKBOOK_BYTES), b"")
        if sheetxml.says_it_fits(head):
            reader.begin(entry.name)
    grid = sheetxml.scan(guard.unpack(archive, info, guard.WORKBOOK_BYTES))
    cells = reader.cells(entry.name, grid)
    if cells is None:
        return replace(unreadable(label, entry.name, _UNREAD), hidden=entry.hidden)
    if celltext.has_long_number(cells):
        pieces = guard.unpack(archive, info, guard.WORKBOOK_BYTES)
        grid.long_numbers = sheetxml.long_numbers(pieces)
    return Sheet(
        file=label,
        name=entry.name,
        cells=celltext.stripped(celltext.with_texts(celltext.plain_dates(cells), grid.texts)),
        merged=tuple(grid.merged),
        hidden=entry.hidden,
        date_system=system,
        findings=tuple(_number_findings(entry.name, grid)),
    )


def _number_findings(name: str, grid: sheetxml.Grid) -> Iterator[Finding]:
    if grid.long_numbers:
        row, column = grid.long_numbers[0]
        place = (row + 1, celltext.letter(column), name)
        yield damaged.long_numbers(len(grid.long_numbers), *place)
    if grid.empty_formulas:
        row, column = grid.empty_formulas[0]
        yield Finding(
            "formula_without_value", "warns",
            "Some cells hold a formula without its result. Open the file in Excel, save it, and "
            "add it again.",
            sheet=name, row=row + 1, column=celltext.letter(column), expected="a value",
            count=len(grid.empty_formulas),
        )
    elif grid.formulas and grid.formulas == grid.zero_formulas:
        yield Finding(
            "formulas_all_zero", "warns",
            "Every formula on this sheet shows 0. If that is not so in Excel, open the file there, "
            "save it, and add it again.",
            sheet=name, found="0", count=grid.formulas,
        )
