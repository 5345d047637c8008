"""A new school year: whoever stood on last year's list and is not on the new one has left.

A new list promotes by itself: its spells begin with the new year, and open ones of the year before
end there. Those who are missing from it wait to be confirmed; until then where they are is unknown.
They are looked for only where the new list is the same whole school: at least half of last year's
students below the last grade stand on it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from etl.publish import publish_typed
from school.errors import WrongUse
from school.house import House
from school.store import Transaction

RULE = "leavers"
EXITS: Mapping[str, str] = {
    "transfer": "Moved to another school", "completed": "Completed school",
    "dropped_out": "Dropped out", "unknown": "Nobody knows",
}


@dataclass(frozen=True)
class Leaver:
    """A student of last year's list who is not on this year's. `proposed` is one of `EXITS`."""

    student: int
    number: str
    name: str
    org_id: str
    school: str
    grade: str
    label: str  # class, else grade
    begin: date
    end: date  # first day of the new year: until then they were there
    year: str
    proposed: str
    destination: str = ""


# Years of which a school has a list, each with the one before; a list is whole where half of the
# students below the last grade came back. Other schools' lists tell where somebody went.
FIND = """
with schools as (
    select o.org_id, coalesce(o.same_as, o.org_id) as school, s.name, s.year_start
    from mart.organisations o left join mart.organisations s
        on s.org_id = coalesce(o.same_as, o.org_id)
), spells as (
    select e.student, coalesce(s.school, e.org_id) as school, e.org_id, e.begin_date, e.end_date,
        e.grade, coalesce(nullif(e.class, ''), e.grade, '') as label, e.exit_type,
        e.academic_year as year, try_cast(left(e.academic_year, 4) as integer) as n,
        make_date(try_cast(left(e.academic_year, 4) as integer) + 1,
            left(coalesce(s.year_start, $start), 2)::integer,
            right(coalesce(s.year_start, $start), 2)::integer) as year_end
    from {enrollment} e left join schools s using (org_id)
    where e.academic_year is not null
), lists as (
    select school, n, max(try_cast(regexp_extract(grade, '\\d+') as integer)) as top
    from spells group by school, n
), before as (
    select p.*, l.top,
        coalesce(try_cast(regexp_extract(p.grade, '\\d+') as integer) = l.top, false) as last_grade,
        exists (select 1 from spells q where q.student = p.student and q.n = p.n + 1
            and q.school = p.school) as came_back,
        (select any_value(q.school) from spells q where q.student = p.student and q.n = p.n + 1
            and q.school <> p.school) as elsewhere
    from (select * from spells qualify row_number() over
            (partition by student, school, n order by begin_date desc) = 1) p
        join lists l on l.school = p.school and l.n = p.n
        join lists newer on newer.school = p.school and newer.n = p.n + 1
    where p.end_date is null or p.end_date >= p.year_end
), whole as (
    select school, n from before where not last_grade
    group by school, n having avg(came_back::integer) >= 0.5
)
select b.student, b.org_id, b.school, b.grade, b.label, b.begin_date, b.year_end, b.year,
    b.last_grade, b.elsewhere
from before b join whole using (school, n)
where not b.came_back and b.exit_type is null
order by b.n desc, b.school, b.label, b.student"""


def leavers(house: House) -> tuple[Leaver, ...]:
    """Everybody who waits to be confirmed, the newest year first."""
    rows = house.store.unsafe_run(
        f"with found as ({FIND.format(enrollment='mart.enrollment')}) "
        "select f.*, s.student_id, s.name, o.name, w.name from found f "
        "left join mart.students s using (student) "
        "left join mart.organisations o on o.org_id = f.school "
        "left join mart.organisations w on w.org_id = f.elsewhere "
        "order by f.year desc, o.name, f.label, s.name, f.student", {"start": _start(house)})
    return tuple(
        Leaver(student, number or "", name or "", org, called or school, grade or "", label or "",
               begin, end, year, _proposed(last, elsewhere), where or elsewhere or "")
        for (student, org, school, grade, label, begin, end, year, last, elsewhere, number, name,
             called, where) in rows)


def _proposed(last_grade: bool, elsewhere: str | None) -> str:
    if elsewhere:
        return "transfer"
    return "completed" if last_grade else "unknown"


def _start(house: House) -> str:
    month, day = house.preset.year_start if house.preset else (4, 1)
    return f"{month:02d}-{day:02d}"


def confirm(
    house: House, who: str, said: Sequence[tuple[Leaver, str]], as_of: date
) -> int | None:
    """Keep what became of these students, as an upload of its own; its number, if any is new."""
    if not said:
        return None
    if any(kind not in EXITS for _, kind in said):
        raise WrongUse("A student moved, completed school, dropped out, or nobody knows.")
    kinds = [kind for _, kind in said]
    table = pa.table({
        "student": pa.array([x.student for x, _ in said], pa.int64()),
        "org_id": pa.array([x.org_id for x, _ in said], pa.string()),
        "begin_date": pa.array([x.begin for x, _ in said], pa.date32()),
        "end_date": pa.array([x.end for x, _ in said], pa.date32()),
        "exit_type": pa.array(kinds, pa.string()),
        "exit_destination": pa.array(
            [x.destination if k == "transfer" and x.destination else None for x, k in said],
            pa.string()),
        "row": pa.array(range(1, len(said) + 1), pa.int32()),
    })
    counted = [f"{kinds.count(k)} {words.lower()}" for k, words in EXITS.items() if k in kinds]
    count = f"{len(said)} {'student' if len(said) == 1 else 'students'}"
    words = f"Typed: what became of {count} of last year's list ({', '.join(counted)})."
    return publish_typed(house, who, {"enrollment": table}, words, as_of)


def missing(tx: Transaction, start: str) -> list[tuple[int, str, int]]:
    """Of the class lists in `drop_enrollment`: sheet, school year, and how many it lacks."""
    both = "(select * exclude (sheet, \"row\") from drop_enrollment " \
        "union all by name select * exclude (load_id) from mart.enrollment)"
    rows = tx.execute(
        f"with found as ({FIND.format(enrollment=both)}), sheets as ("
        "select min(sheet) as sheet, coalesce(o.same_as, d.org_id) as school, "
        "try_cast(left(d.academic_year, 4) as integer) as n from drop_enrollment d "
        "left join mart.organisations o using (org_id) group by all) "
        "select s.sheet, f.year, count(distinct f.student) from found f join sheets s "
        "on s.school = f.school and s.n = try_cast(left(f.year, 4) as integer) + 1 "
        "group by all order by 1, 2", {"start": start})
    return [(int(s), str(y), int(n)) for s, y, n in rows]
