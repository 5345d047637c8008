"""Makes the report of one sheet: what it is and holds, what is wrong, how it will look."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from etl.firstrows import first_rows
from etl.model import Extract, Finding, Layout, Recognition, Sheet, SheetReport
from school.config import CATEGORY_WORDS, Preset
from school.terms.dates import span_words
from school.terms.numbers import grouped
from school.terms.words import noun

PREVIEW = 5
_NOT_SHOWN = frozenset({  # keys of ours, and what another column says in words
    "row", "load_id", "namespace", "id_kind", "assessment_id", "same_as", "response_id", "wave_id",
    "value_order",
})
# A phone shows the first three columns: who, when and what; the others follow as they are kept.
_FIRST = ("student", "student_id", "name", "item_id", "date", "begin_date", "code", "score",
          "level", "value", "headcount")
_STRETCHES = ("attendance_periods", "attendance_counts")  # whose `end_date` is the day after
_SHOWN_FIRST = (
    "attendance", "attendance_periods", "results", "observations", "survey_responses",
    "enrollment_counts", "attendance_counts", "benchmarks", "numbers", "calendar", "support",
    "incidents", "students", "enrollment", "class_students", "classes", "organisations",
)
_BESIDE_WORDS = re.compile(  # what changes from month to month, and all that is no letter
    r"\b(mon|tues?|wed|wednes|thu|thurs|fri|satur|sat|sun)(day)?\b"
    r"|\b(jan|febr?|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)(uary|ch|il|ust|ember|ober)?\b"
    r"|[\W\d_]+"
)
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
    facts: Mapping[str, pa.Table], country: Preset | None = None,
    beside: Mapping[str, pa.Table] = MappingProxyType({}),
) -> SheetReport:
    """The report of a sheet whose rows were read; `beside` is what the whole drop calls people."""
    findings = (*_of_sheet(sheet), *_unique(recognition.findings, extract.findings))
    questions = tuple({q.about: q for q in (*recognition.questions, *extract.questions)}.values())
    state = "ready"
    if any(f.level == "stops" for f in findings):
        state = "refused"
    elif any(q.required for q in questions):
        state = "question"
    summary = summarise(facts)
    stops = next((f.words for f in findings if f.level == "stops"), None)
    words = stops or sentence(layout.title, summary, country)
    return SheetReport(
        file=sheet.file, sheet=sheet.name, state=state,
        words=words, layout=layout.name, kind=layout.kind,
        read=extract.read, rejected=len(extract.rejected), skipped=extract.skipped,
        facts={name: rows.num_rows for name, rows in facts.items()},
        columns=recognition.columns, questions=questions, findings=findings, summary=summary,
        preview=preview(facts, beside) or (
            first_rows(sheet, recognition) if state == "question" else {}),
        fingerprint=fingerprint(recognition), first_row=recognition.first_row,
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
    """Digest of a shape: monthly registers of one school share it, whatever the month.

    It rests on the headers alone, so it stays when a person gives a column another target. A list
    without headers says itself in its notes what its columns look like.
    """
    words = (_BESIDE_WORDS.sub("", c.source.casefold()) for c in recognition.columns)
    shape = dict.fromkeys(w for w in words if len(w) > 1)
    return _digest(recognition.layout, *shape, *recognition.notes.get("alike", ()))


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:12]


def summarise(facts: Mapping[str, pa.Table]) -> dict[str, Any]:
    """How many students and schools, and from which to which day."""
    students = _distinct(facts, "student")
    if not students and "survey_responses" in facts:
        whole = _whole_schools(facts)  # an average of a school is nobody's answer
        out: dict[str, Any] = {} if whole else {"responses": _distinct(facts, "response_id")}
    else:
        out = {"students": students} if students else {}
    schools = _schools(facts)
    if schools:
        out["schools"] = schools
    elif _everywhere(facts):
        out["everywhere"] = True
    days = [
        rows.column(name) for table, rows in facts.items() for name in ("date", "begin_date")
        if table != "enrollment" and name in rows.column_names
    ]
    first = [v for v in (pc.min(c).as_py() for c in days) if v is not None]
    last = [v for v in (pc.max(c).as_py() for c in days) if v is not None]
    closed = [pc.max(rows.column("end_date")).as_py() for name, rows in facts.items()
              if name in _STRETCHES]
    last += [v - timedelta(days=1) for v in closed if v is not None]
    if first and last:
        out["first_day"], out["last_day"] = min(first).isoformat(), max(last).isoformat()
    return out


def _schools(facts: Mapping[str, pa.Table]) -> int:
    """Schools only: a file may name the places above them too."""
    places = facts.get("organisations")
    if places is None or "type" not in places.column_names:
        return _distinct(facts, "org_id") - _everywhere(facts)
    own = pc.equal(places.column("type").fill_null("school"), "school")
    if "same_as" in places.column_names:  # another spelling is no other school
        own = pc.and_(own, pc.is_null(places.column("same_as")))
    return _distinct({"organisations": places.filter(own)}, "org_id")


def _whole_schools(facts: Mapping[str, pa.Table]) -> bool:
    """Whether each row of a survey is what a school's people said on average."""
    waves = facts.get("survey_waves")
    return waves is not None and set(waves.column("unit").to_pylist()) == {"school"}


