"""Plans of support: one row a student and need, with the day from which the plan holds.

Who gives the support is not read: a plan is about what a student gets, never about a teacher.
"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.cells import Bools, Ints, column, filled, mask, over_unique, sheet_row
from etl.checks import Cells, conflict_findings, last_stands, rejections
from etl.fields import target
from etl.model import Context, Extract, Finding, Layout, Recognition, Sheet
from etl.people import TARGETS, columns_of, header_of, read_people
from etl.studentlines import days_in, recognised, with_people

_TARGETS = (
    *TARGETS, target("support_need"), target("support_plan"),
    target("begin_date", "start", "start date", "plan start", "review from", near=False),
    target("end_date", "end", "plan end", near=False),
)  # fmt: skip
_WORDS = {t.name: t.words for t in _TARGETS}


def recognise(sheet: Sheet, context: Context) -> Recognition | None:
    """A student, what the support is for, and the day it began."""
    return recognised(sheet, context, "support", 0.85, _TARGETS, ("support_need", "begin_date"))


def extract(sheet: Sheet, recognition: Recognition, context: Context) -> Extract:
    """One plan a student, need and first day; the last day named belongs to it."""
    index = columns_of(recognition)
    people = read_people(sheet, recognition, context)
    here = people.rows
    days = days_in(sheet, recognition, people, context, "begin_date", "end_date")
    begin = days[0].values
    last = days[1].values if len(days) > 1 else pa.nulls(len(here), pa.date32())
    end = over_unique(pc.cast(last, pa.string()),
                      lambda t: date.fromisoformat(t) + timedelta(days=1), pa.date32())
    need = column(sheet, index["support_need"], here)
    nothing = ~filled(need)
    turned = mask(pc.fill_null(pc.less_equal(end, begin), False))
    good = people.good & ~nothing & ~turned & filled(begin)
    findings = _wrong(sheet, recognition, here, nothing, turned, last)
    need = over_unique(need, lambda t: " ".join(t.split()), pa.string())
    plan = column(sheet, index["support_plan"], here) if "support_plan" in index else \
        pa.nulls(len(here), pa.string())
    at = np.flatnonzero(good)
    take = pa.array(at)
    keys = [people.students.keys, need, begin]
    stand = last_stands([k.take(take) for k in keys], [end.take(take), plan.take(take)])
    twice = conflict_findings(stand, sheet, Cells("", here[at]), need.take(take),
                              "student, need and first day")
    good[at[~stand.keep]] = False
    facts = with_people(people, "support", pa.table({
        "student": people.students.keys, "need": need, "begin_date": begin,
        "end_date": end, "org_id": people.org_id, "plan": plan,
        "row": sheet_row(here)}).take(pa.array(np.flatnonzero(good))))
    questions = {q.about: q for q in (*people.questions, *(q for d in days for q in d.questions))}
    said = [f for d in days for f in d.findings]
    return Extract(facts, len(here), frozenset((here[~good] + 1).tolist()), people.skipped,
                   tuple(questions.values()), (*people.findings, *said, *findings, *twice))


def _wrong(sheet: Sheet, recognition: Recognition, here: Ints, nothing: Bools, turned: Bools,
           last: pa.Array) -> list[Finding]:
    """Rows that say nothing of a need, and plans that end before they begin."""
    header, index = header_of(recognition), columns_of(recognition)
    ends = header.names[index.get("end_date", index["begin_date"])]
    return [
        *rejections("no need", "This row does not say what the support is for.", sheet,
                    Cells(header.names[index["support_need"]], here),
                    np.flatnonzero(nothing).tolist(), None, "such as attendance or reading"),
        *rejections("period", "The last day lies before the first one.", sheet,
                    Cells(ends, here), np.flatnonzero(turned).tolist(),
                    pc.cast(last, pa.string()), "a day on or after the first one"),
    ]


LAYOUT = Layout("support", "support", "plans of support", 45, "1", _WORDS, recognise, extract)
