"""Scores on scales: where one stands, how exact it is, how far apart two groups are.

A place within a class of thirty is a rank and not a level; raw marks of two tests are never
subtracted from each other.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, pstdev

CERTAIN = 1.96  # standard errors to either side of 95 in 100


def standard_scores(values: Sequence[float]) -> list[float]:
    """Each value as z: standard deviations (of these values) above their mean.

    Zeros where all are alike. The group of reference is `values` and must be named beside it.
    """
    mean, sd = fmean(values) if values else 0.0, pstdev(values) if values else 0.0
    return [(v - mean) / sd if sd else 0.0 for v in values]


def t_score(z: float) -> float:
    """z on the scale with mean 50 and standard deviation 10."""
    return 50 + 10 * z


def percentile_rank(values: Sequence[float], score: float) -> float:
    """Percent of `values` below `score`, those equal to it counting half."""
    from scipy.stats import percentileofscore

    return float(percentileofscore(list(values), score, kind="mean"))


def normal_curve_equivalent(percentile: float) -> float:
    """Score that meets the percentile at 1, 50 and 99 and has equal steps between."""
    from scipy.stats import norm

    return float(50 + 21.06 * norm.ppf(percentile / 100))


def measurement_error(sd: float, reliability: float) -> float:
    """Standard error of measurement of a score, in points: sd * sqrt(1 - reliability)."""
    return sd * math.sqrt(1 - reliability)


def reliable_change(sd: float, reliability: float) -> float:
    """How many points a student's score must move before it is more than the test's own error.

    Source: Jacobson and Truax 1991: 1.96 standard errors of a difference.
    """
    return CERTAIN * math.sqrt(2) * measurement_error(sd, reliability)


def gain_reliability(first: float, last: float, together: float) -> float | None:
    """Reliability of a gain between two tests of equal variance, from the reliability of each and
    their correlation; None where they correlate fully. Source: METHODS 4."""
    return ((first + last) / 2 - together) / (1 - together) if together < 1 else None


@dataclass(frozen=True)
class Effect:
    """A difference of means in standard deviations: Hedges' g, its standard error and range."""

    g: float
    error: float

    @property
    def low(self) -> float:
        """Lower end of the range that holds 95 in 100."""
        return self.g - CERTAIN * self.error

    @property
    def high(self) -> float:
        """Upper end of it."""
        return self.g + CERTAIN * self.error


def effect(
    mean1: float, sd1: float, n1: int, mean2: float, sd2: float, n2: int,
) -> Effect | None:
    """How far mean 1 lies above mean 2, in pooled standard deviations, corrected for small groups.

    None under two in a group or without any spread. The variance is that of Borenstein et al.
    (2009, chapter 4) and not that of the library, which differs in the third digit.
    """
    if min(n1, n2) < 2:
        return None
    df = n1 + n2 - 2
    pooled = math.sqrt(((n1 - 1) * sd1 * sd1 + (n2 - 1) * sd2 * sd2) / df)
    if pooled <= 0:
        return None
    d, j = (mean1 - mean2) / pooled, 1 - 3 / (4 * df - 1)
    variance = (n1 + n2) / (n1 * n2) + d * d / (2 * (n1 + n2))
    return Effect(j * d, j * math.sqrt(variance))


@dataclass(frozen=True)
class Net:
    """Favourable less unfavourable, in percentage points, with its standard error and range."""

    score: float
    error: float
    low: float
    high: float


def net_score(favourable: int, unfavourable: int, n: int) -> Net | None:
    """Share for less share against of n answers, -100 to 100; None without answers.

    Source: METHODS 10; variance of a difference of two shares of one multinomial.
    """
    if n <= 0:
        return None
    pro, con = favourable / n, unfavourable / n
    error = math.sqrt(max(0.0, pro + con - (pro - con) ** 2) / n)
    net = pro - con
    return Net(100 * net, 100 * error, 100 * max(-1.0, net - CERTAIN * error),
               100 * min(1.0, net + CERTAIN * error))
