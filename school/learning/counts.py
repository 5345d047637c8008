"""Counts behind the grid: students of each class by goal and state, and what goals there are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from school import places
from school.config import Preset
from school.ground import Ground, ground
from school.learning.values import Goal, Kind, Room
from school.observed import TESTS, UNOBSERVED
from school.prelude import Prelude
from school.store import Store
from school.view import View

# Who is counted: the class list as it stands; where a school has none, whoever was looked at.
_BASE = """
enrolled as (select student, any_value(org_id) as org_id from enrollment group by student),
people as (
    select student, org_id from enrolled
    union all
    select student, any_value(org_id) from learned
    where student not in (select student from enrolled)
        and org_id not in (select unnest($with_spells))
    group by student
), base as ({placed})
"""


@dataclass(frozen=True)
class Counts:
    """Classes, and per class and goal how many students are in each state."""

    rooms: tuple[Room, ...]
    states: dict[tuple[str, str], dict[str, int]]  # (class, goal) -> state -> students


def prelude_of(view: View, land: Ground, preset: Preset | None) -> tuple[Prelude, str]:
    """The prelude and the relation `base`: one row a student with school, grade and class."""
    prelude = Prelude(view.with_(by=(), period=None), land, preset, ("grade", "class"))
    places.add_orgs(prelude)
    prelude.need("learned")
    prelude.need("enrollment")
    return prelude, _BASE.format(placed=prelude.placed("people", "student"))


def counts(store: Store, view: View, preset: Preset | None) -> Counts:
    """Everything the grid needs, in one query."""
    land = ground(store)
    prelude, base = prelude_of(view, land, preset)
    rows = store.run(prelude.query(f"""{base}
        select b.org_id, b.late0, b.late1, l.objective_id, l.state, count(*)
        from base b join learned l using (student) group by all
        union all
        select org_id, late0, late1, null, null, count(*) from base group by all""",
        {"with_spells": sorted(land.with_spells)}))
    rooms: dict[tuple[str, str, str], Room] = {}
    states: dict[tuple[str, str], dict[str, int]] = {}
    for org_id, grade, class_name, goal, _, n in rows:
        if goal is None:
            rooms[org_id, grade, class_name] = _room(land, org_id, grade, class_name, int(n))
    for org_id, grade, class_name, goal, state, n in rows:
        if goal is not None:
            found = states.setdefault((rooms[org_id, grade, class_name].key, goal), {})
            if state != UNOBSERVED:
                found[state] = int(n)
    return Counts(tuple(rooms.values()), states)


def _room(land: Ground, org_id: str, grade: str, class_name: str, students: int) -> Room:
    place = land.places.get(org_id)
    grade = "" if grade == places.UNKNOWN else grade
    name = grade if class_name == places.UNKNOWN else class_name
    return Room(org_id, place.name if place else org_id, grade, name, students)


def goals(store: Store) -> dict[str, Goal]:
    """Every outcome, ability and concept that a file named, and the levels of tests, by key."""
    parts: dict[str, list[str]] = {}
    for whole, part in store.unsafe_run(
            "select objective_id, part_id from mart.objective_parts order by 1, 2"):
        parts.setdefault(str(whole), []).append(str(part))
    rows = store.unsafe_run(f"""
        select objective_id, name, kind, coalesce(subject, ''), coalesce(grade, ''),
            objective_order, coalesce(tier, '') from mart.objectives
        union all
        select distinct objective_id, name, 'outcome', coalesce(subject, ''), '', null, ''
        from ({TESTS})""")
    return {str(r[0]): _goal(r, parts) for r in rows}


def _goal(row: tuple[Any, ...], parts: dict[str, list[str]]) -> Goal:
    key, name, kind, subject, grade, order, tier = row
    return Goal(str(key), str(name), cast(Kind, kind), subject, grade, order, tier,
                tuple(parts.get(str(key), ())))

