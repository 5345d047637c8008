"""How far a group may lie from the rest by chance alone: the limits of a funnel, never a rank."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from school.stats import least
from school.stats.intervals import CONFIDENCE, Interval

WIDE = 0.998  # the outer limits of a funnel; the inner ones hold 95 in 100


@dataclass(frozen=True)
class Unit:
    """One group in a funnel: its share of n, what it is expected in, and whether it lies outside.

    `beyond` is 0 inside the inner limits, else 1 above them, -1 below; `far` beyond the outer ones.
    """

    n: int
    share: float
    inner: Interval
    outer: Interval
    beyond: int
    far: bool


@dataclass(frozen=True)
class Funnel:
    """Units about a target share; `widened` is what the limits were times, 1.0 or more."""

    target: float
    widened: float
    units: tuple[Unit, ...]


def funnel(counts: Sequence[tuple[int, int]], target: float | None = None) -> Funnel | None:
    """Groups as (x, n) about a target share, by default that of all together.

    Where the groups differ more than chance would make them (overdispersion over 1) the limits are
    widened by its root, so that only what is odd among odd ones stands out. None under 8 groups
    with anybody. Source: Spiegelhalter 2005, Statistics in Medicine 24:1185.
    """
    counts = [(x, n) for x, n in counts if n > 0]
    if len(counts) < least.FUNNEL:
        return None
    p0 = target if target is not None else sum(x for x, _ in counts) / sum(n for _, n in counts)
    z = [(x / n - p0) / math.sqrt(p0 * (1 - p0) / n) for x, n in counts] if 0 < p0 < 1 else []
    widened = math.sqrt(max(1.0, overdispersion(z)))
    return Funnel(p0, widened, tuple(_unit(x, n, p0, widened) for x, n in counts))


def _unit(x: int, n: int, p0: float, widened: float) -> Unit:
    inner, outer = (_widened(expected_share(p0, n, inside), p0, widened)
                    for inside in (CONFIDENCE, WIDE))
    share = x / n
    return Unit(n, share, inner, outer, (share > inner[1]) - (share < inner[0]),
                not outer[0] <= share <= outer[1])


def _widened(limits: Interval, p0: float, times: float) -> Interval:
    return max(0.0, p0 - times * (p0 - limits[0])), min(1.0, p0 + times * (limits[1] - p0))


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


def overdispersion(z: Sequence[float], cut: float = 0.1) -> float:
    """Mean of squared z scores after the outer tenths are drawn in: over 1, ranges are too narrow.

    1.0 without scores. Source: Spiegelhalter 2005 (winsorised).
    """
    if not z:
        return 1.0
    import numpy as np
    from scipy.stats.mstats import winsorize

    inner = np.asarray(winsorize(np.asarray(z, float), limits=(cut, cut)))
    return float((inner**2).mean())
