"""What the files of OneRoster say about their own rows: active, inactive, or to be deleted.

A row that is to be deleted is taken out and counted; what it once said is never read as if it held.
"""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from etl.cells import column, mask, over_unique
from etl.fields import normalise
from etl.model import Finding, Sheet

_GONE = frozenset(("tobedeleted", "inactive"))
_WORDS = (
    "Rows of this file are marked “tobedeleted” or “inactive”. They are left out. What an earlier "
    "file said of them stays until that file is taken back on Data quality."
)


def without_deleted(sheet: Sheet) -> Sheet:
    """The sheet without the rows that its status column takes back; a finding counts them."""
    if not sheet.cells.num_columns or not sheet.cells.num_rows:
        return sheet
    names = [normalise(c[0].as_py() or "") for c in sheet.cells.columns]
    if "sourcedid" not in names or "status" not in names:
        return sheet
    status = column(sheet, names.index("status"))
    gone = mask(over_unique(status, lambda v: v.lower() in _GONE, pa.bool_()))
    if not gone.any():
        return sheet
    blank = pa.scalar(None, pa.string())
    cells = pa.table({
        name: pc.if_else(pa.array(~gone), sheet.cells.column(name), blank)
        for name in sheet.cells.column_names
    })  # fmt: skip
    first = int(gone.argmax()) + 1
    finding = Finding("to be deleted", "warns", _WORDS, sheet.name, first, "status",
                      count=int(gone.sum()))
    return replace(sheet, cells=cells, findings=(*sheet.findings, finding))
