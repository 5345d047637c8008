"""A grid of learning: one row a student, one column an outcome (or ability), a level in each cell.

A sheet of levels in the same file says what the levels are. A blank cell is not yet observed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from etl.cells import Ints, column, repeat
from etl.checks import Cells
from etl.fields import Target, is_known, knows, match, normalise, target
from etl.headers import Header, data_rows, find_header
from etl.layouts.outcome_levels import scales_beside
from etl.model import ColumnGuess, Context, Extract, Finding, Layout, Recognition, Sheet
from etl.outcomefacts import lines, read_days, read_subjects, tables
from etl.outcomes import (
    ABILITIES,
    CONCEPTS,
    EVERYWHERE,
    MAYBE,
    NUMBERS,
    OWN_LEVELS,
    TITLE,
    Seen,
    choose_scale,
    level_share,
    no_scale,
    read_cells,
    words_of,
)
from etl.people import KEYS, TARGETS, header_of, known_schools, named, read_people
from etl.scales import Scale
from etl.scores import as_maximum, header_maximum, number
from etl.siblings import Drop
from etl.subjects import is_subject
from school.abilities import ABILITIES as SIX

_TARGETS: tuple[Target, ...] = (
    *TARGETS, target("date"), target("subject"), target("sex"), target("birth_date"),
    target("total", "remarks", "comment", "comments", "notes", near=False, many=True),
)
_WORDS = {t.name: t.words for t in _TARGETS} | {"level": "a level of an outcome"}
_SIX = frozenset(a.lower() for a in SIX)
_MOST_DIFFERENT = 12  # words in a column: more are remarks and no levels
EMPTY = "This grid has no levels yet. Fill it in and add it again."


@dataclass(frozen=True)
class _Column:
    """One column of the grid: what it is about, and how many questions its header names."""

    index: int
    header: str
    name: str
    kind: str
    asked: int | None


def recognise(sheet: Sheet, context: Context) -> Recognition | None:
    """Students down, outcomes across: a title that says so, or the levels of our own grid."""
    header = find_header(sheet, _known_cell, minimum=1)
    if header is None:
        return None
    found = match(header.names, _TARGETS, sheet, context)
    if not named(found.index):
        return None
    rows = data_rows(sheet, header, [found.index[k] for k in KEYS if k in found.index]).index
    told = " ".join((header.hints.get("title", ""), sheet.name, *header.hints))
    titled = bool(TITLE.search(told))
    picked = [c for c in found.columns if _holds_levels(sheet, c, rows, titled, context)]
    if not picked or not len(rows):
        return None
    filled = [c for c in picked if column(sheet, c.index, rows).null_count < len(rows)]
    if not (titled or MAYBE.search(told) or _ours(sheet, filled, rows)):
        return None
    stops = () if filled else (Finding("no data", "stops", EMPTY, sheet.name),)
    marks = tuple(_meaning(c, told) for c in picked)
    taken = {c.index for c in picked}
    columns = tuple(
        ColumnGuess(c.source, "level", 1.0, c.index) if c.index in taken else c
        for c in found.columns)
    return Recognition(
        "outcome_grid", 0.96 if titled else 0.93, header.row, header.first_row, columns,
        found.questions, (*found.findings, *stops), {"header": header, "marks": marks})


def _known_cell(cell: str) -> bool:
    return normalise(cell) in knows(_TARGETS)


def _holds_levels(
    sheet: Sheet, guess: ColumnGuess, rows: Ints, titled: bool, context: Context
) -> bool:
    """Whether an unclaimed column of a grid can be one of outcomes."""
    if guess.target == "level":  # a person said so
        return True
    plain = header_maximum(guess.source)[0] if guess.source else ""
    if guess.target is not None or not plain or number(plain) is not None:
        return False
    if is_known(guess.source) or (is_subject(plain) and plain.lower() not in _SIX):
        return False
    text = column(sheet, guess.index, rows)
    scale = choose_scale([text], guess.source)
    if titled:
        words = words_of([text])
        return len(words) <= _MOST_DIFFERENT and not any(
            number(w) is not None and scale is None and as_maximum(guess.source) is None
            for w in words)
    return level_share(text, scale) >= 0.8


def _ours(sheet: Sheet, filled: list[ColumnGuess], rows: Ints) -> bool:
    """Without a title: all columns hold the words of our own levels."""
    scale = choose_scale([column(sheet, c.index, rows) for c in filled], "") if filled else None
    return scale is not None and scale.name == OWN_LEVELS


def _meaning(guess: ColumnGuess, told: str) -> _Column:
    name, asked = header_maximum(guess.source)
    name = " ".join(name.split())
    kind = "outcome"
    if ABILITIES.search(told) or name.lower() in _SIX:
        kind = "ability"
    elif CONCEPTS.search(told):
        kind = "concept"
    return _Column(guess.index, guess.source, name, kind, int(asked) if asked else None)


def extract(
    sheet: Sheet, recognition: Recognition, context: Context, own: Scale | None = None
) -> Extract:
    """Every filled cell as an observation; `own` is the scale that stands beside the grid."""
    context = _with_numbers(sheet, header_of(recognition), context)
    people = read_people(sheet, recognition, context)
    days = read_days(sheet, recognition, context, people)
    marks: tuple[_Column, ...] = recognition.notes["marks"]
    needed = any(m.kind != "ability" for m in marks)
    subject, asked = read_subjects(sheet, recognition, context, people, needed)
    texts = [column(sheet, m.index, people.rows) for m in marks]
    scale = choose_scale(texts, _said(header_of(recognition)), own)
    seen = [_seen(sheet, m, people.rows, scale, own) for m in marks]
    bad = ~people.good
    for at in (days.bad, *(s.bad for s in seen)):
        bad[sorted(at)] = True
    findings = [*people.findings, *days.findings, *(f for s in seen for f in s.findings)]
    lost = words_of([t for t, s in zip(texts, seen, strict=True) if not s.scales])
    findings += [no_scale(lost, sheet)] if lost else []
    facts = {"organisations": people.places.facts, "students": people.students.facts}
    if known_schools(people) and not asked:
        keep = np.flatnonzero(~bad)
        count = len(people.rows)
        facts |= tables(
            [(lines(people, days.day, repeat(m.name, count), m.kind, subject, s), keep)
             for m, s in zip(marks, seen, strict=True)],
            {name: x for s in seen for name, x in s.scales.items()})
    return Extract(
        {n: t for n, t in facts.items() if t.num_rows}, len(people.rows),
        frozenset((people.rows[bad] + 1).tolist()), people.skipped,
        (*people.questions, *days.questions, *asked), tuple(findings))


def _with_numbers(sheet: Sheet, header: Header, context: Context) -> Context:
    """A grid of ours says above the list where its students' numbers hold in all schools."""
    if header.hints.get(NUMBERS.lower()) != EVERYWHERE:
        return context
    own = context.answers.get(sheet.key)
    mine = {**(own if isinstance(own, Mapping) else {}), "ids": "shared"}
    return replace(context, answers={**context.answers, sheet.key: mine})


def _said(header: Header) -> str:
    return header.hints.get("title", "")


def _seen(sheet: Sheet, mark: _Column, rows: Ints, scale: Scale | None, own: Scale | None) -> Seen:
    text = column(sheet, mark.index, rows)
    mine = scale or choose_scale([text], mark.header, own)
    return read_cells(text, sheet, Cells(mark.header, rows), mine, mark.asked)


def resolve(drop: Drop, context: Context) -> dict[str, Extract]:
    """Grids beside a sheet of levels are read again with those levels."""
    return {
        key: extract(sheet, known, context, own)
        for key, (sheet, known, _) in drop.items() if known.layout == "outcome_grid"
        and (own := scales_beside(sheet, drop)) is not None
    }


LAYOUT = Layout("outcome_grid", "observations", "a grid of learning outcomes", 60, "1", _WORDS,
                recognise, extract)
