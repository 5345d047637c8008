"""The scoped tables: only needed joins, every value bound, nothing outside the scope."""

from __future__ import annotations

import duckdb
import people
import pytest

from school.access import Scope
from school.config import INDIA
from school.errors import BadMeasure
from school.ground import ground
from school.measures import answer, catalogue, students
from school.measures.catalogue import parse
from school.prelude import TABLES, Prelude
from school.store import Store
from school.view import View

HEADER = """-- title: T
-- question: Q?
-- meaning: M
-- kind: rate
-- unit: share
-- better: higher
-- minimum: 10
-- source: S
-- version: 1
-- reads: attendance
"""
SQL = "select period, segment, student as unit, 1 as numerator, 1 as denominator from attendance"


@pytest.mark.parametrize("table", TABLES)
def test_every_scoped_table_can_be_read(store: Store, june: View, table: str) -> None:
    for view in (june, june.with_(period="term", by=("school",))):
        prelude = Prelude(view, ground(store), INDIA)
        prelude.need(table)
        rows = store.run(prelude.query(
            f"x as (select period, segment from {table}) select * from x"))
        assert isinstance(rows, list)


def test_only_the_joins_that_a_view_needs_are_written(store: Store, june: View) -> None:
    plain = Prelude(june, ground(store), None)
    plain.need("attendance")
    assert set(plain.ctes) == {"attendance"}
    grouped = Prelude(june.with_(by=("group.sex",)), ground(store), None)
    grouped.need("attendance")
    assert "place" in grouped.ctes and "orgs" not in grouped.ctes


def test_no_value_of_a_view_stands_in_the_sql(store: Store, june: View) -> None:
    nasty = "6'; drop table mart.attendance; --"
    view = june.choose("grade", [nasty]).choose("school", ["hill"]).choose("group.sex", [nasty])
    prelude = Prelude(view, ground(store), None)
    prelude.need("attendance")
    sql = prelude.query("x as (select * from attendance) select * from x").sql
    assert nasty not in sql and "'hill'" not in sql
    assert answer(store, "absence_rate", view).rows == ()
    assert answer(store, "absence_rate", june).rows[0].people == 5


def test_sql_without_the_prelude_finds_no_table(store: Store) -> None:
    with pytest.raises(duckdb.CatalogException):
        store.unsafe_run("select * from attendance")


@pytest.mark.parametrize(("body", "words"), [
    (SQL.replace("from attendance", "from mart.attendance"), "reads a table directly"),
    (SQL.replace("from attendance", 'from "raw" . attendance'), "reads a table directly"),
    (SQL + "; drop table attendance", "one single select"),
    ("delete from attendance -- period segment unit numerator denominator", "must be a select"),
    (SQL.replace("1 as denominator", "1 as other"), "does not give denominator"),
])
def test_a_measure_that_breaks_the_rules_is_refused(body: str, words: str) -> None:
    with pytest.raises(BadMeasure, match=words):
        parse("mine", HEADER + body)


@pytest.mark.parametrize(("line", "words"), [
    ("-- kind: rate\n", "does not say its kind"),
    ("-- reads: attendance\n", "does not say its reads"),
])
def test_a_measure_without_a_header_line_is_refused(line: str, words: str) -> None:
    with pytest.raises(BadMeasure, match=words):
        parse("mine", HEADER.replace(line, "") + SQL)


@pytest.mark.parametrize(("old", "new"), [
    ("kind: rate", "kind: magic"), ("better: higher", "better: big"),
    ("reads: attendance", "reads: students"), ("minimum: 10", "minimum: few")])
def test_a_header_that_makes_no_sense_is_refused(old: str, new: str) -> None:
    with pytest.raises(BadMeasure):
        parse("mine", HEADER.replace(old, new) + SQL)


def two_schools(store: Store) -> Store:
    ten = people.days(people.JUNE, 10)
    return people.fill(store, {
        "organisations": [people.school(parent_id="valley"),
                          people.school("river", parent_id="valley"),
                          {"org_id": "valley", "name": "Valley", "type": "cluster"}],
        "attendance": people.marks(people.ASHA, ten[:5], "PPPPA")
        + people.marks(people.ASHA, ten[5:], "AAAAA", org_id="river", grade="7", class_name="7 Z")
        + people.marks(people.BILAL, ten, "P" * 10, org_id="river")
        + people.marks(people.DEV, ten, "P" * 9 + "A", grade="8", class_name="8 A")})


HEAD = Scope("head", (("org_id", ("hill",)),))
LEAD = Scope("grade_lead", (("org_id", ("hill",)), ("grade", ("8",))))


def test_a_head_sees_her_school_alone_whatever_the_link_says(empty: Store, june: View) -> None:
    two_schools(empty)
    everyone = answer(empty, "absence_rate", june).rows[0]
    assert (everyone.numerator, everyone.denominator, everyone.people) == (14, 60, 3)
    hers = june.with_(scope=HEAD)
    for view in (hers, hers.choose("cluster", ["valley"]),
                 hers.choose("school", ["hill", "river"])):
        row = answer(empty, "absence_rate", view).rows[0]
        assert (row.numerator, row.denominator, row.people) == (4, 30, 2)
        assert answer(empty, "headcount", view).rows[0].value == 1
    assert answer(empty, "absence_rate", hers.choose("school", ["river"])).rows == ()
    assert {s.school for s in students(empty, "absence_rate", hers)} == {"Hill"}


def test_a_class_of_another_school_is_not_told(empty: Store, june: View) -> None:
    two_schools(empty)
    rows = answer(empty, "absence_rate", june.with_(scope=HEAD, by=("class",))).rows
    assert [r.segments["class"] for r in rows] == ["6 A", "8 A"]


def test_a_grade_lead_sees_one_grade(empty: Store, june: View) -> None:
    two_schools(empty)
    for measure in ("absence_rate", "headcount"):
        row = answer(empty, measure, june.with_(scope=LEAD)).rows[0]
        assert row.people == 1
    assert answer(empty, "absence_rate", june.with_(scope=LEAD).choose("grade", ["6"])).rows == ()


def test_a_scope_without_values_sees_nothing(store: Store, june: View) -> None:
    for name in catalogue():
        assert answer(store, name, june.with_(scope=Scope("head"))).rows == ()
