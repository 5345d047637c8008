"""Columns that a school counts itself, in whatever list of students they stand.

Any column can be given the target `number` on the card. It then becomes facts of the table
`numbers`, beside what the layout makes of the rows; the layouts need not know of it.
"""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.cells import Bools, column, filled, mask, over_unique, repeat, sheet_row, tally
from etl.checks import Cells, rejections
from etl.facts import of_good_rows
from etl.fields import Target, spaced
from etl.model import Context, Extract, Finding, Recognition, Sheet
from etl.people import KEYS, People, columns_of, header_of, known_schools, read_people
from etl.spells import days_of

TARGET = "number"
WORDS = "a number of our own"
# What programs for learning at home and in class write over such columns.
NUMBER = Target(TARGET, (
    "minutes", "minutes used", "minutes of use", "total minutes", "time on task", "time spent",
    "usage minutes", "hours used", "lessons completed", "lessons passed", "units completed",
    "logins", "number of logins", "sessions completed", "books read",
    "library visits", "activities completed",
), WORDS, near=False, many=True)  # fmt: skip
_NUMBER = re.compile(r"^[-+]?(\d+(\.\d+)?|\.\d+)$")
_GROUPED = re.compile(r"^[-+]?\d{1,3}(,\d{2,3})+(\.\d+)?$")
_DAYS = ("date", "begin_date")  # the day that a number holds for, where a column says it


def has_people(targets: dict[str, str]) -> bool:
    """Whether a layout with these targets is about students one by one."""
    return any(key in targets for key in KEYS)


def as_value(text: str) -> float | None:
    """'12', '3.5', '1,250' and '85%' as numbers; None for anything else."""
    plain = text.strip().removesuffix("%").strip()
    if _GROUPED.match(plain):
        plain = plain.replace(",", "")
    return float(plain) if _NUMBER.match(plain) else None


def is_numeric(values: pa.Array) -> bool:
    """Whether nearly all cells of a column are numbers."""
    counts = tally(values)
    whole = sum(counts.values())
    return whole > 0 and sum(n for t, n in counts.items() if as_value(t) is not None) >= 0.9 * whole


def added(sheet: Sheet, recognition: Recognition, context: Context, extract: Extract) -> Extract:
    """The extract with the numbers of its own columns; the same where nobody asked for any."""
    wanted = [c for c in recognition.columns if c.target == TARGET]
    if not wanted or "numbers" in extract.facts or "header" not in recognition.notes:
        return extract
    people = read_people(sheet, recognition, context)
    if not known_schools(people) or any(q.required for q in extract.questions):
        return extract
    good = people.good & ~np.isin(people.rows + 1, list(extract.rejected))
    rows, findings = numbers(sheet, recognition, context, people, good)
    facts = {**extract.facts, "numbers": rows} if rows.num_rows else extract.facts
    return of_good_rows(replace(extract, facts=facts, findings=(*extract.findings, *findings)))


def numbers(
    sheet: Sheet, recognition: Recognition, context: Context, people: People, good: Bools
) -> tuple[pa.Table, list[Finding]]:
    """One row a student, number and day; a cell that is no number is left out and named."""
    days = _days(sheet, recognition, context, people)
    tables, findings = [], []
    for guess in recognition.columns:
        if guess.target != TARGET:
            continue
        text = column(sheet, guess.index, people.rows)
        values = over_unique(text, as_value, pa.float64())
        wrong = filled(text) & ~filled(values) & good
        name = header_of(recognition).names[guess.index]
        findings += rejections(
            "no number", "This is no number, so this cell was left out.", sheet,
            Cells(name, people.rows), np.flatnonzero(wrong).tolist(), text, "a number", "warns",
        )  # fmt: skip
        table = pa.table({
            "student": people.students.keys, "name": repeat(_name(name), len(people.rows)),
            "date": days, "org_id": people.org_id, "grade": people.grade, "class": people.class_,
            "value": values, "row": sheet_row(people.rows),
        })  # fmt: skip
        kept = good & filled(values) & filled(days) & filled(people.students.keys)
        tables.append(_once(table.filter(pa.array(kept))))
    return pa.concat_tables(tables), findings


def _name(header: str) -> str:
    """The header as it is kept: the same for 'Minutes ' and 'MINUTES'."""
    plain = spaced(header)
    return plain[:1].upper() + plain[1:]


def _once(table: pa.Table) -> pa.Table:
    """Of several rows of one student and day the last stands."""
    keys = pc.binary_join_element_wise(
        table["student"].cast(pa.string()), table["date"].cast(pa.string()), "/")
    last = {key: at for at, key in enumerate(keys.to_pylist())}
    return table.take(pa.array(sorted(last.values()), pa.int64()))


def _days(
    sheet: Sheet, recognition: Recognition, context: Context, people: People
) -> pa.Array:
    """The day of each row: of a date column, else the day of the upload."""
    index = columns_of(recognition)
    name = next((d for d in _DAYS if d in index), None)
    whole = pa.repeat(pa.scalar(context.as_of, pa.date32()), len(people.rows))
    if name is None or recognition.layout == "roster":  # a class list dates spells, not numbers
        return whole
    days = days_of(sheet, recognition, context, people, name).values
    future = mask(pc.greater(days, pa.scalar(context.as_of, pa.date32())))
    return pc.if_else(pa.array(future), pa.scalar(None, pa.date32()), days)

