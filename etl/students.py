"""Who a row is about: a key that is the same in every file that names the student in the same way.

The key is a hash of (namespace, id); the namespace is the school unless ids are shared. Without an
id it is the roll number in class and year, else the exact name in the class, and a finding says so.
Students are never joined across schools.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.cells import filled, groups, over_groups, repeat, sheet_row
from etl.checks import Cells, rejections, two_names, warn
from etl.model import Context, Finding, Sheet

SHARED = "*"


@dataclass(frozen=True)
class Students:
    """Keys of a sheet's rows, and one fact a student. Rows in `bad` name nobody."""

    keys: pa.Array  # int64, null for a bad row
    facts: pa.Table  # students, with `row`
    kind: str  # id, roll or name
    bad: frozenset[int]
    findings: tuple[Finding, ...]


def hash63(*parts: str) -> int:
    """Sixty-three bits of a hash of the parts, as a positive whole number."""
    digest = hashlib.blake2b("\x1f".join(parts).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1


def student_key(namespace: str, student_id: str) -> int:
    """The key of the student whom `namespace` (a school, or '*' where ids are shared) calls
    `student_id`.
    """
    return hash63(namespace, student_id)


def full_name(
    name: pa.Array | None,
    first: pa.Array | None,
    last: pa.Array | None,
    middle: pa.Array | None = None,
) -> pa.Array | None:
    """The name as it was typed, or put together from its parts."""
    if name is not None or (first is None and last is None):
        return name
    parts = [p for p in (first, middle, last) if p is not None]
    return over_groups(parts, lambda *p: " ".join(x for x in p if x) or None, pa.string())


def read_students(
    sheet: Sheet,
    context: Context,
    cells: Cells,
    org_id: pa.Array,
    *,
    student_id: pa.Array | None = None,
    name: pa.Array | None = None,
    roll: pa.Array | None = None,
    grade: pa.Array | None = None,
    class_: pa.Array | None = None,
    year: pa.Array | None = None,
    birth_date: pa.Array | None = None,
) -> Students:
    """The student of each row. `year` is the academic year of each row, needed where only rolls are
    given.
    """
    count = len(cells.rows)
    kind = _kind(student_id, roll, class_, grade, name)
    ids = _ids(kind, count, student_id, roll, name, grade, class_, year)
    shared = context.answer("ids", sheet) == "shared" and kind == "id"
    space = repeat(SHARED, count) if shared else org_id
    keys = over_groups(
        [space, ids], lambda n, i: None if n is None or i is None else student_key(n, i), pa.int64()
    )
    nobody = np.flatnonzero(~filled(ids)).tolist()
    findings = rejections(
        "no student",
        "This row does not say which student it is about.",
        sheet,
        cells,
        nobody,
        None,
        {"id": "a student id", "roll": "a roll number", "name": "a name"}[kind],
    )
    findings += _notes(kind, sheet)
    if kind != "name" and name is not None:
        findings += two_names(keys, name, sheet, cells)
    facts = _facts(keys, space, ids, kind, name, birth_date, cells)
    return Students(keys, facts, kind, frozenset(nobody), tuple(findings))


def _kind(
    student_id: pa.Array | None,
    roll: pa.Array | None,
    class_: pa.Array | None,
    grade: pa.Array | None,
    name: pa.Array | None,
) -> str:
    """Which of the columns identifies: an id, else a roll in a class, else a name."""
    if student_id is not None and student_id.null_count < len(student_id):
        return "id"
    placed = any(c is not None and c.null_count < len(c) for c in (class_, grade))
    if roll is not None and roll.null_count < len(roll) and (placed or name is None):
        return "roll"
    return "name"


def _ids(
    kind: str,
    count: int,
    student_id: pa.Array | None,
    roll: pa.Array | None,
    name: pa.Array | None,
    grade: pa.Array | None,
    class_: pa.Array | None,
    year: pa.Array | None,
) -> pa.Array:
    """The id of each row in its namespace, as text."""
    if kind == "id" and student_id is not None:
        return student_id
    place = [repeat(None, count) if c is None else c for c in (class_, grade)]
    if kind == "roll" and roll is not None:
        years = repeat(None, count) if year is None else year
        return over_groups(
            [years, *place, roll],
            lambda y, c, g, r: None if r is None else f"{y or ''}/{_room(c, g)}/{r}",
            pa.string(),
        )
    names = repeat(None, count) if name is None else name
    return over_groups(
        [*place, names],
        lambda c, g, n: None if n is None else f"{_room(c, g)}/{' '.join(n.split())}",
        pa.string(),
    )


def _room(class_: str | None, grade: str | None) -> str:
    return " ".join((class_ or grade or "").lower().split())


def _notes(kind: str, sheet: Sheet) -> list[Finding]:
    if kind == "roll":
        return [
            warn(
                "roll numbers",
                "There is no student id. We tell students apart by roll number in class and "
                "school year, so next year's file cannot be joined to this one.",
                sheet,
            )
        ]
    if kind == "name":
        return [
            warn(
                "names only",
                "There is no student id. We tell students apart by their exact name in the class. "
                "Two students of one name would become one.",
                sheet,
            )
        ]
    return []


def _facts(
    keys: pa.Array,
    space: pa.Array,
    ids: pa.Array,
    kind: str,
    name: pa.Array | None,
    birth_date: pa.Array | None,
    cells: Cells,
) -> pa.Table:
    """One row a student, from the first row that names them and has the most to say."""
    if not len(keys):
        picked = np.zeros(0, dtype=np.int64)
    else:
        _, combinations, first = groups([keys])
        picked = np.sort(first[[c[0] is not None for c in combinations]])
    take = pa.array(picked, pa.int64())
    data = {
        "student": keys.take(take),
        "namespace": space.take(take),
        "student_id": ids.take(take),
        "id_kind": repeat(kind, len(picked)),
    }
    for column, values in (("name", name), ("birth_date", birth_date)):
        if values is not None:
            data[column] = _first_stated(keys, values).take(take)
    return pa.table({**data, "row": sheet_row(cells.rows[picked])})


def _first_stated(keys: pa.Array, values: pa.Array) -> pa.Array:
    """Each row's value, or the last stated one of the same student where it is blank."""
    if not values.null_count:
        return values
    stated = pc.drop_null(pc.unique(keys.filter(pc.is_valid(values))))
    last = (
        {k: v for k, v in zip(keys.to_pylist(), values.to_pylist(), strict=True) if v is not None}
        if len(stated)
        else {}
    )
    return pa.array([last.get(k) for k in keys.to_pylist()], values.type)
