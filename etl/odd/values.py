"""Values that cannot be: more than all, less than none, a day outside its school year."""

from __future__ import annotations

from etl.odd.check import Check, rows_of

_ABSENT = """
select sheet, min("row"), any_value(absent::text || ' of ' || possible::text || ' half days')
from drop_attendance_periods where absent > possible or absent < 0 or possible < 0
group by sheet, "row" order by sheet, "row" """

# A file that states the maximum itself was held to it when it was read (extra credit stands).
_OVER = """
select r.sheet, r."row", any_value(format('{:g} of {:g}', r.score, a.max_score))
from drop_results r join mart.assessments a using (assessment_id)
where r.score > a.max_score and r."row" is not null and r.assessment_id not in (
    select assessment_id from drop_assessments where max_score is not null)
group by r.sheet, r."row" order by r.sheet, r."row" """

_BELOW = """
select sheet, "row", any_value(headcount::text) from drop_enrollment_counts
where headcount < 0 group by sheet, "row" order by sheet, "row" """

# A first day after its school year ended, or more than a year before it began.
_OUTSIDE = """
select sheet, "row", any_value(begin_date::text) from drop_enrollment
where year_begin(academic_year) is not null
    and (begin_date >= year_begin(academic_year) + interval 1 year
        or (end_date is not null and end_date <= year_begin(academic_year) - interval 1 year))
group by sheet, "row" order by sheet, "row" """

_TEST_OUTSIDE = """
select r.sheet, r."row", any_value(r.date::text)
from drop_results r join (
    select assessment_id, any_value(academic_year) as academic_year from drop_assessments
    group by assessment_id) a using (assessment_id)
where year_begin(a.academic_year) is not null
    and (r.date < year_begin(a.academic_year) - interval 92 day
        or r.date >= year_begin(a.academic_year) + interval 457 day)
group by r.sheet, r."row" order by r.sheet, r."row" """

_BIRTH = """
select s.sheet, s."row", any_value(s.birth_date::text)
from drop_students s join (
    select student, min(begin_date) as begin_date from drop_enrollment group by student) e
    using (student)
where s.birth_date > e.begin_date - interval 2 year
    or s.birth_date < e.begin_date - interval 30 year
group by s.sheet, s."row" order by s.sheet, s."row" """

CHECKS = (
    Check("more than all", "More half days are missed than there were. It is used as it stands.",
          ("attendance_periods",), rows_of(_ABSENT), expected="no more than were possible"),
    Check("over the maximum",
          "This score is higher than the highest that an earlier upload says is possible.",
          ("results",), rows_of(_OVER), expected="a score up to the maximum"),
    Check("fewer than none", "A number of students is below zero.", ("enrollment_counts",),
          rows_of(_BELOW), expected="0 or more"),
    Check("outside the year", "This day lies outside the school year that the list is for.",
          ("enrollment",), rows_of(_OUTSIDE), expected="a day of the school year"),
    Check("test outside the year", "This day lies outside the school year of the test.",
          ("results",), rows_of(_TEST_OUTSIDE), expected="a day of the school year"),
    Check("birth date", "By this birth date the student would be under 2 or over 30 years old.",
          ("students", "enrollment"), rows_of(_BIRTH), expected="the day of birth"),
)
