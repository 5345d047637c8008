"""Whose rows these are: school, class, year and student of each row, read the same way by every
layout.

A layout matches `TARGETS` beside its own and calls `read_people`; what it gets back is aligned with
its rows of data.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.banners import stacked
from etl.cells import Bools, Ints, column, over_unique, repeat
from etl.checks import Cells, rejections
from etl.classes import read_classes
from etl.damaged import Mended, mend, shortened
from etl.fields import Target, target
from etl.headers import Header, data_rows
from etl.model import Context, Finding, Question, Recognition, Sheet
from etl.places import Places, read_places
from etl.schoolyears import stated_year
from etl.students import Students, full_name, read_students

TARGETS: tuple[Target, ...] = tuple(
    target(name)
    for name in (
        "student_id", "student_name", "first_name", "middle_name", "last_name", "roll_number",
        "serial", "school_id", "school_name", "cluster", "grade", "class", "section",
        "academic_year",
    )
)  # fmt: skip

# Columns that say whose row it is; a row without any of them is no data.
KEYS = ("student_id", "student_name", "first_name", "last_name", "roll_number")


@dataclass(frozen=True)
class People:
    """One value a row of data. `good` marks rows whose student and school are known."""

    rows: Ints  # sheet rows from 0
    skipped: int
    org_id: pa.Array
    grade: pa.Array
    class_: pa.Array
    year: pa.Array  # academic year as stated by column, answer or title block; null if unsaid
    students: Students
    places: Places
    good: Bools
    questions: tuple[Question, ...]
    findings: tuple[Finding, ...]

    @property
    def rejected(self) -> frozenset[int]:
        """Sheet rows (from 1) that are left out."""
        return frozenset((self.rows[~self.good] + 1).tolist())


def columns_of(recognition: Recognition) -> dict[str, int]:
    """First column of each target."""
    out: dict[str, int] = {}
    for guess in recognition.columns:
        if guess.target is not None:
            out.setdefault(guess.target, guess.index)
    return out


def header_of(recognition: Recognition) -> Header:
    """The header that the layout found when it recognised the sheet."""
    header: Header = recognition.notes["header"]
    return header


def named(index: Mapping[str, int]) -> bool:
    """Whether the columns say which student a row is about."""
    return any(k in index for k in KEYS)


def read_people(
    sheet: Sheet,
    recognition: Recognition,
    context: Context,
    *,
    hints: Mapping[str, str] | None = None,
    year: pa.Array | None = None,
    rows: Ints | None = None,
) -> People:
    """School, class, year and student of each row. `year` is used where the file states none."""
    header, index = header_of(recognition), columns_of(recognition)
    told = {**header.hints, **(hints or {})}
    skipped = 0
    if rows is None:
        found = data_rows(sheet, header, [index[k] for k in KEYS if k in index])
        rows, skipped = found.index, found.skipped
    here = rows

    def take(name: str) -> pa.Array | None:
        return column(sheet, index[name], here) if name in index else None

    def cells(*names: str) -> Cells:
        name = next((n for n in names if n in index), None)
        return Cells("" if name is None else header.names[index[name]], here)

    places = read_places(
        sheet, context, cells("school_id", "school_name"), take("school_id"), take("school_name"),
        told, take("cluster"),
    )  # fmt: skip
    mended = {
        n: mend(take(n), sheet, context, cells(n)) for n in ("grade", "class", "section")
    }
    placed = {name: None if m is None else m.values for name, m in mended.items()}
    if not any(name in index for name in placed):
        placed |= stacked(sheet, header.first_row, rows, told)
    grade, class_ = read_classes(
        placed["grade"], placed["class"], placed["section"], len(rows), told, context, sheet
    )
    stated = read_year(take("academic_year"), len(rows), told, context, sheet)
    name = full_name(
        take("student_name"), take("first_name"), take("last_name"), take("middle_name")
    )
    students = read_students(
        sheet, context, cells(*KEYS), places.org_id, student_id=take("student_id"), name=name,
        roll=take("roll_number"), grade=grade, class_=class_,
        year=stated if stated.null_count == 0 or year is None else _either(stated, year),
    )  # fmt: skip
    good = np.ones(len(rows), dtype=np.bool_)
    lost, short = _shortened(take("student_id"), sheet, cells("student_id"))
    good[sorted(places.bad | students.bad | lost)] = False
    asked, said = _said_of(mended.values())
    findings = [
        *students.findings, *short, *said,
        *_no_school(sheet, cells("school_id", "school_name"), places),
    ]  # fmt: skip
    return People(
        rows, skipped, places.org_id, grade, class_, stated, students, places, good,
        (*places.questions, *asked), tuple(findings),
    )  # fmt: skip


def _shortened(
    ids: pa.Array | None, sheet: Sheet, cells: Cells
) -> tuple[frozenset[int], list[Finding]]:
    return (frozenset(), []) if ids is None else shortened(ids, sheet, cells)


def _said_of(mended: Iterable[Mended | None]) -> tuple[list[Question], list[Finding]]:
    told = [m for m in mended if m is not None]
    return [q for m in told for q in m.questions], [f for m in told for f in m.findings]


def read_year(
    values: pa.Array | None, count: int, hints: Mapping[str, str], context: Context, sheet: Sheet
) -> pa.Array:
    """Academic year of each row: column, else answer, else title block; null where nothing says it.
    """
    if values is not None:
        return over_unique(values, stated_year, pa.string())
    said = context.answer("year", sheet) or hints.get("academic_year")
    return repeat(stated_year(said), count)


def known_schools(people: People) -> bool:
    """Whether the school of the rows is known: without it there is no key, so no fact."""
    return bool(people.org_id.null_count < len(people.org_id))


def _either(stated: pa.Array, other: pa.Array) -> pa.Array:
    return pc.coalesce(stated, other)


def _no_school(sheet: Sheet, cells: Cells, places: Places) -> list[Finding]:
    return rejections(
        "no school", "This row does not say which school it belongs to.", sheet, cells,
        places.bad, None, "a school's name or code",
    )  # fmt: skip
