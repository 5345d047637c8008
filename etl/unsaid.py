"""What a results file may leave unsaid: the maximum, the scale and the subject of each row.

Each is taken from a column, an answer, the title block or the file's name, in this order; where
nothing says it, it is asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

import pyarrow as pa
import pyarrow.compute as pc

from etl import assessments
from etl.cells import column, over_unique, repeat, unique
from etl.fields import spaced
from etl.model import Context, Question, Recognition, Sheet
from etl.people import People, columns_of, header_of
from etl.scales import recognise_scale
from etl.scores import as_maximum, header_maximum, maximum_question, number
from etl.subjects import subject_in

_SCALE_WORDS = ("scale score", "scaled score", "rit", "lexile", "quantile", "standard score")
_EXTRA_CREDIT = "numeric grade"  # course grades out of 100 may hold extra credit
NO_MAXIMUM = ("none", "no maximum", "scale score")


@dataclass(frozen=True)
class Part:
    """A part of the whole: its name and the columns of its score, level and status."""

    item: str
    score: int
    level: int | None
    status: int | None


def numbers_of(sheet: Sheet, known: Recognition, people: People, name: str) -> pa.Array:
    """A column of numbers by its target; all null where there is none."""
    index = columns_of(known)
    if name not in index:
        return pa.nulls(len(people.rows), pa.float64())
    return over_unique(column(sheet, index[name], people.rows), number, pa.float64())


def maximum_of(
    sheet: Sheet, known: Recognition, context: Context, people: People, part: Part, score: pa.Array
) -> tuple[pa.Array, str, bool, tuple[Question, ...]]:
    """Maximum of each row, the scale's name, whether extra credit is usual, and what to ask."""
    header, count = header_of(known), len(people.rows)
    name = header.names[part.score]
    none = pa.nulls(count, pa.float64())
    said = context.answer("maximum", sheet)
    words = f" {spaced(name)} "
    if (said or "").strip().lower() in NO_MAXIMUM or any(f" {w} " in words for w in _SCALE_WORDS):
        return none, assessments.SCALE_SCORE, False, ()
    if _is_scale_score(sheet, known, people):
        return none, assessments.SCALE_SCORE, False, ()
    column_says = numbers_of(sheet, known, people, "maximum")
    if column_says.null_count < count:
        return column_says, assessments.POINTS, False, ()
    one = as_maximum(said) or header_maximum(name)[1] or as_maximum(header.hints.get("maximum"))
    if one is None and _EXTRA_CREDIT in words:
        return pa.repeat(pa.scalar(100.0), count), assessments.POINTS, True, ()
    if one is not None:
        return pa.repeat(pa.scalar(one), count), assessments.POINTS, False, ()
    top = pc.max(score).as_py()
    asked = top is not None and not part.item
    return none, assessments.POINTS, False, (maximum_question([top], ""),) if asked else ()


def _is_scale_score(sheet: Sheet, known: Recognition, people: People) -> bool:
    """Whether a column says of every row that its score is one of a scale."""
    index = columns_of(known)
    told = unique(column(sheet, index["method"], people.rows)) if "method" in index else []
    return bool(told) and all(any(w in spaced(t) for w in _SCALE_WORDS) for t in told)


def read_subject(
    sheet: Sheet, known: Recognition, context: Context, people: People
) -> tuple[pa.Array, tuple[Question, ...]]:
    """Subject of each row: column, answer, title, section, test, file or sheet; else a question."""
    index, count, hints = columns_of(known), len(people.rows), header_of(known).hints
    if "subject" in index:
        return column(sheet, index["subject"], people.rows), ()
    said = context.answer("subject", sheet) or hints.get("subject")
    if said is None and "section_code" in index:
        return column(sheet, index["section_code"], people.rows), ()
    if said is None and "assessment" in index:
        tests = column(sheet, index["assessment"], people.rows)
        if not (named := over_unique(tests, subject_in, pa.string())).null_count:
            return named, ()
    level = index.get("level")
    if said is None and "score" not in index and level is not None:
        scale = recognise_scale(
            unique(column(sheet, level, people.rows)), header_of(known).names[level]
        )
        said = {"ASER reading": "Reading", "ASER arithmetic": "Mathematics"}.get(
            scale.name if scale else ""
        )
    said = said or subject_in(hints.get("title", "")) or subject_in(sheet.name)
    said = said or subject_in(PurePath(sheet.file).stem)
    if said is None:
        return repeat(None, count), (Question("subject", "Which subject are these results in?"),)
    return repeat(said, count), ()
