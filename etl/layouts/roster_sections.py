"""Sections and classes of a roster: one row a class that is taught, with its school and subject."""

from __future__ import annotations

from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.cells import column, filled, over_groups, over_unique, repeat
from etl.checks import Cells, rejections
from etl.classes import grade_of
from etl.dates import read_dates, year_start
from etl.fields import Target, knows, match, normalise, target
from etl.headers import data_rows, find_header
from etl.model import Context, Extract, Layout, Recognition, Sheet
from etl.people import columns_of, header_of
from etl.places import read_places
from etl.rosters import kind_of
from etl.schoolyears import stated_year
from etl.subjects import is_subject, subject_in
from school.config import academic_year as year_of_day

_TARGETS: tuple[Target, ...] = (
    Target(
        "section_id",
        ("sis id", "section sis id", "section id", "sourced id", "class id", "id"),
        "the section's id",
    ),
    target(
        "school_id", "school sis id", "org sourced id", "school sourced id", "school dfe number"
    ),
    target("school_name"),
    Target("name", ("section name", "title", "class name", "name"), "the section's name"),
    Target("subject", ("course subject", "subject", "subjects", "course name"), "the subject"),
    Target("grade", ("grade", "grades", "grade level"), "the grade"),
    Target("kind", ("class type", "type"), "the kind of class", near=False),
    target("academic_year"),
    Target("begin_date", ("term start date", "start date", "begin date"), "the first day"),
    Target("end_date", ("term end date", "end date"), "the last day"),
    Target(
        "other",
        (
            "section number",
            "term sis id",
            "term name",
            "course sis id",
            "course number",
            "course description",
            "periods",
            "status",
            "course sourced id",
            "session sourced ids",
            "term sourced ids",
            "class code",
            "location",
        ),
        "a detail that is not kept",
        near=False,
        many=True,
    ),
)


def recognise(sheet: Sheet, context: Context) -> Recognition | None:
    """A file of sections: an id, a school and a name."""
    if kind_of(sheet) != "sections":
        return None
    header = find_header(sheet, lambda c: normalise(c) in knows(_TARGETS), minimum=2)
    if header is None:
        return None
    found = match(header.names, _TARGETS, sheet, context)
    if not found.has("section_id", "name"):
        return None
    return Recognition(
        "sections",
        0.95,
        header.row,
        header.first_row,
        found.columns,
        found.questions,
        found.findings,
        {"header": header},
    )


def extract(sheet: Sheet, recognition: Recognition, context: Context) -> Extract:
    """One class a row."""
    header, index = header_of(recognition), columns_of(recognition)
    body = data_rows(sheet, header, [index["section_id"]])
    rows, count = body.index, len(body.index)

    def text(name: str) -> pa.Array:
        return column(sheet, index[name], rows) if name in index else repeat(None, count)

    places = read_places(
        sheet,
        context,
        Cells(header.names[index.get("school_id", 0)], rows),
        column(sheet, index["school_id"], rows) if "school_id" in index else None,
        column(sheet, index["school_name"], rows) if "school_name" in index else None,
        header.hints,
    )
    ids = text("section_id")
    class_id = over_groups(
        [places.org_id, ids], lambda o, i: f"{o}/{i}" if o and i else None, pa.string()
    )
    good = filled(class_id)
    findings = rejections(
        "no section",
        "This section has no id or no school.",
        sheet,
        Cells(header.names[index["section_id"]], rows),
        np.flatnonzero(~good),
        None,
        "an id and a school",
    )
    name = text("name")
    grade = pc.coalesce(
        over_unique(text("grade"), lambda v: grade_of(v) or v, pa.string()), repeat(None, count)
    )
    subject = over_groups([text("subject"), name], _subject, pa.string())
    kind = over_unique(
        text("kind"), lambda v: "homeroom" if "home" in v.lower() else "scheduled", pa.string()
    )
    classes = pa.table(
        {
            "class_id": class_id,
            "org_id": places.org_id,
            "name": name,
            "grade": grade,
            "subject": subject,
            "kind": pc.fill_null(kind, "scheduled"),
            "academic_year": _years(sheet, recognition, context, rows),
            "row": pa.array(rows + 1, pa.int32()),
        }
    ).filter(pa.array(good))
    facts = {"organisations": places.facts, "classes": classes} if good.any() else {}
    return Extract(
        facts,
        count,
        frozenset((rows[~good] + 1).tolist()),
        body.skipped,
        places.questions,
        tuple(findings),
    )


def _subject(said: str | None, name: str | None) -> str | None:
    if said is not None and not said.isdigit():
        return subject_in(said) or said
    return subject_in(name or "") if name and not is_subject(name) else name


def _years(sheet: Sheet, recognition: Recognition, context: Context, rows: np.ndarray) -> pa.Array:
    """School year of each section: its column, else the year in which its middle day lies."""
    index, header = columns_of(recognition), header_of(recognition)
    if "academic_year" in index:
        return over_unique(column(sheet, index["academic_year"], rows), stated_year, pa.string())
    said = context.answer("year", sheet) or header.hints.get("academic_year")
    if "begin_date" not in index or "end_date" not in index:
        return repeat(stated_year(said), len(rows))
    start = year_start(context)
    begin, end = (
        read_dates(
            column(sheet, index[n], rows), context, sheet, Cells(header.names[index[n]], rows)
        ).values
        for n in ("begin_date", "end_date")
    )

    def middle(first: date | None, last: date | None) -> str | None:
        if first is None:
            return None
        return year_of_day(first if last is None else first + (last - first) / 2, start)

    return over_groups([begin, end], middle, pa.string())


LAYOUT = Layout(
    "sections",
    "roster",
    "a list of classes",
    25,
    "1",
    {t.name: t.words for t in _TARGETS},
    recognise,
    extract,
)
