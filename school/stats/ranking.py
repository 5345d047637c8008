"""Several comparisons at once, and needs counted in students rather than points."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from school.answers import Better
from school.stats.intervals import rate_interval


def bh(pvalues: Sequence[float]) -> list[float]:
    """p values of one page's comparisons, adjusted after Benjamini and Hochberg."""
    if not pvalues:
        return []
    from statsmodels.stats.multitest import multipletests

    return [float(p) for p in multipletests(list(pvalues), method="fdr_bh")[1]]


@dataclass(frozen=True)
class Excess:
    """Students above what is allowed: best estimate, cautious and highest; the rate behind them."""

    students: float
    cautious: float
    highest: float
    rate: float
    low: float
    high: float


def cautious_excess(n: int, x: int, p0: float, better: Better) -> Excess | None:
    """How many more of n than the share `p0` allows have the bad outcome; None without anybody.

    Where lower is better, x counts the bad outcome and p0 is its allowed share. Where higher is
    better, x counts the good one and p0 is the share wanted. `cautious` uses the low end.
    """
    if better == "higher":
        x, p0 = n - x, 1 - p0
    interval = rate_interval(x, n)
    if interval is None:
        return None
    low, high = interval
    rate = x / n
    return Excess(
        n * max(0.0, rate - p0), n * max(0.0, low - p0), n * max(0.0, high - p0), rate, low, high
    )


def share_p(x: int, n: int, p0: float) -> float:
    """One-sided p value of seeing x of n or more where the true share is `p0` (score test)."""
    if n <= 0 or not 0 < p0 < 1:
        return 1.0
    z = (x / n - p0) / math.sqrt(p0 * (1 - p0) / n)
    return 0.5 * math.erfc(z / math.sqrt(2))
