"""Which tables of students have a column (or two) a month with numbers of days in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePath

import pyarrow as pa

from etl.cells import Ints, column, tally
from etl.daycounts import NUMBER
from etl.fields import knows, match, normalise, target
from etl.headers import Header, data_rows, find_header
from etl.model import ColumnGuess, Context, Finding, Recognition, Sheet
from etl.monthcolumns import MonthColumns, is_month, month_columns, months_in
from etl.people import KEYS, TARGETS, named
from etl.scores import number

_TARGETS = (*TARGETS, target("total", many=True))
_WORDS = knows(_TARGETS)
MOST = 62  # half days of a month
OTHER = "something else"
_NO_DAYS = (
    "The numbers under its months are no days of attendance, as you said. Where each is a number "
    "of our own, give it a name that is not a month."
)
_ONLY_PERCENT = (
    "This table gives only percentages by month, and no days follow of them. Add the days present "
    "and the working days of each month."
)
_TESTS = re.compile(r"\b(marks?|tests?|exams?|scores?|results?|fees?|paid)\b", re.IGNORECASE)


def recognise(sheet: Sheet, context: Context) -> Recognition | None:
    """Months in the header, and numbers of days below them."""
    header = find_header(sheet, _known_cell, minimum=3)
    if header is None:
        return None
    months = month_columns(header.parts)
    if not months.columns:
        return _percent_only(sheet, header, context)
    inside = {c.index: c for c in months.columns}
    names = ["" if i in inside else n for i, n in enumerate(header.names)]
    found = match(names, _TARGETS, sheet, context)
    rows = data_rows(sheet, header, [found.index[k] for k in KEYS if k in found.index]).index
    if not named(found.index) or not _counts_days(sheet, header, months, rows):
        return None
    columns = tuple(
        ColumnGuess(inside[c.index].header, inside[c.index].counts or "month", 1.0, c.index)
        if c.index in inside else c
        for c in found.columns
    )
    bare = any(not c.counts for c in months.columns)
    if bare and context.answer("counted", sheet) == OTHER:
        said = Finding("no data", "stops", _NO_DAYS, sheet.name)
        return Recognition("attendance_totals", 0.85, header.row, header.first_row, columns,
                           findings=(said,), notes={"header": header, "months": months})
    return Recognition(
        "attendance_totals", 0.75 if bare else 0.85, header.row, header.first_row, columns,
        found.questions, found.findings, {"header": header, "months": months},
    )  # fmt: skip


def _known_cell(cell: str) -> bool:
    return normalise(cell) in _WORDS or is_month(cell) or _is_percent([cell])


def _is_percent(pieces: Sequence[str]) -> bool:
    return "%" in "".join(pieces) and bool(months_in(pieces)[0])


def _percent_only(sheet: Sheet, header: Header, context: Context) -> Recognition | None:
    """A refusal of a table that gives students only percentages by month."""
    found = match(header.names, _TARGETS, sheet, context)
    if sum(map(_is_percent, header.parts)) < 2 or not named(found.index):
        return None
    finding = Finding("only percentages", "stops", _ONLY_PERCENT, sheet.name,
                      expected="days present and working days of each month")
    return Recognition("attendance_totals", 0.8, header.row, header.first_row, found.columns,
                       findings=(finding,), notes={"header": header})


def _counts_days(sheet: Sheet, header: Header, months: MonthColumns, rows: Ints) -> bool:
    """Whether the cells under these months are numbers of days."""
    about = [f"{k} {v}" for k, v in header.hints.items() if not k.startswith("school")]
    told = " ".join([*about, sheet.name, PurePath(sheet.file).stem])
    bare = all(not c.counts for c in months.columns)
    if len(months.columns) < 2 or (bare and _TESTS.search(told)):
        return False
    cells = tally(pa.concat_arrays([column(sheet, c.index, rows[:2000]) for c in months.columns]))
    fit = sum(n for t, n in cells.items() if NUMBER.match(t) and (number(t) or 0) <= MOST)
    return fit > 0 and fit >= 0.6 * sum(cells.values())
