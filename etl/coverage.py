"""Whom an upload speaks of: students by school and class, and days, of a drop and of earlier ones.

An earlier upload is looked at through the same window as the new one: the days both speak of, else
the month before; for class lists the same school year; for marks and grids of learning outcomes the
same year and subjects.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pyarrow as pa

from etl.model import SheetReport
from school.config import academic_year
from school.house import House
from school.records import loads
from school.store import Transaction

# Which table tells whom a layout speaks of, and what it calls the day.
TABLES: Mapping[str, tuple[str, str]] = {
    "roster": ("enrollment", "begin_date"), "attendance_daily": ("attendance", "date"),
    "register": ("attendance", "date"), "attendance_totals": ("attendance_periods", "begin_date"),
    "results": ("results", "date"), "marksheet": ("results", "date"),
    "outcome_grid": ("observations", "date"),
}
# Of what a row speaks, and the table that says to which subject it belongs.
THINGS: Mapping[str, tuple[str, str]] = {
    "results": ("assessment_id", "assessments"), "observations": ("objective_id", "objectives"),
}
DEFAULT_YEAR = (4, 1)


@dataclass
class Covered:
    """One school in one upload: its students with their class, and its days with how many."""

    classes: dict[int, str] = field(default_factory=dict)
    days: dict[date, int] = field(default_factory=dict)
    last: date = date.min


@dataclass
class Upload:
    """One upload by school. `number` grows with every upload."""

    number: int
    schools: dict[str, Covered] = field(default_factory=lambda: defaultdict(Covered))

    @property
    def students(self) -> set[int]:
        """All students of it."""
        return {s for school in self.schools.values() for s in school.classes}


@dataclass(frozen=True)
class Compared:
    """A drop beside the earlier uploads of its kind, and who is known to have left, by school."""

    now: Upload
    before: tuple[Upload, ...]
    left: Mapping[str, set[int]]


def compare(
    house: House, layout: str, reports: Sequence[SheetReport],
    facts: Sequence[Mapping[str, pa.Table]],
) -> Compared | None:
    """What these sheets of one layout cover, and what earlier uploads covered of the same."""
    table, day = TABLES[layout]
    rows = [f[table] for f in facts if table in f and f[table].num_rows]
    earlier = _earlier(house, layout)
    if not rows or not earlier:
        return None
    arrived = pa.concat_tables([_slim(r, table, day) for r in rows])
    same = pa.concat_tables([_spellings(f) for f in facts])
    tests = pa.concat_tables([_subjects(f, table) for f in facts])
    start = house.preset.year_start if house.preset else DEFAULT_YEAR
    with house.store.writing() as tx, tx.relation("arrived", arrived), \
            tx.relation("arrived_names", same), tx.relation("arrived_tests", tests), \
            tx.relation("earlier", pa.table(
                {"load_id": pa.array(list(earlier), pa.int32()),
                 "number": pa.array(list(earlier.values()), pa.int32())})):
        return _compared(tx, table, day, start)


def _earlier(house: House, layout: str) -> dict[int, int]:
    """Standing loads that hold sheets of a layout, with the number of their upload."""
    found = [x for x in loads.loads(house.records, "standing")
             if any(v.split(" ")[0] == layout for v in x.layouts.values())]
    number: dict[str, int] = {}
    for load in found:
        number[load.drop_id] = max(load.id, number.get(load.drop_id, 0))
    return {load.id: number[load.drop_id] for load in found}


def _slim(rows: pa.Table, table: str, day: str) -> pa.Table:
    count = rows.num_rows

    def taken(name: str, kind: pa.DataType) -> pa.Array:
        if name not in rows.column_names:
            return pa.nulls(count, kind)
        return rows[name].combine_chunks().cast(kind)

    return pa.table({
        "student": taken("student", pa.int64()), "org_id": taken("org_id", pa.string()),
        "day": taken(day, pa.date32()), "grade": taken("grade", pa.string()),
        "class": taken("class", pa.string()),
        "year": taken("academic_year", pa.string()),
        "thing": taken(THINGS[table][0] if table in THINGS else "", pa.string()),
    })


def _spellings(facts: Mapping[str, pa.Table]) -> pa.Table:
    rows = facts.get("organisations")
    kind = {"org_id": pa.string(), "same_as": pa.string()}
    if rows is None or not set(kind) <= set(rows.column_names):
        return pa.table({n: pa.array([], k) for n, k in kind.items()})
    return pa.table({n: rows[n].combine_chunks().cast(k) for n, k in kind.items()})


def _subjects(facts: Mapping[str, pa.Table], table: str) -> pa.Table:
    key, things = THINGS.get(table, ("", ""))
    rows = facts.get(things)
    if rows is None or not {key, "subject"} <= set(rows.column_names):
        return pa.table({n: pa.array([], pa.string()) for n in ("thing", "subject")})
    return pa.table({n: rows[c].combine_chunks().cast(pa.string())
                     for n, c in (("thing", key), ("subject", "subject"))})


# One school under all its spellings, those of the drop too; a class by its name, else its grade.
_SAME = """
create or replace temp table cover_same as
select org_id, any_value(same_as) as school from (
    select org_id, same_as from mart.organisations where same_as is not null
    union all select org_id, same_as from arrived_names where same_as is not null)
