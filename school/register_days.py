"""School days, how much of the register is marked on each, and the marks of each month: SQL for
`school.derive`.
"""

# Half days that a student's marks speak of, and whether one of them says something.
HAD = """
create or replace temp table derive_had as
select a.student, s.school as org_id, a.date,
    least(2, sum(case when a.category = 'not_recorded' then 0
        when a.session in ('AM', 'PM') then 1 else 2 end)) as had,
    bool_or(a.category not in ('not_possible', 'not_recorded')) as says
from mart.attendance a join derive_schools s using (org_id)
where true {marks} group by a.student, s.school, a.date
"""

# The same where every mark is for a whole day: a student then has one a day, and none is added up.
PARTS_OF_DAYS = """
select exists (select 1 from mart.attendance a join derive_schools s using (org_id)
    where a.session <> 'DAY' {marks})
"""
HAD_WHOLE = """
create or replace temp table derive_had as
select a.student, s.school as org_id, a.date,
    if(a.category = 'not_recorded', 0, 2)::hugeint as had,
    a.category not in ('not_possible', 'not_recorded') as says
from mart.attendance a join derive_schools s using (org_id) where true {marks}
"""

# A day counts when at least half of those enrolled on it have a mark that says something. Where
# spells of one student overlap, the later one counts from the end of the earlier.
MARKED_DAYS = """
create or replace temp table derive_marked_days as
with marks as (
    select org_id, date, count(*) as marked from derive_had where says group by all
), spells as (
    select org_id, student, begin_date, coalesce(end_date, date '9999-12-31') as until
    from mart.spells where basis <> 'place' and org_id in (select org_id from marks)
), apart as (
    select org_id, until, greatest(begin_date, max(until) over (partition by org_id, student
        order by begin_date, until rows between unbounded preceding and 1 preceding)) as begin_date
    from spells
), alike as (
    select org_id, begin_date, until, count(*) as people
    from apart where begin_date < until group by all
), enrolled as (
    select m.org_id, m.date, sum(p.people) as people
    from marks m join alike p on p.org_id = m.org_id
        and p.begin_date <= m.date and p.until > m.date
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

# Spells that begin and end alike are due on the same days: days are laid beside each kind of spell
# and not beside each student.
REGISTER = """
insert into mart.register_days
with there as (
    select org_id, student, grade, class, begin_date, coalesce(end_date, date '9999-12-31') as until
    from mart.spells
    where basis <> 'place' and org_id in (select school from derive_schools)
), alike as (
    select org_id, grade, class, begin_date, until, count(*) as people
    from there group by all
), due as (
    select d.org_id, d.date, d.how, s.grade, s.class, 2 * sum(s.people) as due, 0 as had
    from alike s join mart.school_days d on d.org_id = s.org_id
        and d.date >= s.begin_date and d.date < s.until
    where true {due} group by all
), had as (
    select d.org_id, d.date, d.how, s.grade, s.class, 0 as due, sum(h.had) as had
    from derive_had h join there s on s.student = h.student and s.org_id = h.org_id
        and h.date >= s.begin_date and h.date < s.until
        join mart.school_days d on d.org_id = h.org_id and d.date = h.date
    where true {due} group by all
)
select org_id, date, min(how), grade, class, sum(due), coalesce(sum(had), 0)
from (from due union all from had)
group by org_id, date, grade, class
"""

# A month is cut where the school's year begins inside it, so that each row lies in one year. Marks
# count as recorded on school days alone.
MONTHS = """
insert into mart.attendance_months
select a.student, s.school as org_id, date_trunc('month', a.date)::date
        + if(month(a.date) = s.starts // 100 and dayofmonth(a.date) >= s.starts % 100,
            s.starts % 100 - 1, 0)::integer as date,
    sum(a.possible)::integer, sum(a.absent)::integer, count(*) filter (a.possible > 0)::integer,
    coalesce(sum(case when a.category = 'not_recorded' then 0
        when a.session in ('AM', 'PM') then 1 else 2 end) filter (d.date is not null), 0)::integer
from mart.attendance a join derive_schools s using (org_id)
    left join mart.school_days d on d.org_id = s.school and d.date = a.date
where true {marks} group by 1, 2, 3
"""
