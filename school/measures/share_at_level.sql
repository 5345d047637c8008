-- title: At the expected level
-- question: How many students have reached the level expected of them?
-- meaning: Students whose latest stated level counts as reached on its scale, out of all students with a level; by subject where a student has levels in several.
-- kind: rate
-- unit: share of students
-- better: higher
-- minimum: 10
-- source: METHODS 4; ASER
-- version: 1
-- reads: results
-- need: {value} level | Not yet at the expected level in {value} | are not yet at the expected level in {value}
-- per: subject
-- line: level_allowed
-- ask: Which step comes next for most of them? | Do groups by level meet every day? | Do they have books they can read at that level?
-- levels: level
-- repeats: yes
with latest as (
    select period, segment, student, subject, item,
        arg_max(level, (date - date '1900-01-01') * 1000 + attempt) as level,
        arg_max(reached, (date - date '1900-01-01') * 1000 + attempt) as reached
    from results
    where level is not null
    group by period, segment, student, subject, item
)
select period, segment, student as unit,
    reached::integer as numerator, 1 as denominator, level,
    case when reached is null then 'no scale says whether this level is reached' end as left_out
from latest
