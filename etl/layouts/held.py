"""Our own export, read back: each list is one table of the store, column by column."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.cells import Bools, mask
from etl.checks import Cells, rejections
from etl.headers import grid
from etl.held import MARK
from etl.model import ColumnGuess, Context, Extract, Finding, Layout, Recognition, Sheet
from school import schema

_KINDS: Mapping[str, tuple[pa.DataType, str]] = {
    "TEXT": (pa.string(), "text"), "BIGINT": (pa.int64(), "a whole number"),
    "INTEGER": (pa.int32(), "a whole number"), "SMALLINT": (pa.int16(), "a whole number"),
    "TINYINT": (pa.int8(), "a whole number"), "DOUBLE": (pa.float64(), "a number"),
    "DATE": (pa.date32(), "a day such as 2025-06-16"), "BOOLEAN": (pa.bool_(), "true or false"),
}


def recognise(sheet: Sheet, context: Context) -> Recognition | None:
    """The first header names the table, and its key columns are there."""
    names = [c or "" for c in grid(sheet, 1)[0]]
    table = schema.BY_NAME.get(names[0].removeprefix(MARK)) if names[0].startswith(MARK) else None
    if table is None or not set(table.key) <= set(names):
        return None
    columns = tuple(
        ColumnGuess(n, n if n in table.names else None, 1.0, i) for i, n in enumerate(names) if n)
    return Recognition("held", 1.0, 0, 1, columns, notes={"table": table})


def extract(sheet: Sheet, recognition: Recognition, context: Context) -> Extract:
    """Every row as it was written; one that was changed into something else is left out."""
    table: schema.Table = recognition.notes["table"]
    rows = np.arange(1, sheet.cells.num_rows, dtype=np.int64)
    good: Bools = np.ones(len(rows), dtype=np.bool_)
    findings: list[Finding] = []
    facts: dict[str, pa.Array] = {}
    places = {c.target: c.index for c in recognition.columns if c.target}
    for column in table.columns:
        if column.name in places:
            text = sheet.cells.column(places[column.name]).slice(1).combine_chunks()
            kind, expected = _KINDS[column.type]
            values, wrong = _typed(text.cast(pa.string()), kind)
            if column.required:
                wrong |= ~mask(pc.is_valid(values))
            findings += rejections(
                "not as written", "This is not what Staffroom wrote here.", sheet,
                Cells(column.name, rows), np.flatnonzero(wrong).tolist(), text, expected,
            )  # fmt: skip
            good &= ~wrong
            facts[column.name] = values
    kept = pa.array(good)
    made = pa.table({**facts, "row": pa.array(rows + 1, pa.int32())}).filter(kept)
    return Extract(
        {table.name: made} if made.num_rows else {}, len(rows),
        frozenset((rows[~good] + 1).tolist()), 0, (), tuple(findings),
    )  # fmt: skip


def _typed(text: pa.Array, kind: pa.DataType) -> tuple[pa.Array, Bools]:
    """Values of their kind, and which cells hold something else."""
    if pa.types.is_string(kind):
        return pc.replace_substring_regex(text, r"^'", ""), np.zeros(len(text), dtype=np.bool_)
    try:
        return text.cast(kind), np.zeros(len(text), dtype=np.bool_)
    except pa.ArrowInvalid:
        values = [_one(v, kind) for v in text.to_pylist()]
        found = pa.array(values, kind)
        return found, mask(pc.is_valid(text)) & ~mask(pc.is_valid(found))


def _one(text: str | None, kind: pa.DataType) -> object:
    try:
        return None if text is None else pa.scalar(text, pa.string()).cast(kind).as_py()
    except pa.ArrowInvalid:
        return None


LAYOUT = Layout(
    "held", "held", "a list that Staffroom exported", 5, "1",
    {c.name: c.meaning for t in schema.TABLES for c in t.columns}, recognise, extract,
)
