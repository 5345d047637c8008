"""Lists without any column names: what each column holds is asked once, then the list is read.

The answers are put over the list as its header, and what comes of it is told in the rows of the
sheet as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl import celltext
from etl.cells import column, unique
from etl.fields import is_known
from etl.headers import Header, grid
from etl.model import ColumnGuess, Context, Extract, Finding, Layout, Question, Recognition, Sheet
from etl.subjects import is_subject
from etl.synonyms import SYNONYMS, WORDS

ASKED = ("student_id", "student_name", "roll_number", "class", "section", "grade", "school_name",
         "date", "code", "subject", "score", "maximum", "sex", "birth_date")
LEAVE_OUT = "Leave out"
CHOICES = (*(SYNONYMS[t][0].capitalize() for t in ASKED), LEAVE_OUT)
_FEWEST = 3  # rows and columns of a list
_WIDEST = 25  # columns one can be asked about


def recognise(sheet: Sheet, context: Context) -> Recognition | None:
    """Rows that are alike from the first one on, and no word that names a column."""
    rows = [r for r in grid(sheet) if any(c is not None for c in r)]
    width = sheet.cells.num_columns
    if len(rows) < _FEWEST or not _FEWEST <= width <= _WIDEST:
        return None
    words = {c for row in rows[:3] for c in row if c is not None and len(c) > 1}
    if any(is_known(w) or ":" in w or is_subject(w) for w in words):
        return None
    if not _even(rows):
        return None
    names = [f"Column {celltext.letter(i)}" for i in range(width)]
    said = [_said(context.answer(f"column:{n}", sheet)) for n in names]
    asked = tuple(
        Question(f"column:{n}", f"This list has no column names. What stands in {n.lower()[:6]}"
                 f"{n[6:]}?",
                 CHOICES, tuple(unique(column(sheet, i))[:3]))
        for i, n in enumerate(names) if said[i] is None
    )  # fmt: skip
    columns = tuple(ColumnGuess(n, None, 0.0, i) for i, n in enumerate(names))
    header = Header(0, 0, 0, tuple(names), tuple((n,) for n in names), {})
    return Recognition("unnamed", 0.5, 0, 0, columns, asked,
                       notes={"header": header, "said": tuple(said),
                              "alike": tuple(_kind(c) for c in rows[0])})


def _even(rows: list[list[str | None]]) -> bool:
    """Whether the first row holds what the others hold: a number where numbers stand."""
    kinds = [tuple(_kind(c) for c in row) for row in rows[:_WIDEST]]
    first = kinds[0]
    same = [sum(k == f for k, f in zip(kind, first, strict=True)) for kind in kinds[1:]]
    numbers = "number" in first or "day" in first
    return numbers and float(np.median(same)) >= 0.8 * len(first)


def _kind(cell: str | None) -> str:
    if cell is None:
        return "blank"
    digits = sum(c.isdigit() for c in cell)
    if digits >= 6 and len(cell) > digits:
        return "day"
    return "number" if digits == len(cell.strip()) else "mixed" if digits else "word"


def _said(answer: str | None) -> str | None:
    """The header that an answer puts over a column; '' for one that is left out."""
    if answer is None:
        return None
    if answer in (LEAVE_OUT, "ignore", ""):
        return ""
    return SYNONYMS[answer][0] if answer in SYNONYMS else answer


def extract(sheet: Sheet, recognition: Recognition, context: Context) -> Extract:
    """The list under the names that a person gave its columns."""
    from etl.layouts import layouts
    from etl.recognise import recognise as judge

    said = recognition.notes["said"]
    count = sheet.cells.num_rows
    if any(name is None for name in said):
        return Extract({}, count, frozenset(), 0)
    top = celltext.from_rows([[name or None for name in said]])
    whole = celltext.table([
        pa.chunked_array([*top.column(i).cast(pa.string()).chunks,
                          *sheet.cells.column(i).chunks], pa.string())
        for i in range(sheet.cells.num_columns)
    ])  # fmt: skip
    headed = replace(sheet, cells=whole)
    found = judge(headed, context)
    if not isinstance(found, Recognition) or found.layout == "unnamed":
        words = (
            "With these column names we cannot tell what this list is. Change what the columns "
            "hold, or put the names over the list and add the file again."
        )
        stop = Finding("not recognised", "stops", words, sheet.name)
        return Extract({}, count, frozenset(), 0, (), (stop,))
    made = layouts()[found.layout].extract(headed, found, context)
    asked = tuple({q.about: q for q in (*found.questions, *made.questions)}.values())
    return Extract(
        _up(made.facts), made.read, frozenset(r - 1 for r in made.rejected), made.skipped, asked,
        tuple(replace(f, row=f.row - 1 if f.row else f.row)
              for f in (*found.findings, *made.findings)),
    )  # fmt: skip


def _up(facts: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
    """The facts with the row numbers of the sheet without the header that was put over it."""
    out = {}
    for name, table in facts.items():
        place = table.schema.get_field_index("row")
        rows = pc.cast(pc.subtract(table["row"], 1), table.schema.field("row").type)
        out[name] = table.set_column(place, "row", rows)
    return out


LAYOUT = Layout("unnamed", "roster", "a list without column names", 50, "1",
                {t: WORDS[t] for t in ASKED}, recognise, extract)
