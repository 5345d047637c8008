"""Everything that stands in the store as a zip of lists, which loads back into the same tables.

One csv a kind of fact, students and schools by name beside their keys. Text that a spreadsheet
program would take for a formula has an apostrophe before it, which reading takes away again.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from school import schema

if TYPE_CHECKING:  # the child reads such lists and needs no database
    from school.store import Store

MARK = "staffroom "  # the first header, before the name of the table
ROWS = 200_000  # rows of one csv
ESCAPED = r"^(['=+\-@\t\r])"
TITLES = {
    "organisations": "schools", "students": "students", "memberships": "groups",
    "support": "plans of support", "enrollment": "enrolment", "classes": "classes",
    "class_students": "students of classes", "incidents": "incidents",
    "departures": "departures",
    "calendar": "calendar", "attendance": "attendance", "attendance_periods": "attendance totals",
    "assessments": "tests", "results": "results", "levels": "levels",
    "objectives": "learning outcomes", "objective_parts": "abilities and concepts of outcomes",
    "observations": "observations",
    "enrollment_counts": "enrolment counts", "attendance_counts": "published attendance",
    "benchmarks": "published shares",
    "survey_waves": "surveys",
    "survey_items": "survey questions", "survey_responses": "survey answers",
    "numbers": "our own numbers",
}


@dataclass(frozen=True)
class Held:
    """The zip, and how many rows of each table are in it."""

    content: bytes
    rows: dict[str, int]
    name: str = "what we hold.zip"
    mime: str = "application/zip"


def what_we_hold(store: Store) -> Held:
    """All facts that stand, as csv files; tables without rows are not in it."""
    stream = io.BytesIO()
    rows: dict[str, int] = {}
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in schema.TABLES:
            found = _rows(store, table)
            if not found.num_rows:
                continue
            rows[table.name] = found.num_rows
            for part, start in enumerate(range(0, found.num_rows, ROWS), 1):
                more = f" {part}" if found.num_rows > ROWS else ""
                archive.writestr(f"{TITLES[table.name]}{more}.csv",
                                 _csv(found.slice(start, ROWS)))
    return Held(stream.getvalue(), rows)


def _rows(store: Store, table: schema.Table) -> pa.Table:
    """A table with its marking column, and the names of schools and students beside the keys."""
    shown, joins = [], []
    if "org_id" in table.names and table.name != "organisations":
        shown.append('o.name as "School"')
        joins.append("left join mart.organisations as o on o.org_id = t.org_id")
    if "student" in table.names and table.name != "students":
        shown += ['s.student_id as "Student ID"', 's.name as "Student name"']
        joins.append("left join mart.students as s on s.student = t.student")
    columns = ", ".join(
        [f'row_number() over (order by {", ".join(f"t.{chr(34)}{k}{chr(34)}" for k in table.key)}) '
         f'as "{MARK}{table.name}"', *shown, *(f't."{n}"' for n in table.names)])
    return store.unsafe_arrow(
        f'select {columns} from mart.{table.name} as t {" ".join(joins)} order by 1')


def _csv(rows: pa.Table) -> bytes:
    for place, name in enumerate(rows.column_names):
        if pa.types.is_string(rows.schema.field(name).type):
            safe = pc.replace_substring_regex(rows.column(place), ESCAPED, r"'\1")
            rows = rows.set_column(place, name, safe)
    out = io.BytesIO()
    out.write(b"\xef\xbb\xbf")  # so that a spreadsheet program reads every script
    csv.write_csv(rows, out)
    return out.getvalue()
