-- title: Passed, of all enrolled
-- question: How many of those enrolled where a test was given reached the pass mark?
-- meaning: Results at or above the pass mark, out of all students enrolled in the classes that sat the test: who missed it counts as not passed, who was exempt is left out. A class sat a test where at least half of it has a result. It stands beside the pass rate of those who sat it.
-- kind: rate
-- unit: share of results due
-- better: higher
-- minimum: 10
-- source: METHODS 4
-- version: 1
-- reads: entered
-- beside: pass_rate
select period, segment, student as unit, coalesce(sum(passed), 0) as numerator,
    count(*) filter (status <> 'exempt' and (passed is not null or status <> 'scored'))
        as denominator,
    case when count(*) filter (status <> 'exempt' and (passed is not null or status <> 'scored'))
            > 0 then null
        when count(*) filter (status = 'exempt') > 0 then 'exempt'
        else 'no pass mark is known' end as left_out
from entered
where kind in ('points', 'scale_score')
group by period, segment, student
