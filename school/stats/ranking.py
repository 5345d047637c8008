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


TRIES = 2000
_SPREAD = 0.25  # of a weight, to either side


@dataclass(frozen=True)
class Ranked:
    """What a place in the ranking rests on: x of n, the share allowed, and what it is times."""

    n: int
    x: int
    p0: float
    times: float = 1.0  # trend and severity weight


def steadiness(
    rows: Sequence[Ranked], places: int = 3, tries: int = TRIES
) -> tuple[list[float], float]:
    """How the order of needs holds when shares and weights are shaken.

    In each of `tries` draws every share comes from its Beta distribution (x + 1/2, n - x + 1/2)
    and every weight from a quarter below to a quarter above. Returns, row by row, the share of
    draws in which it is among the first `places`, and the share in which the first row stays
    ahead of the second (1.0 where there is none). The draws are the same every time. Source:
    OECD/JRC Handbook on Constructing Composite Indicators (2008), uncertainty analysis.
    """
    if not rows:
        return [], 1.0
    import numpy as np

    rng = np.random.default_rng(2008)
    scores = np.stack([
        r.n * np.maximum(0.0, rng.beta(r.x + 0.5, r.n - r.x + 0.5, tries) - r.p0)
        * r.times * rng.uniform(1 - _SPREAD, 1 + _SPREAD, tries)
        for r in rows
    ])
    place = (-scores).argsort(axis=0, kind="stable").argsort(axis=0, kind="stable")
    ahead = float((scores[0] > scores[1]).mean()) if len(rows) > 1 else 1.0
    return [float(s) for s in (place < places).mean(axis=1)], ahead
