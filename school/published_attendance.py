"""Published totals of attendance: the `totals` table of the prelude. No student stands in them.

Several tables, and a table's total beside its classes, say the same thing several times. Of each
place and stretch of time one source and one breakdown is taken, the shortest stretch that fits,
and of places that lie in each other only one level; so nothing is counted twice, and nothing is
ever added to what single students' marks say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from school import places

if TYPE_CHECKING:
    from school.prelude import Prelude

_LEVELS = ("school", "district", "region", "state", "national")
_PARTS = ("class", "grade")


def write(prelude: Prelude) -> None:
    """Put `totals` before the measure: of each published figure what was attended, and of how much.

    Half days of all students together where every figure of the view states them; else each
    published percentage counts once.
    """
    places.add_orgs(prelude)
    view = prelude.view
    asked = [c for c in _PARTS if c in prelude.by or view.values(c)]
    kept = "true"
    if len(asked) > 1:
        kept = "false"  # a published class does not say its grade, nor a grade its classes
    elif asked:
        kept = f"f.dimension = {prelude.bind(asked[0])}"
        if view.values(asked[0]):
            kept += f" and f.value in ({prelude.one_of(view.values(asked[0]))})"
    first, last = prelude.bind(view.start), prelude.bind(view.end)
    period = prelude.period_of("f.begin_date")
    within = "true"
    if view.period:
        within = f"{period} is not distinct from {prelude.period_of('f.end_date - 1')}"
    rank = " ".join(f"when '{level}' then {n}" for n, level in enumerate(_LEVELS))
    chosen = view.values("school")
    own_row = f"f.org_id in ({prelude.one_of(chosen)})" if chosen else "false"
    prelude.add("stated", prelude.scoped(f"""
        select f.source, coalesce(o.school, f.org_id) as org_id, f.begin_date, f.end_date,
            f.dimension, f.value, f.possible, f.absent, f.rate, f.load_id, {period} as period,
            case when f.dimension = 'grade' then f.value end as grade,
            coalesce(o.school_code, 0) as school_code, coalesce(o.cluster_code, 0) as cluster_code,
            dense_rank() over (order by f.value) as value_code,
            case f.dimension when 'total' then 0 when 'class' then 1 else 2 end as part,
            case when {own_row} then -1
                else case g.type {rank} else {len(_LEVELS)} end end as rank
        from mart.attendance_counts f left join orgs o on o.org_id = f.org_id
            left join mart.organisations g on g.org_id = f.org_id
        where f.begin_date >= {first} and f.end_date - 1 <= {last} and {within} and {kept}
            and {prelude.in_schools('f.org_id')}"""))
    prelude.add("shortest", """
        select * from stated f where rank = (select min(rank) from stated)
            and not exists (select 1 from stated s where s.org_id = f.org_id
                and s.begin_date < f.end_date and s.end_date > f.begin_date
                and s.end_date - s.begin_date < f.end_date - f.begin_date)""")
    prelude.add("taken", """
        select org_id, begin_date, end_date, part, source from shortest
        group by org_id, begin_date, end_date, part, source
        qualify row_number() over (partition by org_id, begin_date, end_date
            order by part, count(*) desc, max(load_id) desc, source) = 1""")
    prelude.add("totals", f"""
        select period, {_segment(prelude)} as segment, source,
            org_id || '|' || value || '|' || begin_date as unit,
            case when weighed then possible - absent else rate end as attended,
            case when weighed then possible else 1.0 end as of_all
        from (select s.*, bool_and(s.possible is not null and s.absent is not null) over ()
                as weighed
            from shortest s join taken using (org_id, begin_date, end_date, part, source))""")


def _segment(prelude: Prelude) -> str:
    """The code of the breakdown, and what the codes mean."""
    codes = []
    for name in prelude.by:
        if name in _PARTS:
            codes.append("value_code")
            label = ("select distinct value_code as code, value from stated "
                     f"where dimension = '{name}'")
        else:
            codes.append(f"{name}_code")
            label = f"select distinct {name}_code as code, {name} as value from orgs"
        if label not in prelude.labels:
            prelude.labels.append(label)
    return prelude.segment(codes)
