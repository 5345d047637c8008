-- title: Promoted
-- question: How many students moved up?
-- meaning: Students on the roll on the first day of the view who are in another grade of the same school in a later school year. Who moved to another school or died is left out, and so is everybody where the view lies in one school year.
-- kind: rate
-- unit: share of students
-- better: higher
-- minimum: 10
-- source: METHODS 3; UDISE+ since 2022-23 by student
-- version: 1
-- reads: rolls
select period, segment, student as unit, (outcome = 'promoted')::integer as numerator, 1 as denominator,
    case when outcome in ('transfer', 'died') then 'moved school or died'
        when outcome = 'stayed' then 'the same school year'
        when outcome = 'completed' then 'completed school' end as left_out
from rolls
where was
