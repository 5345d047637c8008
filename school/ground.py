"""What every question needs to know of the store beforehand: schools, dates, groups, periods.

Read once a data version and kept beside the store, so that a question costs one query.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from weakref import WeakKeyDictionary

from school.config import Preset
from school.store import Store
from school.view import Period, View

DEFAULT_YEAR_START = (4, 1)
TRAITS = ("phase", "board", "medium", "location", "intake")  # what a list of schools says of each


@dataclass(frozen=True)
class Place:
    """One organisation: `school` is itself, or what it is another spelling of."""

    org_id: str
    name: str
    type: str
    parent: str | None
    school: str
    traits: tuple[tuple[str, str], ...] = ()  # of `TRAITS`, those that are stated


@dataclass(frozen=True)
class Ground:
    """The lie of the land under one data version."""

    data_version: int
    places: dict[str, Place]
    kinds: tuple[str, ...]  # of groups
    has_totals: bool  # attendance that exists only as totals of a period
    year_start: tuple[int, int] | None  # where all schools that state one state the same
    terms: tuple[tuple[str, date, date], ...]  # named terms of the calendar: name, first, last day
    children: dict[str, tuple[str, ...]] = field(default_factory=dict)
    with_spells: frozenset[str] = frozenset()  # schools whose students are known one by one
    levels: tuple[str, ...] = ()  # learning levels and answers of all scales, lowest first
    marked: tuple[date, date] | None = None  # first and last day with a mark of the register

    def within(self, org_ids: Iterable[str]) -> tuple[str, ...]:
        """These organisations, all below them, and every other spelling of them."""
        found: set[str] = set()
        waiting = [self.places[o].school if o in self.places else o for o in org_ids]
        while waiting:
            org = waiting.pop()
            if org not in found:
                found.add(org)
                waiting.extend(self.children.get(org, ()))
        return tuple(sorted(found))

    def starts(self, preset: Preset | None) -> tuple[int, int]:
        """Month and day on which the academic year begins."""
        return self.year_start or (preset.year_start if preset else DEFAULT_YEAR_START)


_kept: WeakKeyDictionary[Store, Ground] = WeakKeyDictionary()
_lock = threading.Lock()


def ground(store: Store) -> Ground:
    """The ground of the store as it stands now."""
    version = store.data_version
    with _lock:
        known = _kept.get(store)
    if known is not None and known.data_version == version:
        return known
    fresh = _read(store, version)
    with _lock:
        _kept[store] = fresh
    return fresh

_LEVELS = """
select level from (
    select level, min(level_order) as place, 1 as kind from mart.levels group by level
    union all select value, min(value_order), 2 from mart.survey_responses
    where value_order is not null group by value)
