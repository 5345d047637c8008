-- title: Repeating
-- question: How many students repeat their grade?
-- meaning: Students on the roll on the first day of the view who are in the same grade of the same school in a later school year. Who moved to another school or died is left out, and so is everybody where the view lies in one school year.
-- kind: rate
-- unit: share of students
-- better: lower
-- minimum: 10
-- source: METHODS 3; UDISE+ since 2022-23 by student
-- version: 1
-- reads: rolls
-- need: Repeating | Repeating the grade | repeat their grade
-- line: 5
-- ask: What was it that they had not learned? | Were they in school? | What will be different this time?
select period, segment, student as unit, (outcome = 'repeated')::integer as numerator, 1 as denominator,
    case when outcome in ('transfer', 'died') then 'moved school or died'
        when outcome = 'stayed' then 'the same school year'
        when outcome = 'completed' then 'completed school' end as left_out
from rolls
where was
