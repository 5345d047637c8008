"""How much of a school is made anew: all of it, or the students and academic years touched.

A part is cleared here and filled by `school.derive`. Its spells are those that begin in a window of
whole academic years that none of them leaves; where one does, the window is all time. Its days
are the years with touched days, and those where a spell came, went or changed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from school import spells

if TYPE_CHECKING:
    from school.store import Transaction

# Number and first day of the year a day lies in, for years that begin on MM-DD (29 February is
# 1 March where there is none).
_MACROS = (
    """create or replace temp macro derive_number(day, start) as
        year(day) - (strftime(day, '%m-%d') < start)::integer""",
    """create or replace temp macro derive_first(number, start) as
        coalesce(try_cast(lpad(number::text, 4, '0') || '-' || start as date),
            make_date(number, 3, 1))""",
)
_ALWAYS = ("date '0001-01-01'", "date '9999-12-31'")

_SCHOOLS = """
create or replace temp table derive_schools as
with found as (
    select distinct coalesce(o.same_as, o.org_id) as school
    from mart.organisations o where o.org_id in (
        select org_id from touched_people union select org_id from touched_days)
), wanted as (
    select f.school, coalesce(o.year_start, $year_start) as year_start
    from found f left join mart.organisations o on o.org_id = f.school
    where f.school not in (select unnest($done))
)
select distinct o.org_id, w.school, w.year_start, replace(w.year_start, '-', '')::integer as starts
from wanted w
    join (select org_id, coalesce(same_as, org_id) as school from mart.organisations
        union all select school, school from wanted
        where school not in (select org_id from mart.organisations)) o
    on o.school = w.school
"""

_PEOPLE = """
create or replace temp table derive_people as
with who as (
    select distinct t.student, s.school from touched_people t join derive_schools s using (org_id)
), windows as (
    select s.school, any_value(s.year_start) as start, min(t.first) as first, max(t.last) as last,
        bool_or(t.first is null) as always
    from touched_people t join derive_schools s using (org_id) group by s.school
)
select student, school,
    if(always, {earliest}, derive_first(derive_number(first, start), start)) as first,
    if(always, {latest}, derive_first(derive_number(last, start) + 1, start)) as last
from who join windows using (school)
"""

_WIDEN = """
update derive_people set first = {earliest}, last = {latest}
where school in (
    select p.school from derive_people p join (
        select student, org_id as school, begin_date, end_date from mart.spells
        where basis <> 'stated'
        union all
        select student, org_id, begin_date, coalesce(end_date, {latest}) from derive_stated
        where grade is null or class is null
        union all
        select a.student, s.school, a.begin_date, a.end_date
        from mart.attendance_periods a join derive_schools s using (org_id)) t
    using (student, school)
    where (t.begin_date < p.first and t.end_date > p.first)
        or (t.begin_date < p.last and t.end_date > p.last))
"""

_IN_WINDOW = """
from derive_people p where p.student = {of}.student and p.school = {of}.org_id
    and {of}.begin_date >= p.first and {of}.begin_date < p.last
"""

# What differs between the spells before and now, and the touched days; no day lies after the last
# mark or the last day of a calendar, so an open spell ends there.
_YEARS = """
create or replace temp table derive_years as
with now as (
    select s.* from mart.spells s where exists (select 1 {in_window})
), differs as (
    (select * from now except select * from derive_before)
    union all (select * from derive_before except select * from now)
), known as (
    select greatest((select max(date) from mart.attendance), (select max(date) from mart.calendar))
        as last
), ranges as (
    select s.school, s.year_start as start, t.date as first, t.date as last
    from touched_days t join derive_schools s using (org_id)
    union
    select d.org_id, s.year_start, d.begin_date,
        least(coalesce(d.end_date - 1, k.last, d.begin_date), coalesce(k.last, d.begin_date))
    from differs d join derive_schools s on s.org_id = d.org_id, known k
), numbered as (
    select distinct school, start, unnest(range(
        derive_number(first, start), derive_number(last, start) + 1)) as number
    from ranges where last >= first
)
select school, derive_first(number::integer, start) as first,
    derive_first(number::integer + 1, start) as last from numbered
"""


@dataclass(frozen=True)
class Scope:
    """Pieces of SQL that keep the statements of `school.derive` to a part of a school."""

    people: Mapping[str, str] = field(
        default_factory=lambda: {"people": "", "date": "", "begin_date": "", "window": ""})
    whole: bool = True

    def days(self, tx: Transaction) -> Mapping[str, str]:
        """Settle which days are made anew, once the spells are, and clear them."""
        if self.whole:
            return {"marks": "", "calendar": "", "due": ""}
        tx.execute(_YEARS.format(in_window=_IN_WINDOW.format(of="s")))
        for table in ("school_days", "register_days", "attendance_months"):
            tx.execute(f"delete from mart.{table} as d using derive_years y where "
                       "d.org_id = y.school and d.date >= y.first and d.date < y.last")
        return {
            "marks": _years(tx, "s.school", "a.date"),
            "calendar": _years(tx, "s.school", "c.date"),
            "due": _years(tx, "d.org_id", "d.date"),
        }


WHOLE = Scope()


def of_what_was_touched(tx: Transaction, done: Collection[str], start: str) -> Scope | None:
    """The part that `school.touched` holds, its spells cleared; None if nothing is derived of it.

    Schools that are done already are left out.
    """
    earliest, latest = _ALWAYS
    for statement in _MACROS:
        tx.execute(statement)
    tx.execute(_SCHOOLS, {"year_start": start, "done": list(done)})
    if not tx.execute("select 1 from derive_schools limit 1"):
        return None
    tx.execute(_PEOPLE.format(earliest=earliest, latest=latest))
    same = "join derive_people p on p.student = e.student and p.school = s.school"
    tx.execute(spells.STATED.format(people=same))
    tx.execute(_WIDEN.format(earliest=earliest, latest=latest))
    tx.execute("create or replace temp table derive_before as select s.* from mart.spells s "
               f"where exists (select 1 {_IN_WINDOW.format(of='s')})")
    tx.execute("delete from mart.spells as s where exists "
               f"(select 1 {_IN_WINDOW.format(of='s')})")
    first, last = tx.execute("select min(first), max(last) from derive_people")[0]
    inside = " and e.{0} >= p.first and e.{0} < p.last"
    if first is not None:  # bounds that are known beforehand let whole pieces of a table be skipped
        inside += f" and e.{{0}} >= date '{first}' and e.{{0}} < date '{last}'"
    return Scope({
        "people": same, "date": inside.format("date"), "begin_date": inside.format("begin_date"),
        "window": "join derive_people p on p.student = s.student and p.school = s.org_id "
                  "and s.begin_date >= p.first and s.begin_date < p.last",
    }, whole=False)


def _years(tx: Transaction, school: str, day: str) -> str:
    """SQL that keeps a day of a school to the years that are made anew."""
    first, last = tx.execute("select min(first), max(last) from derive_years")[0]
    if first is None:
        return f"and false and {day} is null"
    return (f"and exists (select 1 from derive_years y where y.school = {school} "
            f"and {day} >= y.first and {day} < y.last) "
            f"and {day} >= date '{first}' and {day} < date '{last}'")
