"""A measure as points in time: by week, by month or by test, with the gaps that break the line.

A week without school, and a week whose register is marked too little, are gaps. A short week is
drawn and not judged: the fewer days, the further it swings by chance. A week in which many others
were tested too is a gap: it tells of other students.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from statistics import median
from typing import Literal

from school.answers import Answer, PeriodOf, Row
from school.config import Preset
from school.measures import answer, catalogue
from school.periods import day_a_year_before, year_before
from school.prelude import REGISTER
from school.stats import BASELINE_LEAST
from school.store import Store
from school.terms import WITHHELD, month_words, percent, week_of, year_label
from school.terms import progress as words
from school.view import View

Every = Literal["week", "month", "test"]
WHOLE = 3 / 4  # of the usual days, or results, of a point; below it a point is not judged
FEW = 1 / 3  # of the usual number of students; likewise, since they are not the whole school
OTHERS = 2  # times the usual number; above it a test was taken by others too
OF_DAYS = (*REGISTER, "due")  # tables that say less of a week in which school was open less
YEAR = timedelta(days=364)  # whole weeks, so that a Monday meets a Monday


@dataclass(frozen=True)
class Point:
    """One week, month or test. `value` None is a gap; `judged` False is drawn and left out."""

    key: str
    label: str
    start: date
    end: date
    value: float | None = None
    low: float | None = None
    high: float | None = None
    people: int | None = None
    n: int | None = None
    completeness: float | None = None
    before: float | None = None  # the same week, month or test a year earlier
    judged: bool = False
    note: str = ""
    signal: Literal["better", "worse", "changed"] | None = None
    name: str = ""  # of a test, without its year

    @property
    def partial(self) -> bool:
        """Whether it is drawn and not judged, because too little stands behind it."""
        return self.value is not None and not self.judged


@dataclass(frozen=True)
class Series:
    """Points in order, how often they come, and the answer they were taken from."""

    every: Every
    points: tuple[Point, ...]
    answer: Answer

    @property
    def judged(self) -> tuple[float | None, ...]:
        """Values that the usual range is made of; None breaks the line."""
        return tuple(p.value if p.judged else None for p in self.points)

    @property
    def line(self) -> tuple[int, ...]:
        """Places of the points that the run rules see: those that are judged, and the gaps.

        A gap breaks a run; a point that is drawn and not judged is stepped over, else one short
        week a month would hide every change.
        """
        return tuple(i for i, p in enumerate(self.points) if not p.partial)

    @property
    def known(self) -> tuple[Point, ...]:
        """Points that have a value."""
        return tuple(p for p in self.points if p.value is not None)


def series(
    store: Store, measure: str, view: View, preset: Preset | None, every: Every | None, tests: bool
) -> Series:
    """The points of a measure in a view. `every` None chooses what fits the data.

    By week where weeks follow each other, else by month; a measure of `tests` that has too few of
    either goes by test.
    """
    plain = view.with_(by=(), period=None)
    if every == "test" and tests:
        return _by_test(store, measure, plain, preset)
    if every in ("week", "month"):
        return _and_before(store, _by_calendar(store, measure, plain, preset, every, tests),
                           preset, tests)
    weekly = _by_calendar(store, measure, plain, preset, "week", tests)
    if _steady(weekly) and (not tests or len(weekly.known) >= BASELINE_LEAST):
        return _and_before(store, weekly, preset, tests)
    monthly = _by_calendar(store, measure, plain, preset, "month", tests)
    if not tests:
        return _and_before(store, monthly if monthly.known else weekly, preset, tests)
    if _steady(monthly) and len(monthly.known) >= BASELINE_LEAST:
        return _and_before(store, monthly, preset, tests)
    return _by_test(store, measure, plain, preset)


def _steady(found: Series) -> bool:
    """Whether most points follow the one before without a gap."""
    at = [i for i, p in enumerate(found.points) if p.value is not None]
    return bool(at) and (len(at) < 2 or median(b - a for a, b in pairwise(at)) == 1)


def _by_calendar(
    store: Store, measure: str, view: View, preset: Preset | None,
    every: Literal["week", "month"], tests: bool,
) -> Series:
    found = answer(store, measure, view.with_(period=every), preset=preset)
    rows = {_first(r, every): r for r in found.rows if r.period is not None}
    short = _short(store, found, preset, every, tests)
    points = [_point(day, rows.get(day), every, preset, short.get(day, ""))
              for day in _slots(rows, every)]
    if tests:
        usual = _usual(found.rows)
        points = [_same_students(p, usual) for p in points]
    while points and points[-1].value is None:
        points.pop()
    return Series(every, tuple(points), found)


def _and_before(store: Store, found: Series, preset: Preset | None, tests: bool) -> Series:
    """The same points, with the week or month of a year earlier beside each."""
    every = found.every
    view = _year_earlier(found.answer.view, every)
    earlier = answer(store, found.answer.measure, view, preset=preset)
    common = _usual(earlier.rows) * OTHERS if tests else float("inf")
    short = _short(store, earlier, preset, every, tests) if every != "test" else {}
    before = {_year_later(_first(r, every), every): r.value for r in earlier.rows
              if r.period and (r.n or 0) <= common and _first(r, every) not in short}
    return replace(found, points=tuple(
        replace(p, before=before.get(p.start)) for p in found.points))


def _year_earlier(view: View, every: Every) -> View:
    if every == "week":
        return view.with_(start=view.start - YEAR, end=view.end - YEAR)
    return year_before(view)


def _year_later(day: date, every: str) -> date:
    return day + YEAR if every == "week" else day.replace(year=day.year + 1)


def _first(row: Row, every: str) -> date:
    """Monday of a row's week, or the first of its month."""
    assert row.period is not None
    day = row.period.start
    return day - timedelta(days=day.weekday()) if every == "week" else day.replace(day=1)


