"""What a sheet is: all layouts look at it, the surest one gets it; what nobody knows is refused in
words.

The answer is one of three values: a `Recognition` (read it), an `Aside` (not data: a legend, a
chart, an empty template; it does not count as a failure) or a `Finding` of level 'stops' (a
refusal).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from etl.cells import Ints, column, filled, unique
from etl.fields import is_known
from etl.headers import grid
from etl.layouts import layouts
from etl.model import GUIDE, MENDING, Context, Finding, Recognition, Sheet

EMPTY = "This sheet has a header and no rows: an empty template."
BAR = 0.5  # below this confidence nobody may read a sheet

_NOT_DATA = re.compile(
    r"^(options?|read ?me|instructions?|legend|key|notes?|about|help|cover|contents|"
    r"index|lists?|lookups?|chart|"
    r"graph|explore|pivot|summary|dashboard|printouts?|template|settings?|how to|guide)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Aside:
    """A sheet that is no data, with the reason in words. It is left alone and does not count as
    refused.
    """

    words: str


def recognise(sheet: Sheet, context: Context) -> Recognition | Aside | Finding:
    """The layout that reads this sheet, or why none does.

    A layout's own refusal (a `Recognition` with a finding that stops) wins like any other; its
    finding is what is returned, or an `Aside` if the finding's rule is 'no data'.
    """
    nothing = _no_data(sheet)
    if nothing is not None:
        return nothing
    found = [r for layout in layouts().values() if (r := layout.recognise(sheet, context))]
    best = max(found, key=lambda r: r.confidence, default=None)
    if best is not None and best.confidence >= BAR:
        stop = next((f for f in best.findings if f.level == "stops"), None)
        if stop is not None and stop.rule == "no data":
            return Aside(stop.words)
        if stop is None and best.first_row >= sheet.cells.num_rows:
            return Aside(EMPTY)
        return best if stop is None else stop
    aside = _aside(sheet)
    return aside if aside is not None else _refusal(sheet)


def _no_data(sheet: Sheet) -> Aside | None:
    """Sheets without anything to read."""
    if not sheet.cells.num_columns or not sheet.cells.num_rows or not _row_counts(sheet).any():
        return Aside("This sheet is empty.")
    if sheet.name.partition(" (table ")[0] in (GUIDE, MENDING):
        return Aside("This sheet was written by Staffroom to explain the others.")
    return None


def _row_counts(sheet: Sheet) -> Ints:
    """How many cells each row fills."""
    counts: Ints = np.zeros(sheet.cells.num_rows, dtype=np.int64)
    for index in range(sheet.cells.num_columns):
        counts += filled(column(sheet, index))
    return counts


def _aside(sheet: Sheet) -> Aside | None:
    """Sheets that are plainly no list of students: text, legends, charts, forms, empty templates.
    """
    counts = _row_counts(sheet)
    used = counts[counts > 0]
    if len(used) == 1 and sum(is_known(c) for c in grid(sheet)[int(np.flatnonzero(counts)[0])]) > 1:
        return Aside(EMPTY)
    if sheet.hidden:
        return Aside("This sheet is hidden in the workbook, and it is no list of students.")
    if float(np.median(used)) <= 2 and int((used > 2).sum()) <= len(used) / 3:
        return Aside("This sheet holds notes or a small summary, not a list of students.")
    if _NOT_DATA.match(sheet.name.strip()):
        return Aside(f"This sheet is called “{sheet.name}” and holds no list of students.")
    named = any(sum(is_known(c) for c in row) > 1 for row in grid(sheet))
    if len(used) < 4 and len(unique(column(sheet, 0))) < 4 and not named:
        return Aside("This sheet holds only a few cells, not a list of students.")
    return None


def _refusal(sheet: Sheet) -> Finding:
    """Why nobody read the sheet: what we looked for, what we saw, and what to do."""
    rows = grid(sheet)
    widest = max(rows, key=lambda r: sum(c is not None for c in r))
    seen = [c for c in widest if c is not None][:6]
    return Finding(
        "not recognised",
        "stops",
        "We could not tell what this sheet is. We looked in the first 40 rows for a row of column "
        "names such as “Student ID”, “Name”, “Class”, “Date” or a subject. Please put the column "
        "names in one row above the list and add the file again.",
        sheet.name,
        found=", ".join(" ".join(c.split())[:30] for c in seen) or None,
        expected="attendance, results, a marksheet, a class list, a survey or a calendar",
    )
