-- title: A number of our own, beyond its line
-- question: How many students are beyond the line that we drew ourselves?
-- meaning: Students whose latest value in the dates of the view is at or beyond the line on the bad side, out of all students with a value.
-- kind: rate
-- unit: share of students
-- better: lower
-- minimum: 10
-- source: defined by the school
-- version: 1
-- reads: numbers
-- template: yes
-- params: own_name, own_line, own_low_is_bad
with latest as (
    select period, segment, student, arg_max(value, date) as value
    from numbers
    where name = $own_name
    group by period, segment, student
)
select period, segment, student as unit,
    (case when $own_low_is_bad then value <= $own_line else value >= $own_line end)::integer
        as numerator, 1 as denominator, value as amount, $own_line as base
from latest
