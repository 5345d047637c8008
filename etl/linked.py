"""Roster files that hold only ids become facts, once their siblings say whose ids they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa

from etl.checks import Cells, rejections, warn
from etl.classes import grade_of
from etl.dates import parse, settle, year_start
from etl.model import Context, Extract, Finding, Sheet
from etl.rosters import group_value, is_student
from etl.siblings import Siblings, first, lines_of
from etl.students import student_key
from school.config import academic_year as year_of_day

Line = Mapping[str, str | None]
_ALWAYS = date(1900, 1, 1)  # a group without a date holds at any time


def read_linked(sheet: Sheet, kind: str, known: Siblings, context: Context) -> Extract | None:
    """The facts of such a file; None where no sibling explains it."""
    lines = lines_of(sheet)
    if kind == "links":
        return _links(sheet, lines, known) if known.homes and known.sections else None
    if kind == "demographics":
        return _demographics(sheet, lines, known) if known.homes else None
    if kind == "users":
        return _users(sheet, lines, known) if known.homes else None
    return _roles(sheet, lines, context)


def _user(line: Line) -> str | None:
    return first(line, "usersourcedid", "studentsisid", "sisid", "id", "sourcedid", "userid")


def _links(sheet: Sheet, lines: list[dict[str, str | None]], known: Siblings) -> Extract:
    rows: list[dict[str, Any]] = []
    lost: list[int] = []
    staff = 0
    for line in lines:
        user = _user(line)
        section = known.sections.get(
            first(line, "classsourcedid", "sectionsisid", "sectionid") or ""
        )
        home = known.homes.get(user or "")
        role = line.get("role")
        if role is not None and not is_student(role):
            staff += 1
        elif user is None or section is None or home is None:
            lost.append(_row(line))
        else:
            rows.append(
                {
                    "class_id": section[0],
                    "student": student_key(home, user),
                    "org_id": section[1],
                    "row": _row(line),
                }
            )
    findings = _lost(
        sheet,
        lost,
        "This row names a student or a section that no other file lists.",
        "an id of the students' and of the sections' file",
    )
    table = _table(rows, "class_id", "student", "org_id")
    return _made(
        sheet,
        {"class_students": table},
        len(lines) - staff,
        lost,
        staff,
        findings,
    )


def _demographics(sheet: Sheet, lines: list[dict[str, str | None]], known: Siblings) -> Extract:
    groups: list[dict[str, Any]] = []
    people: list[dict[str, Any]] = []
    lost: list[int] = []
    staff = 0
    for line in lines:
        user = _user(line)
        home = known.homes.get(user or "")
        if user is None or home is None:
            if user in known.people:
                staff += 1
            else:
                lost.append(_row(line))
            continue
        key = student_key(home, user)
        people.append(_person(key, home, user, None, _day(line.get("birthdate")), _row(line)))
        for kind, header in (
            ("sex", "sex"),
            ("ethnicity", "ethnicitycodes"),
            ("race", "racecodes"),
        ):
            value = line.get(header)
            if value:
                groups.append(
                    {
                        "student": key,
                        "kind": kind,
                        "valid_from": _ALWAYS,
                        "value": group_value(kind, header, value),
                        "row": _row(line),
                    }
                )
    findings = _lost(
        sheet,
        lost,
        "This row describes a student whom no other file lists.",
        "an id of the students' file",
    )
    facts = {
        "students": _people(people),
        "memberships": _table(groups, "student", "kind", "valid_from", "value"),
    }
    return _made(sheet, facts, len(lines) - staff, lost, staff, findings)


def _users(sheet: Sheet, lines: list[dict[str, str | None]], known: Siblings) -> Extract:
    people: list[dict[str, Any]] = []
    others = 0
    for line in lines:
        user = _user(line)
        home = known.homes.get(user or "")
        if user is None or home is None:
            others += 1
            continue
        name = (
            " ".join(
                p
                for p in (
                    first(line, "givenname", "firstname"),
                    first(line, "familyname", "lastname"),
                )
                if p
            )
            or None
        )
        people.append(_person(student_key(home, user), home, user, name, None, _row(line)))
    return _made(sheet, {"students": _people(people)}, len(people), [], others, [])


def _roles(sheet: Sheet, lines: list[dict[str, str | None]], context: Context) -> Extract:
    spells: list[dict[str, Any]] = []
    people: list[dict[str, Any]] = []
    lost: list[int] = []
    others = 0
    for line in lines:
        user, org = _user(line), line.get("orgsourcedid")
        if not is_student(line.get("role") or "student"):
            others += 1
            continue
        spell = _spell(line, user, org, context)
        if spell is None or user is None or org is None:
            lost.append(_row(line))
            continue
        people.append(_person(spell["student"], org, user, None, None, _row(line)))
        spells.append(spell)
    findings = _lost(
        sheet,
        lost,
        "This row names no student or school, or ends before it begins.",
        "a student, a school, and a last day after the first",
    )
    schools = sorted({str(s["org_id"]) for s in spells})
    facts = {
        "students": _people(people),
        "enrollment": _table(
            spells, "student", "org_id", "begin_date", "end_date", "grade", "academic_year"
        ),
        "organisations": pa.table(
            {
                "org_id": schools,
                "type": ["school"] * len(schools),
                "row": pa.array([2] * len(schools), pa.int32()),
            }
        ),
    }
    return _made(sheet, facts, len(lines) - others, lost, others, findings)


def _spell(
    line: Line, user: str | None, org: str | None, context: Context
) -> dict[str, Any] | None:
    """A student's time at a school; None for one without an id, or that ends before it begins."""
    begin = _day(first(line, "rolestartdate", "begindate"))
    end = _day(first(line, "roleenddate", "enddate"))  # the first day no longer there
    if user is None or org is None or (begin and end and end <= begin):
        return None
    start = year_start(context)
    year = year_of_day(begin or context.as_of, start)
    grade = line.get("grade")
    return {
        "student": student_key(org, user),
        "org_id": org,
        "begin_date": begin or date(int(year[:4]), *start),
        "end_date": end,
        "grade": grade_of(grade) or grade,
        "academic_year": year,
        "row": _row(line),
    }


