"""A school of invented children, each with her own absences and marks, for needs and gaps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pyarrow as pa

from school.derive import derive
from school.store import Store

FIRST, LAST = date(2025, 6, 2), date(2025, 9, 30)
DAYS = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
SCHOOL_DAYS = [d for d in DAYS if d.weekday() < 5]


@dataclass
class Child:
    """One student of the cast: who she is, on which days she is absent, and her marks of 50."""

    key: int
    grade: str
    sex: str
    absent: frozenset[date] = frozenset()
    marks: int | None = 30


def filled(children: list[Child]) -> Store:
    store = Store()
    begin = date(2025, 4, 1)
    with store.writing() as tx:
        tx.insert("mart.organisations", pa.table({
            "org_id": ["hill"], "name": ["Hillside"], "type": ["school"]}))
        tx.insert("mart.students", pa.table({
            "student": [c.key for c in children], "namespace": ["hill"] * len(children),
            "student_id": [str(c.key) for c in children], "id_kind": ["id"] * len(children)}))
        tx.insert("mart.memberships", pa.table({
            "student": [c.key for c in children], "kind": ["sex"] * len(children),
            "valid_from": [begin] * len(children), "value": [c.sex for c in children]}))
        tx.insert("mart.enrollment", pa.table({
            "student": [c.key for c in children], "org_id": ["hill"] * len(children),
            "begin_date": [begin] * len(children), "grade": [c.grade for c in children],
            "academic_year": ["2025-26"] * len(children)}))
        marks = [(c, d) for c in children for d in SCHOOL_DAYS]
        tx.insert("mart.attendance", pa.table({
            "student": [c.key for c, _ in marks], "date": [d for _, d in marks],
            "session": ["DAY"] * len(marks), "org_id": ["hill"] * len(marks),
            "code": ["A" if d in c.absent else "P" for c, d in marks],
            "category": ["absent_unauthorised" if d in c.absent else "present" for c, d in marks],
            "possible": pa.array([2] * len(marks), pa.int8()),
            "absent": pa.array([2 if d in c.absent else 0 for c, d in marks], pa.int8())}))
        sat = [c for c in children if c.marks is not None]
        tx.insert("mart.assessments", pa.table({
            "assessment_id": [1], "name": ["Term 1"], "subject": ["Mathematics"],
            "academic_year": ["2025-26"], "scale": ["points"], "min_score": [0.0],
            "max_score": [50.0]}))
        tx.insert("mart.results", pa.table({
            "student": [c.key for c in sat], "assessment_id": [1] * len(sat),
            "date": [date(2025, 9, 15)] * len(sat), "attempt": pa.array([1] * len(sat), pa.int16()),
            "org_id": ["hill"] * len(sat), "score": [float(c.marks or 0) for c in sat],
            "status": ["scored"] * len(sat)}))
        derive(tx, ["hill"])
    return store


def some_children(n: int, **kind: object) -> list[Child]:
    """`n` students over grades 5 and 6, girls and boys alike."""
    out = []
    for i in range(n):
        grade, sex = ("5", "6")[i % 2], ("female", "male")[(i // 2) % 2]
        out.append(Child(i + 1, grade, sex, **kind))
    return out
