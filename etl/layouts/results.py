"""Results: one row a student and assessment, with a score, a level, or a word for neither.

Scores of parts beside the whole ('Geometry Scale Score') become items of the same assessment.
"""

from __future__ import annotations

import re
from dataclasses import replace

from etl.cells import column, unique
from etl.fields import Matched, is_known, knows, match, normalise, spaced, target
from etl.headers import Header, data_rows, find_header
from etl.model import ColumnGuess, Context, Extract, Layout, Recognition, Sheet
from etl.people import KEYS, named
from etl.resultlines import read_results
from etl.resulttargets import TARGETS, WORDS
from etl.scales import recognise_scale
from etl.scores import header_maximum, is_mark_column
from etl.siblings import Drop, strangers
from etl.unsaid import Part

# A score of this name beside other marks is the sum of a marksheet's line.
_SUMS = frozenset((
    "percentage", "percent", "result", "total score", "total marks obtained", "points",
    "overall score", "score",
))  # fmt: skip
# What says in which grade a student is, and never what she was awarded.
_YEARS = knows((target("grade"),)) - {"grade", "standard"}
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
    found = _letters_beside_years(_match(header, sheet, context))
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
    return normalise(header_maximum(cell)[0]) in knows(TARGETS)


def _match(header: Header, sheet: Sheet, context: Context) -> Matched:
    """The columns by their names, 'Marks (50)' by its name without the maximum."""
    plain = match([header_maximum(n)[0] for n in header.names], TARGETS, sheet, context)
    if "score" not in plain.index or header_maximum(header.names[plain.index["score"]])[1] is None:
        return match(header.names, TARGETS, sheet, context)
    columns = tuple(replace(c, source=header.names[c.index]) for c in plain.columns)
    return replace(plain, columns=columns)


def _letters_beside_years(found: Matched) -> Matched:
    """Where 'Grade Level' or 'Year Group' stands beside 'Grade', the second one is the level."""
    years = [c for c in found.columns if c.target is None and normalise(c.source) in _YEARS]
    own = found.index.get("grade")
    if own is None or not years or "level" in found.index:
        return found
    if normalise(found.columns[own].source) in _YEARS:
        return found
    columns = list(found.columns)
    columns[own] = replace(columns[own], target="level")
    columns[years[0].index] = replace(years[0], target="grade", confidence=1.0)
    index = {**found.index, "grade": years[0].index, "level": own}
    return replace(found, columns=tuple(columns), index=index)


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
        free = guess.target is None and guess.source and not is_known(guess.source)
        if free and _is_scale(sheet, header, guess.index, rows):
            columns[guess.index] = replace(guess, target="level", confidence=0.9)
            break
    return columns


def _marks_beside(sheet: Sheet, columns: list[ColumnGuess], rows: object) -> int:
    """Columns of marks that we know no other word for: two of them make a marksheet."""
    return sum(
        c.target is None
        and bool(c.source)
        and normalise(c.source) not in knows(TARGETS)
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


LAYOUT = Layout("results", "results", "test results", 60, "2", WORDS, recognise, extract)
