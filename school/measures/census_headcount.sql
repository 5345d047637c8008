-- title: Students on census day
-- question: How many students were enrolled on the day that counts?
-- meaning: Students enrolled on the last census day of the country (India 30 September, US 1 October, England third Thursday of January) that is not after the end of the view. Published counts stand in where no list of students is loaded.
-- kind: count
-- unit: students
-- better: neither
-- minimum: 1
-- source: METHODS 1 and 3
-- version: 1
-- reads: heads
-- on: census
select period, segment, unit, sum(people) as numerator
from heads
group by period, segment, unit
