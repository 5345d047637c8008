-- title: Not marked
-- question: How much of the register is empty?
-- meaning: Half days without a mark, out of all half days on which a mark was due: enrolled students times school days. Not marked is neither present nor absent.
-- kind: rate
-- unit: share of half days due
-- better: lower
-- minimum: 10
-- source: METHODS 0 and 2
-- version: 1
-- reads: due
select period, segment, student as unit, sum(due_halves - marked_halves) as numerator,
    sum(due_halves) as denominator
from due
group by period, segment, student
