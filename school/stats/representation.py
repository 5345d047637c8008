"""Who answered: response rates, whether those who answered are like all, and weights.

A high rate does not prove that nobody is missing; a weight never brings back who said nothing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from school.stats import least

TRIM = 5.0  # a weight is never more than so many times the mean
APART = 0.1  # standardised difference from which respondents are not like all


@dataclass(frozen=True)
class Asked:
    """What became of those who were asked. Source: AAPOR, Standard Definitions."""

    complete: int
    partial: int = 0
    refused: int = 0
    not_reached: int = 0
    other: int = 0
    unknown: int = 0  # whether they belong to those asked (UH and UO)

    @property
    def eligible(self) -> int:
        """All that are known to belong to those asked."""
        return self.complete + self.partial + self.refused + self.not_reached + self.other

    @property
    def rr1(self) -> float | None:
        """Complete answers over all, the unknown among them: the lowest rate; None of nobody."""
        return _over(self.complete, self.eligible + self.unknown)

    @property
    def rr2(self) -> float | None:
        """The same with partial answers."""
        return _over(self.complete + self.partial, self.eligible + self.unknown)

    @property
    def rr5(self) -> float | None:
        """Complete answers over those known to belong: the highest rate."""
        return _over(self.complete, self.eligible)


def _over(x: int, n: int) -> float | None:
    return x / n if n > 0 else None


def r_indicator(groups: Sequence[tuple[int, int]]) -> float | None:
    """How alike the groups answered, 0 to 1 (all alike); each group as (answered, asked).

    R = 1 - 2 S, S the standard deviation of the groups' response rates over everybody asked. None
    under two people asked. Source: Schouten, Cobben and Bethlehem 2009, Survey Methodology 35:101.
    """
    whole = sum(n for _, n in groups)
    if whole < 2:
        return None
    mean = sum(x for x, _ in groups) / whole
    squares = sum(n * (x / n - mean) ** 2 for x, n in groups if n > 0)
    return 1 - 2 * math.sqrt(squares / (whole - 1))


def standardised_difference(p: float, q: float) -> float:
    """Share of a group among those who answered against its share of all, in standard deviations.

    0.0 where both are 0 or 1; beyond 0.1 the respondents are not like all. Source: METHODS 10.
    """
    spread = math.sqrt((p * (1 - p) + q * (1 - q)) / 2)
    return (p - q) / spread if spread > 0 else 0.0


def unlike(answered: Sequence[int], roster: Sequence[int]) -> float | None:
    """p value of the groups of those who answered being drawn from the roster.

    Chi-squared goodness of fit, group by group; groups of nobody on the roster are left out. None
    where fewer than two groups or nobody is left. By `scipy.stats.chisquare`.
    """
    pairs = [(a, r) for a, r in zip(answered, roster, strict=True) if r > 0]
    x, n = sum(a for a, _ in pairs), sum(r for _, r in pairs)
    if len(pairs) < 2 or not x:
        return None
    from scipy.stats import chisquare

    return float(chisquare([a for a, _ in pairs], [x * r / n for _, r in pairs]).pvalue)


def weights(answered: Sequence[int], roster: Sequence[int]) -> list[float] | None:
    """The weight of each group, so that those who answered stand for the roster.

    w = (N_g / N) / (n_g / n), never over five times the mean. None where a group of the roster has
    fewer than five answers: merge it with another first. Source: METHODS 10 (post-stratification).
    """
    pairs = list(zip(answered, roster, strict=True))
    if not pairs or any(a < least.ANSWERS for a, r in pairs if r > 0):
        return None
    x, n = sum(answered), sum(roster)
    return [min(TRIM, r * x / (n * a)) if r > 0 else 0.0 for a, r in pairs]


def rake(
    counts: Sequence[Sequence[float]], rows: Sequence[float], columns: Sequence[float],
    rounds: int = 100,
) -> list[list[float]] | None:
    """Counts of a table of two groupings fitted to the roster's two margins, in turn.

    `rows` and `columns` add up to the same. None where they do not meet within `rounds`, as where a
    margin has people and its counts are all 0. Source: Deming and Stephan 1940.
    """
    import numpy as np

    table = np.asarray(counts, float)
    r, c = np.asarray(rows, float), np.asarray(columns, float)
    for _ in range(rounds):
        table = table * _times(r, table.sum(axis=1))[:, None]
        table = table * _times(c, table.sum(axis=0))
        if max(abs(table.sum(axis=1) - r).max(), abs(table.sum(axis=0) - c).max()) < 1e-9:
            return [[float(v) for v in line] for line in table]
    return None


def _times(wanted: Any, had: Any) -> Any:
    import numpy as np

    return np.divide(wanted, had, out=np.zeros_like(wanted), where=had > 0)


def kish(given: Sequence[float]) -> float:
    """How many unweighted answers these weighted ones are worth: (sum w)^2 / sum w^2; 0.0 of none.

    The number of answers over it is the design effect. Source: Kish 1965.
    """
    squares = sum(w * w for w in given)
    return sum(given) ** 2 / squares if squares > 0 else 0.0
