-- title: Stayed
-- question: What became of those who were here?
-- meaning: Students on the roll on the first day of the view who are still on it on the last day, promoted, repeating or in the same school year. Split by level it says what became of each: promoted, repeated, stayed, transfer, completed, dropped_out, died, unknown.
-- kind: rate
-- unit: share of students
-- better: higher
-- minimum: 10
-- source: METHODS 3; stability rate of the Massachusetts DESE mobility report
-- version: 1
-- reads: rolls
-- levels: level
-- repeats: yes
select period, segment, student as unit, is_here::integer as numerator, 1 as denominator, outcome as level
from rolls
where was
