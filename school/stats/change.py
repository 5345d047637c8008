"""Did it change with what was done? What chance does by itself, and a series before and after.

What is found here is "consistent with", never "caused by": only a comparison group says more.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from school.stats import least
from school.stats.intervals import CONFIDENCE, Estimate

POWER = 0.8  # of seeing a difference that is there


def return_to_mean(mean: float, sd: float, cut: float, steadiness: float) -> float:
    """By how much a group chosen for values under `cut` rises when nothing is done, on average.

    `mean` and `sd` are those of everybody they were chosen from; `steadiness` is the correlation of
    two measurings of the same people (1: nothing returns). In the unit of the values; 0.0 without
    spread. For a group chosen for high values, mirror all three. Source: Barnett et al. 2005,
    International Journal of Epidemiology 34:215.
    """
    if sd <= 0:
        return 0.0
    from scipy.stats import norm

    z = (mean - cut) / sd
    ratio = math.exp(float(norm.logpdf(z)) - float(norm.logsf(z)))  # holds far out, too
    return (1 - steadiness) * sd * ratio


@dataclass(frozen=True)
class Broken:
    """A series that may change at one point. `level` is the jump there, `slope` the change of its
    slope (each a step of the series), `trend` the slope before; `effect` is the last point less
    what would have come without a change. Each with its range, except `expected`, which is what."""

    start: float
    trend: Estimate
    level: Estimate
    slope: Estimate
    effect: Estimate
    expected: float


def interrupted(
    values: Sequence[float], at: int, season: int | None = None,
) -> Broken | None:
    """An interrupted time series: y = b0 + b1 t + b2 after + b3 (t - at) after.

    `at` is the number of the first point after the change, counted from 0; `season` is how many
    points a year has, where the months of a year differ and two years or more are known. None with
    fewer than 8 points on a side. Neighbours are alike, so errors are Newey-West's, or the plain
    ones widened by how alike neighbours are, whichever are wider: of so few points Newey-West alone
    holds the truth in two of three series. Source: Bernal et al. 2017, International Journal of
    Epidemiology 46:348; statsmodels OLS with HAC; Bartlett's (1 + r) / (1 - r).
    """
    n = len(values)
    if at < least.BEFORE or n - at < least.AFTER:
        return None
    import numpy as np
    from statsmodels.regression.linear_model import OLS

    t = np.arange(n, dtype=float)
    after = (t >= at).astype(float)
    columns = [np.ones(n), t, after, after * (t - at)]
    if season and n >= 2 * season:
        columns += [(t % season == m).astype(float) for m in range(1, season)]
    there = np.column_stack(columns)
    fit = OLS(np.asarray(values, float), there).fit()
    one = np.eye(there.shape[1])
    effect = _about(fit, one[2] + (n - 1 - at) * one[3])
    return Broken(float(fit.params[0]), _about(fit, one[1]), _about(fit, one[2]),
                  _about(fit, one[3]), effect, float(there[-1] @ fit.params) - effect.value)


def _about(fit: Any, of: Any) -> Estimate:
    """A sum of the coefficients of a fit with its range, by the wider of two standard errors."""
    from scipy.stats import t

    n, k = fit.model.exog.shape
    robust = fit.get_robustcov_results(
        "HAC", maxlags=max(1, int(4 * (n / 100) ** (2 / 9))), use_correction=True)
    left, squares = fit.resid, float((fit.resid**2).sum())
    alike = float((left[1:] * left[:-1]).sum()) / squares if squares > 0 else 0.0
    alike = min(0.9, max(0.0, alike + k / n))  # what fitting k columns takes from it is given back
    plain = math.sqrt(float(of @ fit.cov_params() @ of) * (1 + alike) / (1 - alike))
    error = max(plain, math.sqrt(max(0.0, float(of @ robust.cov_params() @ of))))
    value, half = float(of @ fit.params), float(t.ppf(0.5 + CONFIDENCE / 2, n - k)) * error
    return Estimate(value, value - half, value + half)


def group_for_means(d: float, power: float = POWER) -> int:
    """People in each of two groups to see a difference of `d` standard deviations (not 0).

    Source: Cohen 1988, by statsmodels `TTestIndPower`; two-sided at 5 in 100.
    """
    from statsmodels.stats.power import TTestIndPower

    return math.ceil(TTestIndPower().solve_power(
        effect_size=abs(d), alpha=1 - CONFIDENCE, power=power))


def group_for_shares(p1: float, p2: float, power: float = POWER) -> int:
    """People in each of two groups to see shares `p1` and `p2` (not equal) apart.

    Source: Cohen 1988 (arcsine), by statsmodels `NormalIndPower`.
    """
    from statsmodels.stats.power import NormalIndPower
    from statsmodels.stats.proportion import proportion_effectsize

    return math.ceil(NormalIndPower().solve_power(
        effect_size=abs(float(proportion_effectsize(p1, p2))), alpha=1 - CONFIDENCE, power=power))


def least_gap(p: float, n1: int, n2: int, power: float = POWER) -> float | None:
    """The smallest gap above a share `p` that groups of n1 and n2 would show four times of five.

    None where even the whole way to 1 would not be seen. Source: as `group_for_shares`.
    """
    if min(n1, n2) < 2:
        return None
    from statsmodels.stats.power import NormalIndPower

    h = float(NormalIndPower().solve_power(
        effect_size=None, nobs1=n1, ratio=n2 / n1, alpha=1 - CONFIDENCE, power=power))
    angle = 2 * math.asin(math.sqrt(p)) + h
    return math.sin(angle / 2) ** 2 - p if angle < math.pi else None
