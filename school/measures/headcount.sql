-- title: Students
-- question: How many students are enrolled?
-- meaning: Students enrolled on the census day: the last day of the view or, split by time, the last school day of each period. Published counts stand in where no list of students is loaded.
-- kind: count
-- unit: students
-- better: neither
-- minimum: 1
-- source: METHODS 3
-- version: 1
-- reads: heads
select period, segment, unit, sum(people) as numerator
from heads
group by period, segment, unit
