"""Students of one class by what they can do, to plan groups with: for the school's own staff."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from school import observed, places
from school.config import Preset
from school.ground import ground
from school.learning.counts import prelude_of
from school.learning.values import Goal, Room
from school.prelude import Prelude
from school.store import Store
from school.view import View


@dataclass(frozen=True)
class Learner:
    """One student and what was seen: a level, or how many questions were right."""

    name: str
    student_id: str
    state: str
    seen: str

    @property
    def shown(self) -> str:
        """The name, or the number where there is none."""
        return self.name or self.student_id


@dataclass(frozen=True)
class Groups:
    """Everybody of a class, in the groups that lessons can be planned for."""

    reached: tuple[Learner, ...] = ()
    nearly: tuple[Learner, ...] = ()
    not_yet: tuple[Learner, ...] = ()
    unsaid: tuple[Learner, ...] = ()  # too few questions, or a level without a meaning
    unobserved: tuple[Learner, ...] = ()

    @property
    def everybody(self) -> tuple[Learner, ...]:
        """All of them."""
        return (*self.reached, *self.nearly, *self.not_yet, *self.unsaid, *self.unobserved)

    @property
    def levels(self) -> tuple[tuple[str, int], ...]:
        """How many stand at each level or count of questions that was seen, most first."""
        return tuple(Counter(p.seen for p in self.everybody if p.seen).most_common())


def groups(
    store: Store, view: View, preset: Preset | None, goal: Goal, room: Room
) -> Groups:
    """The students of `room` by their state in `goal`; nobody outside the school's own staff."""
    if not view.scope.staff:
        return Groups()
    land = ground(store)
    prelude, base = prelude_of(view, land, preset)
    key = prelude.bind(goal.key)
    rows = store.run(prelude.query(f"""{base}
        select coalesce(s.name, ''), coalesce(s.student_id, ''), l.state, l.level, l.correct,
            l.items
        from base b left join mart.students s on s.student = b.student
            left join (select * from learned where objective_id = {key}) l
                on l.student = b.student
        where {_in_room(prelude, room)} order by 1, 2""",
        {"with_spells": sorted(land.with_spells)}))
    found = [Learner(str(n), str(i), str(state or observed.UNOBSERVED), _seen(level, right, of))
             for n, i, state, level, right, of in rows]

    def those(*states: str) -> tuple[Learner, ...]:
        return tuple(p for p in found if p.state in states)

    return Groups(those(observed.REACHED_STATE), those(observed.NEARLY_STATE),
                  those(observed.NOT_YET), those(observed.TOO_FEW, observed.NO_LINE),
                  those(observed.UNOBSERVED))


@dataclass(frozen=True)
class Classmate:
    """One student of a class, as its class list names her."""

    namespace: str
    student_id: str
    id_kind: str
    name: str


def classmates(
    store: Store, view: View, preset: Preset | None, room: Room
) -> tuple[Classmate, ...]:
    """Everybody of a class by name, to fill in its grid; nobody outside the school's own staff."""
    if not view.scope.staff:
        return ()
    land = ground(store)
    prelude, base = prelude_of(view, land, preset)
    rows = store.run(prelude.query(f"""{base}
        select s.namespace, s.student_id, s.id_kind, coalesce(s.name, '')
        from base b join mart.students s on s.student = b.student
        where {_in_room(prelude, room)} order by s.name, s.student_id""",
        {"with_spells": sorted(land.with_spells)}))
    return tuple(Classmate(*(str(v) for v in row)) for row in rows)


def _in_room(prelude: Prelude, room: Room) -> str:
    """SQL that keeps the rows of `b` to one class; a class without a name goes by its grade."""
    org, grade, name = (prelude.bind(v) for v in (
        room.org_id, room.grade or places.UNKNOWN, room.name or places.UNKNOWN))
    return (f"b.org_id = {org} and b.late0 = {grade} and (b.late1 = {name} "
            f"or (b.late1 = '{places.UNKNOWN}' and b.late0 = {name}))")


def _seen(level: str | None, right: int | None, of: int | None) -> str:
    return level or (f"{right} of {of}" if of else "")
