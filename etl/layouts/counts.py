"""Published enrolment counts: school x year x anything, levels mixed and never added up.

Of overlapping tables of one drop one is loaded, the one with schools: `choose` says which are set
aside and why.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath

import numpy as np

from etl.cells import column, unique
from etl.countcolumns import STUDENT_WORDS, Table, number, with_parts
from etl.countlines import GRADE, read_counts, year_around
from etl.fields import Matched, Target, match, normalise, spaced, target
from etl.headerparts import NUMBER
from etl.headers import Header, find_header
from etl.levels import LEVELS, PLACES
from etl.model import ColumnGuess, Context, Extract, Layout, Recognition, Sheet
from etl.scales import plain
from etl.schoolyears import SINGLE_YEAR, academic_year, stated_year, year_question
from etl.wideparts import part_of

TARGETS: tuple[Target, ...] = (
    target("academic_year", "time period", "year"),
    Target(
        "level", ("level", "geographic level", "geo level", "reporting level"), "the level of a row"
    ),
    Target(
        "headcount",
        (
            "headcount",
            "head count",
            "enrolment",
            "enrollment",
            "number of pupils",
            "number of students",
            "pupils",
            "students",
            "total enrolment",
            "total enrollment",
            "total students",
            "total pupils",
            "no of students",
            "pupil count",
            "student count",
            "count of students",
            "total",
            "roll",
            "headcount of pupils",
            "enrolments",
            "number of enrolments",
        ),
        "the number of students",
        near=False,
    ),
    Target(
        "boys",
        ("boys", "male", "males", "boys enrolment", "number of boys", "total boys",
         "headcount boys"),
        "boys",
    ),
    Target(
        "girls",
        ("girls", "female", "females", "girls enrolment", "number of girls", "total girls",
         "headcount girls"),
        "girls",
    ),
    target("school_id", "laestab"),
    target("school_name"),
    Target(
        "district_id",
        ("new la code", "la code", "district code", "lea id", "leaid", "local authority code"),
        "the district's code",
    ),
    Target("district_id_old", ("old la code",), "the district's former code"),
    Target(
        "district_name",
        ("la name", "local authority", "district", "district name", "local authority name"),
        "the district's name",
    ),
    Target("region_id", ("region code",), "the region's code"),
    Target("region_name", ("region", "region name"), "the region's name"),
    Target("state_name", ("state", "state name", "state ut"), "the state"),
    Target("country_id", ("country code",), "the country's code"),
    Target("country_name", ("country", "country name"), "the country"),
    Target(
        "phase",
        (
            "school type",
            "phase",
            "type of school",
            "school category",
            "school phase",
            "type of establishment",
        ),
        "the kind of school",
    ),
    target("grade", "class", "standard", "nc year"),
    Target(
        "age",
        ("age", "age group", "age in years", "age years", "completed age", "age of students",
         "age of pupils"),
        "the age",
        near=False,
    ),
    target("sex"),
    Target(
        "label",
        ("characteristic desc", "breakdown topic", "breakdown", "dimension"),
        "what the count is split by",
    ),
    Target(
        "count_of_schools",
        ("num schools", "number of schools", "schools", "no of schools"),
        "the number of schools",
        many=True,
    ),
    Target(
        "inside_number",
        (
            "estab",
            "establishment number",
            "acad opendate",
            "acad type",
            "open date",
            "academy type",
        ),
        "a detail of the school",
        near=False,
        many=True,
    ),
    Target("breakdown", (), "something the count is split by", many=True),
)
_WORDS = {"headcount", "enrolment", "enrollment", "pupils", "students"}


def recognise(sheet: Sheet, context: Context) -> Recognition | None:
    """A table with a number of students beside a place, and no students of its own."""
    header = find_header(sheet, _known_cell, 3, numbers=True) or find_header(
        sheet, _dated_cell, 2, numbers=True)
    if header is None or any(normalise(n) in STUDENT_WORDS for n in header.names):
        return None
    if header.first_row >= sheet.cells.num_rows:  # a form that nobody has filled in yet
        return None
    found = with_parts(match(header.names, TARGETS, sheet, context), sheet, header)
    if not _counts_students(sheet, header, found):
        return None
    columns = tuple(
        replace(c, target="breakdown", confidence=1.0)
        if c.target is None and c.source and _splits(sheet, header, c.index)
        else c
        for c in found.columns
    )
    table = Table(sheet, Recognition("", 0, 0, 0, columns), _every(columns))
    dated = (found.has("academic_year") or not table.needs_year
             or year_around(header, context, sheet))
    return Recognition(
        "enrollment_counts",
        0.95 if found.has("level", "headcount") else 0.8,
        header.row,
        header.first_row,
        columns,
        () if dated else (year_question(),),
        found.findings,
        {
            "levels": _levels_of(sheet, header, found.index),
            "years": _years_of(sheet, header, found.index),
        },
    )


_NAMES = frozenset(normalise(s) for t in TARGETS for s in t.synonyms)


def _known_cell(cell: str) -> bool:
    if NUMBER.match(cell):
        return bool(SINGLE_YEAR.match(cell)) or (len(cell) > 4 and academic_year(cell) is not None)
    return normalise(cell) in _NAMES or part_of(cell) is not None


def _dated_cell(cell: str) -> bool:
    return _known_cell(cell) and (part := part_of(cell)) is not None and part.dated


def _counts_students(sheet: Sheet, header: Header, found: Matched) -> bool:
    """Whether numbers of students stand beside a place, or beside the parts of one school."""
    spread = sum((p := part_of(n)) is not None and p.dated for n in header.names) >= 2
    sexes = found.has("boys", "girls")
    parts = sum((p := part_of(n)) is not None and p.known for n in header.names) >= 3
    across = sexes or spread or parts or _wide(header)
    placed = any(found.has(t) for _, ids, _ in PLACES for t in ids)
    words = {w for n in header.names for w in spaced(n).split()}
    if placed and (found.has("headcount") or across):
        if found.has("level") or words & _WORDS or sexes or _wide(header):
            return True
        return (spread or parts) and _speaks_of_students(sheet, header)
    split = [t for t in ("grade", "age", "sex", "academic_year", "part") if found.has(t)]
    spoken = words & _WORDS or _speaks_of_students(sheet, header)
    return bool(split and (sexes or ((spread or parts or found.has("headcount")) and spoken)))


def _speaks_of_students(sheet: Sheet, header: Header) -> bool:
    """Whether the title, the sheet or the file says that students are counted."""
    title = f"{header.hints.get('title', '')} {sheet.name} {PurePath(sheet.file).stem}"
    return bool(set(spaced(title).split()) & {*_WORDS, "roll", "strength"})


def _every(columns: Sequence[ColumnGuess]) -> dict[str, list[int]]:
    index: dict[str, list[int]] = {}
    for guess in columns:
        if guess.target is not None:
            index.setdefault(guess.target, []).append(guess.index)
    return index


def _wide(header: Header) -> bool:
    return sum(bool(GRADE.match(spaced(n))) for n in header.names) >= 3


def _splits(sheet: Sheet, header: Header, index: int) -> bool:
    """Whether an unclaimed column holds a few words that repeat: then it splits the count."""
    values = column(sheet, index, np.arange(header.first_row, sheet.cells.num_rows))
    words = unique(values)
    numbers = sum(number(w) is not None for w in words)
    return 0 < len(words) <= max(400, len(values) // 50) and numbers < 0.5 * len(words)


def _levels_of(sheet: Sheet, header: Header, index: Mapping[str, int]) -> tuple[str, ...]:
    if "level" in index:
        values = column(sheet, index["level"], np.arange(header.first_row, sheet.cells.num_rows))
        return tuple(sorted({LEVELS.get(plain(v), "other") for v in unique(values)}))
    return (next((lv for lv, ids, _ in PLACES if any(t in index for t in ids)), "school"),)


def _years_of(sheet: Sheet, header: Header, index: Mapping[str, int]) -> tuple[str, ...]:
    if "academic_year" not in index:
        return ()
    values = column(
        sheet, index["academic_year"], np.arange(header.first_row, sheet.cells.num_rows)
    )
    return tuple(sorted({y for v in unique(values) if (y := stated_year(v)) is not None}))


def choose(found: Sequence[tuple[Sheet, Recognition]]) -> dict[str, str]:
    """Which count tables of one drop are set aside, and why: sheet key -> words.

    Tables overlap when they speak of the same years and one of them holds the schools: its rows
    already say what the others say of larger places.
    """
    tables = [(s, r) for s, r in found if r.layout == "enrollment_counts"]
    with_schools = [(s, r) for s, r in tables if "school" in r.notes.get("levels", ())]
    best = max(
        with_schools or tables, key=lambda t: (_reach(t[1]), t[0].cells.num_rows), default=None
    )
    aside: dict[str, str] = {}
    for sheet, known in tables:
        if (
            best is None
            or sheet.key == best[0].key
            or (with_schools and (sheet, known) in with_schools)
        ):
            continue
        years = set(known.notes.get("years", ()))
        if years & set(best[1].notes.get("years", ())) or not years:
            what = "counts schools" if with_schools else "covers more"
            aside[sheet.key] = (
                f"Set aside: it counts the same students as “{PurePath(best[0].file).name}”, which "
                f"{what} and was used. Counts of two tables are never added up."
            )
    return aside


def _reach(known: Recognition) -> tuple[int, int]:
    return len(known.notes.get("years", ())), len(known.notes.get("levels", ()))


def extract(sheet: Sheet, known: Recognition, context: Context) -> Extract:
    """The counts and the places they speak of."""
    return read_counts(sheet, known, context)


LAYOUT = Layout(
    name="enrollment_counts",
    kind="enrollment_counts",
    title="published enrolment counts",
    order=15,
    version="2",
    targets={t.name: t.words for t in TARGETS},
    recognise=recognise,
    extract=extract,
)
