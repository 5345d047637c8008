"""Results of a OneRoster gradebook: scores by ids, which line items and class lists explain.

They say nothing alone. `resolve` reads them once the other files of the drop are known.
"""

from __future__ import annotations

from etl.gradebook import read_gradebook
from etl.model import ColumnGuess, Context, Extract, Finding, Layout, Recognition, Sheet
from etl.rosters import header_names, kind_of
from etl.siblings import Drop

_TARGETS = {
    "lineItemSourcedId": ("assessment", "the piece of work"),
    "studentSourcedId": ("student_id", "the student's id"),
    "scoreStatus": ("status", "whether there is a score"),
    "score": ("score", "the score"),
    "textScore": ("level", "the level"),
    "scoreDate": ("date", "the date"),
}
_MISSING = (
    "These are scores by numbers only. Add the files of line items, classes and users of the same "
    "export together with it."
)


def recognise(sheet: Sheet, context: Context) -> Recognition | None:
    """A line item, a student and a score in every row."""
    if kind_of(sheet) != "scores":
        return None
    columns = tuple(
        ColumnGuess(n, _TARGETS[n][0] if n in _TARGETS else None, float(n in _TARGETS), i)
        for i, n in enumerate(header_names(sheet))
    )
    return Recognition("gradebook", 0.97, 0, 1, columns)


def extract(sheet: Sheet, recognition: Recognition, context: Context) -> Extract:
    """Nothing yet: the ids mean something only beside the other files."""
    finding = Finding("not alone", "stops", _MISSING, sheet.name,
                      expected="all files of the export together")
    return Extract({}, 0, frozenset(), sheet.cells.num_rows, (), (finding,))


def resolve(drop: Drop, context: Context) -> dict[str, Extract]:
    """Read the scores with what the other files of the drop say."""
    return {
        key: made
        for key, (sheet, known, _) in drop.items()
        if known.layout == LAYOUT.name
        and (made := read_gradebook(sheet, drop, context)) is not None
    }


LAYOUT = Layout(
    "gradebook", "results", "gradebook scores", 61, "1", dict(_TARGETS.values()), recognise,
    extract,
)
