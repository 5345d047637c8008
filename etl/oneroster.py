"""What the files of OneRoster say about their own rows: active, inactive, or to be deleted.

In a file of everything a row that is to be deleted is left out and counted. In a file of changes
(the manifest says which is one) it ends something: such rows become a sheet of their own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import PurePosixPath

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.cells import Bools, column, mask, over_unique
from etl.fields import normalise
from etl.model import Finding, Sheet
from etl.rosters import kind_of

TAKEN_BACK = " (rows taken back)"
_ENDS = frozenset(("links", "students", "users", "roles", "sections"))
_WORDS = (
    "Rows of this file are marked “tobedeleted” or “inactive”. They are left out. What an earlier "
    "file said of them stays until that file is taken back on Data quality."
)


def settled(sheets: Iterable[Sheet]) -> list[Sheet]:
    """The sheets of a drop without rows that are to be deleted; those of changes stand apart."""
    listed = list(sheets)
    changes = {c for sheet in listed for c in _changes(sheet)}
    return [part for sheet in listed for part in _parts(sheet, changes)]


def _changes(sheet: Sheet) -> list[tuple[str, str]]:
    """Folder and file of each file of changes, where this sheet is a manifest."""
    if not sheet.cells.num_columns or kind_of(sheet) != "manifest":
        return []
    said = zip(column(sheet, 0).to_pylist(), column(sheet, 1).to_pylist(), strict=True)
    return [
        (_folder(sheet), normalise(name.partition(".")[2]))
        for name, value in said
        if name and name.startswith("file.") and (value or "").lower() == "delta"
    ]


def _folder(sheet: Sheet) -> str:
    return str(PurePosixPath(sheet.file).parent)


def _parts(sheet: Sheet, changes: set[tuple[str, str]]) -> list[Sheet]:
    if not sheet.cells.num_columns or not sheet.cells.num_rows:
        return [sheet]
    names = [normalise(c[0].as_py() or "") for c in sheet.cells.columns]
    if "sourcedid" not in names or "status" not in names:
        return [sheet]
    status = column(sheet, names.index("status"))
    deleted, inactive = (
        mask(over_unique(status, lambda v, w=word: v.lower() == w, pa.bool_()))  # type: ignore[misc]
        for word in ("tobedeleted", "inactive")
    )
    out: list[Sheet] = []
    if (_folder(sheet), normalise(PurePosixPath(sheet.file).stem)) in changes and (
            deleted.any() and kind_of(sheet) in _ENDS):
        header = np.arange(sheet.cells.num_rows) == 0
        out.append(replace(sheet, name=f"{sheet.name}{TAKEN_BACK}",
                           cells=_only(sheet, deleted | header), findings=()))
        sheet, deleted = replace(sheet, cells=_only(sheet, ~deleted)), np.zeros_like(deleted)
    gone = deleted | inactive
    if gone.any():
        finding = Finding("to be deleted", "warns", _WORDS, sheet.name, int(gone.argmax()) + 1,
                          "status", count=int(gone.sum()))
        sheet = replace(sheet, cells=_only(sheet, ~gone), findings=(*sheet.findings, finding))
    # a file that only takes back leaves nothing to read beside that
    rest = not out or any(c[1:].null_count < len(c) - 1 for c in sheet.cells.columns)
    return [sheet, *out] if rest else out


def _only(sheet: Sheet, rows: Bools) -> pa.Table:
    """The cells of these rows; the others are blank, so that a row keeps its number."""
    blank = pa.scalar(None, pa.string())
    kept = pa.array(rows)
    return pa.table({
        name: pc.if_else(kept, sheet.cells.column(name), blank)
        for name in sheet.cells.column_names
    })  # fmt: skip
