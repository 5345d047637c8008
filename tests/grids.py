"""Sheets typed into a test as rows of cells, and what the layouts make of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from etl.layouts import layouts
from etl.model import Context, Extract, Known, Recognition, Sheet
from etl.recognise import recognise

REAL = Path(__file__).parents[1].parent / "shared" / "real-data"


def sheet(
    rows: str | Sequence[Sequence[object]],
    name: str = "Sheet1",
    file: str = "school.xlsx",
    merged: Sequence[tuple[int, int, int, int]] = (),
) -> Sheet:
    """A sheet of these cells. Text is one line a row, cells parted by '|'; '' and None are blank.
    """
    if isinstance(rows, str):
        rows = [line.split("|") for line in rows.strip("\n").split("\n")]
    width = max(len(r) for r in rows)
    full = [[*r, *[None] * (width - len(r))] for r in rows]
    cells = [[None if c is None or not str(c).strip() else str(c).strip() for c in r] for r in full]
    columns = {f"c{i}": pa.array([r[i] for r in cells], pa.string()) for i in range(width)}
    return Sheet(file, name, pa.table(columns), tuple(merged))


def context(
    preset: str | None = "india", as_of: date = date(2026, 3, 31), known: Known | None = None,
    **answers: Any,
) -> Context:  # fmt: skip
    """A context; keyword names are the questions that are answered."""
    return Context(as_of=as_of, preset=preset, answers=answers, known=known or Known())


def answered(base: Context, answers: Mapping[str, Any]) -> Context:
    """`base` with more answers, for questions whose name holds a colon."""
    return Context(base.as_of, base.preset, {**base.answers, **answers}, base.known)


def taken(grid: Sheet, known: Context) -> Recognition:
    """What the sheet was taken for; the test fails if it was refused or set aside."""
    found = recognise(grid, known)
    assert isinstance(found, Recognition), found
    return found


def read(grid: Sheet, known: Context, layout: str | None = None) -> Extract:
    """The sheet's extract, by the layout that recognises it."""
    found = taken(grid, known)
    assert layout is None or found.layout == layout
    return layouts()[found.layout].extract(grid, found, known)


def rows(table: pa.Table, *columns: str) -> list[tuple[Any, ...]]:
    """Some columns of a table as tuples."""
    return list(zip(*(table[c].to_pylist() for c in columns), strict=True))


def real(*parts: str) -> Path:
    """A file that nobody here wrote; the test is skipped where it is not at hand."""
    path = REAL.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"the real file {'/'.join(parts)} is not on this machine")
    return path
