"""From a view to the list: who shows two signs or more, who is new, who left it.

The list is a thing of days: who shows nothing new for thirty days leaves it, and so does whom
somebody took off with a note.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from school.answers import Answer
from school.attention import evidence
from school.attention.signs import signs
from school.attention.values import DAYS, LEAST, Attention, Listed
from school.config import Preset
from school.measures import answer, students
from school.memory import Memory
from school.store import Store
from school.terms.attention import attention_lead
from school.view import View

FEW = 5  # days that may still be missed
NEW = 7  # days back to which the list is compared
_kept: Memory[tuple[dict[int, Listed], tuple[Answer, ...]]] = Memory(60)


def attention(
    store: Store, view: View, preset: Preset | None, *, off: frozenset[int] = frozenset(),
    talked: Mapping[int, date] | None = None,
) -> Attention:
    """The list of a view at its last day, most signs first, then by days missed.

    `off` are students whom somebody took off; `talked` the day on which someone last noted
    something about a student.
    """
    now, answers = _at(store, view, preset)
    since = view.end - timedelta(days=NEW)
    before, _ = _at(store, view.with_(end=max(view.start, since)), preset)
    month, _ = _at(store, view.with_(end=max(view.start, view.end - timedelta(days=DAYS))), preset)
    listed = [replace(s, new=not _stands(before.get(n), since)) for n, s in now.items()
              if _stands(s, view.end) and n not in off]
    shown = tuple(sorted(listed, key=_first))
    here = {s.student for s in shown}
    gone = sum(1 for n, s in month.items()
               if _stands(s, view.end - timedelta(days=DAYS)) and n not in here)
    untalked = sum(1 for s in shown if s.student not in (talked or {}))
    unmarked, days, tests = _ground(store, view, preset)
    one = sum(1 for n, s in now.items() if s.kinds == 1 and n not in off)
    lead = attention_lead(len(shown), new=sum(s.new for s in shown), since=since,
                          untalked=untalked, unmarked=unmarked, days=days, tests=tests,
                          preset=preset)
    return Attention(lead, shown, one, since, gone, untalked, unmarked, answers,
                     _near(store, view, preset), days, tests)


def _near(store: Store, view: View, preset: Preset | None) -> int | None:
    """Students with `FEW` days or fewer left under the line and not over it; None if not known."""
    rows = [r for r in students(store, "days_left", view.with_(by=(), period=None), preset=preset)
            if not r.left_out and r.amount is not None and r.base is not None]
    if not rows:
        return None
    return sum(1 for r in rows if 0 <= (r.base or 0) - (r.amount or 0) < 2 * (FEW + 1))


def listed_at(store: Store, view: View, preset: Preset | None) -> set[int]:
    """Keys of the students who are on the list at the last day of a view."""
    found, _ = _at(store, view, preset)
    return {n for n, s in found.items() if _stands(s, view.end)}


def _first(one: Listed) -> tuple[int, float, str, str, str]:
    """Most signs first, then most days missed."""
    return -one.kinds, -one.share, one.school, one.class_name, one.name


def _at(
    store: Store, view: View, preset: Preset | None,
) -> tuple[dict[int, Listed], tuple[Answer, ...]]:
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
    tested = len(evidence.last_tested(store, plain, preset))
    days = answer(store, "attendance_rate", plain, preset=preset).card.days or 0
    people = heads.people or 0 if heads else 0
    return max(0, people - tested) if tested else 0, days, tested
