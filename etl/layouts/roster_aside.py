"""Roster files that are set aside with the reason: teachers, courses, terms, guardians."""

from __future__ import annotations

from etl.model import Context, Extract, Finding, Layout, Recognition, Sheet
from etl.rosters import kind_of, why_aside


def recognise(sheet: Sheet, context: Context) -> Recognition | None:
    """A file of a roster that is not about students; its finding says why it is left alone."""
    kind = kind_of(sheet)
    words = why_aside(kind) if kind is not None else None
    if words is None:
        return None
    finding = Finding("no data", "stops", words, sheet.name)
    return Recognition("roster_aside", 0.97, 0, 1, (), findings=(finding,))


def extract(sheet: Sheet, recognition: Recognition, context: Context) -> Extract:
    """Nothing: these files are never read."""
    return Extract({}, 0, frozenset(), sheet.cells.num_rows)


LAYOUT = Layout(
    "roster_aside", "roster", "a roster file that is not needed", 90, "1", {}, recognise, extract
)
