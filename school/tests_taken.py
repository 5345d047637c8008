"""Results of tests, joined to what was tested: the `results` table of the prelude.

A percent is of the maximum; scale scores stay as they are, and `scale` names what may be averaged
together. Where a test has a whole and parts, the parts wait until the view asks for items.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from school.prelude import Prelude

FIELDS = "student, assessment_id, date, attempt, org_id, grade, score, status, level"
PASS_PERCENT = 40  # where no preset is chosen
_WINDOW = """coalesce(nullif(a."window", ''), strftime(r.date, '%Y-%m-%d'))"""
_SOURCES = {
    "subject": "coalesce(nullif(a.subject, ''), 'unknown')",
    "assessment": "a.name",
    "item": "coalesce(nullif(a.item, ''), 'whole')",
    "window": _WINDOW,
}
_BANDS = ("0 to 19", "20 to 39", "40 to 59", "60 to 79", "80 to 100")


def _taken(prelude: Prelude) -> None:
    """`taken`: assessments of the view; one row a day too where windows are asked."""
    by_day = _asks(prelude, "window")
    kept = ["true"]
    columns = ""
    for column, source in _SOURCES.items():
        if column == "window" and not by_day:
            continue
        columns += f", {source} as col_{column}"
        if column in prelude.by:
            columns += f", dense_rank() over (order by {source}) as code_{column}"
        wanted = prelude.view.values(column)
        if wanted:
            kept.append(f"{source} in ({prelude.one_of(wanted)})")
    if not _asks(prelude, "item"):
        kept.append("""(coalesce(a.item, '') = '' or not exists (
            select 1 from mart.assessments w where coalesce(w.item, '') = '' and w.name = a.name
                and w.subject is not distinct from a.subject
                and w."window" is not distinct from a."window"
                and w.academic_year = a.academic_year and w.scale = a.scale))""")
    days = (" join (select distinct assessment_id, date from mart.results) r "
            "on r.assessment_id = a.assessment_id") if by_day else ""
    prelude.add("taken", f"""
        select a.assessment_id, {'r.date' if by_day else 'null::date'} as day, a.scale as kind,
            coalesce(a.min_score, 0) as min_score, a.max_score, a.pass_score,
            case when a.scale = 'points' then 'points'
                else concat_ws(' / ', a.scale, a.name, a.subject, a.item) end as scale{columns}
        from mart.assessments a{days} where {' and '.join(kept)}""")


def _asks(prelude: Prelude, column: str) -> bool:
    return column in prelude.by or bool(prelude.view.values(column))


def code(prelude: Prelude, column: str) -> tuple[str, str]:
    """SQL for a column's code in a row, and the relation that says what the code means."""
    if column == "band":
        listed = ", ".join(f"({n}, '{b}')" for n, b in enumerate(_BANDS, start=1))
        values = f"{listed}, (0, 'no percent')"
        return _band(), f"select * from (values {values}) bands(code, value)"
    _taken(prelude)
    return (f"t.code_{column}",
            f"select distinct code_{column} as code, col_{column} as value from taken")


def _percent() -> str:
    return ("case when t.kind = 'points' and t.max_score > t.min_score "
            "then 100 * (f.score - t.min_score) / (t.max_score - t.min_score) end")


def _band() -> str:
    return f"coalesce(least(greatest(floor(({_percent()}) / 20)::integer, 0), 4) + 1, 0)"


def rows(prelude: Prelude, more: str = "") -> tuple[str, str, str, str]:
    """Source, columns, day and joins of `results`; `more` are further rows of the same columns."""
    _taken(prelude)
    day = " and t.day = f.date" if _asks(prelude, "window") else ""
    joins = (f" join taken t on t.assessment_id = f.assessment_id{day}"
             " left join mart.levels v on v.scale = t.kind and v.level = f.level")
    kept = [prelude.in_dates("date"), prelude.in_schools("org_id")]
    mark = prelude.preset.pass_percent.value if prelude.preset else PASS_PERCENT
    percent = prelude.bind(mark)
    passed = (f"case when f.score is null then null when t.pass_score is not null "
              f"then (f.score >= t.pass_score)::integer "
              f"when t.kind = 'points' and t.max_score > t.min_score "
              f"then (100 * (f.score - t.min_score) "
              f">= {percent} * (t.max_score - t.min_score))::integer end")
    columns = (f"f.score, f.status, f.attempt, f.level, v.level_order, v.reached, t.scale, t.kind, "
               f"f.assessment_id, t.col_subject as subject, t.col_item as item, "
               f"t.col_assessment as assessment, {_percent()} as percent, "
               f"case when t.kind = 'points' then {_percent()} else f.score end as points, "
               f"{passed} as passed")
    sql = f"(select {FIELDS} from mart.results where {' and '.join(kept)}{more})"
    bands = [_BANDS.index(b) + 1 for b in prelude.view.values("band") if b in _BANDS]
    if prelude.view.values("band"):
        joins += f" join (select 1) band on {_band()} in ({prelude.one_of(bands or [-1])})"
    return sql, columns, "f.date", joins
