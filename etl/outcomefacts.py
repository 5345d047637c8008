"""Lines of observations become facts: what there is to learn, and who was seen at which level."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.assessments import level_facts
from etl.cells import Ints, column, groups, over_groups, repeat
from etl.checks import Cells, outside, warn
from etl.dates import read_dates
from etl.model import Context, Finding, Question, Recognition, Sheet
from etl.outcomes import Seen, objective_id
from etl.people import People, columns_of, header_of
from etl.scales import Scale
from etl.subjects import subject_in


@dataclass(frozen=True)
class Lines:
    """One value a line, a line a student and thing to be learned."""

    student: pa.Array
    org: pa.Array
    grade: pa.Array
    class_: pa.Array
    day: pa.Array
    name: pa.Array
    kind: pa.Array
    subject: pa.Array
    level: pa.Array
    scale: pa.Array
    correct: pa.Array
    items: pa.Array
    status: pa.Array
    row: pa.Array  # sheet rows from 1

    @property
    def key(self) -> pa.Array:
        """The key of what was looked at, line by line."""
        return over_groups([self.kind, self.subject, self.grade, self.name], objective_id,
                           pa.string())


def lines(
    people: People, day: pa.Array, name: pa.Array, kind: str, subject: pa.Array, seen: Seen
) -> Lines:
    """The lines of one column of levels, one a student of the sheet."""
    return Lines(
        people.students.keys, people.org_id, people.grade, people.class_, day, name,
        repeat(kind, len(people.rows)), subject, seen.level, seen.scale, seen.correct, seen.items,
        seen.status, pa.array(people.rows + 1, pa.int32()))


def tables(parts: list[tuple[Lines, Ints]], scales: Mapping[str, Scale]) -> dict[str, pa.Table]:
    """The facts `objectives`, `observations` and `levels` of the lines at the kept positions."""
    goals, seen = [], []
    for line, keep in parts:
        at = pa.array(keep)
        key = line.key.take(at)
        picked = {k: v.take(at) for k, v in vars(line).items()}
        seen.append(pa.table({
            "student": picked["student"], "objective_id": key, "date": picked["day"],
            "org_id": picked["org"], "grade": picked["grade"], "class": picked["class_"],
            "scale": picked["scale"], "level": picked["level"], "correct": picked["correct"],
            "items": picked["items"], "status": picked["status"], "row": picked["row"]}))
        goals.append(_goals(key, picked))
    first = min((int(pc.min(t["row"]).as_py()) for t in seen if t.num_rows), default=1)
    return {"levels": level_facts(scales, first), "objectives": pa.concat_tables(goals),
            "observations": pa.concat_tables(seen)}


def _goals(key: pa.Array, picked: Mapping[str, pa.Array]) -> pa.Table:
    """One row a thing to be learned. An ability has neither subject nor grade, a concept no grade.
    """
    first = np.sort(groups([key])[2]) if len(key) else np.zeros(0, dtype=np.int64)
    at = pa.array(first, pa.int64())
    kind = picked["kind"].take(at)
    none = pa.scalar(None, pa.string())
    return pa.table({
        "objective_id": key.take(at), "name": picked["name"].take(at), "kind": kind,
        "subject": pc.if_else(pc.equal(kind, "ability"), none, picked["subject"].take(at)),
        "grade": pc.if_else(pc.equal(kind, "outcome"), picked["grade"].take(at), none),
        "row": picked["row"].take(at)})


@dataclass(frozen=True)
class Days:
    """Day of each row; rows in `bad` have a date that cannot be."""

    day: pa.Array
    bad: frozenset[int]
    questions: tuple[Question, ...]
    findings: tuple[Finding, ...]


def read_days(sheet: Sheet, known: Recognition, context: Context, people: People) -> Days:
    """From a column, else the title block, else the day to which the upload speaks."""
    header, index, count = header_of(known), columns_of(known), len(people.rows)
    if "date" in index:
        text, name = column(sheet, index["date"], people.rows), header.names[index["date"]]
    else:
        text, name = repeat(header.hints.get("date"), count), "the title block"
    cells = Cells(name, people.rows)
    year = next((y for y in people.year.to_pylist() if y is not None), None)
    read = read_dates(text, context, sheet, cells, year)
    late, found = outside(read.values, context.as_of, sheet, cells)
    bad = read.bad | frozenset(np.flatnonzero(late).tolist())
    blank = read.values.null_count - len(read.bad)
    findings = [*read.findings, *found]
    if blank > 0 and count:
        findings.append(warn(
            "no date", "The file does not say when this was seen. It stands on the day to which "
            "you said the data reach.", sheet, blank))
    today = pa.scalar(context.as_of, pa.date32())
    return Days(pc.coalesce(read.values, today), bad, read.questions, tuple(findings))


def read_subjects(
    sheet: Sheet, known: Recognition, context: Context, people: People, needed: bool
) -> tuple[pa.Array, tuple[Question, ...]]:
    """Subject of each row: column, answer, title, sheet or file; else a question."""
    index, count, hints = columns_of(known), len(people.rows), header_of(known).hints
    if "subject" in index:
        return column(sheet, index["subject"], people.rows), ()
    said = context.answer("subject", sheet) or hints.get("subject")
    said = said or subject_in(hints.get("title", "")) or subject_in(sheet.name)
    said = said or subject_in(PurePath(sheet.file).stem)
    if said is None and needed:
        return repeat(None, count), (
            Question("subject", "Which subject are these learning outcomes in?"),)
    return repeat(said, count), ()
