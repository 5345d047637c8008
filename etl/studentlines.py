"""Lists about students that are told apart by two or three columns of their own: the shared head.

Plans of support and incidents are such lists: who it is, from when, and what; both are recognised,
dated and handed on alike.
"""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from etl.cells import column
from etl.checks import Cells
from etl.dates import Dates, read_dates
from etl.fields import Target, knows, match, normalise
from etl.headers import find_header
from etl.model import Context, Recognition, Sheet
from etl.people import People, columns_of, header_of, known_schools, named
from etl.schoolyears import stated_year


def recognised(
    sheet: Sheet, context: Context, layout: str, confidence: float, targets: Sequence[Target],
    needed: Sequence[str],
) -> Recognition | None:
    """A header with a student and all the `needed` columns; None where one is missing."""
    known = knows(targets)
    header = find_header(sheet, lambda c: normalise(c) in known, minimum=3)
    if header is None:
        return None
    found = match(header.names, targets, sheet, context)
    if not found.has(*needed) or not named(found.index):
        return None
    return Recognition(layout, confidence, header.row, header.first_row, found.columns,
                       found.questions, found.findings, {"header": header})


def days_in(
    sheet: Sheet, recognition: Recognition, people: People, context: Context, *names: str
) -> list[Dates]:
    """The days of these columns, as far as the sheet has them."""
    header, index = header_of(recognition), columns_of(recognition)
    year = stated_year(context.answer("year", sheet) or header.hints.get("academic_year"))
    return [
        read_dates(column(sheet, index[n], people.rows), context, sheet,
                   Cells(header.names[index[n]], people.rows), year)
        for n in names if n in index
    ]


def with_people(people: People, table: str, rows: pa.Table) -> dict[str, pa.Table]:
    """The rows with the schools and students they are about; nothing while a school is unknown."""
    if not known_schools(people):
        return {}
    return {"organisations": people.places.facts, "students": people.students.facts, table: rows}
