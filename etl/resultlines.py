"""Rows of a results file become lines of facts: one a student and thing tested.

What the file does not say (subject, maximum, year) is taken from an answer, the title block or the
file's name, in this order, and asked where nothing says it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl import assessments
from etl.cells import Bools, column, filled, mask, over_unique, repeat, unique
from etl.checks import Cells, rejections, warn
from etl.model import Context, Extract, Finding, Question, Recognition, Sheet
from etl.people import People, columns_of, header_of, known_schools, read_people
from etl.rosters import yes_or_no
from etl.scales import Scale, recognise_scale
from etl.scores import (
    Scores,
    over_maximum,
    read_scores,
    status_of,
)
from etl.testdays import When, read_when
from etl.unsaid import Part, maximum_of, numbers_of, read_subject


def read_results(sheet: Sheet, known: Recognition, context: Context) -> Extract:
    """All results of a sheet; a row with one wrong cell is left out whole."""
    people = read_people(sheet, known, context)
    when = read_when(sheet, known, context, people)
    subject, asked = read_subject(sheet, known, context, people)
    index = columns_of(known)
    whole = Part("", index.get("score", -1), index.get("level"), index.get("status"))
    parts = [whole, *known.notes.get("parts", ())]
    read = [_read_part(sheet, known, context, people, part) for part in parts]
    bad = ~people.good
    bad[sorted(when.bad)] = True
    for part in read:
        bad[sorted(part.bad)] = True
    repeats = _repeats(sheet, people)
    lines = [_lines(p, people, when, subject) for p in read]
    facts: dict[str, pa.Table] = {}
    if known_schools(people) and when.year.null_count < len(when.year):
        facts = _facts(lines, read, people, bad | repeats)
    questions = [
        *people.questions,
        *when.questions,
        *asked,
        *(q for p in read for q in p.questions),
    ]
    findings = [*people.findings, *when.findings, *(f for p in read for f in p.findings)]
    findings += _noticed(sheet, facts, repeats)
    return Extract(
        {name: table for name, table in facts.items() if table.num_rows},
        len(people.rows),
        frozenset((people.rows[bad] + 1).tolist()),
        people.skipped,
        tuple({q.about: q for q in questions}.values()),
        tuple(findings),
    )


@dataclass(frozen=True)
class _Read:
    """One thing tested, read for every row."""

    item: str
    score: pa.Array
    status: pa.Array
    level: pa.Array
    maximum: pa.Array
    pass_score: pa.Array
    scale: str
    levels: Scale | None
    said: Bools  # rows that say anything about it
    bad: frozenset[int]
    questions: tuple[Question, ...]
    findings: tuple[Finding, ...]


def _read_part(
    sheet: Sheet, known: Recognition, context: Context, people: People, part: Part
) -> _Read:
    header, rows, count = header_of(known), people.rows, len(people.rows)
    level, levels = _level(sheet, known, part, people)
    if part.score < 0:
        status = pc.if_else(pc.is_valid(level), pa.scalar("scored"), _status(sheet, part, people))
        name = levels.name if levels else header.names[part.level or 0]
        empty = pa.nulls(count, pa.float64())
        return _Read(
            part.item,
            empty,
            pc.fill_null(status, "unknown"),
            level,
            empty,
            empty,
            name,
            levels,
            np.ones(count, dtype=np.bool_),
            frozenset(),
            (),
            (),
        )
    text = column(sheet, part.score, rows)
    cells = Cells(header.names[part.score], rows)
    scores = read_scores(text, sheet, cells, lowest=None)
    stated = _status(sheet, part, people)
    status = pc.coalesce(scores.status, stated)
    status = pc.if_else(
        pc.and_(pc.equal(status, "scored"), pc.is_null(scores.score)), "unknown", status
    )
    if not part.item:
        status, scores = _flagged(sheet, known, people, status, scores)
    maximum, scale, extra, questions = maximum_of(sheet, known, context, people, part, scores.score)
    if not mask(pc.and_(pc.is_valid(scores.score), pc.is_null(scores.maximum))).any():
        questions = ()  # each cell says its own: '18/20', '85%'
    maximum = pc.coalesce(scores.maximum, maximum)
    over: frozenset[int] = frozenset()
    found: tuple[Finding, ...] = ()
    if scale == assessments.POINTS:
        over, found = over_maximum(scores, maximum, text, sheet, cells, extra=extra)
        low, under = _below_zero(sheet, cells, scores.score, text)
        over, found = over | low, (*found, *under)
    said = filled(status) | filled(level)
    if not part.item:
        said = np.ones(count, dtype=np.bool_)
    return _Read(
        part.item,
        scores.score,
        pc.fill_null(status, "unknown"),
        level,
        maximum,
        numbers_of(sheet, known, people, "pass_score"),
        scale,
        levels,
        said,
        scores.bad | over,
        questions,
        (*scores.findings, *found),
    )


def _below_zero(
    sheet: Sheet, cells: Cells, score: pa.Array, text: pa.Array
) -> tuple[frozenset[int], tuple[Finding, ...]]:
    under = np.flatnonzero(mask(pc.less(score, 0.0))).tolist()
    return frozenset(under), tuple(
        rejections(
            "mark below zero",
            "A mark cannot be below zero.",
            sheet,
            cells,
            under,
            text,
            "0 or more",
        )
    )


def _level(
    sheet: Sheet, known: Recognition, part: Part, people: People
) -> tuple[pa.Array, Scale | None]:
    if part.level is None:
        return repeat(None, len(people.rows)), None
    values = column(sheet, part.level, people.rows)
    header = header_of(known)
    words = [v for v in unique(values) if status_of(v) in (None, "absent", "exempt") or len(v) == 1]
    scale = recognise_scale(words, f"{header.names[part.level]} {header.hints.get('title', '')}")
    if scale is None:
        return values, None
    return over_unique(values, scale.label, pa.string()), scale


def _status(sheet: Sheet, part: Part, people: People) -> pa.Array:
    """Statuses of a column of their own: 'Tested Out', 'Absent', 'Exempt'."""
    if part.status is None:
        return repeat(None, len(people.rows))
    return over_unique(column(sheet, part.status, people.rows), status_of, pa.string())


def _flagged(
    sheet: Sheet, known: Recognition, people: People, status: pa.Array, scores: Scores
) -> tuple[pa.Array, Scores]:
    """Yes-or-no columns for exempt and not handed in: such a row has no score, whatever it holds.
    """
    index = columns_of(known)
    for name, word in (("missing", "not_submitted"), ("exempt", "exempt")):
        if name in index:
            text = column(sheet, index[name], people.rows)
            here = over_unique(text, lambda v: yes_or_no(v) == "yes", pa.bool_()).fill_null(False)
            status = pc.if_else(here, word, status)
            none = pa.scalar(None, pa.float64())
            scores = replace(scores, score=pc.if_else(here, none, scores.score))
    return status, scores


def _repeats(sheet: Sheet, people: People) -> Bools:
    """Rows that repeat an earlier row in every cell."""
    out: Bools = np.zeros(len(people.rows), dtype=np.bool_)
    columns = [column(sheet, i, people.rows) for i in range(sheet.cells.num_columns)]
    out[assessments.repeated(columns)] = True
    return out


def _lines(part: _Read, people: People, when: When, subject: pa.Array) -> assessments.Taken:
    count = len(people.rows)
    return assessments.Taken(
        people.students.keys,
        people.org_id,
        when.year,
        when.name,
        subject,
        repeat(part.item or None, count),
        when.window,
        when.day,
        people.grade,
        people.class_,
        part.score,
        part.status,
        part.level,
        repeat(part.scale, count),
        part.maximum,
        part.pass_score,
        pa.array(people.rows + 1, pa.int32()),
    )


def _facts(
    lines: list[assessments.Taken], read: list[_Read], people: People, out: Bools
) -> dict[str, pa.Table]:
    made = []
    for part, line in zip(read, lines, strict=True):
        keep = np.flatnonzero(part.said & ~out & filled(line.year) & filled(line.date))
        made.append(assessments.tables(line, keep))
    facts = {
        name: pa.concat_tables([m[name] for m in made], promote_options="permissive")
        for name in ("assessments", "results")
    }
    scales: Mapping[str, Scale] = {p.scale: p.levels for p in read if p.levels is not None}
    first = int(people.rows[0]) + 1 if len(people.rows) else 1
    return {
        "organisations": people.places.facts,
        "students": people.students.facts,
        "levels": assessments.level_facts(scales, first),
        **facts,
    }


def _noticed(sheet: Sheet, facts: Mapping[str, pa.Table], repeats: Bools) -> list[Finding]:
    out = []
    if repeats.any():
        n = int(repeats.sum())
        out.append(
            warn(
                "repeated",
                f"{n:,} rows repeat an earlier row in every cell. Each counts once.",
                sheet,
                n,
            )
        )
    if "results" in facts:
        again = facts["results"].filter(pc.greater(facts["results"]["attempt"], 1))
        people = len(again["student"].unique())
        if people:
            out.append(
                warn(
                    "attempts",
                    f"{people:,} students have more than one score on one day. They are kept as "
                    "first and second attempt.",
                    sheet,
                    people,
                )
            )
    return out
