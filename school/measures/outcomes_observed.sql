-- title: Learning outcomes observed
-- question: How much of what is on the grids have teachers looked at?
-- meaning: Students and learning outcomes with a level or counted questions, out of all that stand on a grid or list; a blank cell is not yet observed.
-- kind: rate
-- unit: share of students and outcomes
-- better: higher
-- minimum: 10
-- source: METHODS 4 (convention)
-- version: 1
-- reads: learned
-- repeats: yes
select period, segment, student as unit,
    (state <> 'not observed')::integer as numerator, 1 as denominator
from learned
where not of_test
