-- title: Long runs of absence
-- question: How many students stayed away so long that somebody must look?
-- meaning: Students with a run of missed school days of at least the preset's length (India and US: 3 days; England: 10 days without leave), out of all students with a possible day. Weekends, holidays and days on which a student was not expected do not break a run; a day without a mark does, and the list of students says so.
-- kind: rate
-- unit: share of students
-- better: lower
-- minimum: 10
-- source: METHODS 1 and 2
-- version: 1
-- reads: runs
-- params: run_alert
select period, segment, student as unit, (longest_run >= $run_alert)::integer as numerator,
    1 as denominator, longest_run as amount, possible_days as base,
    case when open_end then 'a day without a mark ends this run' end as note
from runs
