-- title: At the penalty notice threshold
-- question: How many students reached the number of sessions at which a notice must be considered?
-- meaning: Students with at least the law's number of sessions missed without leave (England: 10 sessions with the codes G, O or U) within a run of as many school weeks (10), out of all students with a mark. Weeks without a school day do not count. Only sessions in the dates of the view are looked at. Where a country has no such rule nobody is counted.
-- kind: rate
-- unit: share of students
-- better: lower
-- minimum: 10
-- source: METHODS 1; England's national framework for penalty notices, 2024
-- version: 1
-- reads: marks
-- without: weekday
-- params: penalty_codes, penalty_sessions, penalty_weeks
-- need: Unauthorised sessions | At the penalty notice threshold | missed 10 sessions or more without leave in 10 school weeks
-- line: 2
-- ask: Which weeks were these, and what happened then? | Has the family been spoken with, and when? | What support was offered before?
with everybody as (
    select period, segment, student from marks
    group by period, segment, student having sum(possible_halves) > 0
), weekly as (
    select m.period, m.segment, m.student, w.week_number, sum(m.absent_halves) as sessions
    from marks m join week_numbers w on w.school_id = m.school_id
        and w.week = date_trunc('week', m.date)
    where m.code in (select unnest($penalty_codes))
    group by m.period, m.segment, m.student, w.week_number
), together as (
    select a.period, a.segment, a.student, sum(b.sessions) as sessions
    from weekly a join weekly b on b.student = a.student and b.segment = a.segment
        and b.period is not distinct from a.period
        and b.week_number between a.week_number - $penalty_weeks + 1 and a.week_number
    group by a.period, a.segment, a.student, a.week_number
), most as (
    select period, segment, student, max(sessions) as sessions
    from together group by period, segment, student
)
select e.period, e.segment, e.student as unit,
    (coalesce(m.sessions, 0) >= coalesce($penalty_sessions, 0))::integer as numerator,
    1 as denominator, coalesce(m.sessions, 0) as amount, $penalty_sessions as base,
    case when $penalty_sessions is null then 'no such rule in this country' end as left_out
from everybody e left join most m on m.student = e.student and m.segment = e.segment
    and m.period is not distinct from e.period
