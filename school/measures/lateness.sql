-- title: Lateness
-- question: How often do students come late?
-- meaning: Sessions marked late (before or after the register closed, or with minutes late), out of all sessions possible. A school whose register has no mark for late and no minutes is left out, because nobody late is not known there.
-- kind: rate
-- unit: share of sessions
-- better: lower
-- minimum: 10
-- source: METHODS 2; DfE late sessions (codes L and U)
-- version: 2
-- reads: marks
-- params: late_codes
with told as (
    select school_id, len($late_codes) > 0 or max(minutes_late) is not null or bool_or(late)
        as says
    from marks group by school_id
)
select m.period, m.segment, m.student as unit,
    count(*) filter (m.possible_halves > 0 and m.late) as numerator,
    count(*) filter (m.possible_halves > 0) as denominator,
    count(*) filter (m.possible_halves > 0) as times,
    case when not bool_or(t.says) then 'the register does not say who came late' end as left_out
from marks m join told t on t.school_id = m.school_id
group by m.period, m.segment, m.student
having count(*) filter (m.possible_halves > 0) > 0
