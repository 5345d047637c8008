"""The grid itself: which goals meet which classes, and what can be said of a goal through others.

A roll-up counts students times goals and names the goals that are not reached yet; shares of goals
are never averaged.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence

from school import observed
from school.config import Preset
from school.ground import ground
from school.learning.counts import Counts, counts, goals
from school.learning.values import Board, Cell, Goal, Kind, Room
from school.memory import Memory
from school.store import Store
from school.view import View

_seen: Memory[tuple[dict[str, Goal], Counts]] = Memory(60)
_boards: Memory[Board] = Memory(180)


def board(
    store: Store, view: View, preset: Preset | None = None, kind: Kind = "outcome", tier: str = "",
) -> Board:
    """Goals of one kind (and tier, where one is named) in every class of the view."""
    key = (_key(store, view, preset), kind, tier)
    found = _boards.get(store, key)
    return found or _boards.keep(store, key, _made(*_known(store, view, preset), view, kind, tier))


def _made(named: dict[str, Goal], seen: Counts, view: View, kind: Kind, tier: str) -> Board:
    wanted = [g for g in named.values() if _fits(g, view)]
    rooms = _rooms(seen, wanted)
    own = {(g.key, r.key): c for g in wanted for r in rooms
           if (c := _cell(g, r, seen)) is not None}
    through = _children(named.values())
    cells: list[Cell] = []
    for goal in sorted((g for g in wanted if g.kind == kind), key=lambda g: g.place):
        if tier and goal.tier != tier:
            continue
        for room in rooms:
            cell = own.get((goal.key, room.key))
            if cell is None or not cell.judged:
                cell = _rolled_up(goal, room, through.get(goal.key, ()), own) or cell
            if cell is not None:
                cells.append(cell)
    shown = tuple(dict.fromkeys(c.goal for c in cells))
    met = {c.room for c in cells}
    return Board(shown, tuple(r for r in rooms if r in met), tuple(cells), named)


def classes(store: Store, view: View, preset: Preset | None = None) -> tuple[Room, ...]:
    """Every class of the view, whether anybody was looked at there or not."""
    return _in_order(_known(store, view, preset)[1].rooms)


def _known(
    store: Store, view: View, preset: Preset | None
) -> tuple[dict[str, Goal], Counts]:
    """What there is to learn and what was seen, asked once for each view and version of the data.
    """
    key = _key(store, view, preset)
    found = _seen.get(store, key)
    return found or _seen.keep(store, key, (goals(store), counts(store, view, preset)))


def _key(store: Store, view: View, preset: Preset | None) -> Hashable:
    return view, preset.name if preset else None, ground(store).data_version


def _in_order(rooms: Iterable[Room]) -> tuple[Room, ...]:
    return tuple(sorted(rooms, key=lambda r: (r.school, r.grade.zfill(3), r.name)))


def _fits(goal: Goal, view: View) -> bool:
    subjects, names = view.values("subject"), view.values("outcome")
    return (not subjects or goal.kind == "ability" or (goal.subject or "unknown") in subjects) \
        and (not names or goal.name in names)


def _rooms(seen: Counts, wanted: Sequence[Goal]) -> tuple[Room, ...]:
    """Classes in which somebody was looked at; where there is none yet, those with a plan."""
    keys = {g.key for g in wanted}
    looked = {room for room, goal in seen.states if goal in keys}
    planned = {g.grade for g in wanted if g.kind == "outcome" and g.grade}
    rooms = [r for r in seen.rooms if r.key in looked] \
        or [r for r in seen.rooms if r.grade in planned]
    return _in_order(rooms)


def _cell(goal: Goal, room: Room, seen: Counts) -> Cell | None:
    """What was seen of a goal in a class; an empty cell where it is only planned."""
    states = seen.states.get((room.key, goal.key))
    if states is None:
        planned = goal.kind == "outcome" and goal.grade and goal.grade == room.grade
        return Cell(goal, room, students=room.students) if planned else None
    return Cell(
        goal, room, states.get(observed.REACHED_STATE, 0), states.get(observed.NEARLY_STATE, 0),
        states.get(observed.NOT_YET, 0), states.get(observed.TOO_FEW, 0),
        states.get(observed.NO_LINE, 0), room.students)


def _children(named: Iterable[Goal]) -> dict[str, list[Goal]]:
    """Through what a goal can be looked at: an ability through outcomes, an outcome through parts.
    """
    found: dict[str, list[Goal]] = {}
    listed = list(named)
    by_key = {g.key: g for g in listed}
    for goal in listed:
        for part in goal.parts:
            if part in by_key:
                found.setdefault(part, []).append(goal)
                found.setdefault(goal.key, []).append(by_key[part])
    return found


def _rolled_up(
    goal: Goal, room: Room, children: Sequence[Goal], own: Mapping[tuple[str, str], Cell],
) -> Cell | None:
    """Every student in every child, and which children the class has not reached."""
    found = [c for g in children if (c := own.get((g.key, room.key))) is not None and c.judged]
    if not found:
        return None
    return Cell(
        goal, room, sum(c.reached for c in found), sum(c.nearly for c in found),
        sum(c.not_yet for c in found), sum(c.few for c in found), sum(c.no_line for c in found),
        sum(c.students for c in found), True,
        tuple(c.goal.name for c in sorted(found, key=lambda c: c.goal.place) if not c.done))


def next_step(found: Board, rooms: Sequence[Room]) -> Cell | None:
    """What comes next: in each class the first outcome of the book that most have not reached.

    Of several classes the one with most students who are not there yet. Where too few of a class
    were observed, nothing is said of it. The level of a test counts only where nothing else does.
    """
    firsts = [c for r in rooms if (c := _first_open(found, r)) is not None]
    ours = [c for c in firsts if not c.goal.of_test] or firsts
    return max(ours, key=lambda c: c.not_there, default=None)


def _first_open(found: Board, room: Room) -> Cell | None:
    for goal in found.goals:
        cell = found.cell(goal, room)
        if cell is not None and not cell.pooled and cell.judged and not cell.done:
            return cell if cell.enough else None
    return None
