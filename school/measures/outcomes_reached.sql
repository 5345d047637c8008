-- title: Learning outcomes reached
-- question: How much of what was looked at have students learned?
-- meaning: Learning outcomes (abilities and concepts too) that students have reached, out of all in which they were observed; each student and outcome counts once, by the latest day. A level counts as reached where its scale says so. Questions count together over 30 days: reached from 4 questions and 80 percent on, nothing is said under 3. What was not observed is left out, never counted as the lowest.
-- kind: rate
-- unit: share of students and outcomes
-- better: higher
-- minimum: 10
-- source: METHODS 4 (convention)
-- version: 1
-- reads: learned
-- levels: level
-- repeats: yes
select period, segment, student as unit,
    (state = 'reached')::integer as numerator, 1 as denominator, state as level,
    case state when 'not observed' then 'not yet observed'
        when 'too few questions' then 'too few questions to say'
        when 'no line' then 'no scale says whether this level is reached' end as left_out
from learned
where not of_test
