-- title: Severe absence
-- question: How many students miss most of what the others get?
-- meaning: Students who missed at least the preset's share for severe absence (England: half, elsewhere 1 day in 5) of their own possible days, out of all students with enough possible days to say. They are among those with chronic absence.
-- kind: rate
-- unit: share of students
-- better: lower
-- minimum: 10
-- source: METHODS 2; DfE pupil absence methodology; Attendance Works tiers
-- version: 1
-- reads: attendance
-- without: weekday
-- params: severe, minimum_days
-- need: Severe absence | Severely absent | are severely absent
-- line: 1
-- ask: When was each of them last in school? | Who in school knows the family best? | What would a first week back look like?
-- inside: chronic_absence
select period, segment, student as unit,
    (100 * sum(absent_halves) >= $severe * sum(possible_halves))::integer as numerator,
    1 as denominator, sum(absent_halves) as amount, sum(possible_halves) as base,
    case when sum(possible_halves) < 2 * $minimum_days
        then 'fewer than ' || $minimum_days || ' possible days' end as left_out
from attendance
group by period, segment, student
having sum(possible_halves) > 0
