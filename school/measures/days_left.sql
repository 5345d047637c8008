-- title: Can still stay under the line
-- question: How many students can still end the year below the line for chronic absence?
-- meaning: Students enrolled now whose absence so far is below the preset's share (10%) of all their own school days of this academic year, whatever the dates of the view begin with. For each the list says how many more days there are. Only where a calendar names all school days of the year.
-- kind: rate
-- unit: share of students
-- better: higher
-- minimum: 10
-- source: METHODS 2
-- version: 1
-- reads: year_left
-- params: chronic
with allowed as (
    select *, -(-$chronic * year_halves // 100) - 1 as most  -- half days that still pass
    from year_left
), each as (
    select period, segment, student, sum(absent_halves) as absent, sum(most) as most,
        bool_and(year_known) as year_known
    from allowed group by period, segment, student
)
select period, segment, student as unit, (absent <= most)::integer as numerator, 1 as denominator,
    absent as amount, most as base,
    case when not year_known then 'no calendar names all school days of the year' end as left_out,
    case when absent > most then 'over the line already'
        when (most - absent) // 2 = 1 then '1 more day'
        else ((most - absent) // 2)::integer || ' more days' end as note
from each
