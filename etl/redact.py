"""A copy of an upload without what must not be kept: passwords, and who answered a survey.

It is written from the cells that were read, where passwords were never in, in the shape the file
had: csv as csv, a workbook as values, a zip as a zip. Nothing of the original bytes passes through.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path, PurePosixPath

import pyarrow as pa

from etl import exchange, passwords
from etl.model import Sheet, SheetReport

_WORKBOOK = frozenset({".xlsx", ".xlsm", ".xls", ".ods"})
_TIME = re.compile(r"^(\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4})[ T,]+\d{1,2}:\d{2}.*$", re.DOTALL)
_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


def columns_out(reports: Sequence[SheetReport]) -> dict[str, frozenset[int]]:
    """Sheet key to the columns of surveys that were kept out because they name who answered."""
    return {
        f"{r.file}|{r.sheet}": frozenset(c.index for c in r.columns if c.target is None)
        for r in reports if r.kind == "survey" and any(c.target is None for c in r.columns)
    }


def held_secrets(sheets: Sequence[Sheet], out: Mapping[str, Collection[int]]) -> bool:
    """Whether the original may not be kept."""
    return any(s.dropped for s in sheets) or any(out.get(s.key) for s in sheets)


def copy(
    folder: Path, number: int, label: str, out: Mapping[str, Collection[int]]
) -> bytes | None:
    """File `number` of a drop without these columns; None if it may be kept as it is."""
    listed = exchange.read_json(folder / "cells" / str(number) / exchange.SHEETS)
    sheets = [exchange.sheet_from_json(s, folder) for s in listed]
    if not held_secrets(sheets, out):
        return None
    fresh = [(s, clean(s, out.get(s.key, ()))) for s in sheets]
    if PurePosixPath(label).suffix.lower() == ".zip":
        return _zip(fresh)
    return _file(label, fresh)


def clean(sheet: Sheet, out: Collection[int]) -> pa.Table:
    """The cells without passwords, and for a survey without columns and times that tell who."""
    cells = passwords.without(sheet).cells
    if not out:
        return cells
    for index in range(cells.num_columns):
        column = cells.column(index)
        if index in out:
            fresh = pa.chunked_array([pa.nulls(cells.num_rows, pa.string())])
        else:
            days = [v if v is None else _TIME.sub(r"\1", v) for v in column.to_pylist()]
            fresh = pa.chunked_array([days], pa.string())
        cells = cells.set_column(index, cells.column_names[index], fresh)
    return cells


def _file(label: str, sheets: Sequence[tuple[Sheet, pa.Table]]) -> bytes:
    if PurePosixPath(label).suffix.lower() in _WORKBOOK:
        return _workbook(sheets)
    delimiter = "\t" if label.lower().endswith(".tsv") else ","
    return b"".join(_csv(cells, delimiter) for _, cells in sheets)


def _csv(cells: pa.Table, delimiter: str) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter)
    for batch in cells.to_batches(max_chunksize=50_000):
        columns = [c.to_pylist() for c in batch.columns]
        rows = zip(*columns, strict=True)
        writer.writerows(["" if v is None else v for v in row] for row in rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _workbook(sheets: Sequence[tuple[Sheet, pa.Table]]) -> bytes:
    import xlsxwriter

    stream = io.BytesIO()
    options = {"in_memory": True, "constant_memory": True, "strings_to_formulas": False,
               "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(stream, options) as book:
        taken: set[str] = set()
        for sheet, cells in sheets:
            page = book.add_worksheet(_sheet_name(sheet.name, taken))
            for batch_at, batch in _batches(cells):
                columns = [c.to_pylist() for c in batch.columns]
                for row, values in enumerate(zip(*columns, strict=True), batch_at):
                    for column, value in enumerate(values):
                        if value is not None:
                            page.write_string(row, column, value[:32_767])
    return stream.getvalue()


def _batches(cells: pa.Table) -> list[tuple[int, pa.RecordBatch]]:
    out: list[tuple[int, pa.RecordBatch]] = []
    at = 0
    for batch in cells.to_batches(max_chunksize=50_000):
        out.append((at, batch))
        at += batch.num_rows
    return out


def _sheet_name(name: str, taken: set[str]) -> str:
    """A name that Excel accepts and that no other sheet of the copy has."""
    plain = unique = _NAME.sub(" ", name).strip("' ")[:31] or "Sheet"
    number = 1
    while unique.casefold() in taken:
        number += 1
        unique = f"{plain[:27]} {number}"
    taken.add(unique.casefold())
    return unique


def _zip(sheets: Sequence[tuple[Sheet, pa.Table]]) -> bytes:
    """Each file that lay in the zip, written anew under its name in it."""
    files: dict[str, list[tuple[Sheet, pa.Table]]] = {}
    for sheet, cells in sheets:
        files.setdefault(sheet.file, []).append((sheet, cells))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for file, parts in files.items():
            if any(cells.num_columns for _, cells in parts):
                inside = PurePosixPath(file.partition(".zip/")[2] or file)
                member = inside.with_suffix(".xlsx") if inside.suffix == ".xls" else inside
                archive.writestr(str(member), _file(str(inside), parts))
    return stream.getvalue()
