"""Marksheets: one row a student, one column a subject or a part, with or without a title block.

Totals, ranks and averages are left out: they are worked out from the marks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from etl.cells import Ints, column, tally, unique
from etl.fields import Matched, Target, is_known, knows, match, normalise, spaced, target
from etl.headers import Header, data_rows, find_header, grid
from etl.markcolumns import MarkColumn, decode
from etl.marksheets import read_marksheet
from etl.model import ColumnGuess, Context, Extract, Finding, Layout, Question, Recognition, Sheet
from etl.people import KEYS, TARGETS, named
from etl.scales import recognise_scale
from etl.scores import header_maximum, is_mark_column, number
from etl.subjects import is_subject
from etl.windows import window

_TARGETS: tuple[Target, ...] = (
    *TARGETS,
    target("birth_date"),
    target("sex"),
    Target(
        "date", ("test date", "date of test", "exam date", "date of exam"), "the day of the test"
    ),
    target(
        "total",
        "total marks obtained",
        "marks obtained total",
        "grand total",
        "result",
        "remarks",
        "division",
        "position",
        "cgpa",
        "gpa",
        "aggregate",
        "sum",
        "overall grade",
        "final grade",
        "overall percentage",
        "pass fail",
        "status",
        near=False,
        many=True,
    ),
    *(
        target(n, near=False, many=True)
        for n in ("days_possible", "days_present", "days_absent", "days_late")
    ),
)
_SUBJECT = (target("subject"),)
_WORDS = {t.name: t.words for t in _TARGETS} | {"mark": "marks", "level": "a learning level"}
_NO_MARK = re.compile(
    r"\b(age|phone|mobile|zip|pin|postal|income|height|weight|fee|fees|amount|number|no|id|code|year|"
    r"email|address|house|income|siblings|distance|bank|account|percentile|credits?|rank|duration)\b"
)
_TOTAL = re.compile(
    r"\b(total|tong|percent(age)?|average|avg|mean|rank|grade|result|gpa|cgpa|overall|aggregate|sum|"
    r"position|division|remarks?|tb)\b"
)
_TITLE = re.compile(
    r"mark|score|result|exam|test|assessment|grade ?book|report card|điểm|term|semester", re.I
)
_DAYS = knows(tuple(target(n) for n in (
    "days_possible", "days_present", "days_absent", "days_late", "presence", "absence")))
_MANY = 12  # columns without a subject or a maximum: more are single pieces of work
_MAX_ROW = re.compile(r"^(max|maximum|out of|full marks|total marks|m\.? ?m\.?$)", re.I)


def recognise(sheet: Sheet, context: Context) -> Recognition | None:
    """Students down, marks across."""
    header = find_header(sheet, _known_cell, minimum=2)
    if header is None:
        return None
    found = match(header.names, _TARGETS, sheet, context)
    if not named(found.index):
        return None
    header, below = _row_of_maxima(sheet, header)
    rows = data_rows(sheet, header, [found.index[k] for k in KEYS if k in found.index]).index[:5000]
    if _comes_again(sheet, found, rows):
        return None
    columns = [_not_a_letter_grade(sheet, c, rows) for c in found.columns]
    levels = _level_columns(sheet, columns, rows)
    picked = [c for c in columns if _holds_marks(sheet, c, rows, context) or c.index in levels]
    if not picked or not len(rows) or (len(picked) == 1 and _says_subject(columns)):
        return None
    subject = context.answer("subject", sheet) or header.hints.get("subject")
    marks = decode([(c.index, c.source, header.parts[c.index]) for c in picked], subject, below)
    evidence = _evidence(sheet, header, marks, rows, bool(below), bool(levels))
    if evidence == 0:
        return None
    if len(marks) > _MANY and not any(
        (m.subject and is_subject(m.subject)) or m.maximum for m in marks
    ):
        return _set_aside(sheet, header, len(marks))
    columns = [
        replace(c, target="level" if c.index in levels else "mark", confidence=1.0)
        if c.index in {p.index for p in picked}
        else c
        for c in columns
    ]
    asked = (
        ()
        if all(m.subject for m in marks)
        else (Question("subject", "Which subject is this marksheet for?"),)
    )
    return Recognition(
        "marksheet",
        min(0.9, 0.6 + 0.1 * evidence),
        header.row,
        header.first_row,
        tuple(columns),
        (*found.questions, *asked),
        found.findings,
        {"header": header, "marks": marks, "levels": frozenset(levels)},
    )


def _says_subject(columns: list[ColumnGuess]) -> bool:
    """Whether a column names the subject of each row: then one mark beside it is a result."""
    return any(normalise(c.source) in knows(_SUBJECT) for c in columns)


def _comes_again(sheet: Sheet, found: Matched, rows: Ints) -> bool:
    """Whether students have several rows each: then a row is a test and not a student."""
    key = next(found.index[k] for k in KEYS if k in found.index)
    counts = tally(column(sheet, key, rows))
    return len(counts) < 0.7 * sum(counts.values())


def _set_aside(sheet: Sheet, header: Header, count: int) -> Recognition:
    """A gradebook of single pieces of work says nothing that stands on its own."""
    words = (
        f"This sheet is a gradebook of {count} single pieces of work, without subjects, dates or "
        "highest marks. Add the term's marks instead, one column a subject."
    )
    return Recognition(
        "marksheet",
        0.85,
        header.row,
        header.first_row,
        (),
        findings=(Finding("no data", "stops", words, sheet.name),),
    )


def _known_cell(cell: str) -> bool:
    return normalise(cell) in knows(_TARGETS) or is_subject(header_maximum(cell)[0])


def _row_of_maxima(sheet: Sheet, header: Header) -> tuple[Header, Mapping[int, str]]:
    """The header, moved past a row 'Max. marks | 50 | 100' below it, and the cells of that row."""
    rows = grid(sheet, header.first_row + 2)[header.first_row : header.first_row + 2]
    for line, cells in enumerate(rows):
        if any(c is not None and _MAX_ROW.match(c) for c in cells):
            numbers = {i: c for i, c in enumerate(cells) if c is not None and number(c) is not None}
            if numbers:
                return replace(header, first_row=header.first_row + line + 1), numbers
    return header, {}


def _not_a_letter_grade(sheet: Sheet, guess: ColumnGuess, rows: Ints) -> ColumnGuess:
    """A 'Grade' column of A1, B2 … is a result of the marks, not the student's grade."""
    if guess.target == "grade":
        words = unique(column(sheet, guess.index, rows))
        if not any(w.isdigit() for w in words) and recognise_scale(words, guess.source) is not None:
            return replace(guess, target="total")
    return guess


