"""Class lists: one row a student, with class, group columns, and the dates of coming and leaving.

E-mails, phones, addresses and the names of parents are not kept.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa

from etl.cells import column, mask, over_unique, unique
from etl.checks import Cells, conflict_findings, last_stands, warn
from etl.fields import Target, knows, match, normalise, target
from etl.headers import data_rows, find_header
from etl.model import Context, Extract, Finding, Layout, Recognition, Sheet
from etl.people import (
    KEYS,
    TARGETS,
    People,
    columns_of,
    header_of,
    known_schools,
    named,
    read_people,
)
from etl.rosters import is_student, kind_of
from etl.spells import ENROLLED_BY, GROUPS, days_of, enrollment, memberships, spells_of

_PRIVATE = Target(
    "private",
    (
        "email",
        "e mail",
        "secondary email",
        "user name",
        "username",
        "phone",
        "mobile",
        "phone number",
        "mobile number",
        "contact",
        "contact number",
        "sms",
        "address",
        "father name",
        "fathers name",
        "mother name",
        "mothers name",
        "guardian name",
        "parent name",
        "parents name",
        "parent email",
        "emergency contact",
        "pincode",
        "zip",
        "postal code",
        "bank account",
        "account number",
        "ifsc",
        "aadhaar number",
        "active directory match id",
        "photo",
        "blood group",
        "middle name",
    ),
    "something about the family that is not kept",
    near=False,
    many=True,
)
_TARGETS: tuple[Target, ...] = (
    target("student_id", "sis id", "student sis id", "sourced id", "student id"),
    *(t for t in TARGETS if t.name != "student_id"),
    target("birth_date"),
    target("sex"),
    target("language"),
    target("disability"),
    target("economic_status"),
    target("first_generation"),
    Target(
        "category",
        ("category", "social category", "caste", "caste category", "community"),
        "the social category",
    ),
    Target("religion", ("religion", "minority", "minority group"), "the religion"),
    Target(
        "ethnicity",
        ("ethnicity", "race", "ethnic group", "federal race category", "race ethnicity"),
        "the ethnic group",
    ),
    Target(
        "english_learner",
        (
            "ell status",
            "english learner",
            "english learner status",
            "eal",
            "lep",
            "el status",
            "ell",
            "el",
        ),
        "the English learner status",
    ),
    target("begin_date", "role start date"),
    target("end_date", "role end date"),
    Target(
        "exit_reason",
        (
            "exit reason",
            "reason for leaving",
            "leaving reason",
            "exit type",
            "withdrawal reason",
            "withdrawal code",
            "reason of leaving",
            "exit code",
        ),
        "why the student left",
    ),
    Target(
        "exit_destination",
        ("left for", "destination", "exit destination", "transferred to", "destination school"),
        "where the student went",
    ),
    Target(
        "entry_type",
        (
            "entry type",
            "admission type",
            "type of admission",
            "entry code",
            "enrolment type",
            "enrollment type",
        ),
        "how the student came",
    ),
    Target("role", ("role", "user role"), "the role", near=False),
    _PRIVATE,
)
# In a roster of several files the other files speak of 'ID', whatever stands beside it.
_SYNCED = (target("student_id", "sis id", "sourced id", "id"), *_TARGETS[1:])
_WORDS = {t.name: t.words for t in _TARGETS} | {"group": "a group of students"}


def recognise(sheet: Sheet, context: Context) -> Recognition | None:
    """Students down, each once, and something that places or describes them."""
    kind = kind_of(sheet)
    if kind not in (None, "students"):
        return None
    header = find_header(sheet, lambda c: normalise(c) in knows(_TARGETS), minimum=2)
    if header is None:
        return None
    found = match(header.names, _SYNCED if kind else _TARGETS, sheet, context)
    if not named(found.index):
        return None
    placed = sum(t in found.index for t in ENROLLED_BY) + sum(
        t in header.hints for t in ("class", "grade")
    )
    told = sum(t in found.index for t in (*GROUPS, "birth_date"))
    answered = any(c.target == "group" for c in found.columns)
    rows = data_rows(sheet, header, [found.index[k] for k in KEYS if k in found.index]).index
    if not len(rows) or (placed == 0 and told < 2 and not answered):
        return None
    key = next(found.index[k] for k in KEYS if k in found.index)
    once = len(unique(column(sheet, key, rows))) / len(rows)
    if once < 0.5 and kind is None:
        return None
    columns = tuple(replace(c, target=None) if c.target == "private" else c for c in found.columns)
    private = tuple(c.source for c in found.columns if c.target == "private")
    confidence = (
        0.9 if kind else min(0.72, 0.5 + 0.04 * placed + 0.04 * told) * (1 if once > 0.9 else 0.8)
    )
    return Recognition(
        "roster",
        confidence,
        header.row,
        header.first_row,
        columns,
        found.questions,
        (*found.findings, *_not_kept(sheet, private)),
        {"header": header},
    )


def _not_kept(sheet: Sheet, private: tuple[str, ...]) -> list[Finding]:
    if not private:
        return []
    words = f"Left out and not kept: {', '.join(private)}."
    return [warn("private columns", words, sheet, len(private))]


def extract(sheet: Sheet, recognition: Recognition, context: Context) -> Extract:
    """Students of all rows, their spells and their groups."""
    index, header = columns_of(recognition), header_of(recognition)
    rows = data_rows(sheet, header, [index[k] for k in KEYS if k in index])
    here, staff = rows.index, 0
    if "role" in index:
        learners = mask(over_unique(column(sheet, index["role"], here), is_student, pa.bool_()))
        here, staff = here[learners], int((~learners).sum())
    people = read_people(sheet, recognition, context, rows=here)
    birth, begin, end = (
        days_of(sheet, recognition, context, people, name)
        for name in ("birth_date", "begin_date", "end_date")
    )
    last = header.names[index["end_date"]] if "end_date" in index else ""
    spells = spells_of(sheet, people, begin, end, context, header=last)
    good = people.good.copy()
    good[sorted(begin.bad | end.bad | spells.bad)] = False
    findings = [*people.findings, *begin.findings, *end.findings, *spells.findings]
    # a wrong birth date is a warning: it costs nobody a place on the list
    findings += [replace(f, level="warns") for f in birth.findings]
    facts: dict[str, pa.Table] = {}
    if known_schools(people):
        spell = enrollment(sheet, recognition, people, spells, good)
        stand, twice = _one_spell(sheet, spell, Cells(_key_header(recognition), here))
        good &= ~np.isin(here + 1, [f.row or 0 for f in twice if f.level == "rejects"])
        findings += twice
        facts = {
            "organisations": people.places.facts,
            "students": with_birth(people, birth.values),
            "memberships": memberships(sheet, recognition, people, spells, good),
        }
        if _enrolls(recognition):
            facts["enrollment"] = stand
    if staff:
        words = f"{staff:,} rows are not about students. They are left out."
        findings.append(warn("staff", words, sheet, staff))
    asked = (*people.questions, *birth.questions, *begin.questions, *end.questions)
    return Extract(
        {name: table for name, table in facts.items() if table.num_rows},
        len(here),
        frozenset((here[~good] + 1).tolist()),
        rows.skipped + staff,
        tuple({q.about: q for q in asked}.values()),
        tuple(findings),
    )


def _enrolls(recognition: Recognition) -> bool:
    """Whether the list places its students: a bare list of groups says nothing of enrollment."""
    index, hints = columns_of(recognition), header_of(recognition).hints
    return any(t in index for t in ENROLLED_BY) or bool({"class", "grade"} & hints.keys())


def _key_header(recognition: Recognition) -> str:
    index = columns_of(recognition)
    return header_of(recognition).names[next(index[k] for k in KEYS if k in index)]


def _one_spell(sheet: Sheet, spell: pa.Table, cells: Cells) -> tuple[pa.Table, list[Finding]]:
    """Of two rows about one spell the last stands."""
    keys = [spell[k].combine_chunks() for k in ("student", "org_id", "begin_date")]
    said = [spell[k].combine_chunks() for k in ("end_date", "grade", "class", "exit_type")]
    stand = last_stands(keys, said)
    rows = spell["row"].combine_chunks().to_numpy().astype(np.int64) - 1
    found = conflict_findings(stand, sheet, Cells(cells.column, rows), None, "student")
    return spell.filter(pa.array(stand.keep)), found


def with_birth(people: People, births: pa.Array) -> pa.Table:
    """Facts of the students with the last birth date stated for each."""
    facts = people.students.facts
    if births.null_count == len(births):
        return facts
    said = {
        k: b for k, b in zip(people.students.keys.to_pylist(), births.to_pylist(), strict=True) if b
    }
    values = pa.array([said.get(k) for k in facts["student"].to_pylist()], pa.date32())
    if "birth_date" in facts.column_names:
        facts = facts.drop_columns(["birth_date"])
    return facts.append_column("birth_date", values)


LAYOUT = Layout("roster", "roster", "a class list", 20, "1", _WORDS, recognise, extract)
