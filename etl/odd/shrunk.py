"""Fewer are counted than before: a rate can rise only because some are missing from it."""

from __future__ import annotations

from etl.odd.check import Check, Noticed
from school.store import Transaction

SHARE, LEAST = 0.2, 5

# Students with a score, test by test of one subject and year, those that stand and those of now.
_TESTED = """
with scored as (
    select r.sheet, r.student, r.assessment_id, r.date, coalesce(s.school, r.org_id) as school,
        coalesce(nullif(r.class, ''), nullif(r.grade, '')) as label
    from drop_results r left join drop_same s using (org_id)
    where r.score is not null or r.level is not null
    union all
    select null, r.student, r.assessment_id, r.date, coalesce(s.school, r.org_id),
        coalesce(nullif(r.class, ''), nullif(r.grade, ''))
    from mart.results r left join drop_same s using (org_id)
    where (r.score is not null or r.level is not null)
        and exists (select 1 from drop_results d where d.org_id = r.org_id)
), tests as (
    select assessment_id, any_value(subject) as subject, any_value(academic_year) as year,
        any_value(item) as item from (
            select assessment_id, subject, academic_year, item from drop_assessments
            union all select assessment_id, subject, academic_year, item from mart.assessments)
    group by assessment_id
), counted as (
    select t.subject, coalesce(t.item, '') as item, t.year, x.school, x.label, x.assessment_id,
        min(x.date) as day, min(x.sheet) as sheet, count(distinct x.student) as people
    from scored x join tests t using (assessment_id) where x.label is not null group by all
), compared as (
    select *, lag(people) over (partition by subject, item, year, school, label
        order by day, assessment_id) as before
    from counted
)
select sheet, label, subject, people, before from compared
where sheet is not null and before - people >= $least and before - people >= $share * before
order by 1, 2, 3"""

# Students marked, month by month of one school year; stated leavers are not missed.
_MARKED = """
with months as (
    select distinct r.sheet, coalesce(s.school, r.org_id) as school, r.student,
        coalesce(nullif(r.class, ''), nullif(r.grade, '')) as label,
        date_trunc('month', r.date)::date as month
    from drop_attendance r left join drop_same s using (org_id)
), ended as (
    select student, arg_max(coalesce(end_date, date '9999-12-31'), begin_date) as last from (
        select student, begin_date, end_date from drop_enrollment
        union all select student, begin_date, end_date from mart.enrollment)
    group by student
), sizes as (
    select school, label, month, min(sheet) as sheet, count(distinct student) as people
    from months where label is not null group by all
), gone as (
    select a.school, a.label, a.month, count(distinct a.student) as missing
    from months a left join ended e using (student)
    where not exists (select 1 from months b where b.student = a.student
            and b.school = a.school and b.month = a.month + interval 1 month)
        and coalesce(e.last, date '9999-12-31') > a.month + interval 2 month
    group by all
)
select b.sheet, b.label, b.month, b.people, a.people, g.missing
from sizes a join sizes b on b.school = a.school and b.label = a.label
        and b.month = a.month + interval 1 month
    join gone g on g.school = a.school and g.label = a.label and g.month = a.month
where g.missing >= $least and g.missing >= $share * a.people
    and year_of(a.month) = year_of(b.month)
order by 1, 2, 3"""
_BOUNDS = {"least": LEAST, "share": SHARE}


def _tested(tx: Transaction) -> list[Noticed]:
    return [Noticed(sheet, words=f"In {subject or 'this subject'} {people} students of {{who}} "
                                 f"have a result; the time before it were {before}. A rate counts "
                                 "only those who have one.", count=before - people, label=label)
            for sheet, label, subject, people, before in tx.execute(_TESTED, _BOUNDS)]


def _marked(tx: Transaction) -> list[Noticed]:
    return [Noticed(sheet, words=f"In {month:%B %Y} {missing} students of {{who}} have no mark any "
                                 f"more; {before} had one the month before.", count=missing,
                    label=label)
            for sheet, label, month, _, before, missing in tx.execute(_MARKED, _BOUNDS)]


CHECKS = (
    Check("fewer tested", "Fewer students have a result than the time before.", ("results",),
          _tested),
    Check("fewer marked", "Fewer students are marked than the month before.", ("attendance",),
          _marked),
)
