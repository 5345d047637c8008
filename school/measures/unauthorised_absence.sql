-- title: Absence without leave
-- question: How much absence has nobody agreed to?
-- meaning: Sessions missed without leave (unauthorised, unexcused, and half days missed by students marked present for the other half), out of all sessions possible. With absence with leave it adds up to all absence. Totals without daily marks do not say it.
-- kind: rate
-- unit: share of sessions
-- better: lower
-- minimum: 10
-- source: METHODS 2; DfE pupil absence methodology
-- version: 1
-- reads: marks
select period, segment, student as unit,
    coalesce(sum(absent_halves) filter (category <> 'absent_authorised'), 0) as numerator,
    sum(possible_halves) as denominator, count(*) filter (possible_halves > 0) as times
from marks
group by period, segment, student
having sum(possible_halves) > 0
