"""Why does another system say something else? The usual reasons, each with the figure it gives.

The other system is never asked: its figure is typed, and ours is counted again under every other
way that schools and systems count. What comes closer is listed, best first.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from school.answers import Answer
from school.config import Preset, Value
from school.counted import rules, students
from school.counted.values import Closely, Days, Explained, Other, Reason, Results
from school.measures import answer
from school.stats import half_up
from school.store import Store
from school.view import View

__all__ = ["Closely", "Days", "Explained", "Other", "Reason", "Results", "closely", "explain",
           "figure_of", "supported"]

_REGISTER = ("attendance_rate", "absence_rate", "chronic_absence", "severe_absence")
_HEADS = ("headcount", "census_headcount")
_PASS_MARKS = (33, 35, 40, 45, 50, 60)
_SHARE = re.compile(r"(\d{1,3})(?:[.,](\d{1,2}))?\s*%?")
_COUNT = re.compile(r"\d{1,3}(?:[ ,]\d{2,3})*|\d+")
TOTALS = ("Part of this comes from totals of whole months, of which no single days are known, so "
          "other ways of counting cannot be tried.")


def supported(measure: str) -> bool:
    """Whether another system's figure of this measure can be explained."""
    return measure in (*_REGISTER, *_HEADS, "pass_rate")


def figure_of(text: str, measure: str) -> tuple[float, int] | None:
    """A typed figure and its decimals: '93.4%' is 0.934 with one; None where it is no figure."""
    if measure in _HEADS:
        heads = _COUNT.fullmatch(text.strip())
        return (float(re.sub(r"[ ,]", "", heads[0])), 0) if heads else None
    found = _SHARE.fullmatch(text.strip())
    if found is None:
        return None
    part = found[2] or ""
    value = float(f"{found[1]}.{part or 0}")
    return (value / 100, len(part)) if value <= 100 else None


def closely(store: Store, view: View, preset: Preset | None) -> Closely:
    """Half days, approved activity, leavers and joiners behind a number of the register."""
    days = students.register(store, view, preset)
    return Closely(sum(d.halved for d in days), sum(d.approved for d in days) / 2,
                   sum(d.left for d in days), sum(d.joined for d in days))


def explain(
    store: Store, measure: str, view: View, preset: Preset | None, typed: tuple[float, int],
) -> Explained | None:
    """What would bring our figure closer to the typed one; None where we have no figure."""
    theirs, places = typed
    plain = view.with_(by=(), period=None)
    ours = _figure(answer(store, measure, plain, preset=preset))
    if ours is None:
        return None
    if _same(ours, theirs, places, measure):
        return Explained(ours, theirs, reached=True)
    ways = _ways(store, measure, plain, preset, ours)
    if ways is None:
        return Explained(ours, theirs, why_not=TOTALS)
    found = rules.closer(ours, theirs, ways)
    reached = bool(found) and _same(found[0].figure, theirs, places, measure)
    return Explained(ours, theirs, found, reached)


def _figure(found: Answer) -> float | None:
    if found.withheld or found.total is None:
        return None
    return found.total.value


def _same(one: float, other: float, places: int, measure: str) -> bool:
    """Whether two figures are the same as they are written."""
    scale = 1 if measure in _HEADS else 100
    return half_up(one * scale, places) == half_up(other * scale, places)


def _ways(
    store: Store, measure: str, view: View, preset: Preset | None, ours: float
) -> list[Other] | None:
    if measure in _HEADS:
        return _of_heads(store, measure, view, preset)
    if measure == "pass_rate":
        return [*rules.result_ways(students.results(store, view, preset)),
                *_other_marks(store, view, preset)]
    figure, minimum, line = _judged(measure, preset)
    days = students.register(store, view, preset)
    again = figure(days)
    if again is None or abs(again - ours) > rules.TINY:
        return None
    found = rules.register_ways(days, figure)
    if measure in ("attendance_rate", "absence_rate"):
        return found + rules.mean_of_students(days, attended=measure == "attendance_rate")
    more: list[tuple[Reason, float | None]] = [
        ("more_than", rules.beyond(line, minimum, more=True)(days)),
        ("no_minimum", rules.beyond(line, 0)(days))]
    few = sum(0 < d.possible < 2 * minimum for d in days)
    return found + [Other(reason, value, few if reason == "no_minimum" else 0)
                    for reason, value in more if value is not None]


def _judged(
    measure: str, preset: Preset | None
) -> tuple[Callable[..., float | None], int, int]:
    """How the measure is reckoned from the counts; least days and line where it has them."""
    minimum = preset.minimum_days.value if preset else 20
    if measure == "chronic_absence":
        line = preset.chronic.value if preset else 10
        return rules.beyond(line, minimum), minimum, line
    if measure == "severe_absence":
        line = preset.severe.value if preset else 20
        return rules.beyond(line, minimum), minimum, line
    return (rules.attendance if measure == "attendance_rate" else rules.absence), 0, 0


def _other_marks(store: Store, view: View, preset: Preset | None) -> list[Other]:
    """The pass rate under other pass marks, where the tests state none of their own."""
    if preset is None:
        return []
    out = []
    for mark in _PASS_MARKS:
        if mark == preset.pass_percent.value:
            continue
        other = replace(preset, name=f"{preset.name}:{mark}",
                        pass_percent=Value(mark, "convention", "tried", True))
        value = _figure(answer(store, "pass_rate", view, preset=other))
        out += [] if value is None else [Other("pass_mark", value, mark)]
    return out


def _of_heads(store: Store, measure: str, view: View, preset: Preset | None) -> list[Other]:
    ways: list[tuple[Reason, str, View]] = [
        ("first_day", "headcount", view.with_(end=view.start)),
        ("census_day", "census_headcount", view)]
    found = [Other(reason, value, 0) for reason, name, at in ways if name != measure
             and (value := _figure(answer(store, name, at, preset=preset))) is not None]
    ever = students.ever_enrolled(store, view, preset)
    return found + ([Other("any_time", float(ever), 0)] if ever else [])
