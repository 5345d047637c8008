"""Where a student was from when to when, stated or worked out of the facts: for `school.derive`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from school.store import Transaction

# Stated spells: an open one ends with its academic year; overlapping ones are joined, and where
# they differ in grade or class the later one holds from the day it begins.
STATED = """
create or replace temp table derive_stated as
with stated as (
    select e.student, s.school as org_id, e.begin_date,
        coalesce(e.end_date, try(derive_year_end(e.academic_year, s.year_start)), date '9999-12-31')
            as end_date,
        nullif(e.grade, '') as grade, nullif(e.class, '') as class,
        coalesce(e.academic_year, derive_year(e.begin_date, s.year_start)) as academic_year
    from mart.enrollment e join derive_schools s using (org_id) {people}
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

# The marks of one student, school year, grade and class: their first and last day.
STRETCHES = """
create or replace temp table derive_stretches as
select e.student, s.school as org_id, nullif(e.grade, '') as grade, nullif(e.class, '') as class,
    year(e.date) - (month(e.date) * 100 + dayofmonth(e.date) < s.starts)::integer as number,
    min(e.date) as first, max(e.date) as last, any_value(s.year_start) as year_start
from mart.attendance e join derive_schools s using (org_id) {people} {date}
group by all
"""

# Marks inside a stated spell that tells grade and class add nothing to it. Where no spell is stated
# and grade and class stay the same all year, first and last day are all that counts.
WITHIN = """
delete from derive_stretches f where exists (
    select 1 from derive_stated s
    where s.student = f.student and s.org_id = f.org_id and s.grade is not null
        and s.class is not null and s.begin_date <= f.first
        and (s.end_date is null or s.end_date > f.last))
"""
SINGLE = """
create or replace temp table derive_single as
select student, org_id, number from derive_stretches f
where not exists (
        select 1 from derive_stated s where s.student = f.student and s.org_id = f.org_id)
    and not exists (select 1 from mart.attendance_periods e where e.student = f.student)
group by all having count(*) = 1
"""

# What the facts say of where a student was. Marks are expected only where marks (or totals) are.
FACTS = """
create or replace temp table derive_facts as
with several as (
    select distinct student, org_id, number from derive_stretches
        anti join derive_single using (student, org_id, number)
)
select student, org_id, first, last, grade, class, true as marks,
    derive_year(first, year_start) as academic_year
from derive_stretches semi join derive_single using (student, org_id, number)
union all
select e.student, s.school, e.date, e.date, nullif(e.grade, ''), nullif(e.class, ''), true,
    derive_year(e.date, s.year_start)
from mart.attendance e join derive_schools s using (org_id) {people} {date}
    join several v on v.student = e.student and v.org_id = s.school and v.number =
        year(e.date) - (month(e.date) * 100 + dayofmonth(e.date) < s.starts)::integer
union all
select e.student, s.school, e.begin_date, e.end_date - 1, nullif(e.grade, ''),
    nullif(e.class, ''), true, derive_year(e.begin_date, s.year_start)
from mart.attendance_periods e join derive_schools s using (org_id) {people} {begin_date}
union all
select e.student, s.school, e.date, e.date, nullif(e.grade, ''), nullif(e.class, ''), false,
    derive_year(e.date, s.year_start)
from mart.results e join derive_schools s using (org_id) {people} {date}
where e.date is not null
union all
select e.student, s.school, e.date, e.date, nullif(e.grade, ''), nullif(e.class, ''), false,
    derive_year(e.date, s.year_start)
from mart.numbers e join derive_schools s using (org_id) {people} {date}
union all
select e.student, s.school, e.date, e.date, nullif(e.grade, ''), nullif(e.class, ''), false,
    derive_year(e.date, s.year_start)
from mart.observations e join derive_schools s using (org_id) {people} {date}
"""

# From first to last mark, cut where grade or class changes, for years without a stated spell.
DERIVED = """
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
OUTSIDE = """(s.academic_year = f.academic_year
        or (s.begin_date <= f.last and (s.end_date is null or s.end_date > f.first)))"""

FILL = """
insert into mart.spells
select s.student, s.org_id, s.begin_date, s.end_date, coalesce(s.grade, f.grade),
    coalesce(s.class, f.class), s.academic_year, false, 'stated'
from derive_stated s {window} left join (
    select s.student, s.org_id, s.begin_date,
        arg_max(f.grade, f.last) as grade, arg_max(f.class, f.last) as class
    from derive_stated s join derive_facts f on f.student = s.student and f.org_id = s.org_id
        and f.last >= s.begin_date and (s.end_date is null or f.first < s.end_date)
    where s.grade is null or s.class is null
    group by all
) f on f.student = s.student and f.org_id = s.org_id and f.begin_date = s.begin_date
"""


def fill(tx: Transaction, windows: Mapping[str, str]) -> None:
    """Write the spells of the people of `derive_stated`, and of those the facts speak of."""
    for statement in (STRETCHES, WITHIN, SINGLE, FACTS):
        tx.execute(statement.format(**windows))
    tx.execute(FILL.format(**windows))
    tx.execute(DERIVED.format(outside=OUTSIDE, kept="f.marks"))
    tx.execute("insert into mart.spells select *, true, 'marks' from derive_derived")
    _place_the_rest(tx)


def _place_the_rest(tx: Transaction) -> None:
    """Spells for facts outside every spell: they say where a student belonged, nothing more."""
    tx.execute("""
        delete from derive_facts f where exists (
            select 1 from mart.spells s where s.student = f.student and s.org_id = f.org_id
                and s.begin_date <= f.last and (s.end_date is null or s.end_date > f.last))
    """)
    tx.execute(DERIVED.format(outside="false", kept="true"))
    tx.execute("insert into mart.spells select *, true, 'place' from derive_derived")
