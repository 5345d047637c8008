"""Needs are counted in students, judged against a printed line, and placed without false finds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pyarrow as pa
import pytest

from school.access import Scope
from school.config import INDIA
from school.derive import derive
from school.measures import known_values
from school.needs import needs
from school.needs.where import Part, standing_out
from school.store import Store
from school.view import View

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


def _filled(children: list[Child]) -> Store:
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


def _found(store: Store, scope: Scope | None = None, **changes: object):
    view = View(FIRST, LAST, LAST, **({"scope": scope} if scope else {})).with_(**changes)
    return needs(store, view, INDIA, known_values(store, view.scope))


def _children(n: int, **kind: object) -> list[Child]:
    """`n` students over grades 5 and 6, girls and boys alike."""
    out = []
    for i in range(n):
        grade, sex = ("5", "6")[i % 2], ("female", "male")[(i // 2) % 2]
        out.append(Child(i + 1, grade, sex, **kind))
    return out


def test_absence_comes_first_where_many_more_than_the_line_are_absent() -> None:
    often = frozenset(SCHOOL_DAYS[::8])
    children = _children(120)
    for child in children[:40]:
        child.absent = often
    found = _found(_filled(children))
    first = found.rows[0]
    assert (first.key, first.bad, first.of) == ("chronic_absence", 40, 120)
    assert first.reference.share == 0.10
    assert first.reference.words == "the 10% line used in India (convention)"
    assert first.excess.students == pytest.approx(28)
    assert first.certainty == "Clear"
    assert found.lead.bold.startswith(
        "One need is clear: 40 of 120 students missed 1 day in 10 or more, 28 more than")


def test_nothing_stands_out_where_nothing_does() -> None:
    found = _found(_filled(_children(120)))
    assert not found.clear
    assert found.lead.bold == "No need stands out."
    assert all(not n.where for n in found.rows)


def test_girls_of_one_grade_get_a_row_of_their_own_and_girls_elsewhere_do_not() -> None:
    children = _children(160)
    for child in children:
        if child.grade == "6" and child.sex == "female" and child.key % 3:
            child.marks = 8
    found = _found(_filled(children))
    own = [n for n in found.rows if n.part_of]
    assert [dict(_segments(n.key)) for n in own] == [{"grade": "6", "group.sex": "female"}]
    assert own[0].label == "Below pass in Mathematics: girls in Class 6"
    assert own[0].bad == sum(c.marks == 8 for c in children)


def test_a_weekday_is_named_only_where_it_is_above_every_other() -> None:
    children = _children(80)
    mondays = frozenset(d for d in SCHOOL_DAYS if d.weekday() == 0)
    for child in children[::2]:
        child.absent = mondays
    first = _found(_filled(children)).rows[0]
    assert first.key == "chronic_absence"
    assert "Mondays" in first.where


def test_students_with_two_needs_are_counted_once() -> None:
    children = _children(100)
    for child in children[:30]:
        child.absent = frozenset(SCHOOL_DAYS[::5])
    for child in children[20:50]:
        child.marks = 5
    found = _found(_filled(children))
    assert found.overlap == 10
    assert found.people == 100


def test_students_who_missed_the_test_are_not_counted_as_failed() -> None:
    children = _children(60)
    for child in children[:20]:
        child.marks = None
    maths = next(n for n in _found(_filled(children)).rows if n.key == "pass_rate:Mathematics")
    assert (maths.bad, maths.of) == (0, 40)


def test_outside_the_staff_no_overlap_is_told() -> None:
    found = _found(_filled(_children(40)), scope=Scope(staff=False))
    assert found.overlap is None


def _segments(key: str) -> list[tuple[str, str]]:
    return [tuple(part.split("=")) for part in key.split("@")[1].split("&")]


def test_all_girls_are_no_need_where_only_those_of_one_grade_are() -> None:
    def part(bad: int, of: int, *segments: tuple[str, str]) -> Part:
        return Part(segments, bad, of, 60 - bad, 200 - of, 0.001)

    inside = part(30, 40, ("grade", "6"), ("group.sex", "female"))
    others = [part(n, 40 + i, ("grade", "6" if i else "5"), ("group.sex", "male"))
              for i, n in enumerate((10, 10))]
    fifth = part(10, 40, ("grade", "5"), ("group.sex", "female"))
    girls = part(40, 80, ("group.sex", "female"))
    assert [p.segments for p in standing_out([inside, *others, fifth, girls])] == [inside.segments]