def _slots(starts: Iterable[date], every: str) -> list[date]:
    """Every week or month from the first to the last that has a row."""
    known = sorted(starts)
    out: list[date] = []
    day = known[0] if known else None
    while day is not None and day <= known[-1]:
        out.append(day)
        day = day + timedelta(days=7) if every == "week" else _next_month(day)
    return out


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _short(
    store: Store, found: Answer, preset: Preset | None, every: Literal["week", "month"],
    tests: bool,
) -> dict[date, str]:
    """First days of the weeks or months that are not whole enough to be judged, and why.

    What comes from the register is whole by the days marked a student, what comes from tests by
    its results. A count is true on any day.
    """
    if found.kind == "count":
        return {}
    behind = {_first(r, every): float(r.n) for r in found.rows if r.period and r.n}
    out = dict.fromkeys(_below(behind, WHOLE if tests else FEW), words.not_judged("few"))
    if catalogue(store)[found.measure].reads in OF_DAYS:
        marked = answer(store, "attendance_rate", found.view, preset=preset)
        days = {_first(r, every): r.n / r.people for r in marked.rows
                if r.period and r.n and r.people}
        out |= dict.fromkeys(_below(days, WHOLE), words.not_judged(every))
    return out


def _below(behind: Mapping[date, float], share: float) -> list[date]:
    """Where less than this share of the usual stands behind a point."""
    usual = median(behind.values()) if behind else 0.0
    return [day for day, much in behind.items() if much < usual * share]


def _usual(rows: Sequence[Row]) -> float:
    """The usual number behind a point."""
    counts = [r.n for r in rows if r.n]
    return median(counts) if counts else 0


def _point(
    day: date, row: Row | None, every: str, preset: Preset | None, short: str,
) -> Point:
    end = day + timedelta(days=6) if every == "week" else _next_month(day) - timedelta(days=1)
    label = week_of(day, preset) if every == "week" else month_words(day)
    point = Point(day.isoformat(), label, day, end)
    if row is None:
        return point
    point = replace(point, people=row.people, n=row.n, completeness=row.completeness)
    if row.hidden is not None:
        return replace(point, note=row.hidden)
    if row.completeness is not None and row.completeness < WITHHELD:
        return replace(point, note=f"only {percent(row.completeness)} marked")
    if row.value is None or row.people == 1:  # one student never has a rate
        return point
    return replace(point, value=row.value, low=row.low, high=row.high, judged=not short,
                   note=short)


def _same_students(point: Point, usual: float) -> Point:
    """A gap where many more than usual were tested: their mixture says nothing of a change."""
    if point.value is None or point.n is None or point.n <= usual * OTHERS:
        return point
    return replace(point, value=None, low=None, high=None, judged=False,
                   note=f"other students too: {point.n}, usually {usual:.0f}")


def _by_test(store: Store, measure: str, view: View, preset: Preset | None) -> Series:
    """One point a test and year in the order they were taken, those of the year before too."""
    view = view.with_(start=day_a_year_before(view.start))
    column = _test_column(store, measure, view, preset)
    found = answer(store, measure, view.with_(by=(column,), period="year"), preset=preset)
    monthly = answer(store, measure, view.with_(by=(column,), period="month"), preset=preset)
    points = []
    for row in found.rows:
        if row.period is None:
            continue
        name, year = row.segments[column], row.period.label
        day = _first_taken(monthly, column, name, row.period)
        label = f"{name}, {year_label(year, preset)}"
        value = None if row.hidden or row.people == 1 else row.value
        points.append(Point(f"{year} {name}", label, day, day, value, row.low, row.high, row.people,
                            row.n, row.completeness, judged=value is not None,
                            note=row.hidden or "", name=name))
    points.sort(key=lambda p: (p.start, p.label))
    return Series("test", tuple(_with_last_year(points)), found)


def _test_column(store: Store, measure: str, view: View, preset: Preset | None) -> str:
    """Named windows (Fall, Spring) where there are two or more, else the name of the test."""
    found = answer(store, measure, view.with_(by=("window",)), preset=preset)
    named = [r.segments["window"] for r in found.rows if not r.segments["window"][:4].isdigit()]
    return "window" if len(set(named)) >= 2 else "assessment"


def _first_taken(monthly: Answer, column: str, name: str, year: PeriodOf) -> date:
    """First month of that year in which the test was taken; the year's first day if unknown."""
    months = [r.period.start for r in monthly.rows
              if r.period and r.segments[column] == name and year.start <= r.period.end <= year.end]
    return min(months, default=year.start)


def _with_last_year(points: Sequence[Point]) -> list[Point]:
    """Points with the value that the test of the same name had before."""
    last: dict[str, float] = {}
    out = []
    for point in points:
        out.append(replace(point, before=last.get(point.name)))
        if point.value is not None:
            last[point.name] = point.value
    return out
