"""What the desk and its child write for each other: values as JSON, cells and facts as Arrow.

Everything of one drop lies in one folder, so that a child that was killed leaves behind what it had
read, and a second one with new answers need not read it again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from etl.model import ColumnGuess, Context, Finding, Known, Question, Sheet, SheetReport

REQUEST = "request.json"
REPORT = "report.json"
SHEETS = "sheets.json"


def write_json(path: Path, value: Any) -> None:
    """Write a whole file or nothing."""
    half = path.with_suffix(".half")
    half.write_text(json.dumps(value, ensure_ascii=False, default=str), encoding="utf-8")
    half.replace(path)


def read_json(path: Path) -> Any:
    """What `write_json` wrote."""
    return json.loads(path.read_text(encoding="utf-8"))


def write_table(path: Path, table: pa.Table) -> None:
    """Write an Arrow table that another process can map into memory."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table, max_chunksize=1 << 20)


def read_table(path: Path) -> pa.Table:
    """Map an Arrow table; its bytes stay on disk until they are looked at."""
    return pa.ipc.open_file(pa.memory_map(str(path))).read_all()


def context_to_json(context: Context) -> dict[str, Any]:
    """A context as plain values."""
    return {
        "as_of": context.as_of.isoformat(),
        "preset": context.preset,
        "answers": {
            k: dict(v) if isinstance(v, Mapping) else v for k, v in context.answers.items()
        },
        "known": {
            "schools": dict(context.known.schools),
            "school_names": dict(context.known.school_names),
            "closed": {k: sorted(map(str, v)) for k, v in context.known.closed.items()},
            "enrolled": [[k, str(a), b and str(b)]
                         for k, v in context.known.enrolled.items() for a, b in v],
        },
    }


def context_from_json(value: Mapping[str, Any]) -> Context:
    """The context that `context_to_json` wrote."""
    known = value["known"]
    return Context(
        as_of=date.fromisoformat(value["as_of"]),
        preset=value["preset"],
        answers=value["answers"],
        known=Known(
            known["schools"], known["school_names"],
            {k: frozenset(map(date.fromisoformat, v)) for k, v in known["closed"].items()},
            _spells(known["enrolled"]),
        ),
    )


def _spells(rows: Iterable[Any]) -> dict[int, tuple[tuple[date, date | None], ...]]:
    out: dict[int, tuple[tuple[date, date | None], ...]] = {}
    for student, begin, end in rows:
        spell = date.fromisoformat(begin), date.fromisoformat(end) if end else None
        out[student] = (*out.get(student, ()), spell)
    return out


def sheet_to_json(sheet: Sheet, cells: str) -> dict[str, Any]:
    """A sheet without its cells, which lie in the file named `cells`."""
    return {
        "file": sheet.file, "name": sheet.name, "cells": cells, "merged": sheet.merged,
        "hidden": sheet.hidden, "date_system": sheet.date_system, "dropped": sheet.dropped,
        "findings": [asdict(f) for f in sheet.findings],
    }


def sheet_from_json(value: Mapping[str, Any], folder: Path) -> Sheet:
    """A sheet whose cells are mapped from `folder`."""
    return Sheet(
        file=value["file"], name=value["name"], cells=read_table(folder / value["cells"]),
        merged=tuple((a, b, c, d) for a, b, c, d in value["merged"]),
        hidden=value["hidden"], date_system=value["date_system"],
        dropped=tuple(value["dropped"]),
        findings=_findings(value["findings"]),
    )


def report_to_json(report: SheetReport) -> dict[str, Any]:
    """A report as plain values."""
    return asdict(report)


def report_from_json(value: Mapping[str, Any]) -> SheetReport:
    """The report that `report_to_json` wrote."""
    plain = dict(value)
    plain["columns"] = tuple(ColumnGuess(**c) for c in value["columns"])
    plain["within"] = tuple(value.get("within", (0, 0)))
    plain["findings"] = _findings(value["findings"])
    plain["questions"] = tuple(
        Question(q["about"], q["words"], tuple(q["choices"]), tuple(q["samples"]), q["required"])
        for q in value["questions"]
    )
    return SheetReport(**plain)


def _findings(values: Iterable[Mapping[str, Any]]) -> tuple[Finding, ...]:
    return tuple(
        Finding(**{**f, "more": tuple((row, at) for row, at in f["more"])}) for f in values
    )
