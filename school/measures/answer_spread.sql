-- title: Answers by choice
-- question: How are the answers spread?
-- meaning: Answers of each choice on the scale, out of all answers on it; not split by choice, the share that agrees. Don't know and blank leave the base.
-- kind: rate
-- unit: share of answers
-- better: higher
-- minimum: 5
-- source: METHODS 10
-- version: 1
-- reads: responses
-- levels: level
-- opens: level
-- level_word: answer
-- whole: Answers that agree
-- repeats: yes
select period, segment, response_id as unit, favourable as numerator, 1 as denominator,
    value as level
from responses
where kind = 'agreement' and favourable is not null
