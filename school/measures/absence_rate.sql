-- title: Absence
-- question: Which groups are missing the most school?
-- meaning: Sessions marked absent, whatever the reason, out of all sessions possible; half days count half.
-- kind: rate
-- unit: share of sessions
-- better: lower
-- minimum: 10
-- source: METHODS 2; DfE pupil absence methodology
-- version: 1
-- reads: attendance
select period, segment, student as unit,
    sum(absent_halves) as numerator, sum(possible_halves) as denominator, sum(sessions) as times
from attendance
group by period, segment, student
having sum(possible_halves) > 0
