"""Answers to surveys: the `responses` table of the prelude. No answer leads to a student."""

from __future__ import annotations

from typing import TYPE_CHECKING

from school import places

if TYPE_CHECKING:
    from school.prelude import Prelude

_SOURCES = {
    "item": "i.text",
    "wave": "w.wave",
    "grade": "coalesce(nullif(f.grade, ''), 'unknown')",
}
# On the lower half of the scale; its middle is neither for nor against.
_AGAINST = """case when f.favourable is null then null
    when f.favourable = 1 then 0 else (2 * f.value_order < z.top + 1)::integer end"""


def _add_scales(prelude: Prelude) -> None:
    """`answer_scales`: how many points the scale of each question has. The highest answer tells,
    and where nobody gave it, the lowest one that agrees: the fourth of five points."""
    prelude.add("answer_scales", """
        select item_id, greatest(max(value_order), case when cut <= 4 then 2 * cut - 3 end) as top
        from (select item_id, value_order,
                min(value_order) filter (favourable = 1) over (partition by item_id) as cut
            from mart.survey_responses where value_order is not null)
        group by item_id, cut""")


def write(prelude: Prelude) -> None:
    """Put `responses` before the measure."""
    day = "coalesce(f.date, w.date)"
    kept = [f"({day} is null or {prelude.in_dates(day)})", prelude.in_schools("f.org_id")]
    for column, source in _SOURCES.items():
        wanted = prelude.view.values(column)
        if wanted:
            kept.append(f"{source} in ({prelude.one_of(wanted)})")
    codes, columns = [], ""
    places.add_orgs(prelude)
    _add_scales(prelude)
    for column in prelude.by:
        if column in ("school", "cluster"):
            codes.append(f"coalesce({column}_code, 0)")
            prelude.labels.append(
                f"select distinct {column}_code as code, {column} as value from orgs")
            continue
        columns += (f", {_SOURCES[column]} as col_{column}, "
                    f"dense_rank() over (order by {_SOURCES[column]}) as code_{column}")
        codes.append(f"code_{column}")
        prelude.labels.append(
            f"select distinct code_{column} as code, col_{column} as value from answered")
    prelude.add("answered", prelude.scoped(f"""
        select f.response_id, f.item_id, {day} as date, coalesce(o.school, f.org_id) as org_id,
            f.grade, f.role, f.value, f.value_order, f.number, i.kind, w.unit as answered_by,
            case when i.reversed then 1 - f.favourable else f.favourable end as favourable,
            case when i.reversed then {_AGAINST} else f.favourable end as good,
            case when i.reversed then f.favourable else {_AGAINST} end as bad,
            coalesce(i.reversed, false) as reversed, z.top, o.school_code, o.cluster_code{columns}
        from mart.survey_responses f join mart.survey_items i on i.item_id = f.item_id
            join mart.survey_waves w on w.wave_id = f.wave_id
            left join orgs o on o.org_id = f.org_id
            left join answer_scales z on z.item_id = f.item_id
        where {' and '.join(kept)}"""))
    prelude.add("responses", f"select *, {prelude.period_of('date')} as period, "
                f"{prelude.segment(codes)} as segment from answered")
