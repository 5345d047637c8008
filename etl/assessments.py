"""Results and what was tested, as facts: ids of assessments, attempts, levels of a scale."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from etl.cells import Ints, filled, groups, over_groups
from etl.scales import Scale
from etl.students import hash63

POINTS, SCALE_SCORE = "points", "scale_score"


def assessment_id(
    year: str, name: str, subject: str | None, item: str | None, window: str | None, org: str
) -> int:
    """The key of what was tested, the same in every file that names it so."""
    return hash63(
        *(" ".join((p or "").lower().split()) for p in (year, name, subject, item, window, org))
    )


@dataclass(frozen=True)
class Taken:
    """Result lines, one a student and thing tested; every column has one value a line."""

    student: pa.Array
    org: pa.Array
    year: pa.Array
    name: pa.Array
    subject: pa.Array
    item: pa.Array
    window: pa.Array
    date: pa.Array
    grade: pa.Array
    class_: pa.Array
    score: pa.Array
    status: pa.Array
    level: pa.Array
    scale: pa.Array
    maximum: pa.Array
    pass_score: pa.Array
    row: pa.Array  # sheet rows from 1


def tables(taken: Taken, keep: Ints) -> dict[str, pa.Table]:
    """The facts `assessments` and `results` of the lines at positions `keep`, in sheet order."""
    picked = {k: v.take(pa.array(keep)) for k, v in vars(taken).items()}
    key = over_groups(
        [picked[c] for c in ("year", "name", "subject", "item", "window", "org")],
        assessment_id,
        pa.int64(),
    )
    attempt = _attempts([picked["student"], key, picked["date"]])
    results = pa.table(
        {
            "student": picked["student"],
            "assessment_id": key,
            "date": picked["date"],
            "attempt": pa.array(attempt, pa.int16()),
            "org_id": picked["org"],
            "grade": picked["grade"],
            "class": picked["class_"],
            "score": picked["score"],
            "status": picked["status"],
            "level": picked["level"],
            "row": picked["row"],
        }
    )
    _, _, first = groups([key]) if len(key) else (0, 0, np.zeros(0, dtype=np.int64))
    at = pa.array(np.sort(first))
    told = {name: picked[name].take(at) for name in picked}
    assessments = pa.table(
        {
            "assessment_id": key.take(at),
            "name": told["name"],
            "subject": told["subject"],
            "item": told["item"],
            "window": told["window"],
            "academic_year": told["year"],
            "scale": told["scale"],
            "min_score": pa.array(
                [0.0 if s == POINTS else None for s in told["scale"].to_pylist()], pa.float64()
            ),
            "max_score": told["maximum"],
            "pass_score": told["pass_score"],
            "row": told["row"],
        }
    )
    return {"assessments": assessments, "results": results}


def _attempts(keys: list[pa.Array]) -> Ints:
    """1, 2, … for lines of one student, test and day, in the order of the sheet."""
    count = len(keys[0])
    if not count:
        return np.zeros(0, dtype=np.int64)
    code, _, _ = groups(keys)
    order = np.argsort(code, kind="stable")
    sorted_code = code[order]
    starts = np.flatnonzero(np.r_[True, np.diff(sorted_code) != 0])
    lengths = np.diff(np.r_[starts, count])
    number = np.arange(count) - np.repeat(starts, lengths) + 1
    out: Ints = np.zeros(count, dtype=np.int64)
    out[order] = number
    return out


def level_facts(scales: Mapping[str, Scale], row: int) -> pa.Table:
    """The levels of each scale, under the name by which assessments call it."""
    lines: list[dict[str, Any]] = [
        {
            "scale": name,
            "level": level.label,
            "level_order": order,
            "reached": scale.reached(order),
            "meaning": level.meaning or None,
            "row": row,
        }
        for name, scale in scales.items()
        for order, level in enumerate(scale.levels, 1)
    ]
    return pa.Table.from_pylist(
        lines,
        pa.schema(
            [
                ("scale", pa.string()),
                ("level", pa.string()),
                ("level_order", pa.int16()),
                ("reached", pa.bool_()),
                ("meaning", pa.string()),
                ("row", pa.int32()),
            ]
        ),
    )


def repeated(columns: list[pa.Array]) -> Ints:
    """Positions of lines that say exactly what an earlier line says."""
    if not columns or not len(columns[0]):
        return np.zeros(0, dtype=np.int64)
    code, _, first = groups(columns)
    return np.flatnonzero(first[code] != np.arange(len(code)))


def told(values: pa.Array | None, count: int) -> bool:
    """Whether a column is there and says anything."""
    return values is not None and len(values) == count and bool(filled(values).any())
