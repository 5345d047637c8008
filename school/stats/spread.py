"""How the differences are spread: between classes, between subjects, between students; and how far
a class may lie from the rest by chance alone.

A class is not a person: what is told is how much of the spread lies between classes, with its
range, and the range that a class of its size is expected in; never a rank.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from school.stats.intervals import CONFIDENCE, Interval

LEAST_GROUPS = 6  # groups, and
LEAST_MEMBERS = 5  # members of each, before the spread is told (METHODS 13)
LEAST_SHRUNK = 5  # groups before anything is pulled toward the middle
LEAST_FUNNEL = 8  # groups before expected ranges are drawn


@dataclass(frozen=True)
class Group:
    """One group as sums: members, sum of their values and sum of the squares."""

    n: int
    total: float
    squares: float

    @property
    def mean(self) -> float:
        """The mean of the group; n is never 0."""
        return self.total / self.n


@dataclass(frozen=True)
class Spread:
    """Variance between and within groups. `share` is the part between (the intraclass
    correlation), 0 to 1, with its range."""

    mean: float
    between: float
    within: float
    share: float
    range: Interval
    groups: int
    members: int


def spread(groups: Sequence[Group]) -> Spread | None:
    """The spread over groups by analysis of variance; None under two groups or without a rest.

    between = max(0, (MSB - MSW) / n0) with n0 = (N - sum n^2 / N) / (k - 1); the range of the share
    is that of the F ratio (Searle; for unequal groups with n0 in place of n). Source: METHODS 7;
    Shrout and Fleiss 1979.
    """
    whole = sum(g.n for g in groups)
    k = len(groups)
    if k < 2 or whole <= k:
        return None
    mean = sum(g.total for g in groups) / whole
    ssb = sum(g.n * (g.mean - mean) ** 2 for g in groups)
    ssw = max(0.0, sum(g.squares - g.n * g.mean**2 for g in groups))
    msb, msw = ssb / (k - 1), ssw / (whole - k)
    n0 = (whole - sum(g.n**2 for g in groups) / whole) / (k - 1)
    if msw <= 0:
        return None
    between = max(0.0, (msb - msw) / n0)
    return Spread(mean, between, msw, between / (between + msw),
                  _share_range(msb / msw, k - 1, whole - k, n0), k, whole)


def _share_range(ratio: float, df1: int, df2: int, n0: float) -> Interval:
    """Range of the intraclass correlation from the observed F ratio."""
    from scipy.stats import f

    tail = (1 - CONFIDENCE) / 2
    low = ratio / float(f.ppf(1 - tail, df1, df2))
    high = ratio / float(f.ppf(tail, df1, df2))
    ends = [(r - 1) / (r + n0 - 1) for r in (low, high)]
    return max(0.0, ends[0]), min(1.0, max(0.0, ends[1]))


def by_likelihood(values: Sequence[float], groups: Sequence[str]) -> tuple[float, float, float]:
    """Mean, variance between and within groups by restricted maximum likelihood.

    Falls back to the analysis of variance where the fit ends at its border. `values` and `groups`
    are of one length, with two groups or more. Source: METHODS 7; statsmodels `MixedLM`.
    """
    import warnings

    import numpy as np
    from statsmodels.regression.mixed_linear_model import MixedLM

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        fitted = MixedLM(np.asarray(values, float), np.ones((len(values), 1)),
                         groups=np.asarray(groups)).fit(reml=True)
    between = float(np.asarray(fitted.cov_re)[0, 0])
    if math.isfinite(between) and between > 0:
        return float(fitted.fe_params[0]), between, float(fitted.scale)
    found = spread(grouped(values, groups))
    assert found is not None  # two groups with a rest, or the fit would not have run
    return found.mean, found.between, found.within


def grouped(values: Sequence[float], groups: Sequence[str]) -> list[Group]:
    """Sums of each group, in the order of their names."""
    found: dict[str, list[float]] = {}
    for value, name in zip(values, groups, strict=True):
        found.setdefault(name, []).append(value)
    return [Group(len(v), sum(v), sum(x * x for x in v)) for _, v in sorted(found.items())]


def weight(between: float, within: float, n: int) -> float:
    """How far a group's own mean is trusted, 0 to 1: between / (between + within / n)."""
    return between / (between + within / n) if between > 0 else 0.0


def pulled(group: Group, found: Spread) -> float:
    """The mean of a group, pulled toward that of all the more, the smaller the group is."""
    return found.mean + weight(found.between, found.within, group.n) * (group.mean - found.mean)


def pulled_rates(counts: Sequence[tuple[int, int]]) -> list[float]:
    """Shares x of n pulled toward the share of all; the raw ones under five groups.

    The pull is that of a beta-binomial whose spread is found from the counts by moments. Source:
    METHODS 7 (empirical Bayes).
    """
    raw = [x / n for x, n in counts]
    whole_n = sum(n for _, n in counts)
    p = sum(x for x, _ in counts) / whole_n if whole_n else 0.0
    if len(counts) < LEAST_SHRUNK or not 0 < p < 1:
        return raw
    k = len(counts)
    observed = sum(n * (r - p) ** 2 for r, (_, n) in zip(raw, counts, strict=True)) / (k - 1)
    n0 = (whole_n - sum(n * n for _, n in counts) / whole_n) / (k - 1)
    between = max(0.0, (observed - p * (1 - p)) / n0)
    return [p + weight(between, p * (1 - p), n) * (r - p)
            for r, (_, n) in zip(raw, counts, strict=True)]


def expected_share(p0: float, n: int, inside: float = CONFIDENCE) -> Interval:
    """The range in which the share of a group of n lies by chance where the true one is `p0`.

    Exact limits, interpolated. Source: Spiegelhalter 2005, Statistics in Medicine 24:1185.
    """
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
    """The range of observed over expected counts by chance (Poisson, exact).

    Source: Spiegelhalter 2005; chi-squared form of the Poisson limits.
    """
    from scipy.stats import chi2

    tail = (1 - inside) / 2
    return (float(chi2.ppf(tail, 2 * expected)) / (2 * expected),
            float(chi2.ppf(1 - tail, 2 * expected + 2)) / (2 * expected))


def overdispersion(z: Sequence[float], cut: float = 0.1) -> float:
    """Mean of squared z scores after the outer tenths are drawn in: over 1, ranges are too narrow.

    Source: Spiegelhalter 2005 (winsorised).
    """
    if not z:
        return 1.0
    import numpy as np
    from scipy.stats.mstats import winsorize

    inner = np.asarray(winsorize(np.asarray(z, float), limits=(cut, cut)))
    return float((inner**2).mean())
