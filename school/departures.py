"""Spells of enrollment that a file of changes has ended, without saying when they began.

A departure names a student and a school or a class, and the first day she is no longer there. It
ends what stood before it and nothing that a later upload says. Leaving a class ends her time at the
school only once no class of hers there is left. Undone, the spell is what it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from school.store import Transaction

_ALL = "select distinct student from mart.enrollment"
_OF_LOADS = """
    select student from raw.departures where load_id in ({ids})
    union select student from raw.class_students where load_id in ({ids})
    union select student from raw.enrollment where load_id in ({ids})
    union select c.student from raw.class_students c join raw.departures d using (class_id)
        where d.load_id in ({ids}) and d.student = 0
"""

# When each school, or the last class there, was left, and by which upload.
_GONE = """
create or replace temp table gone as
with said as (
    select d.*, l.position from mart.departures d join raw.loads l using (load_id)
), links as (
    select student, org_id, class_id, max(position) as position from (
        select c.student, c.org_id, c.class_id, l.position
        from mart.class_students c join raw.loads l using (load_id)
        union all select student, org_id, class_id, -1 from said where class_id <> '*')
    where student in (from leaving) group by all
), classes as (
    select k.student, k.org_id, k.class_id, max(d.date) as date, max(d.position) as position
    from links k left join said d on d.class_id = k.class_id
        and (d.student = k.student or d.student = 0) and d.position > k.position
    group by all
)
select student, org_id, max(date) as date, max(position) as position
from classes group by student, org_id having bool_and(date is not null)
union all
select student, org_id, date, position from said
where class_id = '*' and student in (from leaving)
"""

# Only the last spell of a student at a school, and only while it lasts.
_CLOSE = """
update mart.enrollment as e set end_date = g.date, exit_type = coalesce(exit_type, 'unknown')
from (
    select s.student, s.org_id, s.begin_date, greatest(min(g.date), s.begin_date) as date
    from (
        select e.*, l.position, coalesce(o.year_start, $year_start) as starts
        from mart.enrollment e join raw.loads l using (load_id)
            left join mart.organisations o using (org_id)
        where student in (from leaving)
        qualify row_number() over (partition by student, org_id order by begin_date desc) = 1
    ) s join gone g on g.student = s.student and g.org_id = s.org_id and g.position > s.position
    where g.date < coalesce(s.end_date, try(cast(
        (left(s.academic_year, 4)::integer + 1)::text || '-' || s.starts as date)),
        date '9999-12-31')
    group by s.student, s.org_id, s.begin_date
) g
where e.student = g.student and e.org_id = g.org_id and e.begin_date = g.begin_date
"""


def close(
    tx: Transaction, ids: Sequence[int] | None, fold: str, year_start: tuple[int, int]
) -> set[str]:
    """End the spells of whoever these loads speak of (None: of all); the schools it concerns.

    `fold` puts the spells of the students in `leaving` back as the loads say them.
    """
    if not tx.execute("select 1 from raw.departures limit 1"):
        return set()
    who = _ALL if ids is None else _OF_LOADS.format(ids=", ".join(str(int(i)) for i in ids) or -1)
    tx.execute(f"create or replace temp table leaving as {who}")
    places = {str(r[0]) for r in tx.execute(
        "select distinct org_id from mart.enrollment where student in (from leaving)")}
    if ids is not None:
        tx.execute("insert into touched_people select distinct org_id, student, null::date, "
                   "null::date from mart.enrollment where student in (from leaving)")
    tx.execute("delete from mart.enrollment where student in (from leaving)")
    tx.execute(fold)
    tx.execute(_GONE)
    tx.execute(_CLOSE, {"year_start": f"{year_start[0]:02d}-{year_start[1]:02d}"})
    for name in ("gone", "leaving"):
        tx.execute(f"drop table {name}")
    return places

