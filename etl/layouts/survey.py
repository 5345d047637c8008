"""Surveys: one row a response, or one row a school with its averages.

Ids, e-mails, phones and names are dropped before anything is stored; a time is cut to its day; a
response has no key to a student.
"""

from __future__ import annotations

import re
from pathlib import PurePath

import numpy as np

from etl.answered import as_number, is_identity, is_question
from etl.cells import Ints, column, tally
from etl.fields import normalise, spaced, target
from etl.headers import Header, grid, header_at
from etl.model import ColumnGuess, Context, Extract, Finding, Layout, Recognition, Sheet
from etl.surveys import read_survey

_WHEN = frozenset(
    (
        "timestamp",
        "submittedat",
        "submissiondate",
        "submissiontime",
        "completiontime",
        "starttime",
        "recordeddate",
        "datesubmitted",
        "enddate",
        "startdate",
        "responsedate",
        "date",
        "surveydate",
        "dateofresponse",
        "submitted",
    )
)
_SCHOOL = frozenset(normalise(s) for s in target("school_name").synonyms) | {
    "whichschooldoyouattend",
    "yourschool",
    "whatschooldoyouattend",
    "nameofyourschool",
    "whatisyourschool",
    "whichschooldoyougoto",
    "whichisyourschool",
    "whichschoolareyouin",
}
_CODE = frozenset(normalise(s) for s in target("school_id").synonyms)
_GRADE = re.compile(
    r"^((what|which) (is your )?(grade|class|year)( are you in| group)?|(your )?(grade|class|"
    r"year group|standard)( level)?|grade level|what grade are you in|class and section)$"
)
_ROLE = re.compile(
    r"^(i am an?|are you an?|(your |what is your )?role|respondent type|who are you|you are an?)\b"
)
_SEGMENT = re.compile(
    r"^((what is )?your |which )?(gender|sex|pronouns|ethnicity|race|home language)"
    r"( do you identify with)?$"
)
_SCORE = re.compile(
    r"\b(score|rate|percent|favou?rable|average|mean|satisfaction|index|survey|agree\w*|response)\b"
)
_NUMBERED = frozenset(
    ("response id", "respondent id", "submission id", "response number", "respondent number")
)
_WORDS = {
    "item": "a question",
    "when": "when it was answered",
    "school_name": "the school",
    "school_id": "the school's code",
    "grade": "the grade",
    "role": "who answered",
    "segment": "a group of those who answered",
}


def recognise(sheet: Sheet, context: Context) -> Recognition | None:
    """Questions across and answers down, or schools down and their scores across."""
    row = _header_row(sheet)
    if row is None:
        return None
    header = header_at(sheet, row) if row else _plain(sheet)
    rows = np.arange(header.first_row, sheet.cells.num_rows, dtype=np.int64)
    if not len(rows):  # a form that nobody has answered yet
        return None
    columns = [_guess(sheet, header, i, rows, context) for i in range(len(header.names))]
    found = {c.target for c in columns}
    items = [c for c in columns if c.target == "item"]
    questions = sum(is_question(c.source) for c in items)
    form = found & {"when"} or any(spaced(c.source) in _NUMBERED for c in columns)
    if (form and questions >= 2) or (questions >= 4 and questions >= 0.6 * len(items)):
        confidence, unit = (0.97 if "when" in found else 0.8), "response"
    elif _of_schools(sheet, columns, items, rows):
        confidence, unit = 0.9, "school"
    else:
        return None
    dropped = tuple(c.source for c in columns if c.target is None and c.source)
    return Recognition(
        "survey",
        confidence,
        header.row,
        header.first_row,
        tuple(columns),
        (),
        tuple(_dropped(sheet, name) for name in dropped) if unit == "response" else (),
        {"header": header, "unit": unit},
    )


def _header_row(sheet: Sheet) -> int | None:
    """The first row with at least three filled cells."""
    rows = grid(sheet, 15)
    return next((i for i, r in enumerate(rows) if sum(c is not None for c in r) >= 3), None)


def _plain(sheet: Sheet) -> Header:
    """A header of one row at the top: forms never have two."""
    names = tuple(" ".join((c or "").split()) for c in grid(sheet, 1)[0])
    return Header(0, 0, 1, names, tuple((n,) for n in names), {})


def _guess(sheet: Sheet, header: Header, index: int, rows: Ints, context: Context) -> ColumnGuess:
    name = header.names[index]
    said = context.answer(f"column:{name}", sheet) if name else None
    if said is not None:
        return ColumnGuess(name, None if said in ("ignore", "") else said, 1.0, index)
    values = column(sheet, index, rows)
    return ColumnGuess(name, _target(name, values) if name else None, 1.0, index)


def _target(name: str, values: object) -> str | None:
    """What a column is; None for one that says who answered."""
    key, words = normalise(name), spaced(name)
    for goal, known in (("when", _WHEN), ("school_id", _CODE), ("school_name", _SCHOOL)):
        if key in known:
            return goal
    if is_identity(name, values):
        return None
    for goal, pattern in (("grade", _GRADE), ("role", _ROLE), ("segment", _SEGMENT)):
        if pattern.match(words):
            return goal
    return "item"


def _of_schools(
    sheet: Sheet, columns: list[ColumnGuess], items: list[ColumnGuess], rows: Ints
) -> bool:
    """Whether each row is a school, and most columns are its scores."""
    key = next((c for c in columns if c.target == "school_id"), None) or next(
        (c for c in columns if c.target == "school_name"), None
    )
    if key is None or len(rows) < 2:
        return False
    schools = tally(column(sheet, key.index, rows))
    if len(schools) < 0.99 * sum(schools.values()):
        return False
    scored = [c for c in items if _SCORE.search(spaced(c.source)) and _numeric(sheet, c, rows)]
    spoken = "survey" in spaced(f"{PurePath(sheet.file).stem} {sheet.name}")
    return len(scored) >= (2 if spoken else 3) and len(scored) >= 0.6 * len(items)


def _numeric(sheet: Sheet, guess: ColumnGuess, rows: Ints) -> bool:
    counts = tally(column(sheet, guess.index, rows))
    said = [t for t in counts if t.lower() not in ("n/a", "na", "s", "-", "*")]
    return all(as_number(t) is not None for t in said)


def _dropped(sheet: Sheet, header: str) -> Finding:
    return Finding(
        "identity column",
        "warns",
        "This column could tell who answered. It was left out before anything was kept.",
        sheet.name,
        column=header[:60],
    )


def extract(sheet: Sheet, recognition: Recognition, context: Context) -> Extract:
    """The wave, its questions and all answers."""
    return read_survey(sheet, recognition, context)


LAYOUT = Layout("survey", "survey", "a survey", 70, "1", _WORDS, recognise, extract)