def _everywhere(facts: Mapping[str, pa.Table]) -> bool:
    """Whether days of a calendar speak for all schools: their org_id is '*'."""
    days = facts.get("calendar")
    return days is not None and bool(pc.any(pc.equal(days.column("org_id"), "*")).as_py())


def _distinct(facts: Mapping[str, pa.Table], column: str) -> int:
    found = [
        pc.unique(rows.column(column)) for rows in facts.values() if column in rows.column_names
    ]
    if not found:
        return 0
    return pc.count_distinct(pa.chunked_array(found), mode="only_valid").as_py() or 0


def sentence(title: str, summary: Mapping[str, Any], country: Preset | None = None) -> str:
    """What a sheet is: 'This is daily attendance: 600 students, 5 schools.'"""
    holds = held(summary, country)
    end = f"{': ' if holds else ''}{holds}."
    if title.startswith(("a ", "an ")) or title.endswith("attendance"):
        return f"This is {title}{end}"
    return f"These are {title}{end}" if title.endswith("s") else f"This is a {title}{end}"


def held(summary: Mapping[str, Any], country: Preset | None = None) -> str:
    """Students, schools and days in words."""
    parts = [
        f"{grouped(summary[what], country)} {noun(summary[what], what)}"
        for what in ("students", "responses", "schools") if what in summary
    ]
    if "everywhere" in summary:
        parts.append("all schools")
    if "first_day" in summary:
        first, last = (date.fromisoformat(summary[d]) for d in ("first_day", "last_day"))
        parts.append(span_words(first, last, country))
    return ", ".join(parts)


def preview(
    facts: Mapping[str, pa.Table], beside: Mapping[str, pa.Table] = MappingProxyType({})
) -> dict[str, Any]:
    """The first rows of what matters as they will be stored, students by their own ids.

    What only other files of the drop name (who a number is, which class) is taken from `beside`.
    """
    if not facts:
        return {}
    name = next((t for t in _SHOWN_FIRST if t in facts), next(iter(facts)))
    if name == "students" and "enrollment" in facts and not _says_names(facts[name]):
        name = "enrollment"  # a list of places that names nobody
    rows = facts[name]
    if "same_as" in rows.column_names:  # another spelling of a school is no row of the file
        rows = rows.filter(pc.is_null(rows.column("same_as")))
    rows = rows.slice(0, PREVIEW)
    said: dict[str, Mapping[Any, Any]] = {"category": CATEGORY_WORDS}
    if name != "students":
        said["student"] = _students(facts.get("students"), rows) or _students(
            beside.get("students"), rows)
    if "student" in rows.column_names and not _says_names(facts.get("students")):
        rows = _with_names(rows, beside.get("students"))
    for key, table in (("org_id", "organisations"), ("class_id", "classes")):
        if name != table:
            own = _names(facts.get(table), key, "name", rows)
            said[key] = {**_names(beside.get(table), key, "name", rows),
                         **{k: v for k, v in own.items() if v}}
    if "item_id" in rows.column_names:
        said["item_id"] = _names(facts.get("survey_items"), "item_id", "text", rows)
    named = [c for c in _FIRST if c in rows.column_names]
    columns = [
        c for c in dict.fromkeys((*named, *rows.column_names))
        if c not in _NOT_SHOWN and rows.column(c).null_count < rows.num_rows
        and (c != "student" or said.get("student"))
        and (c != "session" or set(rows.column(c).to_pylist()) != {"DAY"})
    ]
    values = [
        [_plain(said.get(c, {}).get(v) or v) for v in rows.column(c).to_pylist()] for c in columns
    ]
    return {"table": name, "columns": columns, "rows": [list(r) for r in zip(*values, strict=True)]}


def _says_names(people: pa.Table | None) -> bool:
    """Whether a file names its students."""
    return people is not None and "name" in people.column_names and (
        people.column("name").null_count < people.num_rows)


def _with_names(rows: pa.Table, people: pa.Table | None) -> pa.Table:
    """Rows of a file that names nobody, with the names that the files beside it tell."""
    if people is None or not _says_names(people):
        return rows
    names = _names(people.filter(pc.is_valid(people.column("name"))), "student", "name", rows)
    if not names:
        return rows
    told = pa.array([names.get(key) for key in rows.column("student").to_pylist()], pa.string())
    bare = rows.drop_columns(["name"]) if "name" in rows.column_names else rows
    return bare.append_column("name", told)


def _names(people: pa.Table | None, key: str, name: str, rows: pa.Table) -> dict[Any, Any]:
    """What the file itself calls the students, schools or questions of these rows."""
    if people is None or not {key, name} <= set(people.column_names):
        return {}
    if key not in rows.column_names:
        return {}
    wanted = people.filter(pc.is_in(people.column(key), rows.column(key).combine_chunks()))
    return dict(zip(wanted.column(key).to_pylist(), wanted.column(name).to_pylist(), strict=True))


def _students(people: pa.Table | None, rows: pa.Table) -> dict[Any, Any]:
    """The ids of these rows; a name or roll number without the class that we put before it."""
    ids = _names(people, "student", "student_id", rows)
    kinds, names = (_names(people, "student", c, rows) for c in ("id_kind", "name"))
    return {k: names.get(k) or v if kinds.get(k) == "name" else
            str(v).rpartition("/")[2] if kinds.get(k) == "roll" else v for k, v in ids.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, float) and value.is_integer():
        return int(value)  # a score of 509, not of 509.0
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)
