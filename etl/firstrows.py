"""The first rows of a sheet as they stand in it, for a card whose rows are not read yet."""

from __future__ import annotations

from typing import Any

from etl.model import Recognition, Sheet

ROWS = 5
COLUMNS = 8
_SILENT = frozenset(("survey",))  # who answered a survey is never shown, not even here


def first_rows(sheet: Sheet, recognition: Recognition) -> dict[str, Any]:
    """At most five rows of the columns that were understood; `table` is blank, nothing is kept.

    Empty where no column was understood, and for surveys.
    """
    known = [c for c in recognition.columns if c.target and c.source.strip()][:COLUMNS]
    if not known or recognition.layout in _SILENT:
        return {}
    body = sheet.cells.slice(recognition.first_row, ROWS)
    cells = [body.column(c.index).to_pylist() for c in known if c.index < body.num_columns]
    rows = [list(line) for line in zip(*cells, strict=True) if any(v is not None for v in line)]
    names = [" ".join(c.source.split()) for c in known if c.index < body.num_columns]
    return {"table": "", "columns": names, "rows": rows} if rows else {}
