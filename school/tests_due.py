"""Results beside what they are compared with: the tables `scores` and `entered` of the prelude.

`scores` sets each score beside those of everybody who took the same test in the same grade;
`entered` adds the students who were enrolled where a test was given and have no result of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from school import tests_taken

if TYPE_CHECKING:
    from school.prelude import Prelude

Parts = tuple[str, str, str, str]  # source, columns, day, joins
_SAME = ("name", "subject", "item", '"window"', "academic_year", "scale", "min_score", "max_score")


def scores(prelude: Prelude) -> Parts:
    """`results` with the mean, spread and number of all scores in the same test and grade.

    The reference is everybody whom the person may see, whatever the view is narrowed to.
    """
    same = ", ".join(f"a.{c}" for c in _SAME)
    seen = prelude.scoped(f"""
        select coalesce(s.same_as, r.org_id) as org_id, r.grade, r.score, {same}
        from mart.results r join mart.assessments a on a.assessment_id = r.assessment_id
            left join mart.organisations s on s.org_id = r.org_id
        where r.score is not null""")
    keys = ", ".join(_SAME)
    prelude.add("reference", f"""
        select {keys}, grade, avg(score) as mean, stddev_samp(score) as spread, count(*) as others
        from ({seen}) group by {keys}, grade""")
    sql, columns, day, joins = tests_taken.rows(prelude)
    alike = " and ".join(f"ref.{c} is not distinct from own.{c}" for c in _SAME)
    joins += (f" join mart.assessments own on own.assessment_id = f.assessment_id"
              f" left join reference ref on {alike} and ref.grade is not distinct from f.grade")
    return (sql, f"{columns}, ref.mean as reference_mean, ref.spread as reference_spread, "
            "ref.others as reference_scores", day, joins)


def entered(prelude: Prelude) -> Parts:
    """`results`, and a row without a score for every student of a class that sat the test who has
    none of it. A class sat a test when at least half of those enrolled on its last day have a row.
    """
    spell = ("s.basis <> 'place' and s.begin_date <= {0} "
             "and (s.end_date is null or s.end_date > {0})")
    prelude.add("sat", f"""
        select distinct r.assessment_id, s.org_id, s.grade, s.class, r.student, r.date
        from mart.results r left join mart.organisations o on o.org_id = r.org_id
            join mart.spells s on s.student = r.student
                and s.org_id = coalesce(o.same_as, r.org_id) and {spell.format("r.date")}
        where {prelude.in_dates("r.date")} and {prelude.in_schools("r.org_id")}""")
    prelude.add("sat_classes", """
        select assessment_id, org_id, grade, class, max(date) as date,
            count(distinct student) as sat
        from sat group by assessment_id, org_id, grade, class""")
    prelude.add("enrolled_there", f"""
        select c.assessment_id, c.date, c.org_id, c.grade, c.sat, s.student,
            count(*) over (partition by c.assessment_id, c.org_id, c.grade, c.class) as enrolled
        from sat_classes c join mart.spells s on s.org_id = c.org_id
            and s.grade is not distinct from c.grade and s.class is not distinct from c.class
            and {spell.format("c.date")}""")
    missing = """
        union all select e.student, e.assessment_id, e.date, 1, e.org_id, e.grade, null,
            'no result', null
        from enrolled_there e where 2 * e.sat >= e.enrolled and not exists (
            select 1 from mart.results r where r.student = e.student
                and r.assessment_id = e.assessment_id)"""
    return tests_taken.rows(prelude, missing)
