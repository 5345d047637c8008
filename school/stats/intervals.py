"""How far a figure could move by chance: intervals of rates, ratios, means and differences.

scipy and statsmodels cost seconds to import, so they are imported inside functions;
`school.stats.warm_up` does it once before anybody waits for it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, lru_cache

Interval = tuple[float, float]
CONFIDENCE = 0.95


def half_up(value: float, places: int = 0) -> float:
    """`value` rounded half away from zero, once, for display: 2.5 to 3, 0.125 to 0.13.

    Thirteen digits are trusted, so that 0.285 * 100 (28.499999999999996) counts as 28.5.
    """
    step = Decimal(1).scaleb(-places)
    return float(Decimal(f"{value:.13g}").quantize(step, rounding=ROUND_HALF_UP))


def half_up_to(value: float, base: int) -> int:
    """`value` rounded half up to a multiple of `base`: 22.5 to base 5 is 25."""
    return int(half_up(value / base)) * base


@lru_cache(maxsize=4096)
def rate_interval(x: float, n: float, population: int | None = None) -> Interval | None:
    """Wilson interval of x of n; None without anybody.

    With `population` (how many were asked) the interval shrinks as the answers approach it, and is
    None when everybody answered: then nothing is left to chance.
    """
    if n <= 0:
        return None
    if population is not None and n == population:
        return None
    rate = x / n
    if population is not None and n < population:
        n = effective_n(n, population)
        x = rate * n
    from statsmodels.stats.proportion import proportion_confint

    low, high = proportion_confint(x, n, alpha=1 - CONFIDENCE, method="wilson")
    return _around(rate, float(low), float(high))


def effective_n(n: float, population: int) -> float:
    """How many answers of an endless population n of `population` are worth: n(N - 1)/(N - n).

    n is less than `population`; near it the answers are worth any number. Source: METHODS 10.
    """
    return n * (population - 1) / (population - n)


def ratio_interval(
    people: int, sum_n: float, sum_d: float, sum_nn: float, sum_nd: float, sum_dd: float
) -> Interval | None:
    """Interval of sum_n / sum_d where each person gives many sessions: linearised, by person.

    The sums run over people: numerator, denominator, their squares and their product. Where all
    have the same rate (everybody present) people are taken as yes or no, so that five full
    registers do not pass for certainty. None under two people.
    """
    if people < 2 or sum_d <= 0:
        return None
    rate = sum_n / sum_d
    squares = sum_nn - 2 * rate * sum_nd + rate * rate * sum_dd
    if squares <= 1e-9 * max(sum_dd, 1.0):
        return rate_interval(rate * people, people)
    half = _t(people - 1) * math.sqrt(people / (people - 1) * squares) / sum_d
    return _around(rate, rate - half, rate + half)


def mean_interval(people: int, sum_v: float, sum_vv: float) -> Interval | None:
    """t interval of a mean from the count, the sum and the sum of squares; None under two."""
    if people < 2:
        return None
    mean = sum_v / people
    variance = max(0.0, sum_vv - people * mean * mean) / (people - 1)
    half = _t(people - 1) * math.sqrt(variance / people)
    return mean - half, mean + half


def difference_interval(x1: int, n1: int, x2: int, n2: int) -> Interval | None:
    """Newcombe interval of x1/n1 - x2/n2; None where a group is empty."""
    if n1 <= 0 or n2 <= 0:
        return None
    from statsmodels.stats.proportion import confint_proportions_2indep

    low, high = confint_proportions_2indep(
        x1, n1, x2, n2, method="newcomb", compare="diff", alpha=1 - CONFIDENCE
    )
    return float(low), float(high)


@dataclass(frozen=True)
class Estimate:
    """A value with its interval, of whatever kind."""

    value: float
    low: float
    high: float


def change_interval(before: Estimate, now: Estimate) -> Interval:
    """Interval of now - before from the two intervals; of two Wilson ones this is Newcombe's."""
    change = now.value - before.value
    down = math.hypot(now.value - now.low, before.high - before.value)
    up = math.hypot(now.high - now.value, before.value - before.low)
    return change - down, change + up


def _around(rate: float, low: float, high: float) -> Interval:
    """The interval inside 0 to 1, never excluding the rate by the last digit of a float."""
    return max(0.0, min(low, rate)), min(1.0, max(high, rate))


@cache
def _t(df: int) -> float:
    from scipy.stats import t

    return float(t.ppf(0.5 + CONFIDENCE / 2, df))
