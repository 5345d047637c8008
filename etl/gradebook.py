"""Scores of a OneRoster gradebook become results: the line item names the test and its maximum.

A status such as exempt or not submitted stands for a score and is never a number; a score that is
not final yet counts as none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa

from etl import assessments
from etl.checks import Cells, rejections, warn
from etl.dates import parse, settle, year_start
from etl.fields import normalise
from etl.model import Context, Extract, Finding, Sheet
from etl.scales import Scale
from etl.schoolyears import academic_year
from etl.scores import number
from etl.scorescales import ScoreScales, score_scales
from etl.siblings import Drop, first, lines_beside, lines_of, siblings
from etl.students import student_key
from school.config import academic_year as year_of_day

Line = Mapping[str, str | None]
_STATUS = {
    "fullygraded": "scored", "exempt": "exempt", "notsubmitted": "not_submitted",
    "missing": "not_submitted", "submitted": "unknown", "partiallygraded": "unknown",
    "incomplete": "unknown", "inprogress": "unknown", "withdrawn": "exempt", "late": "scored",
}


def read_gradebook(sheet: Sheet, drop: Drop, context: Context) -> Extract | None:
    """All scores of a sheet; None where no sibling says what was worked on, or who the people are.
    """
    around = _around(sheet, drop, context)
    if not around.items or not around.homes:
        return None
    lines = lines_of(sheet)
    taken: list[_Score] = []
    wrong: dict[str, list[int]] = defaultdict(list)
    for line in lines:
        read = _score(line, around)
        if isinstance(read, str):
            wrong[read].append(int(line["row"] or 0))
        else:
            taken.append(read)
    last = {(t.student, t.item): t for t in taken}
    for t in taken:
        stands = last[(t.student, t.item)]
        if (t.score, t.status, t.level) != (stands.score, stands.status, stands.level):
            wrong["said twice"].append(t.row)
    findings = [f for why, rows in wrong.items() for f in _rejected(sheet, why, rows)]
    findings += _noticed(sheet, around, lines, taken)
    rejected = frozenset(r for rows in wrong.values() for r in rows)
    return Extract(_facts(list(last.values())), len(lines), rejected, 0, (), tuple(findings))


@dataclass(frozen=True)
class _Around:
    """What the other files say: pieces of work, their kinds, terms, classes and homes."""

    items: Mapping[str, Line]
    kinds: Mapping[str, Line]
    terms: Mapping[str, Line]
    classes: Mapping[str, Mapping[str, Any]]
    homes: Mapping[str, str]
    scales: ScoreScales
    start: tuple[int, int]
    as_of: date


@dataclass(frozen=True)
class _Score:
    """One row: a student's score, level or status in one piece of work."""

    row: int
    item: str
    student: int
    org: str
    name: str
    section: str
    subject: str | None
    window: str | None
    grade: str | None
    day: date
    year: str
    score: float | None
    status: str
    level: str | None
    lowest: float | None
    highest: float | None
    scale: Scale | None = None


def _around(sheet: Sheet, drop: Drop, context: Context) -> _Around:
    classes: dict[str, Mapping[str, Any]] = {}
    for _, _, made in drop.values():
        if "classes" in made.facts:
            for row in made.facts["classes"].to_pylist():
                classes.setdefault(row["class_id"].removeprefix(f"{row['org_id']}/"), row)
    return _Around(
        lines_beside(sheet, drop, "line_items"), lines_beside(sheet, drop, "categories"),
        lines_beside(sheet, drop, "sessions"), classes, siblings(sheet, drop).homes,
        score_scales(sheet, drop), year_start(context), context.as_of,
    )  # fmt: skip


def _score(line: Line, around: _Around) -> _Score | str:
    """One row read, or the rule it breaks."""
    item = around.items.get(line.get("lineitemsourcedid") or "")
    user = line.get("studentsourcedid") or ""
    home = around.homes.get(user)
    if item is None or home is None:
        return "no sibling"
    held = around.classes.get(first(item, "classsourcedid") or "", {})
    term = around.terms.get(first(item, "gradingperiodsourcedid", "academicsessionsourcedid") or "")
    days = (line.get("scoredate"), item.get("duedate"), item.get("assigndate"),
            (term or {}).get("startdate"))
    day = next((d for t in days if t and (d := settle(parse(t[:10]), "mdy", None, (8, 1)))), None)
    said = line.get("score")
    score = number(said) if said else None
    if day is None:
        return "no date"
    if said and score is None:
        return "mark"
    status = _status(line, score)
    if status != "scored":
        score = None
    top = number(item.get("resultvaluemax") or "")
    if score is not None and top is not None and score > top:
        return "over the maximum"
    kind = around.kinds.get(item.get("categorysourcedid") or "", {}).get("title")
    title = item.get("title") or "Test"
    scale = around.scales.of(line, item)
    letter = line.get("textscore")
    return _Score(
        int(line["row"] or 0), item.get("sourcedid") or "", student_key(home, user),
        held.get("org_id") or home, f"{kind}: {title}" if kind else title,
        held.get("name") or "", held.get("subject"), (term or {}).get("title"), held.get("grade"),
        day, held.get("academic_year") or _year(term, day, around.start), score, status,
        scale.label(letter) or letter if scale and letter else letter,
        number(item.get("resultvaluemin") or ""), top, scale if letter else None,
    )  # fmt: skip


