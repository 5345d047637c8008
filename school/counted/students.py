"""The counts behind a figure, one row a student, read through the prelude and its scope."""

from __future__ import annotations

from typing import Any

from school.config import Preset
from school.counted.values import Days, Results
from school.ground import ground
from school.prelude import Prelude
from school.store import Store
from school.view import View

# Enrolled on the last or on the first school day of her school that the view shows. A student
# whose time is only known by her marks is taken to have come and gone with them.
_STAYS = """
    ends as (select school_id, min(date) as first, max(date) as last from day_numbers
        where date between {start} and {end} group by school_id),
    stays as (select s.student, bool_or(s.begin_date <= e.first) as came_first,
            bool_or(s.end_date is null or s.end_date > e.last) as is_there
        from mart.spells s join ends e on e.school_id = s.org_id
        where s.basis <> 'place' and s.begin_date <= e.last
            and (s.end_date is null or s.end_date > e.first)
        group by s.student)"""


def register(store: Store, view: View, preset: Preset | None) -> list[Days]:
    """Every student with a mark or a mark due in the view."""
    prelude = Prelude(view.with_(by=(), period=None), ground(store), preset)
    prelude.need("marks")
    prelude.need("due")
    start, end = prelude.bind(view.start), prelude.bind(view.end)
    rows = store.run(prelude.query(f"""{_STAYS.format(start=start, end=end)},
        met as (select school_id, 2 * count(*) as halves from day_numbers
            where date between {start} and {end} group by school_id),
        marked as (
            select student, any_value(school_id) as school_id, sum(possible_halves) as possible,
                sum(absent_halves) as absent,
                count(*) filter (possible_halves = 2 and absent_halves = 1) as halved,
                coalesce(sum(possible_halves) filter (category = 'approved_activity'), 0)
                    as approved,
                coalesce(sum(possible_halves - absent_halves) filter (late), 0) as late,
                coalesce(sum(absent_halves) filter (category = 'absent_authorised'), 0)
                    as authorised
            from marks group by student),
        open_halves as (select student, any_value(org_id) as school_id,
            sum(due_halves - marked_halves) as unmarked, sum(due_halves) as due
            from due group by student)
        select coalesce(m.possible, 0), coalesce(m.absent, 0), coalesce(m.halved, 0),
            coalesce(m.approved, 0), coalesce(m.late, 0), coalesce(m.authorised, 0),
            coalesce(o.unmarked, 0), greatest(coalesce(t.halves, 0) - coalesce(o.due, 0), 0),
            not coalesce(s.is_there, true), not coalesce(s.came_first, true)
        from marked m full join open_halves o on o.student = m.student
            left join met t on t.school_id = coalesce(m.school_id, o.school_id)
            left join stays s on s.student = coalesce(m.student, o.student)"""))
    return [_days(r) for r in rows]


def _days(row: tuple[Any, ...]) -> Days:
    possible, absent, halved, approved, late, authorised, unmarked, out = (int(c) for c in row[:8])
    return Days(possible, absent, halved, approved, late, authorised, unmarked, out,
                bool(row[8]), bool(row[9]))


def results(store: Store, view: View, preset: Preset | None) -> list[Results]:
    """Every student with a result, or enrolled where a test was given."""
    prelude = Prelude(view.with_(by=(), period=None), ground(store), preset)
    prelude.need("entered")
    until = prelude.bind(view.end)
    rows = store.run(prelude.query(f"""
        gone as (select student, bool_and(coalesce(end_date <= {until}, false)) as left_before
            from mart.spells where basis = 'stated' and begin_date <= {until} group by student)
        select coalesce(sum(e.passed), 0), count(e.passed),
            count(*) filter (e.passed is null and e.status not in ('scored', 'exempt',
                'no result')),
            count(*) filter (e.status = 'no result'), coalesce(any_value(g.left_before), false)
        from entered e left join gone g on g.student = e.student
        where e.kind in ('points', 'scale_score') group by e.student"""))
    return [Results(int(p), int(s), int(m), int(u), bool(left)) for p, s, m, u, left in rows]


def ever_enrolled(store: Store, view: View, preset: Preset | None) -> int:
    """Students who were enrolled on any school day of the view."""
    prelude = Prelude(view.with_(by=(), period=None), ground(store), preset)
    prelude.need("due")
    rows = store.run(prelude.query("all_due as (select count(distinct student) from due) "
                                   "select * from all_due"))
    return int(rows[0][0])
