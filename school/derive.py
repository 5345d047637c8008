"""Tables worked out from the facts inside the publisher's transaction: school days and spells.

A spell says where a student was from when to when; a school day is a day on which a mark was
expected. Both are made anew for the schools whose facts changed, and for no others.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from school import schema
from school.register_days import MARKED_DAYS, REGISTER, SCHOOL_DAYS

if TYPE_CHECKING:
    from school.store import Transaction

DEFAULT_YEAR_START = (4, 1)

# Every spelling of a school counts as the school itself.
_SCHOOLS = """
create or replace temp table derive_schools as
with known as (
    select org_id, coalesce(same_as, org_id) as school, year_start from mart.organisations
    union all
    select distinct org_id, org_id, null from (
        select org_id from mart.attendance union all select org_id from mart.attendance_periods
        union all select org_id from mart.results union all select org_id from mart.enrollment
        union all select org_id from mart.spells union all select org_id from mart.school_days)
    where org_id not in (select org_id from mart.organisations)
), wanted as (
    select school from known where $everything or org_id in (select unnest($org_ids))
)
select known.org_id, known.school,
    coalesce(own.year_start, $year_start) as year_start
from known left join known as own on own.org_id = known.school
where known.school in (select school from wanted)
"""

# 'YYYY-YY' of a date, for years that begin on MM-DD.
_YEAR = """
create or replace temp macro derive_year(day, start) as
    case when strftime(day, '%m-%d') >= start
        then year(day)::text || '-' || lpad(((year(day) + 1) % 100)::text, 2, '0')
        else (year(day) - 1)::text || '-' || lpad((year(day) % 100)::text, 2, '0') end
"""
_YEAR_END = """
create or replace temp macro derive_year_end(label, start) as
    cast((left(label, 4)::integer + 1)::text || '-' || start as date)
"""

# A school whose last file was undone is no longer known, and its rows go all the same.
_CLEAR = """
delete from mart.{table} where $everything or org_id in (select unnest($org_ids))
    or org_id in (select org_id from derive_schools union all select school from derive_schools)
"""

# Stated spells: an open one ends with its academic year; overlapping ones are joined, and where
# they differ in grade or class the later one holds from the day it begins.
_STATED = """
create or replace temp table derive_stated as
with stated as (
    select e.student, s.school as org_id, e.begin_date,
        coalesce(e.end_date, try(derive_year_end(e.academic_year, s.year_start)), date '9999-12-31')
            as end_date,
        nullif(e.grade, '') as grade, nullif(e.class, '') as class,
        coalesce(e.academic_year, derive_year(e.begin_date, s.year_start)) as academic_year
    from mart.enrollment e join derive_schools s using (org_id)
    where e.end_date is null or e.end_date > e.begin_date
), marked as (
    select *, coalesce(begin_date > max(end_date) over (partition by student, org_id
        order by begin_date, end_date
        rows between unbounded preceding and 1 preceding), true) as opens
    from stated where end_date > begin_date
), islands as (
    select *, sum(opens::integer) over (partition by student, org_id order by begin_date, end_date
        rows unbounded preceding) as island
    from marked
), pieces as (
    select student, org_id, island, begin_date, arg_max(grade, end_date) as grade,
        arg_max(class, end_date) as class, arg_max(academic_year, end_date) as academic_year,
        max(end_date) as own_end
    from islands group by all
), cut as (
    select *, lead(begin_date) over (partition by student, org_id, island order by begin_date)
            as next_begin,
        max(own_end) over (partition by student, org_id, island) as last_end
    from pieces
), compared as (
    select *, coalesce(grade is distinct from lag(grade) over w
        or class is distinct from lag(class) over w
        or academic_year is distinct from lag(academic_year) over w
        or lag(begin_date) over w is null, true) as changes
    from cut window w as (partition by student, org_id, island order by begin_date)
), runs as (
    select *, sum(changes::integer) over (partition by student, org_id, island
        order by begin_date rows unbounded preceding) as run
    from compared
)
select student, org_id, min(begin_date) as begin_date,
    nullif(max(coalesce(next_begin, last_end)), date '9999-12-31') as end_date,
    any_value(grade) as grade, any_value(class) as class, any_value(academic_year) as academic_year
from runs group by student, org_id, island, run
"""

# What the facts say of where a student was. Marks are expected only where marks (or totals) are.
_FACTS = """
create or replace temp table derive_facts as
select student, school as org_id, date as first, date as last, nullif(grade, '') as grade,
    nullif(class, '') as class, true as marks, derive_year(date, year_start) as academic_year
from mart.attendance join derive_schools using (org_id)
union all
select student, school, begin_date, end_date - 1, nullif(grade, ''), nullif(class, ''), true,
    derive_year(begin_date, year_start)