group by org_id"""
_LABEL = "coalesce(nullif(r.class, ''), nullif(r.grade, ''), '')"
_NOW = f"""
create or replace temp table cover_now as
select coalesce(s.school, r.org_id) as school, r.student, {_LABEL} as label, r.day, r.year,
    coalesce(t.subject, '') as subject
from arrived r left join cover_same s using (org_id)
    left join (select thing, any_value(subject) as subject from arrived_tests group by all)
        t using (thing)"""
# Only what stands in the same school years (of marks and outcomes: and subjects) is compared.
_THEN = """
create or replace temp table cover_then as
select e.number, coalesce(s.school, r.org_id) as school, r.student, {label} as label,
    r.{day} as day
from raw.{table} r join earlier e using (load_id) left join cover_same s using (org_id) {more}
where {same}"""
_SEEN = """
create or replace temp table cover_seen as
with spans as (select school, min(day) as a, max(day) as b from cover_now group by school),
every as (select min(a) as a, max(b) as b from spans),
there as (
    select t.*, coalesce(p.a, every.a) as a, coalesce(p.b, every.b) as b
    from cover_then t left join spans p using (school) cross join every),
windows as (
    select number, school, coalesce(bool_or(day between a and b), false) as overlaps,
        max(day) filter (where day < a) as before
    from there group by number, school)
select t.* from there t join windows w using (number, school)
where not $dated or (w.overlaps and t.day between t.a and t.b)
    or (not w.overlaps and t.day < t.a and t.day >= date_trunc('month', w.before))"""


def _compared(
    tx: Transaction, table: str, day: str, start: tuple[int, int]
) -> Compared | None:
    tx.execute(_SAME)
    tx.execute(_NOW)
    dated = table.startswith("attendance")
    same, values, more = _sameness(tx, table, day, start)
    tx.execute(_THEN.format(label=_LABEL, day=day, table=table, more=more, same=same), values)
    tx.execute(_SEEN, {"dated": dated})
    now = _uploads(tx, "(select 0 as number, * exclude (year, subject) from cover_now)", dated)
    before = _uploads(tx, "cover_seen", dated)
    if 0 not in now or not before:
        return None
    left: dict[str, set[int]] = defaultdict(set)
    for school, student in tx.execute(_LEFT, {"exact": table == "enrollment"}):
        left[school].add(student)
    return Compared(now[0], tuple(sorted(before.values(), key=lambda u: -u.number)), left)


# Who is stated to have left by the time the new upload speaks of: the last spell says it.
_LEFT = """
select n.school, e.student from mart.enrollment e left join cover_same s using (org_id)
    join (select school, max(day) as b from cover_now group by school) n
        on n.school = coalesce(s.school, e.org_id)
group by n.school, e.student
having arg_max(coalesce(e.end_date, date '9999-12-31'), e.begin_date) <= max(n.b) + 1
    or ($exact and arg_max(coalesce(e.exit_type, ''), e.begin_date) <> '')"""


def _sameness(
    tx: Transaction, table: str, day: str, start: tuple[int, int]
) -> tuple[str, dict[str, Any], str]:
    """The condition that keeps rows of the same year and subjects, its values, and its join."""
    if table == "enrollment":
        years = tx.execute("select distinct year from cover_now where year is not null")
        return "r.academic_year in (select unnest($years))", {"years": [y for (y,) in years]}, ""
    days = [d for (d,) in tx.execute("select distinct day from cover_now where day is not null")]
    firsts = sorted({int(academic_year(d, start)[:4]) for d in days})
    spans = " or ".join(
        f"(r.{day} >= date '{date(y, *start)}' and r.{day} < date '{date(y + 1, *start)}')"
        for y in firsts) or "false"
    if table not in THINGS:
        return f"({spans})", {}, ""
    key, things = THINGS[table]
    return (f"({spans}) and coalesce(t.subject, '') in (select subject from cover_now)", {},
            f"left join mart.{things} t using ({key})")


def _uploads(tx: Transaction, source: str, dated: bool) -> dict[int, Upload]:
    out: dict[int, Upload] = {}
    for number, school, student, label, last in tx.execute(
        f"select number, school, student, arg_max(label, (day, label)), max(day) from {source} "
        "group by number, school, student"
    ):
        covered = out.setdefault(number, Upload(number)).schools[school]
        covered.classes[student] = label or ""
        covered.last = max(covered.last, last or date.min)
    if dated:
        for number, school, day, count in tx.execute(
            f"select number, school, day, count(distinct student) from {source} group by all"
        ):
            out[number].schools[school].days[day] = count
    return out
