"""Results: one row a student and assessment, with a score, a level, or a word for neither.

Scores of parts beside the whole ('Geometry Scale Score') become items of the same assessment.
"""

from __future__ import annotations

import re
from dataclasses import replace

from etl.cells import column, unique
from etl.fields import Matched, Target, knows, match, normalise, spaced, target
from etl.headers import Header, data_rows, find_header
from etl.model import ColumnGuess, Context, Extract, Layout, Recognition, Sheet
from etl.people import KEYS, TARGETS, named
from etl.resultlines import read_results
from etl.scales import recognise_scale
from etl.scores import header_maximum, is_mark_column
from etl.siblings import Drop, strangers
from etl.unsaid import Part

_TARGETS: tuple[Target, ...] = (
    *TARGETS,
    Target(
        "section_code",
        (
            "section id", "section sis id", "section sourced id", "class sourced id",
            "course section", "section number", "course id",
        ),
        "the taught section",
    ),
    target(
        "subject",
        "subject area",
        "measurement scale",
        "discipline",
        "course name",
        "domain",
        "content area",
    ),
    target("assessment"),
    Target(
        "window",
        (
            "term",
            "term id",
            "term name",
            "window",
            "test window",
            "season",
            "semester",
            "quarter",
            "marking period",
            "benchmark",
            "administration",
            "testing window",
            "benchmark window",
            "test period",
            "cycle",
            "round",
            "phase",
        ),
        "the term or window",
    ),
    target(
        "date",
        "completion date",
        "date taken",
        "test date",
        "date of test",
        "exam date",
        "date tested",
        "test start date",
        "assessment date",
        "administration date",
        "score date",
        "start date",
    ),
    target(
        "score",
        "overall scale score",
        "overall score",
        "scale score",
        "scaled score",
        "test rit score",
        "rit score",
        "rit",
        "standard score",
        "marks obtained",
        "total marks obtained",
    ),
    target("maximum", "score maximum", "max score", "maximum marks", "possible points"),
    Target(
        "pass_score",
        ("pass mark", "passing marks", "pass marks", "minimum marks", "min marks", "cut score"),
        "the pass mark",
    ),
    Target(
        "level",
        (
            "overall relative placement",
            "relative placement",
            "performance level",
            "achievement level",
            "proficiency level",
            "level",
            "learning level",
            "reading level",
            "arithmetic level",
            "maths level",
            "aser level",
            "fln level",
            "alpha grade earned",
            "letter grade",
            "alpha grade",
            "grade obtained",
            "grade awarded",
            "outcome",
            "teacher assessment",
            "proficiency",
            "achievement quintile",
        ),
        "the level",
        near=False,
    ),
    Target(
        "status",
        (
            "score status",
            "result status",
            "attendance status",
            "exam status",
            "status",
            "appeared",
            "attendance",
        ),
        "whether the student sat the test",
        near=False,
    ),
    Target(
        "percentile",
        ("percentile", "percentile rank", "national percentile", "rank", "position"),
        "a rank, which is not kept",
    ),
)
_WORDS = {t.name: t.words for t in _TARGETS} | {
    "item_score": "the score of a part",
    "item_level": "the level of a part",
    "item_status": "a part's status",
}
# A score of this name beside other marks is the sum of a marksheet's line.
_SUMS = frozenset((
    "percentage", "result", "total score", "total marks obtained", "points", "overall score",
    "score",
))  # fmt: skip
_TELLING = ("subject", "assessment", "window", "date", "maximum")
_PART = re.compile(
    r"^(?P<item>.+?)[\s:/-]*(?P<kind>scale score|scaled score|raw score|score|rit score)$", re.I
)
_NORMS = re.compile(
    r"\b(mid on|growth|typical|stretch|target|projected|percentile|expected|overall|total)\b", re.I
)


def recognise(sheet: Sheet, context: Context) -> Recognition | None:
    """A student and a score or a level in every row."""
    header = find_header(sheet, _known_cell, minimum=3)
    if header is None:
        return None
    found = _match(header, sheet, context)
    if not named(found.index):
        return None
    rows = data_rows(sheet, header, [found.index[k] for k in KEYS if k in found.index]).index[:5000]
    index = dict(found.index)
    if "score" in index and not is_mark_column(column(sheet, index["score"], rows), 0.5):
        index.pop("score")
    columns = _with_level(sheet, header, found, rows, "score" in index)
    index |= {c.target: c.index for c in columns if c.target in ("level",)}
    if "score" not in index and not (
        "level" in index and _is_scale(sheet, header, index["level"], rows)
    ):
        return None
    telling = sum(t in index for t in _TELLING)
    sums = "score" in index and spaced(header.names[index["score"]]) in _SUMS
    if not telling or (sums and _marks_beside(sheet, columns, rows) >= 2):
        return None
    parts, columns = _parts(sheet, columns, rows)
    return Recognition(
        "results",
        _confidence(telling, "score" in index, len(parts)),
        header.row,
        header.first_row,
        tuple(columns),
        found.questions,
        found.findings,
        {"header": header, "parts": parts},
    )


