"""Where a student belonged: school, cluster, grade, class and groups on the last day (grade and
class on the first where it is asked what became of those who were there).

These relations are part of the prelude. One student has one place a period (and one a school or
cluster, where the view is split by it), so that the parts of a whole add up to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from school.prelude import Prelude

UNKNOWN = "unknown"


def is_place(column: str) -> bool:
    """Whether `column` is read off a student's place, not off a row."""
    return column in ("grade", "class") or column.startswith("group.")


def part_column(prelude: Prelude) -> str | None:
    """The column of `by` that cuts one student's rows apart: school or cluster."""
    return next((c for c in ("school", "cluster") if c in prelude.by), None)


def add_orgs(prelude: Prelude) -> None:
    """`orgs`: every spelling of a school, the school, its cluster (else whatever it belongs to)."""
    prelude.add("orgs", "select * from mart.places")


def add_place(prelude: Prelude) -> None:
    """`place`: one row a student and period, with a column and a code for each that is asked."""
    if "place" in prelude.ctes:
        return
    add_periods(prelude)
    part = part_column(prelude)
    orgs = ""
    if part:
        add_orgs(prelude)
        orgs = "left join orgs o on o.org_id = s.org_id"
    prelude.add("place_days", f"""
        select s.student, p.period, {f"o.{part}" if part else "null::text"} as part, s.grade,
            s.class, least(coalesce(s.end_date - 1, p.last), p.last) as day, s.begin_date
        from mart.spells s {orgs} join periods p
            on s.begin_date <= p.last and (s.end_date is null or s.end_date > p.first)
        where {prelude.in_schools("s.org_id")}""")
    pick = "arg_max"
    when = "(day - date '1900-01-01') * 100000 + (begin_date - date '1900-01-01')"
    if prelude.from_start:  # what became of a grade is asked of those who were in it
        pick, when = "arg_min", "begin_date"
    prelude.add("place_last", f"""
        select student, period, part, max(day) as day,
            {pick}(grade, {when}) as grade, {pick}("class", {when}) as "class"
        from place_days group by student, period, part""")
    prelude.add("place", _place(prelude))


def _place(prelude: Prelude) -> str:
    joins, columns, kept = "", "", ["true"]
    listed = prelude.place_columns()
    kinds = [c for c in listed if c.startswith("group.")]
    if kinds:
        _add_groups(prelude, kinds)
        joins = " left join place_groups g on g.student = l.student"
        joins += " and g.period = l.period" if prelude.view.period else ""
        joins += " and g.part = l.part" if part_column(prelude) else ""
    for n, column in enumerate(listed):
        source = f"g.kind{kinds.index(column)}" if column in kinds else f'l."{column}"'
        value = f"coalesce(nullif({source}, ''), '{UNKNOWN}')"
        columns += f", {value} as col{n}"
        if column in prelude.by:
            columns += f", dense_rank() over (order by {value}) as code{n}"
        wanted = prelude.view.values(column)
        if wanted:
            kept.append(f"{value} in ({prelude.one_of(wanted)})")
    return (f"select l.student, l.period, l.part{columns} from place_last l{joins} "
            f"where {' and '.join(kept)}")


def _add_groups(prelude: Prelude, kinds: list[str]) -> None:
    """`place_groups`: what each student belonged to on the day of the place, all kinds at once."""
    names = [prelude.bind(k.removeprefix("group.")) for k in kinds]
    columns = "".join(f", arg_max_null(m.value, m.valid_from) filter (m.kind = {name}) as kind{n}"
                      for n, name in enumerate(names))
    prelude.add("place_groups", f"""
        select l.student, l.period, l.part{columns}
        from place_last l join mart.memberships m on m.student = l.student
            and m.kind in ({', '.join(names)}) and m.valid_from <= l.day
        group by l.student, l.period, l.part""")


def add_periods(prelude: Prelude) -> None:
    """`periods`: each period of the view with the first and last day that is shown."""
    view = prelude.view
    if view.period is None:
        first, last = prelude.bind(view.start), prelude.bind(view.end)
        prelude.add("periods", f"select null::date as period, {first} as first, {last} as last")
        return
    starts = prelude.bind([s.start for s in prelude.spans])
    firsts = prelude.bind([max(s.start, view.start) for s in prelude.spans])
    lasts = prelude.bind([min(s.end, view.end) for s in prelude.spans])
    prelude.add("periods", f"select unnest({starts}::date[]) as period, "
                f"unnest({firsts}::date[]) as first, unnest({lasts}::date[]) as last")


def place_code(prelude: Prelude, column: str) -> tuple[str, str]:
    """SQL for a place column's code in a row, and the relation that says what the code means."""
    n = prelude.place_columns().index(column)
    return (f"coalesce(pl.code{n}, 0)",
            f"select distinct code{n} as code, col{n} as value from place")
