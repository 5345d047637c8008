-- title: Chronic absence
-- question: How many students miss so much school that it puts their learning at risk?
-- meaning: Students who missed at least the preset's share (1 day in 10) of their own possible days, out of all students with enough possible days to say. A late joiner is judged by the days since joining.
-- kind: rate
-- unit: share of students
-- better: lower
-- minimum: 10
-- source: METHODS 2; EDFacts FS195; DfE persistent absence
-- version: 1
-- reads: attendance
-- need: Absence | Absent 1 day in 10 or more | missed 1 day in 10 or more
-- line: chronic_allowed
-- ask: Is it the way to school, or a day of the timetable? | Is it illness, and of a whole family? | Is it work or care at home, and whom has anyone spoken with?
-- without: weekday
-- levels: tier
-- params: chronic, minimum_days, tier_names, tier_floors
with own as (
    select period, segment, student, sum(absent_halves) as absent, sum(possible_halves) as possible
    from attendance
    group by period, segment, student
    having sum(possible_halves) > 0
)
select period, segment, student as unit,
    (100 * absent >= $chronic * possible)::integer as numerator, 1 as denominator,
    absent as amount, possible as base,
    $tier_names[len(list_filter($tier_floors, lambda floor: 100 * absent >= floor * possible))] as level,
    case when possible < 2 * $minimum_days
        then 'fewer than ' || $minimum_days || ' possible days' end as left_out
from own