def _status(line: Line, score: float | None) -> str:
    """What the row says of its score; a blank status beside a score is a score."""
    if (line.get("missing") or "").lower() == "true":
        return "not_submitted"
    said = line.get("scorestatus")
    if said is None:
        return "scored" if score is not None or line.get("textscore") else "unknown"
    status = _STATUS.get(normalise(said), "unknown")
    nothing = score is None and not line.get("textscore")
    return "unknown" if status == "scored" and nothing else status


def _year(term: Line | None, day: date, start: tuple[int, int]) -> str:
    return academic_year((term or {}).get("schoolyear")) or year_of_day(day, start)


_WORDS = {
    "no sibling": ("This row names a student or a piece of work that no other file lists.",
                   "an id of the users' and of the line items' file"),
    "no date": ("Neither this row nor its piece of work has a date.", "a date"),
    "said twice": ("The same student and piece of work stand again further down with another "
                   "score. The last one counts.", "one row each"),
    "mark": ("This is not a score.", "a number"),
    "over the maximum": ("This mark is over the maximum.", "at most the maximum of its line item"),
}


def _rejected(sheet: Sheet, why: str, rows: Sequence[int]) -> list[Finding]:
    words, expected = _WORDS[why]
    at = np.asarray(rows, dtype=np.int64) - 1
    column = "score" if why in ("mark", "over the maximum") else ""
    return rejections(why, words, sheet, Cells(column, at), range(len(rows)), None, expected)


def _noticed(
    sheet: Sheet, around: _Around, lines: Sequence[Line], taken: Sequence[_Score]
) -> list[Finding]:
    """Pieces of work that nobody has a result in, and scores that are not final."""
    used = {line.get("lineitemsourcedid") for line in lines}
    idle = [i for i in around.items if i not in used]
    out = []
    if idle:
        words = ("1 piece of work has no result in this file." if len(idle) == 1 else
                 f"{len(idle):,} pieces of work have no result in this file.")
        out.append(warn("line items without results", words, sheet, len(idle)))
    by_row = {int(line["row"] or 0): line for line in lines}
    early = sum(t.status == "unknown" and bool(by_row[t.row].get("score")) for t in taken)
    if early:
        words = ("1 score is not final yet. It is kept as unknown, without a number."
                 if early == 1 else
                 f"{early:,} scores are not final yet. They are kept as unknown, without a number.")
        out.append(warn("not final", words, sheet, early))
    strange = sum(t.scale is not None and t.scale.order(t.level or "") is None for t in taken)
    if strange:
        words = ("1 letter is not on its own scale. It is kept as it stands." if strange == 1 else
                 f"{strange:,} letters are not on their own scale. They are kept as they stand.")
        out.append(warn("not on its scale", words, sheet, strange))
    return out


def _facts(taken: list[_Score]) -> dict[str, pa.Table]:
    """Results and assessments."""
    if not taken:
        return {}
    rows = _apart(taken)
    count = len(rows)
    numbered = {r.item for r in rows if r.score is not None}  # letters stand beside their numbers
    lettered = {r.item: r.scale for r in rows if r.scale is not None and r.item not in numbered}

    def column(name: str, kind: pa.DataType) -> pa.Array:
        return pa.array([getattr(r, name) for r in rows], kind)

    text, number_ = pa.string(), pa.float64()
    scale = [lettered[r.item].name if r.item in lettered else
             assessments.SCALE_SCORE if r.highest is None else assessments.POINTS for r in rows]
    highest = [None if r.item in lettered else r.highest for r in rows]
    made = assessments.tables(
        assessments.Taken(
            column("student", pa.int64()), column("org", text), column("year", text),
            column("name", text), column("subject", text), pa.nulls(count, text),
            column("window", text), column("day", pa.date32()), column("grade", text),
            pa.nulls(count, text), column("score", number_), column("status", text),
            column("level", text), pa.array(scale, text), pa.array(highest, number_),
            pa.nulls(count, number_), column("row", pa.int32()),
        ),
        np.arange(count),
    )  # fmt: skip
    lowest = {r.row: None if r.item in lettered else r.lowest or 0.0 for r in rows}
    tests = made["assessments"]
    least = pa.array([lowest[n] for n in tests["row"].to_pylist()], number_)
    at = tests.column_names.index("min_score")
    levels = assessments.level_facts({s.name: s for s in lettered.values()}, rows[0].row)
    return {**made, "assessments": tests.set_column(at, "min_score", least),
            **({"levels": levels} if levels.num_rows else {})}


def _apart(rows: list[_Score]) -> list[_Score]:
    """Pieces of work of one name but another maximum are told apart by their class."""
    tops: dict[tuple[object, ...], set[float | None]] = defaultdict(set)
    for r in rows:
        tops[(r.year, r.name, r.subject, r.window, r.org)].add(r.highest)
    return [
        replace(r, name=f"{r.name} ({r.section})")
        if r.section and len(tops[(r.year, r.name, r.subject, r.window, r.org)]) > 1 else r
        for r in rows
    ]
