"""Rows that a roster of changes takes back: who left a school or a class, and which class is gone.

The last change of the row is the first day no longer there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa

from etl.checks import Cells, rejections, warn
from etl.dates import parse, settle
from etl.model import ColumnGuess, Context, Extract, Layout, Recognition, Sheet
from etl.oneroster import TAKEN_BACK
from etl.rosters import header_names, is_student, kind_of
from etl.siblings import first, lines_of
from etl.students import SHARED, student_key

_TARGETS = {
    "sourcedId": ("id", "the row's own id"),
    "dateLastModified": ("end_date", "the first day no longer there"),
    "userSourcedId": ("student_id", "the student's id"),
    "classSourcedId": ("section_id", "the section's id"),
    "schoolSourcedId": ("school_id", "the school's code"),
    "orgSourcedId": ("school_id", "the school's code"),
    "orgSourcedIds": ("school_id", "the school's code"),
    "role": ("role", "the role"),
}
NOBODY = 0  # in place of a student: everybody of the class
SCHOOL = "*"  # in place of a class: all of the school


def recognise(sheet: Sheet, context: Context) -> Recognition | None:
    """A sheet that `etl.oneroster` has set apart."""
    if not sheet.name.endswith(TAKEN_BACK):
        return None
    columns = tuple(
        ColumnGuess(n, _TARGETS[n][0] if n in _TARGETS else None, float(n in _TARGETS), i)
        for i, n in enumerate(header_names(sheet))
    )
    return Recognition("roster_ended", 0.99, 0, 1, columns, notes={"kind": kind_of(sheet)})


def extract(sheet: Sheet, recognition: Recognition, context: Context) -> Extract:
    """A departure a row: of a student from a school or a class, or of a whole class."""
    read = _Read(context, context.answer("ids", sheet) == "shared")
    kind = recognition.notes["kind"]
    for line in lines_of(sheet):
        read.line(line, kind)
    at = np.asarray(read.lost, dtype=np.int64) - 1
    findings = rejections(
        "nobody to end", "This row does not say whom or what it ends.", sheet, Cells("", at),
        range(len(at)), None, "the ids of the student, the class and the school",
    )  # fmt: skip
    if read.others:
        words = f"{_rows(read.others)} about people who are no students here. Left out."
        findings.append(warn("staff", words, sheet, read.others))
    if read.undated:
        words = f"{_rows(read.undated)} without a day. It is taken as {context.as_of.isoformat()}."
        findings.append(warn("no day", words, sheet, read.undated))
    schema = pa.schema([("student", pa.int64()), ("org_id", pa.string()), ("class_id", pa.string()),
                        ("date", pa.date32()), ("row", pa.int32())])
    facts = {"departures": pa.Table.from_pylist(read.rows, schema)} if read.rows else {}
    return Extract(facts, len(read.rows) + len(read.lost), frozenset(read.lost), read.others, (),
                   tuple(findings))


def _rows(count: int) -> str:
    return "1 row is" if count == 1 else f"{count:,} rows are"


@dataclass
class _Read:
    """What the rows end, as they are gone through."""

    context: Context
    shared: bool
    rows: list[dict[str, Any]] = field(default_factory=list)
    lost: list[int] = field(default_factory=list)
    others: int = 0
    undated: int = 0

    def line(self, line: Mapping[str, str | None], kind: str) -> None:
        """Keep one row as a departure, or count why not."""
        row = int(line["row"] or 0)
        role = line.get("role")
        if role is not None and not is_student(role):
            self.others += 1
            return
        org = self._place(first(line, "schoolsourcedid", "orgsourcedid", "orgsourcedids"))
        user = first(line, *(("sourcedid",) if kind in ("students", "users") else
                             ("usersourcedid",)))
        section = line.get("classsourcedid") if kind == "links" else None
        if kind == "sections":
            section, user = line.get("sourcedid"), None
        if org is None and user is not None and section is None:
            org = self._home(user)
            if org is None:
                self.others += 1
                return
        if org is None or (user is None and kind != "sections") or (
                section is None and kind in ("links", "sections")):
            self.lost.append(row)
            return
        student = NOBODY if user is None else student_key(SHARED if self.shared else org, user)
        self.rows.append({
            "student": student, "org_id": org,
            "class_id": f"{org}/{section}" if section else SCHOOL,
            "date": self._day(line.get("datelastmodified")), "row": row,
        })  # fmt: skip

    def _place(self, code: str | None) -> str | None:
        """The school behind a code; the first one where a list stands there."""
        code = (code or "").split(",")[0].strip()
        known = self.context.known.schools
        return known.get(code, known.get(code.lower(), code)) if code else None

    def _home(self, user: str) -> str | None:
        """The school at which a student of this id is on the roll, where the row does not say it.
        """
        known = self.context.known
        homes = [o for o in known.school_names if student_key(o, user) in known.enrolled]
        return homes[0] if len(homes) == 1 else None

    def _day(self, text: str | None) -> date:
        day = settle(parse(text[:10]), "mdy", None, (8, 1)) if text else None
        self.undated += day is None
        return day or self.context.as_of


LAYOUT = Layout(
    "roster_ended", "roster", "a list of changes", 45, "1",
    dict(_TARGETS.values()), recognise, extract,
)
