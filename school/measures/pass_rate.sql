-- title: Below or above pass
-- question: How many results reach the pass mark?
-- meaning: Results at or above the pass mark of the test (else the preset's percent of the maximum), out of the results of students who sat it. Students who missed the test are not counted as failed.
-- kind: rate
-- unit: share of results
-- better: higher
-- minimum: 10
-- source: METHODS 4
-- version: 1
-- reads: results
-- beside: mean_score
-- whole: Passed, of those who sat it
-- need: {value} | Below pass in {value} | are below pass in {value}
-- per: subject
-- of: latest test
-- line: pass_allowed
-- ask: Was all of it taught before the test? | Which questions did most get wrong? | Were these students in school when it was taught?
select period, segment, student as unit,
    sum(passed) as numerator, count(passed) as denominator,
    case when count(passed) > 0 then null
        when count(*) filter (status = 'scored') > 0 then 'no pass mark is known'
        else 'no score: ' || replace(min(status), '_', ' ') end as left_out
from results
where kind in ('points', 'scale_score')
group by period, segment, student