def _known_cell(cell: str) -> bool:
    return normalise(header_maximum(cell)[0]) in knows(_TARGETS)


def _match(header: Header, sheet: Sheet, context: Context) -> Matched:
    """The columns by their names, 'Marks (50)' by its name without the maximum."""
    plain = match([header_maximum(n)[0] for n in header.names], _TARGETS, sheet, context)
    if "score" not in plain.index or header_maximum(header.names[plain.index["score"]])[1] is None:
        return match(header.names, _TARGETS, sheet, context)
    columns = tuple(replace(c, source=header.names[c.index]) for c in plain.columns)
    return replace(plain, columns=columns)


def _confidence(telling: int, scored: bool, parts: int) -> float:
    """How sure: columns that a marksheet lacks, and parts beside a whole."""
    return min(0.98, 0.7 + 0.05 * min(telling, 4) + 0.05 * scored + 0.15 * (parts > 0))


def _is_scale(sheet: Sheet, header: Header, index: int, rows: object) -> bool:
    return recognise_scale(unique(column(sheet, index, rows)), header.names[index]) is not None  # type: ignore[arg-type]


def _with_level(
    sheet: Sheet, header: Header, found: Matched, rows: object, scored: bool
) -> list[ColumnGuess]:
    """The columns; an unclaimed one whose words are all of one scale holds the level."""
    columns = list(found.columns)
    if not scored:
        columns = [replace(c, target=None) if c.target == "score" else c for c in columns]
    if "level" in found.index:
        return columns
    for guess in columns:
        if guess.target is None and guess.source and _is_scale(sheet, header, guess.index, rows):
            columns[guess.index] = replace(guess, target="level", confidence=0.9)
            break
    return columns


def _marks_beside(sheet: Sheet, columns: list[ColumnGuess], rows: object) -> int:
    """Unclaimed columns of marks: two of them make a marksheet."""
    return sum(
        c.target is None
        and bool(c.source)
        and not _PART.match(c.source)
        and is_mark_column(column(sheet, c.index, rows))  # type: ignore[arg-type]
        for c in columns
    )


def _parts(
    sheet: Sheet, columns: list[ColumnGuess], rows: object
) -> tuple[tuple[Part, ...], list[ColumnGuess]]:
    """Scores of parts, each with the columns of its own level and status."""
    by_name = {spaced(c.source): c for c in columns if c.source and c.target is None}
    parts: list[Part] = []
    done = list(columns)
    for guess in columns:
        found = _PART.match(guess.source) if guess.source and guess.target is None else None
        if found is None or _NORMS.search(guess.source):
            continue
        if not is_mark_column(column(sheet, guess.index, rows)):  # type: ignore[arg-type]
            continue
        item = " ".join(found["item"].split()).strip(" :-/")
        level = by_name.get(spaced(f"{item} relative placement")) or by_name.get(
            spaced(f"{item} level")
        )
        status = by_name.get(spaced(f"{item} placement"))
        parts.append(
            Part(
                item, guess.index, level.index if level else None, status.index if status else None
            )
        )
        done[guess.index] = replace(guess, target="item_score", confidence=1.0)
        for other, name in ((level, "item_level"), (status, "item_status")):
            if other is not None:
                done[other.index] = replace(other, target=name, confidence=1.0)
    return tuple(parts), done


def extract(sheet: Sheet, recognition: Recognition, context: Context) -> Extract:
    """Results of all rows, with their schools, students and assessments."""
    return read_results(sheet, recognition, context)


def resolve(drop: Drop, context: Context) -> dict[str, Extract]:
    """Say so where the students of a results file are in no other file of the drop: all is kept."""
    return {
        key: replace(made, findings=(*made.findings, strange))
        for key, (sheet, known, made) in drop.items()
        if known.layout in ("results", "marksheet", "roster")
        and (strange := strangers(sheet, made, drop, context)) is not None
    }


LAYOUT = Layout("results", "results", "test results", 60, "1", _WORDS, recognise, extract)
