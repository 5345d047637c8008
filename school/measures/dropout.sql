-- title: Dropped out
-- question: How many students left school altogether?
-- meaning: Students on the roll on the first day of the view who dropped out by its last, out of all who did not move to another school or die. Where a student went is unknown for some: they count as not dropped out here, and the page of enrolment shows both bounds.
-- kind: rate
-- unit: share of students
-- better: lower
-- minimum: 10
-- source: METHODS 3; UDISE+ since 2022-23 by student
-- version: 1
-- reads: rolls
-- need: Dropout | Dropped out of school | dropped out of school
-- line: 2
-- ask: Who spoke with the family last? | Was it work, marriage, distance or a fall behind? | What would bring one of them back?
select period, segment, student as unit, (outcome = 'dropped_out')::integer as numerator, 1 as denominator,
    case when outcome in ('transfer', 'died') then 'moved school or died' end as left_out
from rolls
where was
