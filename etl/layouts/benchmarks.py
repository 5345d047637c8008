"""Published shares to stand beside our own numbers: a list of our own form, or a file of absence.

They lie in a table of their own with source and year, and are never added to anything. In files of
the shape in which England publishes absence, lines of the country, its regions and local
authorities become shares of absence, attendance and persistent absence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePath

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.benchmarklines import absence_shares, parts_of, source_of, splitters
from etl.cells import Bools, Ints, column, filled, over_unique, sheet_row, unique
from etl.checks import Cells, last_stands, rejections, warn
from etl.countcolumns import STUDENT_WORDS
from etl.fields import Target, knows, match, normalise, target
from etl.headers import data_rows, find_header
from etl.layouts.counts import TARGETS as COUNTS
from etl.levels import read_places
from etl.model import Context, Extract, Finding, Layout, Recognition, Sheet
from etl.people import header_of
from etl.publishedlist import read_list
from etl.schoolyears import stated_year

_PLACE = ("academic_year", "level", "school_id", "school_name", "district_id", "district_id_old",
          "district_name", "region_id", "region_name", "country_id", "country_name")
_TARGETS: tuple[Target, ...] = (
    *(t for t in COUNTS if t.name in _PLACE and t.name != "academic_year"),
    target("academic_year", "time period", "year"),
    Target("identifier", ("time identifier",), "the part of the year", near=False),
    Target("school_type", ("school type", "education phase", "school phase", "phase"),
           "the kind of school", near=False),
    Target("topic", ("breakdown topic", "characteristic topic", "characteristic group",
                     "characteristic type"), "what a line is split by", near=False),
    Target("characteristic", ("characteristic", "breakdown", "characteristic desc"),
           "whom a line speaks of", near=False),
    Target("possible", ("sess possible", "sessions possible"), "the sessions possible", near=False),
    Target("missed", ("sess overall", "sessions missed"), "the sessions missed", near=False),
    Target("missed_percent", ("sess overall percent",), "the percentage missed", near=False),
    Target("enrolments", ("enrolments", "number of enrolments"), "the students", near=False),
    Target("persistent", ("enrolments pa 10 exact",), "the students often absent", near=False),
    Target("persistent_percent", ("enrolments pa 10 exact percent",),
           "the percentage often absent", near=False),
    Target("source", ("source", "published by", "publication"), "who published it", near=False),
    Target("place", ("place", "country or place", "region or country"), "the place", near=False),
    Target("measure", ("measure", "indicator"), "what was measured", near=False),
    Target("group", ("group", "student group"), "whom it speaks of", near=False),
    Target("percent", ("value in percent", "percent", "percentage"), "the percentage", near=False),
    Target("of", ("of how many", "out of", "base"), "of how many", near=False),
)
_KNOWN = knows(_TARGETS)
_LEVELS = {"district": "local", "region": "regional", "state": "regional",
           "national": "national", "school": "school"}
_LIST = ("source", "academic_year", "place", "measure", "percent")


def recognise(sheet: Sheet, context: Context) -> Recognition | None:
    """A share with its source, year and place; or absence of places that are no single school."""
    header = find_header(sheet, lambda c: normalise(c) in _KNOWN, minimum=5)
    if header is None or any(normalise(n) in STUDENT_WORDS for n in header.names):
        return None
    if header.first_row >= sheet.cells.num_rows:
        return None
    found = match(header.names, _TARGETS, sheet, context)
    listed = found.has(*_LIST)
    if not listed and not (found.has("academic_year", "level") and _of_absence(found.index)
                           and _beyond_schools(sheet, found.index["level"], header.first_row)):
        return None
    return Recognition("benchmarks", 0.97, header.row, header.first_row, found.columns,
                       found.questions, found.findings, {"header": header, "listed": listed})


def _of_absence(index: object) -> bool:
    has = set(index)  # type: ignore[call-overload]
    return {"possible", "missed"} <= has or bool({"missed_percent", "persistent_percent"} & has)


def _beyond_schools(sheet: Sheet, level: int, first: int) -> bool:
    """Whether lines of more than single schools stand here; a file of schools counts pupils."""
    values = column(sheet, level, np.arange(first, sheet.cells.num_rows))
    return any(normalise(v) not in ("school", "schools") for v in unique(values))


def extract(sheet: Sheet, recognition: Recognition, context: Context) -> Extract:
    """One row a place, year, part and measure."""
    if recognition.notes["listed"]:
        return read_list(sheet, recognition, context)
    header = header_of(recognition)
    index = {c.target: [c.index] for c in recognition.columns if c.target}
    body = data_rows(sheet, header, index["academic_year"])
    rows = body.index
    at, _, places = read_places(sheet, index, rows)
    level = over_unique(at, lambda v: _LEVELS.get(v), pa.string())
    year = over_unique(column(sheet, index["academic_year"][0], rows), stated_year, pa.string())
    undated = ~filled(year)
    findings = rejections("no year", "This line does not say which school year it is of.", sheet,
                          Cells(header.names[index["academic_year"][0]], rows),
                          np.flatnonzero(undated), None, "a school year such as 2016/17")
    split, unknown = splitters(sheet, recognition.columns, rows)
    dimension, value = parts_of(sheet, index, rows, split)
    common = {
        "source": source_of(sheet, index, rows, PurePath(sheet.file).stem), "academic_year": year,
        "place": places["org_id"].combine_chunks(), "name": places["name"].combine_chunks(),
        "level": level, "dimension": dimension, "value": value, "row": sheet_row(rows),
    }
    shares = absence_shares(sheet, index, rows)
    told = np.logical_or.reduce([filled(s["share"]) for s in shares.values()])
    good = ~undated & filled(level) & filled(common["place"]) & told
    silent = ~good & ~undated
    kept, twice = _once(common, shares, np.flatnonzero(good))
    if len(twice) and unknown:
        return Extract({}, 0, frozenset(), sheet.cells.num_rows, (), (_split_by(sheet, unknown),))
    findings += rejections("said twice", "The same place, year and part stands again further down. "
                           "The last one counts.", sheet, Cells("", rows), twice.tolist(), None,
                           "one line each")
    facts = pa.concat_tables([
        pa.table({**common, "measure": pa.repeat(pa.scalar(name), len(rows)), **values})
        .take(pa.array(kept[filled(values["share"])[kept]]))
        for name, values in shares.items()])
    return Extract({"benchmarks": facts} if facts.num_rows else {}, int((~silent).sum()),
                   frozenset((rows[undated] + 1).tolist()) | frozenset((rows[twice] + 1).tolist()),
                   body.skipped + int(silent.sum()), (), (*findings, *_silent(sheet, silent)))


def _once(
    common: Mapping[str, pa.Array], shares: Mapping[str, Mapping[str, pa.Array]], good: Ints,
) -> tuple[Ints, Ints]:
    """Of lines of one place, year and part the last; and those that it replaces."""
    at = pa.array(good)
    stands = last_stands(
        [common[k].take(at) for k in ("source", "academic_year", "place", "dimension", "value")],
        [pc.cast(s["share"], pa.string()).take(at) for s in shares.values()])
    return good[stands.keep], good[list(stands.superseded)]


def _split_by(sheet: Sheet, names: Sequence[str]) -> Finding:
    """Why lines that say the same thing several times are not read as totals."""
    told = " and ".join(f"“{n}”" for n in names[:3])
    return Finding(
        "split by", "stops",
        f"The same place and year stands here several times, parted by {told}, and no line says "
        "which one is for all students. Download the file with its totals, or with one value of "
        "this column alone.", sheet.name, expected="a line with Total in this column")


def _silent(sheet: Sheet, silent: Bools) -> list[Finding]:
    count = int(silent.sum())
    words = (f"{count:,} lines hold no share that is shown, or are of a kind of place that stands "
             "beside no school. They are left out.")
    return [warn("no share", words, sheet, count)] if count else []


LAYOUT = Layout("benchmarks", "benchmarks", "published shares", 53, "1",
                {t.name: t.words for t in _TARGETS}, recognise, extract)
