"""Drops made by hand: files in a folder, and the rows that somebody has read out of them.

For tests of what happens after reading. A drop made here has the shape of one made by the desk.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from etl.model import Context, SheetReport
from etl.verdicts import Judged
from school import schema

TYPES = {"TEXT": pa.string(), "BIGINT": pa.int64(), "INTEGER": pa.int32(), "SMALLINT": pa.int16(),
         "TINYINT": pa.int8(), "DOUBLE": pa.float64(), "DATE": pa.date32(), "BOOLEAN": pa.bool_()}


@dataclass(frozen=True)
class HandFile:
    label: str
    path: Path
    sha256: str


@dataclass(frozen=True)
class HandDrop:
    reports: Sequence[SheetReport]
    context: Context
    files: Sequence[HandFile]
    rows: Mapping[str, Mapping[str, pa.Table]]
    copies: Mapping[str, bytes] = field(default_factory=dict)
    judged: Judged | None = None

    def facts(self, sheet_key: str) -> Mapping[str, pa.Table]:
        return self.rows[sheet_key]

    def kept_copy(self, label: str) -> bytes | None:
        return self.copies.get(label)


def table(name: str, rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    """Rows of one fact table; `row` counts from 2 where a row does not say it."""
    kinds = {c.name: TYPES[c.type] for c in schema.BY_NAME[name].columns} | {"row": pa.int32()}
    full = [{"row": i, **r} for i, r in enumerate(rows, start=2)]
    names = [n for n in kinds if any(n in r for r in full)]
    return pa.table({n: pa.array([r.get(n) for r in full], kinds[n]) for n in names})


def mark(student: int, day: date, code: str = "P", **more: Any) -> dict[str, Any]:
    """One daily mark as the layouts make it: P or A in school 'hill', Grade 7."""
    absent = 2 if code == "A" else 0
    return {"student": student, "date": day, "session": "DAY", "org_id": "hill", "grade": "7",
            "class": "7 B", "code": code, "possible": 2, "absent": absent,
            "category": "absent_unauthorised" if absent else "present", **more}


def drop(
    folder: Path, files: Mapping[str, Mapping[str, pa.Table]], *, rejected: int = 0,
    as_of: date = date(2025, 11, 14), answers: Mapping[str, Any] | None = None,
    copies: Mapping[str, bytes] | None = None,
) -> HandDrop:
    """A drop of files with one sheet each. The bytes of a file are made of its rows."""
    reports, listed, rows = [], [], {}
    for label, tables in files.items():
        path = folder / label
        path.write_bytes(repr({n: t.to_pylist() for n, t in tables.items()}).encode())
        sha = hashlib.sha256(path.read_bytes()).hexdigest()
        listed.append(HandFile(label, path, sha))
        sources = {r for t in tables.values() for r in t["row"].to_pylist()}
        reports.append(SheetReport(label, "Sheet1", "ready", "Ready.", layout="by_hand",
                                   kind="attendance", read=len(sources) + rejected,
                                   rejected=rejected))
        rows[f"{label}|Sheet1"] = tables
    context = Context(as_of, "india", answers or {})
    return HandDrop(reports, context, listed, rows, copies or {})
