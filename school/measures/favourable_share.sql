-- title: Agree
-- question: What do people say about the school?
-- meaning: Answers that agree (for a question asked the other way round: that disagree), out of all answers on the scale. Don't know and blank leave the base.
-- kind: rate
-- unit: share of answers
-- better: higher
-- minimum: 5
-- source: METHODS 10
-- version: 1
-- reads: responses
select period, segment, response_id as unit,
    sum(favourable) as numerator, count(favourable) as denominator,
    case when count(favourable) = 0 then 'don''t know or no answer' end as left_out
from responses
where kind = 'agreement'
group by period, segment, response_id
