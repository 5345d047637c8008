"""Files of one roster explain each other: where a student is at home, whose a section is.

What is looked up comes from the sheets of the same folder first, then from all sheets of the drop.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

import pyarrow as pa

from etl.cells import column
from etl.fields import normalise
from etl.model import Context, Extract, Finding, Recognition, Sheet
from etl.rosters import Kind, header_names, is_student, kind_of

Drop = Mapping[str, tuple[Sheet, Recognition, Extract]]


@dataclass
class Siblings:
    """What the other files of a roster say; the first word about an id stands."""

    homes: dict[str, str] = field(default_factory=dict)  # student id -> namespace
    people: set[str] = field(default_factory=set)  # everybody's ids, staff too
    sections: dict[str, tuple[str, str]] = field(default_factory=dict)  # id -> (class_id, org_id)
    years: set[str] = field(default_factory=set)  # school years of the sections


def siblings(sheet: Sheet, drop: Drop) -> Siblings:
    """What the sheets beside this one say."""
    folder = PurePosixPath(sheet.file).parent
    others = [entry for key, entry in drop.items() if key != sheet.key]
    others.sort(key=lambda e: PurePosixPath(e[0].file).parent != folder)
    found = Siblings()
    for other, _, extract in others:
        _learn(found, other, extract)
    return found


def _learn(found: Siblings, sheet: Sheet, extract: Extract) -> None:
    students = extract.facts.get("students")
    if students is not None:
        for student_id, space in _pairs(students, "student_id", "namespace"):
            found.homes.setdefault(student_id, space)
    classes = extract.facts.get("classes")
    if classes is not None:
        for class_id, org_id in _pairs(classes, "class_id", "org_id"):
            found.sections.setdefault(class_id.removeprefix(f"{org_id}/"), (class_id, org_id))
        found.years |= {y for y in classes["academic_year"].to_pylist() if y}
    if kind_of(sheet) == "roles":
        for line in lines_of(sheet):
            user, org = line.get("usersourcedid"), line.get("orgsourcedid")
            if user and org:
                found.people.add(user)
                if is_student(line.get("role") or ""):
                    found.homes.setdefault(user, org)
    if kind_of(sheet) in ("users", "students"):
        found.people |= {x for line in lines_of(sheet) if (x := line.get("sourcedid"))}


def _pairs(table: pa.Table, one: str, two: str) -> list[tuple[str, str]]:
    return list(zip(table[one].to_pylist(), table[two].to_pylist(), strict=True))


def strangers(sheet: Sheet, made: Extract, drop: Drop, context: Context) -> Finding | None:
    """A finding where none of a sheet's students has marks in the attendance of the same drop.

    Files of other schools are no strangers, unless a person had to say which school a file is of.
    """
    own, schools = _values(made, "students", "student_id"), _values(made, "organisations", "org_id")
    told = context.answer("school", sheet) is not None
    others = [
        _values(other, "students", "student_id")
        for key, (_, _, other) in drop.items()
        if key != sheet.key
        and "attendance" in other.facts
        and (told or schools & _values(other, "organisations", "org_id"))
    ]
    if not own or not others or any(own & other for other in others):
        return None
    return Finding(
        "ids do not join",
        "warns",
        f"None of these {len(own):,} students is in the attendance you added: their numbers "
        "differ. Everything is kept, but it cannot be seen together.",
        sheet.name,
        count=len(own),
    )


def _values(made: Extract, table: str, column: str) -> set[str]:
    facts = made.facts.get(table)
    return set() if facts is None else set(facts[column].to_pylist())


def lines_beside(sheet: Sheet, drop: Drop, kind: Kind) -> dict[str, dict[str, str | None]]:
    """The rows of the files of this kind by their id; those of the same folder stand first."""
    folder = PurePosixPath(sheet.file).parent
    others = [s for s, _, _ in drop.values() if s.key != sheet.key and kind_of(s) == kind]
    others.sort(key=lambda s: PurePosixPath(s.file).parent != folder)
    out: dict[str, dict[str, str | None]] = {}
    for other in others:
        for line in lines_of(other):
            out.setdefault(line.get("sourcedid") or "", line)
    return out


def lines_of(sheet: Sheet) -> list[dict[str, str | None]]:
    """The rows of a roster export by normalised header; 'row' is the row of the sheet."""
    names = [normalise(n) for n in header_names(sheet)]
    columns = [
        column(sheet, i).to_pylist() for i in range(min(len(names), sheet.cells.num_columns))
    ]
    out: list[dict[str, str | None]] = []
    for number, cells in enumerate(zip(*columns, strict=True)):
        if number and any(c is not None for c in cells):
            out.append({**dict(zip(names, cells, strict=False)), "row": str(number + 1)})
    return out


def first(line: Mapping[str, Any], *names: str) -> str | None:
    """The first of these cells that says something."""
    return next((line[n] for n in names if line.get(n)), None)


KINDS: tuple[Kind, ...] = ("links", "demographics", "roles", "users")
