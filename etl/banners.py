"""Classes stacked in one sheet: the line 'Class: 4 B' over each, and the rows it speaks for.

A line holds until the next one; rows before the first have what the title block says.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np
import pyarrow as pa

from etl.cells import Bools, Ints, column, mask, over_unique
from etl.hints import read_hints
from etl.model import Sheet

_LINE = re.compile(
    r"^(?:(?:class|grade|standard|std\.?|section|form|homeroom|tutor group|reg(?:istration)? group|"
    r"year group|year)\s*(?:and section)?\s*[:：=-]\s*\S.*|"
    r"(?:class|grade|standard|std\.?|year)\s+(?:\d{1,2}|[ivx]{1,4})\W{0,3}[a-z]?)$",
    re.IGNORECASE,
)
_SAID = ("grade", "class", "section")
_FEW = 4  # cells that such a line fills at most
_LOOKED = 500  # lines looked at: more are no headings


def is_line(values: pa.Array) -> Bools:
    """Where a row's first cell names a class."""
    return mask(over_unique(values, lambda v: bool(_LINE.match(" ".join(v.split()))), pa.bool_()))


def stacked(
    sheet: Sheet, first_row: int, rows: Ints, hints: Mapping[str, str]
) -> dict[str, pa.Array]:
    """Grade, class and section of each of `rows`, as the lines between them say; {} without any."""
    if not len(rows):
        return {}
    between = np.setdiff1d(np.arange(first_row, int(rows[-1])), rows)[:_LOOKED]
    lines = {int(r): told for r in between if (told := _read(sheet, int(r)))}
    if not lines:
        return {}
    stated = {k: hints.get(k) for k in _SAID}
    at = sorted(lines)
    which = np.searchsorted(np.array(at), rows)
    texts = [stated, *(lines[r] for r in at)]
    return {
        k: pa.array([texts[i].get(k) for i in which], pa.string())
        for k in _SAID if any(t.get(k) for t in texts)
    }  # fmt: skip


def _read(sheet: Sheet, row: int) -> dict[str, str | None]:
    here = np.array([row])
    cells = [column(sheet, i, here)[0].as_py() for i in range(sheet.cells.num_columns)]
    said = [c for c in cells if c is not None]
    if not 0 < len(said) <= _FEW:
        return {}
    told = read_hints([cells])
    return {k: told[k] for k in _SAID if k in told}
