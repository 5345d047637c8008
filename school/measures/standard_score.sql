-- title: Standard score
-- question: Where do these students stand among all who took the same test?
-- meaning: Mean T score: 50 is the mean of everybody who took the same test in the same grade, in all schools that you may see, and 10 is one standard deviation (z = 1). It is a place among others, not a level of learning. Tests taken by fewer than 10 are left out.
-- kind: mean
-- unit: T score
-- better: higher
-- minimum: 5
-- source: METHODS 4
-- version: 1
-- reads: scores
-- without: band
with placed as (
    select period, segment, student, status,
        case when reference_scores >= 10 and reference_spread > 0
            then 50 + 10 * (score - reference_mean) / reference_spread end as t
    from scores
    where kind in ('points', 'scale_score')
)
select period, segment, student as unit, sum(t) as numerator, count(t) as denominator,
    case when count(t) > 0 then null
        when count(*) filter (status = 'scored') > 0 then 'fewer than 10 took the same test'
        else 'no score: ' || replace(min(status), '_', ' ') end as left_out
from placed
group by period, segment, student
