-- title: Often late
-- question: How many students come late again and again?
-- meaning: Students who were late in at least the preset's share (1 session in 10) of their own possible sessions, out of all students with enough possible days to say. A school whose register does not say who came late is left out.
-- kind: rate
-- unit: share of students
-- better: lower
-- minimum: 10
-- source: METHODS 2; the share is our convention
-- version: 2
-- reads: marks
-- without: weekday
-- params: late_codes, late_often, minimum_days
-- need: Lateness | Often late | were late 1 time in 10 or more
-- line: 10
-- ask: Is it the first lesson, or every lesson? | How do they come to school, and with whom? | What happens when somebody comes late?
with told as (
    select school_id, len($late_codes) > 0 or max(minutes_late) is not null or bool_or(late)
        as says
    from marks group by school_id
), own as (
    select m.period, m.segment, m.student, bool_or(t.says) as says,
        count(*) filter (m.possible_halves > 0 and m.late) as late,
        count(*) filter (m.possible_halves > 0) as sessions, sum(m.possible_halves) as possible
    from marks m join told t on t.school_id = m.school_id
    group by m.period, m.segment, m.student
    having sum(m.possible_halves) > 0
)
select period, segment, student as unit,
    (100 * late >= $late_often * sessions)::integer as numerator, 1 as denominator,
    late as amount, sessions as base,
    case when not says then 'the register does not say who came late'
        when possible < 2 * $minimum_days
        then 'fewer than ' || $minimum_days || ' possible days' end as left_out
from own
