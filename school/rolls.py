"""Who stood on the roll on the first day of a view and on its last: the `rolls` of the prelude.

Stated times at a school alone count: where a list of marks ends nobody left. One row a student and
school, with what became of her there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from school.prelude import Prelude

COLUMNS = ("f.was, f.is_here, f.came, f.went, f.grade_then, f.grade_now, f.other_year, f.outcome")


def rows(prelude: Prelude) -> str:
    """SQL of the source: student, org_id, date and the columns of `COLUMNS`."""
    first, last = prelude.bind(prelude.view.start), prelude.bind(prelude.view.end)
    here = prelude.in_schools("org_id")
    prelude.add("stays", f"""
        select * from mart.spells where basis = 'stated' and {here}
            and begin_date <= {last} and (end_date is null or end_date > {first})""")
    prelude.add("then_on_roll", f"""
        select student, org_id, arg_max(grade, begin_date) as grade,
            max(academic_year) as year from stays
        where begin_date <= {first} group by student, org_id""")
    prelude.add("now_on_roll", f"""
        select student, org_id, arg_max(grade, begin_date) as grade,
            max(academic_year) as year from stays
        where end_date is null or end_date > {last} group by student, org_id""")
    prelude.add("exits", f"""
        select student, org_id, arg_max(exit_type, begin_date) as exit_type
        from mart.enrollment where {here} and begin_date <= {last} group by student, org_id""")
    return f"""(
        select s.student, s.org_id, greatest(min(s.begin_date), {first}) as date,
            any_value(t.student) is not null as was, any_value(n.student) is not null as is_here,
            min(s.begin_date) > {first} as came,
            any_value(n.student) is null as went,
            any_value(t.grade) as grade_then, any_value(n.grade) as grade_now,
            any_value(t.year) is distinct from any_value(n.year) as other_year,
            case when any_value(n.student) is not null then
                    case when any_value(t.student) is null then 'joined'
                        when any_value(t.year) is not distinct from any_value(n.year) then 'stayed'
                        when any_value(t.grade) is not distinct from any_value(n.grade)
                            then 'repeated'
                        else 'promoted' end
                when any_value(x.exit_type) in ('transfer', 'completed', 'dropped_out', 'died')
                    then any_value(x.exit_type)
                when s.student in (select student from now_on_roll) then 'transfer'
                else 'unknown' end as outcome
        from stays s left join then_on_roll t using (student, org_id)
            left join now_on_roll n using (student, org_id)
            left join exits x using (student, org_id)
        group by s.student, s.org_id)"""
