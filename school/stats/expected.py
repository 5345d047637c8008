"""How far a group may lie from the rest by chance alone: the limits of a funnel, never a rank."""

from __future__ import annotations

import math
from collections.abc import Sequence

from school.stats.intervals import CONFIDENCE, Interval

WINSORISED = 0.10  # of the scores at either end are set to the one at that place


def overdispersion(counts: Sequence[tuple[int, int]], p0: float) -> float:
    """How many times as widely groups x of n lie around `p0` as chance alone would; 1 at least.

    The mean of squared scores, winsorised, so that one odd group does not widen what is expected
    of all. 1 for fewer than two groups or a `p0` of 0 or 1. Source: METHODS 7; Spiegelhalter 2005,
    Statistics in Medicine 24:1185 (multiplicative over-dispersion).
    """
    if len(counts) < 2 or not 0 < p0 < 1:
        return 1.0
    import numpy as np

    scores = np.array([(x / n - p0) / math.sqrt(p0 * (1 - p0) / n) for x, n in counts])
    low, high = np.quantile(scores, (WINSORISED, 1 - WINSORISED))
    return max(1.0, float(np.mean(np.clip(scores, low, high) ** 2)))


def expected_share(
    p0: float, n: int, inside: float = CONFIDENCE, *, times: float = 1.0,
) -> Interval:
    """The range in which the share of a group of n lies by chance where the true one is `p0`.

    Exact limits, interpolated; n is 1 or more. `times` is the `overdispersion` of such groups: the
    limits lie its root as far from `p0`. Source: Spiegelhalter 2005, Statistics in Medicine
    24:1185.
    """
    if not 0 < p0 < 1:
        return p0, p0
    from scipy.stats import binom

    def limit(q: float) -> float:
        r = float(binom.ppf(q, n, p0))
        over, under = float(binom.cdf(r, n, p0)), float(binom.cdf(r - 1, n, p0))
        return (r - (over - q) / (over - under)) / n

    tail = (1 - inside) / 2
    wider = math.sqrt(times)
    return (max(0.0, p0 + wider * (limit(tail) - p0)),
            min(1.0, p0 + wider * (limit(1 - tail) - p0)))


def expected_mean(mean: float, within: float, n: int, inside: float = CONFIDENCE) -> Interval:
    """The range in which the mean of a group of n lies by chance, from the variance within."""
    from scipy.stats import norm

    half = float(norm.ppf(0.5 + inside / 2)) * math.sqrt(within / n)
    return mean - half, mean + half


def expected_ratio(expected: float, inside: float = CONFIDENCE) -> Interval:
    """The range of observed over `expected` counts (more than 0) by chance (Poisson, exact).

    Source: Spiegelhalter 2005; chi-squared form of the Poisson limits.
    """
    from scipy.stats import chi2

    tail = (1 - inside) / 2
    return (float(chi2.ppf(tail, 2 * expected)) / (2 * expected),
            float(chi2.ppf(1 - tail, 2 * expected + 2)) / (2 * expected))
