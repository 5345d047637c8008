"""What may come: a target's chance, a headcount, how many will have been absent too often.

Always a range, never a single line, and never further than half as far as was looked back.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from school.answers import Better
from school.stats import least
from school.stats.intervals import CONFIDENCE, Estimate, Interval

Chance = Literal["likely", "uncertain", "unlikely"]
LIKELY, UNLIKELY = 0.8, 0.2
TRIES = 2000
YEARS = 3  # of entrants, before a next year's are told


@dataclass(frozen=True)
class Forecast:
    """A straight line through a series, `at` a place: its value there, the range of the line and
    the wider one of a new point."""

    at: float
    value: float
    line: Interval
    point: Interval
    _spread: float
    _df: int

    def beyond(self, target: float) -> float:
        """Probability that a new point there lies at `target` or above, 0 to 1."""
        if self._spread <= 0:
            return float(self.value >= target)
        from scipy.stats import t

        return float(t.sf((target - self.value) / self._spread, self._df))


def forecast(
    xs: Sequence[float], ys: Sequence[float], at: float, inside: float = CONFIDENCE,
) -> Forecast | None:
    """Where a straight line through the points leads, with the range of a new point there.

    None under 8 points, where all x are alike, or where `at` lies further after the last x than
    half the length of what was seen. Source: ordinary least squares with the standard error of
    prediction (Kutner et al. 2005), by statsmodels.
    """
    if len(xs) < least.FORECAST or min(xs) == max(xs):
        return None
    if at - max(xs) > (max(xs) - min(xs)) / 2:
        return None
    import numpy as np
    from statsmodels.regression.linear_model import OLS

    fit = OLS(np.asarray(ys, float), np.column_stack([np.ones(len(xs)), xs])).fit()
    there = fit.get_prediction(np.array([[1.0, at]]))
    line, point = there.conf_int(alpha=1 - inside)[0], there.conf_int(alpha=1 - inside, obs=True)[0]
    return Forecast(at, float(there.predicted_mean[0]), (float(line[0]), float(line[1])),
                    (float(point[0]), float(point[1])),
                    math.sqrt(float(there.var_pred_mean[0]) + float(fit.mse_resid)),
                    int(fit.df_resid))


def chance(probability: float) -> Chance:
    """A probability in three words: over 80 in 100, between, under 20."""
    if probability > LIKELY:
        return "likely"
    return "unlikely" if probability < UNLIKELY else "uncertain"


def chance_of(target: float, found: Forecast, better: Better) -> Chance:
    """How likely a target is reached on the better side of a forecast."""
    above = found.beyond(target)
    return chance(1 - above if better == "lower" else above)


@dataclass(frozen=True)
class Headcount:
    """Students of the next year: of each grade by name, and of all, each with its range."""

    grades: Mapping[str, Estimate]
    total: Estimate


def headcount(years: Sequence[Mapping[str, int]], grades: Sequence[str]) -> Headcount | None:
    """Headcount a year on, from how each grade became the next in the years seen.

    `years` are headcounts by grade, oldest first; `grades` in the order students pass through, the
    first filled by new students. A grade not passed on before is taken to go as all others do. None
    under three years, or under eight passages from a grade to the next. The range widens with how
    unevenly grades were passed on, and with few years of entrants. Source: cohort survival (grade
    progression ratios); ranges by the dispersion of what was seen about them.
    """
    steps = list(pairwise(grades))
    passed = [(b, now.get(a, 0), then.get(b, 0)) for now, then in pairwise(years)
              for a, b in steps if now.get(a, 0) > 0]
    free = len(passed) - len(steps)
    if len(years) < YEARS or len(passed) < least.FORECAST or free < 1:
        return None
    every = [(n, m) for _, n, m in passed]
    seen = {b: [(n, m) for to, n, m in passed if to == b] or every for _, b in steps}
    ratios = {b: sum(m for _, m in s) / sum(n for n, _ in s) for b, s in seen.items()}
    uneven = sum((m - ratios[b] * n) ** 2 / n for b, n, m in passed) / free
    mean, spread = _next([y.get(grades[0], 0) for y in years])
    found, variance = {grades[0]: _around(mean, spread, len(years) - 1)}, spread**2
    for a, b in steps:
        n = years[-1].get(a, 0)
        of_grade = uneven * n * (1 + n / sum(k for k, _ in seen[b]))
        found[b] = _around(ratios[b] * n, math.sqrt(of_grade), free)
        variance += of_grade
    return Headcount(found, _around(sum(e.value for e in found.values()), math.sqrt(variance),
                                    len(years) - 1))


def _next(counts: Sequence[int]) -> tuple[float, float]:
    """The next of a few counts: their mean, and the standard error of a new one."""
    n, mean = len(counts), sum(counts) / len(counts)
    return mean, math.sqrt(sum((c - mean) ** 2 for c in counts) / (n - 1) * (1 + 1 / n))


def _around(value: float, error: float, df: int) -> Estimate:
    from scipy.stats import t

    half = float(t.ppf(0.5 + CONFIDENCE / 2, df)) * error
    return Estimate(value, max(0.0, value - half), value + half)


@dataclass(frozen=True)
class YearEnd:
    """How many will have missed a tenth of the year or more: who has already, who no longer can,
    and how many in all, with the range of chance."""

    certain: int
    safe: int
    total: Estimate


def year_end(
    students: Sequence[tuple[int, int, int]], one_in: int = 10, tries: int = TRIES,
) -> YearEnd | None:
    """Who ends the year over a tenth of days missed; each student as (absent, possible so far,
    possible in the whole year), in days or in halves of days.

    First by counting, then by drawing the days that are left: each student goes on as before,
    pulled toward all as if ten more days of the whole school had been seen. The draws are the same
    every time. None without students, or where less than 20 days are over for all of them. Source:
    METHODS 8 (cumulative flags): beta-binomial.
    """
    possible = sum(p for _, p, _ in students)
    if not students or max(p for _, p, _ in students) < least.POSSIBLE_DAYS:
        return None
    import numpy as np

    absent, so_far, whole = (np.array(column) for column in zip(*students, strict=True))
    left = np.maximum(whole - so_far, 0)
    certain, safe = one_in * absent >= whole, one_in * (absent + left) < whole
    usual = (absent.sum() + 0.5) / (possible + 1)
    rng = np.random.default_rng(180)
    rate = rng.beta(absent + 10 * usual, so_far - absent + 10 * (1 - usual), (tries, len(absent)))
    over = (one_in * (absent + rng.binomial(left, rate)) >= whole).sum(axis=1)
    tail = 100 * (1 - CONFIDENCE) / 2
    low, high = np.percentile(over, [tail, 100 - tail])
    return YearEnd(int(certain.sum()), int(safe.sum()),
                   Estimate(float(over.mean()), float(low), float(high)))


def days_left(absent: int, whole: int, one_in: int = 10) -> int:
    """How many more days may be missed before a tenth of the whole year is; under 0: it is past.

    Source: METHODS 2 (absence budget), in whole numbers: ceil(whole / 10) - 1 - absent.
    """
    return -(-whole // one_in) - 1 - absent
