"""Incidents of behaviour: one row a student and incident; a suspension is known by its words.

What happened and who was there is not read: only the day and the kind, which are counted.
"""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa

from etl.cells import Bools, Ints, column, filled, groups, over_unique, sheet_row
from etl.checks import Cells, rejections
from etl.fields import target
from etl.model import Context, Extract, Layout, Recognition, Sheet
from etl.people import TARGETS, read_people
from etl.studentlines import days_in, recognised, with_people

_TARGETS = (*TARGETS, target("date", "incident date", "date of incident"),
            target("incident", many=True))
_WORDS = {t.name: t.words for t in _TARGETS}
_SUSPENDED = re.compile(r"suspen|exclu|expel|expuls|rusticat", re.IGNORECASE)
SUSPENSION = "suspension"


def recognise(sheet: Sheet, context: Context) -> Recognition | None:
    """A student, a day and a kind of incident."""
    return recognised(sheet, context, "incidents", 0.78, _TARGETS, ("date", "incident"))


def extract(sheet: Sheet, recognition: Recognition, context: Context) -> Extract:
    """Incidents a student, day and kind; several of a kind on one day are counted."""
    people = read_people(sheet, recognition, context)
    here = people.rows
    days, = days_in(sheet, recognition, people, context, "date")
    kind, nothing = _kinds(sheet, recognition, here)
    good = people.good & filled(days.values) & ~nothing
    findings = rejections("no incident", "This row does not say what kind of incident it was.",
                          sheet, Cells("", here), np.flatnonzero(nothing).tolist(), None,
                          "such as a suspension")
    facts = with_people(people, "incidents", _counted(pa.table({
        "student": people.students.keys, "date": days.values, "kind": kind,
        "org_id": people.org_id, "row": sheet_row(here),
    }).take(pa.array(np.flatnonzero(good)))))
    return Extract(facts, len(here), frozenset((here[~good] + 1).tolist()), people.skipped,
                   (*people.questions, *days.questions),
                   (*people.findings, *days.findings, *findings))


def _kinds(
    sheet: Sheet, recognition: Recognition, here: Ints,
) -> tuple[pa.Array, Bools]:
    """A kind a row: a suspension where any of the columns says so, else what the first says."""
    columns = [column(sheet, c.index, here).to_pylist()
               for c in recognition.columns if c.target == "incident"]
    said = [[v for v in values if v] for values in zip(*columns, strict=True)]
    kinds = [SUSPENSION if any(_SUSPENDED.search(v) for v in values)
             else values[0] if values else None for values in said]
    tidy = over_unique(pa.array(kinds, pa.string()), lambda t: " ".join(t.lower().split()),
                       pa.string())
    return tidy, np.array([not values for values in said], dtype=np.bool_)


def _counted(rows: pa.Table) -> pa.Table:
    """One row a student, day and kind, with how many."""
    if not rows.num_rows:
        return rows.append_column("times", pa.array([], pa.int16()))
    number, _, first = groups(
        [rows.column(c).combine_chunks() for c in ("student", "date", "kind")])
    times = np.bincount(number, minlength=len(first)).astype(np.int16)
    return rows.take(pa.array(first)).append_column("times", pa.array(times))


LAYOUT = Layout("incidents", "incidents", "incidents of behaviour", 46, "1", _WORDS, recognise,
                extract)