def _table(rows: list[dict[str, Any]], *columns: str) -> pa.Table:
    """Rows as a table of these columns and `row`, typed by their names."""
    kinds = {"student": pa.int64(), "row": pa.int32()}
    days = {c: pa.date32() for c in columns if c.endswith(("_date", "_from"))}
    fields = [(c, kinds.get(c) or days.get(c) or pa.string()) for c in (*columns, "row")]
    return pa.Table.from_pylist(rows, pa.schema(fields))


def _row(line: Line) -> int:
    return int(line["row"] or 0)


def _day(text: str | None) -> date | None:
    """Dates of these files are year-month-day; others are taken month first, as their makers do."""
    return settle(parse(text), "mdy", None, (8, 1)) if text else None


def _person(
    key: int, space: str, user: str, name: str | None, birth: date | None, row: int
) -> dict[str, Any]:
    return {
        "student": key,
        "namespace": space,
        "student_id": user,
        "id_kind": "id",
        "name": name,
        "birth_date": birth,
        "row": row,
    }


def _people(rows: Iterable[dict[str, Any]]) -> pa.Table:
    once = {r["student"]: r for r in rows}
    return _table(
        list(once.values()), "student", "namespace", "student_id", "id_kind", "name", "birth_date"
    )


def _lost(sheet: Sheet, rows: list[int], words: str, expected: str) -> list[Finding]:
    at = np.asarray(rows, dtype=np.int64) - 1
    return rejections("no sibling", words, sheet, Cells("", at), range(len(rows)), None, expected)


def _made(
    sheet: Sheet,
    facts: dict[str, pa.Table],
    read: int,
    lost: list[int],
    others: int,
    findings: list[Finding],
) -> Extract:
    if others:
        findings.append(
            warn(
                "staff",
                f"{others:,} rows are not about students. They are left out.",
                sheet,
                others,
            )
        )
    return Extract(facts, read, frozenset(lost), others, (), tuple(findings))
