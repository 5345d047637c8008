"""A series against its own usual range: XmR limits, run rules, and whether a target is reached.

One set of rules (Making Data Count with a trend of six), never more: each added rule adds alarms.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Literal

from school.answers import Better
from school.stats import least

Rule = Literal["outside", "shift", "trend", "two of three"]
Assurance = Literal["met", "missed", "mixed"]
RULES: tuple[Rule, ...] = ("outside", "shift", "trend", "two of three")

LIMIT = 2.66  # mean moving range to natural process limit
RANGE_LIMIT = 3.267  # mean moving range to the largest moving range that is still usual
SHIFT, TREND = 7, 6
BASELINE_LEAST, BASELINE_MOST = least.RANGE, 20


@dataclass(frozen=True)
class Signal:
    """Points that the usual ups and downs do not explain: by which rule, and in which direction."""

    rule: Rule
    points: tuple[int, ...]
    up: bool


@dataclass(frozen=True)
class Xmr:
    """The usual range of a series, frozen over its first `baseline` points, and its signals."""

    mean: float
    moving_range: float
    low: float
    high: float
    upper_range: float
    baseline: int
    signals: tuple[Signal, ...]


def xmr(
    values: Sequence[float | None], baseline: int | None = None, least: float = 0.0
) -> Xmr | None:
    """Usual range and signals of a series; None without two neighbouring points.

    None in `values` is a gap: it breaks runs and gives no moving range. Limits rest on the first
    `baseline` known points (all by default), and later points are held against them. `least` is
    the smallest mean moving range believed: one student more or less is no news.
    """
    held = _head(values, baseline)
    known = [v for v in held if v is not None]
    moves = [abs(b - a) for a, b in pairwise(held) if a is not None and b is not None]
    if not moves:
        return None
    mean = math.fsum(known) / len(known)
    spread = math.fsum(moves) / len(moves)
    kept = [m for m in moves if m < RANGE_LIMIT * spread]  # once, never repeated
    if any(kept):  # a series that never moves but for one jump keeps the jump
        spread = math.fsum(kept) / len(kept)
    spread = max(spread, least)
    low, high = mean - LIMIT * spread, mean + LIMIT * spread
    return Xmr(mean, spread, low, high, RANGE_LIMIT * spread, len(known),
               run_rules(values, mean, low, high))


def baseline_length(values: Sequence[float | None], least: float = 0.0) -> int:
    """How many of the first known points the usual range rests on: 12, growing to 20 while quiet.

    It stops growing at the first signal and never moves after it, so that a change is not taken
    into the range that should show it. Under 12 points: 0, there is no range yet.
    """
    known = sum(v is not None for v in values)
    if known < BASELINE_LEAST:
        return 0
    length = BASELINE_LEAST
    while length < min(BASELINE_MOST, known):
        chart = xmr(_head(values, length + 1), length, least)
        if chart is None or chart.signals:
            break
        length += 1
    return length


def usual_range(
    values: Sequence[float | None], least: float = 0.0, rules: Sequence[Rule] = RULES
) -> Xmr | None:
    """The frozen range of a series and its signals by these rules; None under 12 known points.

    A point of the baseline that lies beyond the range has a cause of its own (a week of fever): it
    stays a signal and is left out of the range once, which never makes the range wider.
    """
    length = baseline_length(values, least)
    chart = xmr(values, length, least) if length else None
    if chart is None:
        return None
    held = _head(values, length)
    away = {i for s in chart.signals if s.rule == "outside" for i in s.points if i < len(held)}
    if away:
        kept = xmr([None if i in away else v for i, v in enumerate(held)], None, least)
        if kept is not None and kept.moving_range <= chart.moving_range + 1e-12:
            chart = replace(kept, baseline=length)
    signals = run_rules(values, chart.mean, chart.low, chart.high)
    return replace(chart, signals=tuple(s for s in signals if s.rule in rules))


def _head(values: Sequence[float | None], count: int | None) -> list[float | None]:
    """The series up to and with its `count`-th known point."""
    out: list[float | None] = []
    for value in values:
        if count is not None and sum(v is not None for v in out) >= count:
            break
        out.append(value)
    return out


def run_rules(
    values: Sequence[float | None], mean: float, low: float, high: float
) -> tuple[Signal, ...]:
    """Signals in order of their first point: outside, shift of 7, trend of 6, two of three."""
    edge = 2 / 3 * (high - mean)
    sides = [None if v is None else _sign(v - mean) for v in values]
    near = [v is not None and abs(v - mean) > edge for v in values]
    found = [Signal("outside", (i,), v > high) for i, v in enumerate(values)
             if v is not None and (_sign(v - high) == 1 or _sign(low - v) == 1)]
    found += [Signal("shift", run, sides[run[0]] == 1) for run in shifts(sides)]
    found += [Signal("trend", run, (values[run[-1]] or 0) > (values[run[0]] or 0))
              for run in trends(values)]
    found += [Signal("two of three", pair, sides[pair[0]] == 1) for pair in near_limit(near, sides)]
    return tuple(sorted(found, key=lambda s: (s.points[0], s.rule)))


def shifts(sides: Sequence[int | None], length: int = SHIFT) -> list[tuple[int, ...]]:
    """Runs of `length` or more points on one side of the mean; a point on it breaks the run."""
    return _runs(len(sides), length, lambda i: sides[i] in (1, -1),
                 lambda i: sides[i] == sides[i - 1])


def trends(values: Sequence[float | None], length: int = TREND) -> list[tuple[int, ...]]:
    """Runs of `length` or more points that only rise or only fall; equal neighbours break it."""
    out = []
    for way in (1, -1):
        def goes_on(i: int, way: int = way) -> bool:
            before, now = values[i - 1], values[i]
            return before is not None and now is not None and _sign(now - before) == way

        out += _runs(len(values), length, lambda i: values[i] is not None, goes_on)
    return out


def near_limit(near: Sequence[bool], sides: Sequence[int | None]) -> list[tuple[int, ...]]:
    """Two or more of three neighbours beyond two thirds of a limit, all three on one side."""
    out = []
    for i in range(len(near) - 2):
        window = range(i, i + 3)
        points = tuple(j for j in window if near[j])
        if len(points) >= 2 and sides[i] in (1, -1) and len({sides[j] for j in window}) == 1:
            out.append(points)
    return out


def _runs(
    count: int, length: int, starts: Callable[[int], bool], goes_on: Callable[[int], bool]
) -> list[tuple[int, ...]]:
    out: list[tuple[int, ...]] = []
    run: list[int] = []
    for i in range(count + 1):
        if run and i < count and goes_on(i):
            run.append(i)
            continue
        if len(run) >= length:
            out.append(tuple(run))
        run = [i] if i < count and starts(i) else []
    return out


def _sign(value: float) -> int:
    return (value > 1e-12) - (value < -1e-12)


def standing(values: Sequence[float | None], chart: Xmr) -> Signal | None:
    """The change that still holds at the end of the series; None where all is back to usual.

    It holds if two thirds of the points since its first lie on its side of the mean, and two of the
    last three. A shift needs three points before it; after a point
    or two beyond the range half of what follows must lie beyond half of the limit. Of several in
    one direction the earliest is named, for "since when".
    """
    holding = [s for s in chart.signals if _holds(values, chart, s)]
    if not holding:
        return None
    latest = max(holding, key=lambda s: s.points[-1])
    return min((s for s in holding if s.up == latest.up), key=lambda s: s.points[0])


def turning_point(values: Sequence[float | None], chart: Xmr, signal: Signal) -> int:
    """From which point a change is named: in a shift, where two levels fit the series best.

    A run above the mean often begins by chance a week or two before the change itself; a change
    that came in steps begins with the first step beyond a third of the limit. A trend begins with
    its first move.
    """
    if signal.rule != "shift":
        return signal.points[signal.rule == "trend"]
    way, third = (1 if signal.up else -1), (chart.high - chart.mean) / 3

    def apart(i: int) -> float:
        before = [v for v in values[:i] if v is not None]
        after = [v for v in values[i:] if v is not None]
        if not before:
            return 0.0
        gap = math.fsum(after) / len(after) - math.fsum(before) / len(before)
        return gap * gap * len(before) * len(after) / (len(before) + len(after))

    at = signal.points.index(max(signal.points, key=apart))
    while at > 0 and way * ((values[signal.points[at - 1]] or 0.0) - chart.mean) >= third > 0:
        at -= 1
    return signal.points[at]


def _holds(values: Sequence[float | None], chart: Xmr, signal: Signal) -> bool:
    way = 1 if signal.up else -1
    after = [way * (v - chart.mean) for v in values[signal.points[0]:] if v is not None]
    beyond = [v > 0 for v in after]
    if 3 * sum(beyond) < 2 * len(beyond) or 3 * sum(beyond[-3:]) < 2 * len(beyond[-3:]):
        return False
    if signal.rule == "shift":  # a first week apart from all others is no change since then
        return sum(v is not None for v in values[:turning_point(values, chart, signal)]) >= 3
    return signal.rule == "trend" or median(after) >= (chart.high - chart.mean) / 2


def assurance(target: float, chart: Xmr, better: Better) -> Assurance | None:
    """Whether the target is always met, always missed or sometimes, if nothing changes.

    None where a measure has no better direction.
    """
    if better == "neither":
        return None
    if chart.low <= target <= chart.high:
        return "mixed"
    return "met" if (target < chart.low) == (better == "higher") else "missed"
