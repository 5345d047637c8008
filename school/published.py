"""Published counts of students: the `counts` table of the prelude.

Counts of several files, levels or breakdowns say the same thing several times. Of each academic
year exactly one source, one level and one breakdown is taken, and nothing is added up across them.
A place that is chosen by name answers with its own published row, where it has one.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from school import places

if TYPE_CHECKING:
    from school.prelude import Prelude

_LEVELS = ("school", "district", "region", "state", "national")
_ENOUGH_DAYS = 180  # of a view for its last academic year to be the one that is meant


def write(prelude: Prelude) -> None:
    """Put `counts` before the measure."""
    places.add_orgs(prelude)
    column = next((c for c in prelude.by if c not in ("school", "cluster")), None)
    dimension = column.removeprefix("group.") if column else "total"
    value = "" if column else " and f.value = 'total'"
    rank = " ".join(f"when '{level}' then {n}" for n, level in enumerate(_LEVELS))
    narrowed = [c for c, _ in prelude.view.where if places.is_place(c)]
    possible = "false" if narrowed else "true"
    chosen = prelude.view.values("school")
    own_row = f"f.org_id in ({prelude.one_of(chosen)})" if chosen else "false"
    prelude.add("published", prelude.scoped(f"""
        select f.source, f.academic_year, f.headcount, f.value, f.load_id, f.census_date,
            coalesce(o.school, f.org_id) as org_id, null::text as grade,
            o.school, o.cluster, o.school_code, o.cluster_code,
            dense_rank() over (order by f.value) as value_code,
            {own_row} as own_row, case f.level {rank} else {len(_LEVELS)} end as rank
        from mart.enrollment_counts f left join orgs o on o.org_id = f.org_id
        where {possible} and f.dimension = {prelude.bind(dimension)}{value}
            and {prelude.in_schools('f.org_id')}"""))
    prelude.add("chosen", """
        select academic_year, source, rank, own_row from published
        group by academic_year, source, rank, own_row
        qualify row_number() over (partition by academic_year
            order by own_row desc, rank, count(*) desc, max(load_id) desc, source) = 1""")
    codes = []
    for name in prelude.by:
        if name in ("school", "cluster"):
            codes.append(f"coalesce(p.{name}_code, 0)")
            label = f"select distinct {name}_code as code, {name} as value from orgs"
        else:
            codes.append("p.value_code")
            label = "select distinct value_code as code, value from published"
        if label not in prelude.labels:
            prelude.labels.append(label)
    years, firsts = _years(prelude)
    prelude.add("wanted", f"select unnest({prelude.bind(years)}::text[]) as academic_year, "
                f"unnest({prelude.bind(firsts)}::date[]) as period")
    prelude.add("counts", f"""
        select p.org_id, w.period, {prelude.segment(codes)} as segment, p.headcount, p.source
        from published p join chosen c using (academic_year, source, rank, own_row)
            join wanted w using (academic_year)""")


def _years(prelude: Prelude) -> tuple[list[str], list[date | None]]:
    """Academic years to answer for, each with the period it stands in."""
    view = prelude.view
    month, day = prelude.ground.starts(prelude.preset)
    found: list[tuple[int, str, date]] = []
    for year in range(view.start.year - 1, view.end.year + 1):
        first, following = date(year, month, day), date(year + 1, month, day)
        overlap = (min(following, view.end) - max(first, view.start)).days
        if overlap >= 0 and first <= view.end:
            found.append((overlap, f"{year}-{(year + 1) % 100:02d}", first))
    if view.period == "year":
        return [f[1] for f in found], [f[2] for f in found]
    if view.period is not None or not found:
        return [], []
    full = [f for f in found if f[0] >= _ENOUGH_DAYS]
    chosen = full[-1] if full else max(found)
    return [chosen[1]], [None]
