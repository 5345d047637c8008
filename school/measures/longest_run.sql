-- title: Longest run of absence
-- question: How long do students stay away at a stretch?
-- meaning: Mean over all students of the longest run of school days that each missed in full (in England: without leave). Weekends, holidays and days on which a student was not expected do not break a run; a day without a mark does, and the list of students says so.
-- kind: mean
-- unit: school days
-- better: lower
-- minimum: 10
-- source: METHODS 2
-- version: 1
-- reads: runs
select period, segment, student as unit, longest_run as numerator, 1 as denominator,
    case when open_end then 'a day without a mark ends this run' end as note
from runs
