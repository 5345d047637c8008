"""A student's way from her own start: a step up is a gain, wherever on the scale it lies.

For the page of one student, so for the school's own staff only; nobody is compared with others.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from school.config import Preset
from school.ground import ground
from school.learning.counts import goals
from school.learning.values import Goal
from school.prelude import Prelude
from school.store import Store
from school.view import View


@dataclass(frozen=True)
class Growth:
    """One goal of one student: what was seen first and last. `up` None: seen on one day only."""

    goal: Goal
    first: str
    last: str
    since: date
    to: date
    up: bool | None  # True higher than at the start, False not
    lower: bool = False


def growth(
    store: Store, view: View, student: int, preset: Preset | None = None
) -> tuple[Growth, ...]:
    """Every goal in which the student was observed, in the order of the book.

    Levels are compared on one scale; counted questions by the share answered rightly. What was seen
    with a scale and what was counted are not compared.
    """
    if not view.scope.staff:
        return ()
    prelude = Prelude(view.with_(by=(), period=None), ground(store), preset)
    prelude.need("observations")
    who = prelude.bind(student)
    rows = store.run(prelude.query(f"""
        ranked as (
            select o.objective_id, o.date, o.level, o.correct, o.items, v.level_order,
                case when o.level is not null then coalesce(o.scale, '') else '/counted' end as kind
            from observations o left join mart.levels v
                on v.scale = o.scale and v.level = o.level
            where o.student = {who} and o.status = 'observed'
                and (o.level is not null or o.items > 0)),
        latest as (select objective_id, arg_max(kind, date) as kind from ranked group by 1)
        select r.objective_id, r.date, r.level, r.correct, r.items, r.level_order
        from ranked r join latest using (objective_id, kind) order by r.objective_id, r.date"""))
    known = goals(store)
    found: dict[str, list[_Seen]] = {}
    for key, day, level, right, of, order in rows:
        found.setdefault(str(key), []).append((day, level, right, of, order))
    made = [_growth(known[k], v[0], v[-1]) for k, v in found.items() if k in known]
    return tuple(sorted(made, key=lambda g: g.goal.place))


_Seen = tuple[date, str | None, int | None, int | None, int | None]


def _growth(goal: Goal, first: _Seen, last: _Seen) -> Growth:
    step = None if first[0] == last[0] else _step(first, last)
    return Growth(goal, _words(first), _words(last), first[0], last[0],
                  None if step is None else step > 0, step is not None and step < 0)


def _step(first: _Seen, last: _Seen) -> int | None:
    """Above zero where the last is higher than the first; None where nothing orders the levels."""
    if first[1] is not None:
        return last[4] - first[4] if first[4] is not None and last[4] is not None else None
    return (last[2] or 0) * (first[3] or 1) - (first[2] or 0) * (last[3] or 1)


def _words(seen: _Seen) -> str:
    return seen[1] or f"{seen[2]} of {seen[3]}"
