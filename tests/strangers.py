"""Files as schools that have never heard of this project write them, and what must come of them.

A case names its file (rows of a workbook, or the bytes of a list), what is known beside it, and the
figures that were worked out by hand.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.compute as pc

from etl import workbook
from etl.facts import of_good_rows
from etl.layouts import layouts
from etl.model import Extract, Recognition, Sheet
from etl.recognise import recognise
from tests.grids import answered, context

Rows = Sequence[Sequence[object]]


@dataclass(frozen=True)
class Case:
    """One sheet of a stranger: `want` maps what is looked at to what must stand there."""

    title: str
    rows: Rows | bytes
    want: Mapping[str, Any]
    preset: str | None = "india"
    answers: Mapping[str, str] = field(default_factory=dict)
    sheet: str = "Sheet1"
    file: str = "export.xlsx"
    merged: Sequence[str] = ()
    epoch: Any = None

    def __str__(self) -> str:
        return self.title


def list_of(rows: Rows, encoding: str = "utf-8", between: str = ",", end: str = "\n") -> bytes:
    """A list in this encoding; blank cells are empty."""
    lines = (between.join("" if c is None else str(c) for c in row) for row in rows)
    return "".join(line + end for line in lines).encode(encoding)


def opened(case: Case, folder: Path) -> Sheet:
    """The first sheet of the case's file, read from disk as any other file."""
    path = folder / case.file
    if isinstance(case.rows, bytes):
        path.write_bytes(case.rows)
    else:
        book = openpyxl.Workbook()
        if case.epoch is not None:
            book.epoch = case.epoch
        page = book.active
        page.title = case.sheet
        for row in case.rows:
            page.append(list(row))
        for area in case.merged:
            page.merge_cells(area)
        kept = io.BytesIO()
        book.save(kept)
        path.write_bytes(kept.getvalue())
    return workbook.read_sheets(path)[0]


def outcome(case: Case, folder: Path) -> dict[str, Any]:
    """What became of the case, under the names its `want` uses."""
    known = answered(context(case.preset), case.answers)
    sheet = opened(case, folder)
    found = recognise(sheet, known)
    if not isinstance(found, Recognition):
        return {"refused": getattr(found, "rule", "aside")}
    got = of_good_rows(layouts()[found.layout].extract(sheet, found, known))
    out: dict[str, Any] = {
        "layout": found.layout,
        "read": got.read,
        "rejected": sorted(got.rejected),
        "skipped": got.skipped,
        "asks": sorted({q.about for q in (*found.questions, *got.questions) if q.required}),
        "targets": {c.source: c.target for c in found.columns},
        "rules": {f.rule for f in (*found.findings, *got.findings)},
        "cells": [(f.row, f.column, f.found) for f in got.findings if f.level == "rejects"],
        "students": _values(got, "students", "student_id"),
        "names": _values(got, "students", "name"),
        "classes": sorted(set(_values(got, "attendance", "class")
                              or _values(got, "results", "class")
                              or _values(got, "enrollment", "class")) - {None}),
    }  # fmt: skip
    return out | _marks(got) | _results(got) | _spells(got)


def _values(got: Extract, table: str, name: str) -> list[Any]:
    rows = got.facts.get(table)
    return [] if rows is None or name not in rows.column_names else rows[name].to_pylist()


def _marks(got: Extract) -> dict[str, Any]:
    marks = got.facts.get("attendance")
    if marks is None:
        return {}
    days = sorted({d.isoformat() for d in marks["date"].to_pylist()})
    return {
        "marks": marks.num_rows,
        "halves": (pc.sum(marks["absent"]).as_py(), pc.sum(marks["possible"]).as_py()),
        "days": (days[0], days[-1]) if days else None,
    }


def _results(got: Extract) -> dict[str, Any]:
    if "results" not in got.facts:
        return {}
    tests = {t["assessment_id"]: t for t in got.facts["assessments"].to_pylist()}
    names = got.facts["students"].to_pylist()
    ids = {s["student"]: s["student_id"] for s in names}
    scores = {}
    for line in got.facts["results"].to_pylist():
        test = tests[line["assessment_id"]]
        what = " ".join(p for p in (test["subject"], test["item"]) if p)
        scores[ids[line["student"]].rsplit("/", 1)[-1], what] = (
            line["score"], test["max_score"], line["status"]
        )  # fmt: skip
    return {"scores": scores}


def _spells(got: Extract) -> dict[str, Any]:
    rows = got.facts.get("enrollment")
    if rows is None:
        return {}
    return {"spells": [
        tuple(None if v is None else str(v) for v in (r["begin_date"], r["end_date"], r["grade"]))
        for r in rows.to_pylist()
    ]}  # fmt: skip
