-- title: Joined
-- question: How many students came?
-- meaning: Students on the roll on the last day of the view who were not on it on the first.
-- kind: count
-- unit: students
-- better: neither
-- minimum: 1
-- source: METHODS 3
-- version: 1
-- reads: rolls
select period, segment, student as unit, count(*) as numerator
from rolls
where is_here and not was
group by period, segment, student
