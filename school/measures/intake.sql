-- title: Came in between
-- question: How many students came after the start?
-- meaning: Students who came after the first day of the view, out of all who were on the roll at any time in it (intake).
-- kind: rate
-- unit: share of students
-- better: neither
-- minimum: 10
-- source: METHODS 3; Massachusetts DESE mobility rate report
-- version: 1
-- reads: rolls
select period, segment, student as unit, max(came::integer) as numerator, 1 as denominator
from rolls
group by period, segment, student
