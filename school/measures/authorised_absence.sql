-- title: Absence with leave
-- question: How much absence has been agreed to?
-- meaning: Sessions marked absent with leave (authorised, excused), out of all sessions possible; half days count half. With absence without leave it adds up to all absence. Totals without daily marks do not say it.
-- kind: rate
-- unit: share of sessions
-- better: lower
-- minimum: 10
-- source: METHODS 2; DfE pupil absence methodology
-- version: 1
-- reads: marks
select period, segment, student as unit,
    coalesce(sum(absent_halves) filter (category = 'absent_authorised'), 0) as numerator,
    sum(possible_halves) as denominator, count(*) filter (possible_halves > 0) as times
from marks
group by period, segment, student
having sum(possible_halves) > 0
