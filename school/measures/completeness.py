"""How much of the register is marked: half days recorded out of half days expected."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from school.prelude import Prelude
from school.store import Store

if TYPE_CHECKING:
    from school.measures.asking import Question

ENOUGH = 7  # tenths: under this no rate is shown
GOOD = 9  # tenths: under this the card says so
_KEPT = 500
_kept: WeakKeyDictionary[Store, OrderedDict[Any, Completeness]] = WeakKeyDictionary()
_lock = threading.Lock()


@dataclass(frozen=True)
class Completeness:
    """Half days marked and due, in all and per row (period, labels), and school days."""

    marked: int
    due: int
    rows: dict[tuple[date | None, tuple[str, ...]], tuple[int, int]]
    days: int
    how: str

    @property
    def share(self) -> float | None:
        """Marked out of due; None where nothing tells what was due."""
        return self.marked / self.due if self.due else None

    def too_little(self) -> bool:
        """Whether so little is marked that a rate would mislead."""
        return self.due > 0 and 10 * self.marked < ENOUGH * self.due


def completeness(store: Store, asked: Question) -> Completeness:
    """Completeness of the question's view; the same for every measure of attendance."""
    key = (asked.view, asked.ground.data_version, asked.preset.name if asked.preset else None)
    with _lock:
        kept = _kept.setdefault(store, OrderedDict())
        if key in kept:
            return kept[key]
    fresh = _read(store, asked)
    with _lock:
        kept[key] = fresh
        while len(kept) > _KEPT:
            kept.popitem(last=False)
    return fresh


_BY_CLASS = """tallied as (select grouping(segment) as whole, period, segment, sum(had) as had,
    sum(due) as due, min(how) as how, max(how) as other_how
    from register group by grouping sets ((period, segment), ()))"""
_BY_STUDENT = """
    wanted as (select period, segment, student, sum(halves) as due, min(how) as how
        from expected group by period, segment, student),
    found as (select period, segment, student, sum(halves) as had
        from recorded group by period, segment, student),
    both_sides as (
        select w.period, w.segment, w.due, w.how, least(coalesce(f.had, 0), w.due) as had
        from wanted w left join found f on f.student = w.student and f.segment = w.segment
            and f.period is not distinct from w.period),
    tallied as (select grouping(segment) as whole, period, segment, sum(had) as had,
        sum(due) as due, min(how) as how, max(how) as other_how
        from both_sides group by grouping sets ((period, segment), ()))"""


def _read(store: Store, asked: Question) -> Completeness:
    """Counted by class and day, which is quick; by student only where a group is asked for."""
    prelude = Prelude(asked.view, asked.ground, asked.preset)
    by_student = any(c.startswith("group.") for c in prelude.place_columns())
    for table in ("expected", "recorded") if by_student else ("register",):
        prelude.need(table)
    prelude.need("open_days")
    joins, labels = prelude.label_joins()
    rows = store.run(prelude.query(f"""{_BY_STUDENT if by_student else _BY_CLASS}
        select t.whole, t.period, t.had, t.due, t.how, t.other_how,
            (select count(distinct date) from open_days){labels}
        from tallied t{joins}"""))
    whole = next(r for r in rows if r[0])
    return Completeness(
        marked=int(whole[2] or 0), due=int(whole[3] or 0),
        rows={(r[1], tuple(r[7:])): (int(r[2]), int(r[3])) for r in rows if not r[0]},
        days=int(whole[6]), how=_how(whole[4], whole[5]),
    )


def _how(first: str | None, other: str | None) -> str:
    if first is None:
        return "unknown"
    if first == other == "calendar":
        return "from the calendar"
    return "derived from the marks"
