-- title: Suspended, or 3 incidents or more
-- question: How many students are in repeated trouble?
-- meaning: Students with a suspension, or with 3 incidents or more in the view, out of all students enrolled. Where no incident at all is recorded nobody is counted, because a list that is not kept says nothing.
-- kind: rate
-- unit: share of students
-- better: lower
-- minimum: 10
-- source: METHODS 5; the B of attendance, behaviour and course
-- version: 1
-- reads: enrollment
-- also: incidents
-- need: Behaviour | Suspended, or in 3 incidents or more | were suspended or in 3 incidents or more
-- line: 5
-- ask: What happened before, and where? | Is it one lesson, one place or one time of day? | Who does the student trust?
with counted as (
    select student, sum(times) as incidents, sum(times) filter (kind = 'suspension') as suspensions
    from incidents group by student
)
select e.period, e.segment, e.student as unit,
    (coalesce(c.suspensions, 0) > 0 or coalesce(c.incidents, 0) >= 3)::integer as numerator, 1 as denominator,
    coalesce(c.incidents, 0) as amount, null as base,
    case when not exists (select 1 from incidents) then 'no incidents are recorded' end as left_out
from enrollment e left join counted c on c.student = e.student
