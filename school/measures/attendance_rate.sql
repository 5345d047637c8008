-- title: Attendance
-- question: How much of the time are students in school?
-- meaning: Sessions attended (present, or away on an approved activity) out of all sessions possible; half days count half.
-- kind: rate
-- unit: share of sessions
-- better: higher
-- minimum: 10
-- source: METHODS 2; DfE pupil absence methodology
-- version: 1
-- reads: attendance
select period, segment, student as unit,
    sum(possible_halves) - sum(absent_halves) as numerator, sum(possible_halves) as denominator, sum(sessions) as times
from attendance
group by period, segment, student
having sum(possible_halves) > 0
