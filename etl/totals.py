"""Totals in a table: they say again what its rows and columns say, so they are left out, and told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.cells import Ints, column, mask, over_unique
from etl.headers import Header
from etl.model import Finding, Sheet

_ROW = re.compile(
    r"^((sub|grand|school|class|section|overall|over ?all) ?-?)?totals?\b(?! (number|no)\b)"
    r"|^(tổng|कुल|योग|المجموع|total general|suma)",
    re.IGNORECASE,
)


def left_out(
    sheet: Sheet, header: Header, kept: Ints, columns: Sequence[str] = ()
) -> list[Finding]:
    """A finding for total rows that are not among the rows `kept`, and one for total columns."""
    out: list[Finding] = []
    rows = np.setdiff1d(np.arange(header.first_row, sheet.cells.num_rows), kept)
    if len(rows):
        cells = [column(sheet, i, rows) for i in range(min(sheet.cells.num_columns, 6))]
        first = pc.coalesce(*cells) if len(cells) > 1 else cells[0]
        found = rows[mask(over_unique(first, lambda v: bool(_ROW.match(v)), pa.bool_()))]
        if len(found):
            what = "1 row of totals is" if len(found) == 1 else f"{len(found):,} rows of totals are"
            words = f"{what} left out: the numbers above say it already."
            out.append(Finding("total rows", "warns", words, sheet.name, int(found[0]) + 1,
                               count=len(found)))
    if columns:
        named = ", ".join(f"“{c}”" for c in columns[:8])
        words = f"Left out, because the other columns say it already: {named}."
        out.append(Finding("total columns", "warns", words, sheet.name, column=columns[0],
                           count=len(columns)))
    return out