group by level order by min(kind), min(place), level
"""


def _read(store: Store, version: int) -> Ground:
    places = {
        r[0]: Place(r[0], r[1] or r[0], r[2] or "school", r[3], r[4], _traits(r[5:]))
        for r in store.unsafe_run(
            "select org_id, name, type, parent_id, coalesce(same_as, org_id), "
            f"{', '.join(TRAITS)} from mart.organisations"
        )
    }
    children: dict[str, list[str]] = {}
    for place in places.values():
        if place.parent and place.parent != place.org_id:
            children.setdefault(place.parent, []).append(place.org_id)
        if place.school != place.org_id:
            children.setdefault(place.school, []).append(place.org_id)
    kinds = store.unsafe_run("select distinct kind from mart.memberships order by 1")
    totals = store.unsafe_run("select exists (select 1 from mart.attendance_periods)")
    starts = store.unsafe_run(
        "select distinct year_start from mart.organisations where year_start is not null"
    )
    terms = store.unsafe_run(
        "select name, min(date), max(date) from mart.calendar where org_id = '*' "
        "and day_type in ('school', 'exam') and name ilike '%term%' group by name order by 2"
    )
    first, last = store.unsafe_run("select min(date), max(date) from mart.attendance")[0]
    return Ground(
        data_version=version,
        places=places,
        kinds=tuple(r[0] for r in kinds),
        has_totals=bool(totals[0][0]),
        year_start=_month_day(starts[0][0]) if len(starts) == 1 else None,
        terms=tuple((r[0], r[1], r[2]) for r in terms),
        children={k: tuple(v) for k, v in children.items()},
        with_spells=frozenset(r[0] for r in store.unsafe_run(
            "select distinct org_id from mart.spells where basis <> 'place'")),
        levels=tuple(r[0] for r in store.unsafe_run(_LEVELS)),
        marked=None if first is None else (first, last),
    )


def _traits(values: Iterable[str | None]) -> tuple[tuple[str, str], ...]:
    return tuple((name, v) for name, v in zip(TRAITS, values, strict=True) if v)


def _month_day(text: str) -> tuple[int, int] | None:
    month, _, day = text.partition("-")
    return (int(month), int(day)) if month.isdigit() and day.isdigit() else None


@dataclass(frozen=True)
class Span:
    """One period of a view: its whole length, whatever part of it the view shows."""

    start: date
    end: date  # included
    label: str


def periods(view: View, ground: Ground, preset: Preset | None) -> tuple[Span, ...]:
    """The periods that a view touches, in order; none when it is not split by time."""
    if view.period is None:
        return ()
    if view.period in ("term", "year"):
        return _years(view, ground, preset)
    out: list[Span] = []
    day = _first(view.start, view.period)
    while day <= view.end:
        following = _next(day, view.period)
        out.append(Span(day, following - timedelta(days=1), _label(day, view.period)))
        day = following
    return tuple(out)


def _first(day: date, period: Period) -> date:
    if period == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if period == "month" else day


def _next(day: date, period: Period) -> date:
    if period == "month":
        return (day + timedelta(days=32)).replace(day=1)
    return day + timedelta(days=7 if period == "week" else 1)


def _label(day: date, period: Period) -> str:
    if period == "month":
        return f"{day:%B %Y}"
    words = f"{day.day} {day:%b %Y}"
    return f"week of {words}" if period == "week" else words


def _years(view: View, ground: Ground, preset: Preset | None) -> tuple[Span, ...]:
    if view.period == "term" and ground.terms:
        return _terms(view, ground)
    month, day = ground.starts(preset)
    out: list[Span] = []
    year = view.start.year - 1
    while date(year, month, day) <= view.end:
        first, following = date(year, month, day), date(year + 1, month, day)
        label = f"{year}-{(year + 1) % 100:02d}"
        parts = _thirds(first, following, label) if view.period == "term" else [
            Span(first, following - timedelta(days=1), label)]
        out.extend(p for p in parts if p.end >= view.start and p.start <= view.end)
        year += 1
    return tuple(out)


def _thirds(first: date, following: date, label: str) -> list[Span]:
    """A year in three parts of four months, where no calendar names its terms."""
    starts = [first]
    for _ in range(2):
        month = starts[-1].month + 4
        starts.append(date(starts[-1].year + (month - 1) // 12, (month - 1) % 12 + 1,
                           min(first.day, 28)))
    ends = [*(s - timedelta(days=1) for s in starts[1:]), following - timedelta(days=1)]
    return [Span(s, e, f"Term {n} {label}")
            for n, (s, e) in enumerate(zip(starts, ends, strict=True), start=1)]


def _terms(view: View, ground: Ground) -> tuple[Span, ...]:
    """The calendar's terms; days between two belong to the one before."""
    out = []
    firsts = [t[1] for t in ground.terms]
    for n, (name, first, last) in enumerate(ground.terms):
        end = firsts[n + 1] - timedelta(days=1) if n + 1 < len(firsts) else last
        start = min(first, view.start) if n == 0 else first
        if end >= view.start and start <= view.end:
            out.append(Span(start, max(end, last), name))
    if out and out[-1].end < view.end:
        out[-1] = Span(out[-1].start, view.end, out[-1].label)
    return tuple(out)
