"""Cells of a marksheet become results: one a student and column; a blank cell says nothing.

A row with one wrong cell is left out whole, and the cell is named.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl import assessments
from etl.assessments import Taken
from etl.cells import Bools, column, filled, over_unique, repeat, unique
from etl.checks import Cells, warn
from etl.markcolumns import MarkColumn
from etl.model import Context, Extract, Finding, Question, Recognition, Sheet
from etl.people import People, header_of, known_schools, read_people
from etl.scales import Scale, recognise_scale
from etl.scores import as_maximum, maximum_question, over_maximum, read_scores
from etl.testdays import When, read_when, window_days
from etl.unsaid import NO_MAXIMUM


@dataclass(frozen=True)
class _Column:
    """One column, read: what its cells say, which are wrong."""

    meaning: MarkColumn
    score: pa.Array
    status: pa.Array
    level: pa.Array
    maximum: pa.Array
    scale: str
    levels: Scale | None
    said: Bools
    bad: frozenset[int]
    findings: tuple[Finding, ...]


def read_marksheet(sheet: Sheet, known: Recognition, context: Context) -> Extract:
    """All marks of a sheet."""
    people = read_people(sheet, known, context)
    when = read_when(sheet, known, context, people)
    marks: tuple[MarkColumn, ...] = known.notes["marks"]
    levels: frozenset[int] = known.notes["levels"]
    read = [
        _levels(sheet, m, people) if m.index in levels else _marks(sheet, m, people, known, context)
        for m in marks
    ]
    bad = ~people.good
    bad[sorted(when.bad)] = True
    for part in read:
        bad[sorted(part.bad)] = True
    subject = context.answer("subject", sheet) or header_of(known).hints.get("subject")
    facts: dict[str, pa.Table] = {}
    if known_schools(people) and filled(when.year).any():
        facts = _facts(read, people, when, subject, ~bad, _days(read, when, context))
    questions = {
        q.about: q for q in (*people.questions, *when.questions, *_maximum_asked(read, known))
    }
    findings = [*people.findings, *when.findings, *(f for p in read for f in p.findings)]
    findings += _weights(sheet, known)
    return Extract(
        {name: table for name, table in facts.items() if table.num_rows},
        len(people.rows),
        frozenset((people.rows[bad] + 1).tolist()),
        people.skipped,
        tuple(questions.values()),
        tuple(findings),
    )


def _marks(
    sheet: Sheet, meaning: MarkColumn, people: People, known: Recognition, context: Context
) -> _Column:
    text = column(sheet, meaning.index, people.rows)
    cells = Cells(meaning.header, people.rows)
    scores = read_scores(text, sheet, cells)
    answer = context.answer(f"maximum:{meaning.header}", sheet) or context.answer("maximum", sheet)
    top = meaning.maximum or as_maximum(answer) or as_maximum(header_of(known).hints.get("maximum"))
    scale = assessments.POINTS
    if top is None and (answer or "").strip().lower() in NO_MAXIMUM:
        scale = assessments.SCALE_SCORE
    count = len(people.rows)
    one = pa.nulls(count, pa.float64()) if top is None else pa.repeat(pa.scalar(top), count)
    maximum = pc.coalesce(scores.maximum, one)
    over, found = over_maximum(scores, maximum, text, sheet, cells)
    return _Column(
        meaning,
        scores.score,
        scores.status,
        repeat(None, count),
        maximum,
        scale,
        None,
        scores.said,
        scores.bad | over,
        (*scores.findings, *found),
    )


def _levels(sheet: Sheet, meaning: MarkColumn, people: People) -> _Column:
    text = column(sheet, meaning.index, people.rows)
    count = len(people.rows)
    scale = recognise_scale(unique(text), meaning.header)
    level = over_unique(text, scale.label, pa.string()) if scale is not None else text
    status = pc.if_else(pc.is_valid(level), pa.scalar("scored"), pa.scalar(None, pa.string()))
    none = pa.nulls(count, pa.float64())
    name = scale.name if scale is not None else meaning.header
    return _Column(meaning, none, status, level, none, name, scale, filled(level), frozenset(), ())


def _maximum_asked(read: list[_Column], known: Recognition) -> tuple[Question, ...]:
    """One question for all columns of points whose maximum nothing says."""
    tops = [
        top
        for p in read
        if p.scale == assessments.POINTS
        and p.maximum.null_count == len(p.maximum)
        and (top := pc.max(p.score).as_py()) is not None
    ]
    return (maximum_question(tops, " in this marksheet"),) if tops else ()


def _facts(
    read: list[_Column],
    people: People,
    when: When,
    subject: str | None,
    good: Bools,
    days: Mapping[str, pa.Array],
) -> dict[str, pa.Table]:
    made = []
    count = len(people.rows)
    for part in read:
        own = part.meaning
        window = repeat(own.window, count) if own.window else when.window
        line = Taken(
            student=people.students.keys,
            org=people.org_id,
            year=when.year,
            name=_name(own, when),
            subject=repeat(own.subject or subject, count),
            item=repeat(own.item or None, count),
            window=window,
            date=days.get(own.window, when.day),
            grade=people.grade,
            class_=people.class_,
            score=part.score,
            status=part.status,
            level=part.level,
            scale=repeat(part.scale, count),
            maximum=part.maximum,
            pass_score=pa.nulls(count, pa.float64()),
            row=pa.array(people.rows + 1, pa.int32()),
        )
        keep = np.flatnonzero(part.said & good & filled(line.year) & filled(line.date))
        made.append(assessments.tables(line, keep))
    scales = {p.scale: p.levels for p in read if p.levels is not None}
    first = int(people.rows[0]) + 1 if count else 1
    facts = {
        name: pa.concat_tables([m[name] for m in made], promote_options="permissive")
        for name in ("assessments", "results")
    }
    return {
        "organisations": people.places.facts,
        "students": people.students.facts,
        "levels": assessments.level_facts(scales, first),
        **facts,
    }


def _name(own: MarkColumn, when: When) -> pa.Array:
    """Name of the test: the title's, else the column's window."""
    if not own.window:
        return when.name
    return pc.if_else(pc.equal(when.name, "Test"), pa.scalar(own.window), when.name)


def _days(read: list[_Column], when: When, context: Context) -> dict[str, pa.Array]:
    """Day of each named window; the sheet's own date stands where there is but one."""
    windows = {p.meaning.window for p in read}
    if len(windows) == 1 and not when.guessed:
        return {}
    return window_days(sorted(windows - {""}), when, context)


def _weights(sheet: Sheet, known: Recognition) -> list[Finding]:
    hints = header_of(known).hints
    found = {k: v for k, v in hints.items() if "weight" in k or "trọng số" in k}
    if not found:
        return []
    told = ", ".join(f"{k} {v}" for k, v in found.items())
    return [
        warn(
            "weights",
            f"The title block gives weights ({told}). Parts are kept as they are; no "
            "weighted total is worked out.",
            sheet,
        )
    ]