from mart.attendance_periods join derive_schools using (org_id)
union all
select student, school, date, date, nullif(grade, ''), nullif(class, ''), false,
    derive_year(date, year_start)
from mart.results join derive_schools using (org_id) where date is not null
"""

# From first to last mark, cut where grade or class changes, for years without a stated spell.
_DERIVED = """
create or replace temp table derive_derived as
with loose as (
    select f.* from derive_facts f
    where not exists (
        select 1 from derive_stated s
        where s.student = f.student and s.org_id = f.org_id and {outside})
        and {kept}
), runs as (
    select *, coalesce(grade is distinct from lag(grade) over w
        or class is distinct from lag(class) over w, true) as changes
    from loose window w as (partition by student, org_id, academic_year order by first, last)
), islands as (
    select *, sum(changes::integer) over (partition by student, org_id, academic_year
        order by first, last rows unbounded preceding) as run
    from runs
), pieces as (
    select student, org_id, academic_year, run, min(first) as begin_date, max(last) + 1 as end_date,
        any_value(grade) as grade, any_value(class) as class
    from islands group by all
)
select student, org_id, begin_date,
    coalesce(lead(begin_date) over (partition by student, org_id, academic_year order by run),
        end_date) as end_date,
    grade, class, academic_year
from pieces
"""

# A stated spell speaks for its academic year, and for every day it covers.
_OUTSIDE = """(s.academic_year = f.academic_year
        or (s.begin_date <= f.last and (s.end_date is null or s.end_date > f.first)))"""

_FILL = """
insert into mart.spells
select s.student, s.org_id, s.begin_date, s.end_date, coalesce(s.grade, f.grade),
    coalesce(s.class, f.class), s.academic_year, false, 'stated'
from derive_stated s left join (
    select s.student, s.org_id, s.begin_date,
        arg_max(f.grade, f.last) as grade, arg_max(f.class, f.last) as class
    from derive_stated s join derive_facts f on f.student = s.student and f.org_id = s.org_id
        and f.last >= s.begin_date and (s.end_date is null or f.first < s.end_date)
    where s.grade is null or s.class is null
    group by all
) f on f.student = s.student and f.org_id = s.org_id and f.begin_date = s.begin_date
"""

# The tree of places is small, and one change can move many schools: it is made anew as a whole.
_PLACES = """
insert into mart.places
select *, dense_rank() over (order by school), dense_rank() over (order by cluster)
from (
    select o.org_id, s.org_id as school,
        coalesce(case when s.type = 'cluster' then s.org_id when p1.type = 'cluster' then p1.org_id
            when p2.type = 'cluster' then p2.org_id when p3.type = 'cluster' then p3.org_id end,
            p1.org_id, 'unknown') as cluster
    from mart.organisations o
        join mart.organisations s on s.org_id = coalesce(o.same_as, o.org_id)
        left join mart.organisations p1 on p1.org_id = s.parent_id
        left join mart.organisations p2 on p2.org_id = p1.parent_id
        left join mart.organisations p3 on p3.org_id = p2.parent_id)
"""


def derive(
    tx: Transaction,
    org_ids: Iterable[str] | None = None,
    year_start: tuple[int, int] = DEFAULT_YEAR_START,
) -> None:
    """Make the derived tables anew for these schools, or for all when `org_ids` is None.

    `year_start` (the preset's) holds for schools that state none of their own.
    """
    for statement in schema.derived_ddl():
        tx.execute(statement)
    tx.execute(_YEAR)
    tx.execute(_YEAR_END)
    start = f"{year_start[0]:02d}-{year_start[1]:02d}"
    named = {"everything": org_ids is None, "org_ids": list(org_ids or ())}
    tx.execute(_SCHOOLS, {**named, "year_start": start})
    tx.execute(_STATED)
    tx.execute(_FACTS)
    for table in schema.DERIVED:
        tx.execute(_CLEAR.format(table=table.name), named)
    tx.execute(_FILL)
    tx.execute(_DERIVED.format(outside=_OUTSIDE, kept="f.marks"))
    tx.execute("insert into mart.spells select *, true, 'marks' from derive_derived")
    _place_the_rest(tx)
    tx.execute(MARKED_DAYS)
    tx.execute(SCHOOL_DAYS)
    tx.execute(REGISTER)
    tx.execute("delete from mart.places")
    tx.execute(_PLACES)


def _place_the_rest(tx: Transaction) -> None:
    """Spells for facts outside every spell: they say where a student belonged, nothing more."""
    tx.execute("""
        delete from derive_facts f where exists (
            select 1 from mart.spells s where s.student = f.student and s.org_id = f.org_id
                and s.begin_date <= f.last and (s.end_date is null or s.end_date > f.last))
    """)
    tx.execute(_DERIVED.format(outside="false", kept="true"))
    tx.execute("insert into mart.spells select *, true, 'place' from derive_derived")
