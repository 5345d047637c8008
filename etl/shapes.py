"""Tables that do not stand one student below the other under one header are laid out so.

A table with students across is turned; tables stacked in one sheet become sheets of their own, each
with the rows it had, so that a message still names the row on screen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl import celltext
from etl.cells import Bools, column, mask, over_unique
from etl.fields import is_known, normalise
from etl.headers import grid
from etl.hints import has_hint, read_hints
from etl.model import Finding, Sheet
from etl.scores import header_maximum
from etl.subjects import is_subject
from etl.synonyms import SYNONYMS

ROWS = 20_000  # a longer sheet is an export, and no export stacks its tables
STUDENTS = 400  # students that can stand side by side
LINES = 60  # rows of a table with students across
_KEYS = ("student_id", "student_name", "first_name", "last_name", "roll_number", "serial")
_WORDS = frozenset(normalise(s) for k in _KEYS for s in SYNONYMS[k])
Line = Sequence[str | None]


def laid_out(sheet: Sheet) -> Iterator[Sheet]:
    """The sheet as it is; turned, where students stand across; parted, where tables are stacked."""
    if not sheet.cells.num_columns or not 2 < sheet.cells.num_rows <= ROWS:
        yield sheet
    elif (turned := _turned(sheet)) is not None:
        yield turned
    else:
        yield from _parted(sheet)


def _turned(sheet: Sheet) -> Sheet | None:
    """The table with students down, if they stand across."""
    if sheet.cells.num_rows > LINES or not 3 < sheet.cells.num_columns <= STUDENTS:
        return None
    rows = grid(sheet, LINES)
    top = next((i for i, row in enumerate(rows) if sum(c is not None for c in row) > 3), None)
    if top is None or any(sum(is_known(c) for c in row) > 2 for row in rows[top:]):
        return None
    labels = [row[0] for row in rows[top:]]
    keys = sum(normalise(c) in _WORDS for c in labels if c)
    subjects = sum(is_subject(header_maximum(c)[0]) for c in labels if c)
    first = normalise(labels[0] or "")
    named = keys > 0 or (first in ("subject", "subjects", "") and _names(rows[top][1:]))
    if not named or keys + subjects < 3 or keys + subjects < 0.5 * len([c for c in labels if c]):
        return None
    lines = [list(row) for row in rows[top:] if any(c is not None for c in row)]
    if keys == 0:
        lines[0][0] = "Name"
    told = [[c for c in row if c is not None] for row in rows[:top]]
    words = (
        "Students stand side by side in this table. We turned it: a row in these messages is a "
        "column of your sheet."
    )
    across = [*told, *map(list, zip(*lines, strict=True))]
    finding = Finding("turned", "warns", words, sheet.name)
    return replace(
        sheet, cells=celltext.from_rows(across), merged=(), findings=(*sheet.findings, finding)
    )


def _names(cells: Line) -> bool:
    """Whether these cells can be names: words, each once, and no column names."""
    words = [c for c in cells if c is not None]
    plain = all(any(x.isalpha() for x in w) and not any(x.isdigit() for x in w) for w in words)
    return (
        plain and len(words) > 2 and len(set(words)) == len(words)
        and not any(is_known(w) or is_subject(w) for w in words)
    )  # fmt: skip


@dataclass(frozen=True)
class _Block:
    """One of several tables: where its own title lines begin, and its header."""

    start: int
    header: int
    names: tuple[str, ...]
    about: dict[str, str]


def _parted(sheet: Sheet) -> Iterator[Sheet]:
    heads = _headers(sheet)
    blocks = [_block(sheet, row, heads) for row in heads] if len(heads) > 1 else []
    # the same header over the next class is told by its line: such a sheet stays whole
    if not blocks or all(_alike(blocks[0], b) for b in blocks):
        yield sheet
        return
    groups: list[list[_Block]] = []
    for block in blocks:
        if groups and _alike(groups[-1][-1], block):
            groups[-1].append(block)
        else:
            groups.append([block])
    total = sheet.cells.num_rows
    for number, group in enumerate(groups):
        end = groups[number + 1][0].start if number + 1 < len(groups) else total
        keep = np.zeros(total, dtype=bool)
        keep[group[0].start : end] = True
        shared = _shared(sheet, blocks[0].header, group[0].about) if number else []
        cells = celltext.table([
            _kept(c, keep, [row for row, column in shared if column == i])
            for i, c in enumerate(sheet.cells.columns)
        ])  # fmt: skip
        name = sheet.name if number == 0 else f"{sheet.name} (table {number + 1})"
        merged = tuple(m for m in sheet.merged if keep[m[0] : m[2] + 1].all())
        findings = sheet.findings if number == 0 else ()
        yield replace(sheet, name=name, cells=celltext.stripped(cells), merged=merged,
                      findings=findings)


def _headers(sheet: Sheet) -> list[int]:
    """Rows that name columns: a word for the student, and a known word for another column."""
    found = np.zeros(sheet.cells.num_rows, dtype=bool)
    for index in range(min(sheet.cells.num_columns, 12)):
        words = column(sheet, index)
        found |= mask(over_unique(words, lambda v: normalise(v) in _WORDS, pa.bool_()))
    out: list[int] = []
    first: set[tuple[int, str]] = set()
    for row in np.flatnonzero(found)[:2000].tolist():
        line = _line(sheet, row)
        named = {(i, normalise(c)) for i, c in enumerate(line) if c is not None and is_known(c)}
        # a child may be called like a column: two columns must be headed as before
        if len(named if not out else named & first) < 2 or (out and row - out[-1] < 2):
            continue
        if not any(c is not None and ":" in c and has_hint(c) for c in line):
            first = first or named
            out.append(row)
    return out


def _line(sheet: Sheet, row: int) -> Line:
    return [column(sheet, i)[row].as_py() for i in range(sheet.cells.num_columns)]


def _block(sheet: Sheet, row: int, heads: Sequence[int]) -> _Block:
    """The table under the header at `row`, with the title lines right above it."""
    before = max((h for h in heads if h < row), default=-1)
    start = row
    lines: list[Line] = []
    while start - 1 > before:
        line = _line(sheet, start - 1)
        said = [c for c in line if c is not None]
        if said and not (len(said) <= 6 and any(has_hint(c) for c in said)):
            break
        start -= 1
        lines.insert(0, line)
    names = tuple(normalise(c) if c else "" for c in _line(sheet, row))
    return _Block(0 if before < 0 else start, row, names, read_hints(lines))


def _alike(one: _Block, other: _Block) -> bool:
    """Whether one header and one set of answers do for both tables."""
    same = ("subject", "assessment", "month", "maximum")
    return one.names == other.names and all(
        other.about.get(k) in (None, one.about.get(k)) for k in same
    )


def _kept(values: pa.ChunkedArray, rows: Bools, title: Sequence[int]) -> pa.ChunkedArray:
    """The column with only these rows and these rows of the title."""
    here = rows.copy()
    here[list(title)] = True
    return pc.if_else(pa.array(here), values, pa.scalar(None, pa.string()))


def _shared(sheet: Sheet, first: int, about: dict[str, str]) -> list[tuple[int, int]]:
    """Cells over the first table, as (row, column), of which this table says nothing itself."""
    out = []
    for row in range(first):
        own = False  # whether the value after a label of ours stands in this cell
        for index, cell in enumerate(_line(sheet, row)):
            if cell is None:
                continue
            told = read_hints([[cell]])
            if has_hint(cell):
                own = any(k in about for k in told) or normalise(cell) in about
            if not own:
                out.append((row, index))
            elif told:
                own = False
    return out
