-- title: A number of our own
-- question: What does the number that we count ourselves say?
-- meaning: Mean of the latest value of each student in the dates of the view.
-- kind: mean
-- unit: as counted
-- better: higher
-- minimum: 5
-- source: defined by the school
-- version: 1
-- reads: numbers
-- template: yes
-- params: own_name
select period, segment, student as unit, arg_max(value, date) as numerator, 1 as denominator
from numbers
where name = $own_name
group by period, segment, student
