"""Places on the roll that contradict each other."""

from __future__ import annotations

from etl.odd.check import Check, rows_of

# An open spell lasts as long as its school year.
_AT_ONCE = """
with every as (
    select sheet, "row", student, org_id, begin_date, end_date, academic_year from drop_enrollment
    union all
    select null, null, student, org_id, begin_date, end_date, academic_year from mart.enrollment
), lasting as (
    select e.* exclude (org_id, end_date), coalesce(s.school, e.org_id) as school,
        coalesce(end_date, year_begin(academic_year) + interval 1 year, date '9999-12-31')
            as end_date
    from every e left join drop_same s using (org_id)
)
select a.sheet, a."row", null
from lasting a join lasting b on a.student = b.student and a.school <> b.school
    and a.begin_date < b.end_date and b.begin_date < a.end_date
where a.sheet is not null and (b.sheet is null or (b.sheet, b."row") < (a.sheet, a."row"))
group by a.sheet, a."row" order by a.sheet, a."row" """

CHECKS = (
    Check("two schools at once",
          "This student is on the roll of two schools on the same days. Give the day on which the "
          "first one was left.", ("enrollment",), rows_of(_AT_ONCE),
          expected="one school at a time"),
)
