"""A short series about its own middle: longest run and crossings, where there is no usual range.

The set of rules of the usual range (`process`) is not joined with this one on a page: each added
rule adds false alarms.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import median

from school.stats import least

TAIL = 0.05  # of all chance series that cross the median less often than this


@dataclass(frozen=True)
class RunChart:
    """A series about its median: its longest run and crossings beside what chance would give.

    `points` are those not on the median. `runs` is one more than the crossings.
    """

    median: float
    points: int
    longest: int
    longest_most: int
    crossings: int
    crossings_least: int
    crossings_most: int

    @property
    def runs(self) -> int:
        """Unbroken stretches on one side."""
        return self.crossings + 1

    @property
    def runs_expected(self) -> tuple[int, int]:
        """Fewest and most runs that chance gives in nine series of ten."""
        return self.crossings_least + 1, self.crossings_most + 1

    @property
    def signal(self) -> bool:
        """Whether something else than chance is in it: a long run, or too few crossings."""
        return self.longest > self.longest_most or self.crossings < self.crossings_least


def run_chart(values: Sequence[float], minimum: int = least.RUN_CHART) -> RunChart | None:
    """The runs of a series about its median; None with fewer than `minimum` points off it.

    Points on the median are skipped. Source: Anhoej and Olesen 2014, PLoS ONE 9:e113825.
    """
    if not values:
        return None
    middle = median(values)
    runs = [len(list(run)) for _, run in groupby(v > middle for v in values if v != middle)]
    points = sum(runs)
    if points < max(1, minimum):
        return None
    longest_most, fewest, most = limits(points)
    return RunChart(middle, points, max(runs), longest_most, len(runs) - 1, fewest, most)


def limits(points: int) -> tuple[int, int, int]:
    """Longest run, fewest and most crossings that chance gives for so many points off the median.

    round(log2 n) + 3, and the fifth and ninety-fifth percentile of n - 1 throws of a coin.
    """
    from scipy.stats import binom

    return (round(math.log2(points)) + 3, int(binom.ppf(TAIL, points - 1, 0.5)),
            int(binom.ppf(1 - TAIL, points - 1, 0.5)))
