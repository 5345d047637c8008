"""School days, and how much of the register is marked on each: SQL for `school.derive`."""

# A day counts when at least half of those enrolled on it have a mark that says something.
MARKED_DAYS = """
create or replace temp table derive_marked_days as
with marks as (
    select s.school as org_id, a.date, count(distinct a.student) as marked
    from mart.attendance a join derive_schools s using (org_id)
    where a.category not in ('not_possible', 'not_recorded') {marks} group by all
), enrolled as (
    select m.org_id, m.date, count(distinct p.student) as people
    from (select distinct org_id, date from marks) m join mart.spells p on p.org_id = m.org_id
        and p.basis <> 'place' and p.begin_date <= m.date
        and (p.end_date is null or p.end_date > m.date)
    group by all
)
select m.org_id, m.date, derive_year(m.date, s.year_start) as academic_year
from marks m join enrolled e using (org_id, date)
    join derive_schools s on s.org_id = m.org_id
where 2 * m.marked >= e.people
"""

# A calendar that names the school days of a year is taken at its word. One that names only
# holidays, or a few extra days, corrects what the marks say.
SCHOOL_DAYS = """
insert into mart.school_days
with named as (
    select s.school as org_id, c.date, arg_max(c.day_type, c.org_id <> '*') as day_type,
        derive_year(c.date, any_value(s.year_start)) as academic_year
    from derive_schools s join mart.calendar c on c.org_id in (s.org_id, '*') where true {calendar}
    group by s.school, c.date
), counted as (
    select org_id, academic_year, count(*) filter (day_type in ('school', 'exam')) as open_days,
        count(*) filter (day_type in ('holiday', 'closure')) as closed_days
    from named group by all
), marked as (
    select org_id, academic_year, count(*) as days, min(date) as first, max(date) as last
    from derive_marked_days group by all
), rules as (
    select coalesce(c.org_id, m.org_id) as org_id,
        coalesce(c.academic_year, m.academic_year) as academic_year, m.first, m.last,
        coalesce(c.open_days, 0) > 0 and 2 * c.open_days >= coalesce(m.days, 0) as full_calendar,
        coalesce(c.closed_days, 0) > 0 as holidays_known
    from counted c full join marked m on c.org_id = m.org_id and c.academic_year = m.academic_year
), weekdays as (
    select distinct org_id, academic_year, isodow(date) as weekday from derive_marked_days
)
select n.org_id, n.date, 'calendar' from named n join rules r using (org_id, academic_year)
where r.full_calendar and n.day_type in ('school', 'exam')
union
select r.org_id, day::date, 'calendar'
from rules r, range(r.first::timestamp, (r.last + 1)::timestamp, interval 1 day) days(day)
where not r.full_calendar and r.holidays_known and r.first is not null
    and (exists (select 1 from weekdays w where w.org_id = r.org_id
            and w.academic_year = r.academic_year and w.weekday = isodow(day::date))
        or exists (select 1 from named n where n.org_id = r.org_id and n.date = day::date
            and n.day_type in ('school', 'exam')))
    and not exists (select 1 from named n where n.org_id = r.org_id and n.date = day::date
        and n.day_type in ('holiday', 'closure'))
union
select m.org_id, m.date, 'derived'
from derive_marked_days m join rules r using (org_id, academic_year)
where not r.full_calendar and not r.holidays_known
"""


REGISTER = """
insert into mart.register_days
with due as (
    select s.org_id, d.date, d.how, s.student, s.grade, s.class
    from mart.spells s join mart.school_days d on d.org_id = s.org_id
        and d.date >= s.begin_date and (s.end_date is null or d.date < s.end_date)
    where s.basis <> 'place' and s.org_id in (select school from derive_schools) {due}
), had as (
    select a.student, s.school as org_id, a.date,
        least(sum(case when a.session in ('AM', 'PM') then 1 else 2 end), 2) as had
    from mart.attendance a join derive_schools s using (org_id)
    where a.category <> 'not_recorded' {marks} group by a.student, s.school, a.date
)
select due.org_id, due.date, min(due.how), due.grade, due.class, 2 * count(*),
    sum(coalesce(had.had, 0))
from due left join had on had.student = due.student and had.org_id = due.org_id
    and had.date = due.date
group by due.org_id, due.date, due.grade, due.class
"""
