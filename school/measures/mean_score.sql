-- title: Mean score
-- question: How well do students do in tests?
-- meaning: Mean of all scores: percent of the maximum where marks are points, else the scale score as it is. A student who missed the test has no score, never 0.
-- kind: mean
-- unit: percent of the maximum
-- better: higher
-- minimum: 5
-- source: METHODS 4
-- version: 1
-- reads: results
select period, segment, student as unit, min(scale) as scale, max(scale) as other_scale,
    sum(points) filter (status = 'scored') as numerator,
    count(points) filter (status = 'scored') as denominator,
    case when count(points) filter (status = 'scored') > 0 then null
        when count(*) filter (status = 'scored' and score is not null) > 0 then 'the maximum is not known'
        else 'no score: ' || replace(min(status), '_', ' ') end as left_out
from results
where kind in ('points', 'scale_score')
group by period, segment, student
