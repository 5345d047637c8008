-- title: Gain
-- question: How much did each student grow from the first to the last test?
-- meaning: Each student's last score less the first one by date, on the same scale and subject. Students with scores on one date only are left out.
-- kind: mean
-- unit: points
-- better: higher
-- minimum: 5
-- source: METHODS 4
-- version: 1
-- reads: results
-- without: window, assessment, band
with sat as (
    select period, segment, student, subject, item, scale, date, avg(points) as points
    from results
    where status = 'scored' and points is not null
    group by period, segment, student, subject, item, scale, date
), grown as (
    select period, segment, student, scale,
        arg_max(points, date) - arg_min(points, date) as gain, count(*) as dates
    from sat
    group by period, segment, student, subject, item, scale
)
select period, segment, student as unit, min(scale) as scale, max(scale) as other_scale,
    sum(gain) filter (dates > 1) as numerator, count(*) filter (dates > 1) as denominator,
    case when max(dates) = 1 then 'scores on one date only' end as left_out
from grown
group by period, segment, student
