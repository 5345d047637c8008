-- title: Gain
-- question: How much did each student grow from the first to the last test?
-- meaning: Each student's last score less the first one by date, on the same scale and subject. Of several attempts on one day the first day counts its first and the last day its last. Students with scores on one date only are left out.
-- kind: mean
-- unit: points
-- better: higher
-- minimum: 5
-- source: METHODS 4
-- version: 1
-- reads: results
-- without: window, assessment, band
with grown as (
    select period, segment, student, scale, count(distinct date) as dates,
        arg_min(points, (date - date '1900-01-01') * 1000 + attempt) as first,
        arg_max(points, (date - date '1900-01-01') * 1000 + attempt)
            - arg_min(points, (date - date '1900-01-01') * 1000 + attempt) as gain
    from results
    where status = 'scored' and points is not null
    group by period, segment, student, subject, item, scale
)
select period, segment, student as unit, min(scale) as scale, max(scale) as other_scale,
    sum(gain) filter (dates > 1) as numerator, count(*) filter (dates > 1) as denominator,
    avg(first) filter (dates > 1) as first,
    case when max(dates) = 1 then 'scores on one date only' end as left_out
from grown
group by period, segment, student
