-- title: Net agreement
-- question: Do more people agree than disagree?
-- meaning: Percent of answers that agree less percent that disagree, from -100 to 100; answers in the middle of the scale count as neither. For a question asked the other way round, disagreeing is agreeing. Don't know and blank leave the base. The shares themselves say more.
-- kind: mean
-- unit: net points
-- better: higher
-- minimum: 5
-- source: METHODS 10
-- version: 1
-- reads: responses
-- beside: favourable_share
select period, segment, response_id as unit,
    100 * (sum(good) - sum(bad)) as numerator, count(good) as denominator,
    case when count(good) = 0 then 'don''t know or no answer' end as left_out
from responses
where kind = 'agreement'
group by period, segment, response_id
