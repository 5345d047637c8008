-- title: Has a plan of support
-- question: Which students have a plan of support?
-- meaning: Students with a plan that holds on the census day (the last day of the view or, split by time, the last school day of each period), whatever it is for, out of all students enrolled then.
-- kind: rate
-- unit: share of students
-- better: neither
-- minimum: 10
-- source: METHODS 6; eligible against served
-- version: 1
-- reads: enrollment
-- also: support
select e.period, e.segment, e.student as unit, (count(s.student) > 0)::integer as numerator, 1 as denominator
from enrollment e left join support s
    on s.student = e.student and s.begin_date <= e.census and (s.end_date is null or s.end_date > e.census)
group by e.period, e.segment, e.student
