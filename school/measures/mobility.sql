-- title: Came or left in between
-- question: How many students came or left in the course of the view?
-- meaning: Students who came after the first day of the view or were gone on its last, out of all who were on the roll at any time in it (churn). Choose one school year: what happens in the summer is no mobility of a year.
-- kind: rate
-- unit: share of students
-- better: lower
-- minimum: 10
-- source: METHODS 3; Massachusetts DESE mobility rate report
-- version: 1
-- reads: rolls
select period, segment, student as unit, max((came or went)::integer) as numerator, 1 as denominator
from rolls
group by period, segment, student