def _level_columns(sheet: Sheet, columns: list[ColumnGuess], rows: Ints) -> set[int]:
    """Unclaimed columns whose words are all of one level scale, and whose header says so."""
    return {
        c.index
        for c in columns
        if c.target is None
        and c.source
        and not _TOTAL.search(spaced(c.source))
        and not is_mark_column(column(sheet, c.index, rows))
        and recognise_scale(unique(column(sheet, c.index, rows)), c.source) is not None
    }


def _holds_marks(sheet: Sheet, guess: ColumnGuess, rows: Ints, context: Context) -> bool:
    if guess.target == "mark":  # a person said so
        return True
    words = spaced(guess.source)
    if guess.target is not None or not words or number(guess.source) is not None:
        return False
    if normalise(guess.source.rsplit(" / ", 1)[-1]) in _DAYS:  # 'June / Working days'
        return False
    name = spaced(header_maximum(guess.source)[0])
    last = spaced(guess.source.rsplit(" / ", 1)[-1])
    if context.answer(f"column:{guess.source}", sheet) is not None or _TOTAL.search(last):
        return False
    if _NO_MARK.search(name) and not is_subject(name):
        return False
    if is_known(guess.source) and not is_subject(guess.source):
        return False
    return is_mark_column(column(sheet, guess.index, rows))


def _evidence(
    sheet: Sheet,
    header: Header,
    marks: tuple[MarkColumn, ...],
    rows: Ints,
    maxima: bool,
    levels: bool,
) -> int:
    """How much speaks for marks and not for any other numbers beside students."""
    title = f"{header.hints.get('title', '')} {sheet.name} {sheet.file}"
    words = {t for m in marks for t in tally(column(sheet, m.index, rows)) if number(t) is None}
    return sum(
        (
            any(is_subject(m.subject) or is_subject(m.item) for m in marks),
            maxima or any(m.maximum is not None for m in marks) or "maximum" in header.hints,
            bool(_TITLE.search(title)) or "assessment" in header.hints or "subject" in header.hints,
            any(window(m.window) is not None for m in marks if m.window),
            bool(words) and not levels,
            levels,
        )
    ) + int(bool(np.any([len(header.parts[m.index]) > 1 for m in marks])))


def extract(sheet: Sheet, recognition: Recognition, context: Context) -> Extract:
    """The marks of all rows, one result a cell."""
    return read_marksheet(sheet, recognition, context)


LAYOUT = Layout("marksheet", "marksheet", "a marksheet", 60, "1", _WORDS, recognise, extract)
