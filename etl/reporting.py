"""Makes the report of one sheet: what it is and holds, what is wrong, how it will look."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from etl.model import Extract, Finding, Layout, Recognition, Sheet, SheetReport

PREVIEW = 5
_DIGITS = re.compile(r"\d+")
_HIDDEN = "This sheet is hidden in Excel. Check that you want it."


def aside(sheet: Sheet, words: str, layout: Layout | None = None) -> SheetReport:
    """The report of a sheet that is no data, or that another sheet says better."""
    return SheetReport(
        sheet.file, sheet.name, "aside", words, layout=layout.name if layout else None,
        kind=layout.kind if layout else None, skipped=sheet.cells.num_rows,
        findings=_of_sheet(sheet), fingerprint=_digest("aside", words),
    )


def refused(sheet: Sheet, why: Finding) -> SheetReport:
    """The report of a sheet that cannot be used."""
    return SheetReport(
        sheet.file, sheet.name, "refused", why.words, skipped=sheet.cells.num_rows,
        findings=_unique((why,), _of_sheet(sheet)), fingerprint=_digest("refused", why.words),
    )


def read(
    sheet: Sheet, layout: Layout, recognition: Recognition, extract: Extract,
    facts: Mapping[str, pa.Table],
) -> SheetReport:
    """The report of a sheet whose rows were read."""
    findings = (*_of_sheet(sheet), *_unique(recognition.findings, extract.findings))
    questions = tuple({q.about: q for q in (*recognition.questions, *extract.questions)}.values())
    state = "ready"
    if any(f.level == "stops" for f in findings):
        state = "refused"
    elif any(q.required for q in questions):
        state = "question"
    summary = summarise(facts)
    stops = next((f.words for f in findings if f.level == "stops"), None)
    return SheetReport(
        file=sheet.file, sheet=sheet.name, state=state,
        words=stops or _sentence(layout.title, summary), layout=layout.name, kind=layout.kind,
        read=extract.read, rejected=len(extract.rejected), skipped=extract.skipped,
        facts={name: rows.num_rows for name, rows in facts.items()},
        columns=recognition.columns, questions=questions, findings=findings, summary=summary,
        preview=preview(facts),
        fingerprint=fingerprint(recognition),
    )


def _of_sheet(sheet: Sheet) -> tuple[Finding, ...]:
    found = list(sheet.findings)
    if sheet.hidden:
        found.append(Finding("hidden_sheet", "warns", _HIDDEN, sheet=sheet.name))
    for header in sheet.dropped:
        found.append(Finding(
            "password_column", "warns", "We left out the password column and kept no copy of it.",
            sheet=sheet.name, column=header,
        ))
    return tuple(found)


def _unique(*groups: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(dict.fromkeys(f for group in groups for f in group))


def fingerprint(recognition: Recognition) -> str:
    """Digest of a shape: monthly registers of one school share it, whatever the month."""
    shape = [
        (_DIGITS.sub("#", c.source.casefold().strip()), _DIGITS.sub("#", c.target or ""))
        for c in recognition.columns
    ]
    known = dict.fromkeys(pair for pair in shape if pair[1] and not pair[1].startswith("day"))
    return _digest(recognition.layout, repr(list(known)))


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:12]


def summarise(facts: Mapping[str, pa.Table]) -> dict[str, Any]:
    """How many students and schools, and from which to which day."""
    students = _distinct(facts, "student")
    if not students and "survey_responses" in facts:
        out: dict[str, Any] = {"responses": _distinct(facts, "response_id")}
    else:
        out = {"students": students} if students else {}
    schools = _distinct(facts, "org_id")
    if schools:
        out["schools"] = schools
    days = [
        rows.column(name) for rows in facts.values() for name in ("date", "begin_date")
        if name in rows.column_names and pa.types.is_date(rows.schema.field(name).type)
    ]
    first = [v for v in (pc.min(c).as_py() for c in days) if v is not None]
    last = [v for v in (pc.max(c).as_py() for c in days) if v is not None]
    if first and last:
        out["first_day"], out["last_day"] = min(first).isoformat(), max(last).isoformat()
    return out


def _distinct(facts: Mapping[str, pa.Table], column: str) -> int:
    found = [
        pc.unique(rows.column(column)) for rows in facts.values() if column in rows.column_names
    ]
    if not found:
        return 0
    return pc.count_distinct(pa.chunked_array(found), mode="only_valid").as_py() or 0


def _sentence(title: str, summary: Mapping[str, Any]) -> str:
    parts = [
        f"{summary[what]:,} {what if summary[what] != 1 else what[:-1]}"
        for what in ("students", "responses", "schools") if what in summary
    ]
    if "first_day" in summary:
        parts.append(f"{summary['first_day']} to {summary['last_day']}")
    return f"This is {title}: {', '.join(parts)}." if parts else f"This is {title}."


def preview(facts: Mapping[str, pa.Table]) -> dict[str, Any]:
    """The first rows of the largest table as they will be stored, students by their own ids."""
    if not facts:
        return {}
    name = max(facts, key=lambda t: facts[t].num_rows)
    rows = facts[name].slice(0, PREVIEW)
    ids: dict[Any, Any] = {}
    people = facts.get("students")
    if name != "students" and people is not None and "student" in rows.column_names:
        shown = rows.column("student").combine_chunks()
        wanted = people.filter(pc.is_in(people.column("student"), shown))
        keys, names = (wanted.column(c).to_pylist() for c in ("student", "student_id"))
        ids = dict(zip(keys, names, strict=True))
    columns = [c for c in rows.column_names if c not in ("row", "load_id", "namespace")]
    columns = [c for c in columns if c != "student" or ids]
    columns = [c for c in columns if rows.column(c).null_count < rows.num_rows]
    values = [
        [ids.get(v, "") if c == "student" else _plain(v) for v in rows.column(c).to_pylist()]
        for c in columns
    ]
    return {"table": name, "columns": columns, "rows": [list(r) for r in zip(*values, strict=True)]}


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)
