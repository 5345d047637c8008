"""How far a group may lie from the rest by chance alone: the limits of a funnel, never a rank."""

from __future__ import annotations

import math

from school.stats.intervals import CONFIDENCE, Interval


def expected_share(p0: float, n: int, inside: float = CONFIDENCE) -> Interval:
    """The range in which the share of a group of n lies by chance where the true one is `p0`.

    Exact limits, interpolated; n is 1 or more. Source: Spiegelhalter 2005, Statistics in Medicine
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
    return max(0.0, limit(tail)), min(1.0, limit(1 - tail))


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
