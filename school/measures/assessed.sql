-- title: Sat the test
-- question: How many of those who should have sat the tests did?
-- meaning: Tests with a score, out of all tests due: one for each student enrolled in a class that sat it. Who was exempt is left out. A class sat a test where at least half of it has a result.
-- kind: rate
-- unit: share of tests due
-- better: higher
-- minimum: 10
-- source: METHODS 4
-- version: 1
-- reads: entered
-- without: band
select period, segment, student as unit, count(*) filter (status = 'scored') as numerator,
    count(*) filter (status <> 'exempt') as denominator,
    case when count(*) filter (status <> 'exempt') = 0 then 'exempt' end as left_out
from entered
where kind in ('points', 'scale_score')
group by period, segment, student
