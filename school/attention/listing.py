"""From a view to the list: who shows two signs or more, who is new, who left it.

The list is a thing of days: who shows nothing new for thirty days leaves it, and so does whom
somebody took off with a note.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from school.attention import evidence
from school.attention.signs import Signs, signs
from school.attention.values import DAYS, LEAST, Attention, Listed
from school.config import Preset
from school.measures import answer, with_room
from school.memory import Memory
from school.store import Store
from school.terms.attention import STAFF_ONLY, attention_lead
from school.view import View

FEW = 5  # days that may still be missed
NEW = 7  # days back to which the list is compared
_kept: Memory[Signs] = Memory(60)
_lists: Memory[Attention] = Memory(30)


def attention(
    store: Store, view: View, preset: Preset | None, *, off: frozenset[int] = frozenset(),
    talked: Mapping[int, date] | None = None,
) -> Attention:
    """The list of a view at its last day, most signs first, then by days missed.

    `off` are students whom somebody took off; `talked` the day on which someone last noted
    something about a student. Outside the staff nothing is listed and nothing counted.
    """
    since = view.end - timedelta(days=NEW)
    if not view.scope.staff:  # to count what may not be seen as nobody would be untrue
        return Attention(STAFF_ONLY, (), 0, since, 0, 0, 0, (), None, 0, 0)
    key = (view, preset.name if preset else None, store.data_version, off,
           frozenset((talked or {}).items()))
    return _lists.get(store, key) or _lists.keep(
        store, key, _list(store, view, preset, off, talked or {}))


def _list(
    store: Store, view: View, preset: Preset | None, off: frozenset[int],
    talked: Mapping[int, date],
) -> Attention:
    since = view.end - timedelta(days=NEW)
    now = _at(store, view, preset)
    before = _at(store, view.with_(end=max(view.start, since)), preset)
    month = _at(store, view.with_(end=max(view.start, view.end - timedelta(days=DAYS))), preset)
    listed = [replace(s, new=not _stands(before.listed.get(n), since))
              for n, s in now.listed.items()
              if _stands(s, view.end) and n not in off]
    shown = tuple(sorted(listed, key=_first))
    here = {s.student for s in shown}
    gone = sum(1 for n, s in month.listed.items()
               if _stands(s, view.end - timedelta(days=DAYS)) and n not in here)
    untalked = sum(1 for s in shown if s.student not in talked)
    unmarked, days, tests = _ground(store, view, preset)
    one = len(now.single - off)
    lead = attention_lead(len(shown), new=sum(s.new for s in shown), since=since,
                          untalked=untalked, unmarked=unmarked, days=days, tests=tests,
                          preset=preset)
    return Attention(lead, shown, one, since, gone, untalked, unmarked, now.answers,
                     _near(store, view, preset), days, tests)


def _near(store: Store, view: View, preset: Preset | None) -> int | None:
    """Students with `FEW` days or fewer left under the line and not over it; None if not known."""
    return with_room(store, "days_left", view, 2 * (FEW + 1), preset=preset)


def listed_at(store: Store, view: View, preset: Preset | None) -> set[int]:
    """Keys of the students who are on the list at the last day of a view."""
    return {n for n, s in _at(store, view, preset).listed.items() if _stands(s, view.end)}


def _first(one: Listed) -> tuple[int, float, str, str, str]:
    """Most signs first, then most days missed."""
    return -one.kinds, -one.share, one.school, one.class_name, one.name


def _at(
    store: Store, view: View, preset: Preset | None,
) -> Signs:
    key = (view, preset.name if preset else None, store.data_version)
    return _kept.get(store, key) or _kept.keep(store, key, signs(store, view, preset))


def _stands(one: Listed | None, day: date) -> bool:
    """Whether a student is on the list of a day: two signs, and something new in thirty days."""
    if one is None or one.kinds < LEAST:
        return False
    return one.latest is None or (day - one.latest).days <= DAYS


def _ground(store: Store, view: View, preset: Preset | None) -> tuple[int, int, int]:
    """Students without any mark, school days so far, and how many students were tested."""
    plain = view.with_(by=(), period=None)
    heads = answer(store, "headcount", plain, preset=preset).total
    tested = evidence.tested(store, plain, preset)
    days = answer(store, "attendance_rate", plain, preset=preset).card.days or 0
    people = heads.people or 0 if heads else 0
    return max(0, people - tested) if tested else 0, days, tested
