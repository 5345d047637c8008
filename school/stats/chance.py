"""Whether a change that the run rules hold for standing is more than a quiet series shows anyway.

The run rules ask of every point anew whether something changed, so the longer a series the more
often chance alone says yes: in about 1 of 12 series of 17 weeks, in 1 of 5 of 40 weeks. How
large such chance changes are is counted once by `quiet`, for each length, and kept beside this
module in `chance.csv`. A change is named only where fewer than 1 in 20 quiet series shows as much.
"""

from __future__ import annotations

import csv
import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from school.stats.process import Signal, Xmr, standing, turning_point

LEVELS = (0.20, 0.10, 0.05, 0.02, 0.01)  # shares of quiet series that are told apart
NAMED = 0.05  # a change is named when at most this share of quiet series shows as much
TABLE = Path(__file__).with_name("chance.csv")


@dataclass(frozen=True)
class Change:
    """A change that still holds at the end of a series: from which point on, and how large it is.

    `strength` is the distance of the two levels in standard errors; 0 where there is none.
    """

    signal: Signal
    since: int
    strength: float


def lasting(values: Sequence[float | None], chart: Xmr, least: float = 0.0) -> Change | None:
    """The change that the run rules hold for standing; None where all is as usual.

    `least` is the smallest mean moving range believed, as in `xmr`.
    """
    signal = standing(values, chart)
    if signal is None:
        return None
    since = turning_point(values, chart, signal)
    return Change(signal, since, _strength(values, since, signal.up, least))


def _strength(values: Sequence[float | None], since: int, up: bool, least: float) -> float:
    """Student's t of the level since then against the level before, where it lies on that side."""
    before = [v for v in values[:since] if v is not None]
    after = [v for v in values[since:] if v is not None]
    if not before or not after or len(before) + len(after) < 3:
        return 0.0
    old, new = math.fsum(before) / len(before), math.fsum(after) / len(after)
    gap = (new - old) * (1 if up else -1)
    if gap <= 0:
        return 0.0
    squares = math.fsum([(v - old) ** 2 for v in before] + [(v - new) ** 2 for v in after])
    # The mean moving range of chance alone is 1.128 standard deviations (NIST e-Handbook 6.3.2.2).
    spread = max(math.sqrt(squares / (len(before) + len(after) - 2)), least / 1.128)
    if spread <= 1e-12:
        return math.inf
    return gap / (spread * math.sqrt(1 / len(before) + 1 / len(after)))


def by_chance(points: int, strength: float) -> float:
    """At most this share of quiet series of so many points shows a change of this strength.

    One of `LEVELS`, the smallest that is sure; 1.0 where more than 1 in 5 shows as much.
    """
    sure = [level for level, most in zip(LEVELS, _most(points), strict=True) if strength > most]
    return min(sure, default=1.0)


def _most(points: int) -> tuple[float, ...]:
    """Of each level, the strength that no larger share of quiet series of this length exceeds.

    Between two lengths of the table by a straight line; outside it the nearest.
    """
    table = _table()
    lengths = list(table)
    at = bisect_left(lengths, points)
    if at == 0 or at == len(lengths):
        return table[lengths[min(at, len(lengths) - 1)]]
    left, right = lengths[at - 1], lengths[at]
    share = (points - left) / (right - left)
    return tuple(a + share * (b - a) for a, b in zip(table[left], table[right], strict=True))


@cache
def _table() -> dict[int, tuple[float, ...]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        return {int(row[0]): tuple(float(v) for v in row[1:]) for row in rows}
