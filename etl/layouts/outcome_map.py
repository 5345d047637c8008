"""The map of learning: one row an outcome of the book, with the abilities and concepts it rests on.

Several abilities stand in one cell with a semicolon between them, or in rows of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from etl.cells import column
from etl.checks import Cells, rejections, warn
from etl.classes import grade_of
from etl.fields import Target, knows, match, normalise, target
from etl.headers import data_rows, find_header
from etl.model import Context, Extract, Finding, Layout, Question, Recognition, Sheet
from etl.outcomes import objective_id
from etl.people import TARGETS as PEOPLE
from etl.people import columns_of, header_of, named
from etl.scores import number
from etl.subjects import subject_in

_OWN: tuple[Target, ...] = (
    Target("outcome", ("learning outcome", "learning outcomes", "outcome", "outcome name",
                       "learning objective", "competency", "lo"), "the outcome", near=False),
    Target("abilities", ("abilities", "ability", "abilities needed"), "its abilities", near=False,
           many=True),
    Target("concepts", ("concepts", "concept", "textbook concept", "textbook concepts", "chapter",
                        "textbook chapter", "unit", "topic"), "its concepts", near=False,
           many=True),
    Target("order", ("order", "place in the book", "sequence", "s no", "sl no", "serial"),
           "its place in the book", near=False),
    Target("tier", ("skill", "skills", "tier", "kind of skill"), "basic or advanced", near=False),
)
_TARGETS: tuple[Target, ...] = (*_OWN, target("subject"), target("grade", "class", "for class"))
_WORDS = {t.name: t.words for t in _TARGETS}
_TIERS = ("basic", "advanced")


@dataclass
class _Map:
    """Things to be learned and what they rest on, in the order in which they stand."""

    goals: dict[str, dict[str, object]] = field(default_factory=dict)
    parts: dict[tuple[str, str], int] = field(default_factory=dict)

    def add(self, key: str, **said: object) -> None:
        """Name one; what a later row leaves blank stays as it was said before."""
        known = self.goals.setdefault(key, {"objective_id": key})
        known |= {k: v for k, v in said.items() if v is not None and known.get(k) is None}


def recognise(sheet: Sheet, context: Context) -> Recognition | None:
    """Outcomes with a subject or grade, abilities or concepts, and no students."""
    header = find_header(sheet, lambda c: normalise(c) in knows(_TARGETS), minimum=2)
    if header is None:
        return None
    found = match(header.names, _TARGETS, sheet, context)
    people = match(header.names, PEOPLE, sheet, context)
    if "outcome" not in found.index or named(people.index):
        return None
    if not {"abilities", "concepts", "subject", "grade"} & set(found.index):
        return None
    return Recognition(
        "outcome_map", 0.95, header.row, header.first_row, found.columns, found.questions,
        found.findings, {"header": header, "every": found.every})


def extract(sheet: Sheet, recognition: Recognition, context: Context) -> Extract:
    """Every outcome with what it rests on; rows without an outcome are left out."""
    index, header = columns_of(recognition), header_of(recognition)
    every: Mapping[str, Sequence[int]] = recognition.notes["every"]
    keys = [i for t in ("outcome", "abilities", "concepts") for i in every.get(t, ())]
    rows = data_rows(sheet, header, keys)
    subject = _subject(sheet, recognition, context)
    if subject is None and "subject" not in index:
        asked = (Question("subject", "Which subject are these learning outcomes in?"),)
        return Extract({}, len(rows.index), frozenset(), rows.skipped, asked)

    def cells(name: str) -> list[list[str | None]]:
        return [column(sheet, i, rows.index).to_pylist() for i in every.get(name, ())]

    columns = {t.name: cells(t.name) for t in _TARGETS}
    said = [{n: [c[i] for c in cols] for n, cols in columns.items()}
            for i in range(len(rows.index))]
    found, missing = _Map(), list[int]()
    grade = header.hints.get("grade") or header.hints.get("class")
    for at, line in enumerate(said):
        row = int(rows.index[at]) + 1
        if line["outcome"][0] is not None:
            _read_line(found, line, subject, grade, at + 1, row)
        elif not _alone(found, line, subject, row):
            missing.append(at)
    findings = rejections("no outcome", "This row does not say which outcome it is about.", sheet,
                          Cells(header.names[index["outcome"]], rows.index), missing, None,
                          "the name of an outcome")
    return Extract(_facts(found), len(rows.index),
                   frozenset(int(rows.index[i]) + 1 for i in missing), rows.skipped, (),
                   (*findings, *_loose(found, sheet)))


def _subject(sheet: Sheet, known: Recognition, context: Context) -> str | None:
    hints = header_of(known).hints
    said = context.answer("subject", sheet) or hints.get("subject")
    return said or next((s for text in (hints.get("title", ""), sheet.name, sheet.file)
                         if (s := subject_in(text))), None)


def _read_line(
    found: _Map, line: Mapping[str, Sequence[str | None]], subject: str | None, grade: str | None,
    place: int, row: int,
) -> None:
    """One row: its outcome, and each ability and concept beside it."""
    subject = _first(line, "subject") or subject
    said = _first(line, "grade") or grade
    grade = grade_of(said) or said
    name = " ".join(str(line["outcome"][0]).split())
    key = objective_id("outcome", subject, grade, name)
    order = number(_first(line, "order") or "")
    tier = next((t for t in _TIERS if t in (_first(line, "tier") or "").lower()), None)
    found.add(key, name=name, kind="outcome", subject=subject, grade=grade, tier=tier, row=row,
              objective_order=int(order) if order is not None else place)
    for kind, target_name in (("ability", "abilities"), ("concept", "concepts")):
        for part in _listed(line[target_name]):
            own = None if kind == "ability" else subject
            other = objective_id(kind, own, None, part)
            found.add(other, name=part, kind=kind, subject=own, row=row)
            found.parts.setdefault((key, other), row)


def _alone(
    found: _Map, line: Mapping[str, Sequence[str | None]], subject: str | None, row: int
) -> bool:
    """A row that names concepts of the book and no outcome: kept, and said."""
    subject = _first(line, "subject") or subject
    named = list(_listed(line["concepts"]))
    for part in named:
        found.add(objective_id("concept", subject, None, part), name=part, kind="concept",
                  subject=subject, row=row)
    return bool(named)


def _first(line: Mapping[str, Sequence[str | None]], name: str) -> str | None:
    return next((v for v in line[name] if v is not None), None)


def _listed(cells: Sequence[str | None]) -> Iterator[str]:
    """The names in some cells: 'Interpret; Observe' are two, and so are two lines of a cell."""
    for cell in cells:
        for part in (cell or "").replace("\n", ";").split(";"):
            if part.strip():
                yield " ".join(part.split())


def _facts(found: _Map) -> dict[str, pa.Table]:
    if not found.goals:
        return {}
    kinds = {"objective_id": pa.string(), "name": pa.string(), "kind": pa.string(),
             "subject": pa.string(), "grade": pa.string(), "objective_order": pa.int16(),
             "tier": pa.string(), "row": pa.int32()}
    goals = list(found.goals.values())
    facts = {"objectives": pa.table(
        {n: pa.array([g.get(n) for g in goals], kind) for n, kind in kinds.items()})}
    if found.parts:
        facts["objective_parts"] = pa.table({
            "objective_id": [k for k, _ in found.parts], "part_id": [p for _, p in found.parts],
            "row": pa.array(found.parts.values(), pa.int32())})
    return facts


def _loose(found: _Map, sheet: Sheet) -> list[Finding]:
    """Outcomes without any concept, where others have some, and concepts without an outcome."""
    held = {part for _, part in found.parts}
    concepts = {k for k, g in found.goals.items() if g["kind"] == "concept"}
    with_concept = {whole for whole, part in found.parts if part in concepts}
    bare = [str(g["name"]) for k, g in found.goals.items()
            if concepts and g["kind"] == "outcome" and k not in with_concept]
    loose = [str(found.goals[k]["name"]) for k in found.goals if k in concepts - held]
    out = []
    if bare:
        out.append(warn("no concept", "Learning outcomes without a concept of the book: "
                        f"{_some(bare)}.", sheet, len(bare)))
    if loose:
        out.append(warn("no outcome for it", "Concepts of the book without a learning outcome: "
                        f"{_some(loose)}.", sheet, len(loose)))
    return out


def _some(names: Sequence[str], most: int = 5) -> str:
    rest = len(names) - most
    return "; ".join(names[:most]) + (f"; and {rest} more" if rest > 0 else "")


LAYOUT = Layout("outcome_map", "objectives", "a map of learning outcomes", 20, "1", _WORDS,
                recognise, extract)
