"""How much of the spread of scores lies between classes, between subjects and between students.

Each score has a place in every factor (a class, a subject, a student), in any numbers. What no
factor explains is the rest: one student's ups and downs from score to score.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from school.stats import least
from school.stats.intervals import CONFIDENCE, Interval

TRIES = 400


@dataclass(frozen=True)
class Part:
    """The part of one factor: its variance, its share of all (0 to 1) with range, its groups."""

    variance: float
    share: float
    range: Interval
    groups: int


@dataclass(frozen=True)
class Components:
    """Mean, the part of each factor by name, the variance of the rest and its share of all."""

    mean: float
    parts: Mapping[str, Part]
    rest: float
    rest_share: float


def components(
    values: Sequence[float], factors: Mapping[str, Sequence[str]], tries: int = TRIES,
) -> Components | None:
    """The spread of `values` over `factors`, each a name and the group of every value.

    Groups of a nested factor carry names of their own (a student is in one class). The range of the
    first factor comes from the chi-squared law of the means of its groups; those of the others from
    its groups drawn again `tries` times, the same draws every time: they speak of other classes
    like these and not of other subjects. Under 0 counts as 0. None under six groups of the first,
    with fewer than five values a group, or where all values are alike. Source: Henderson 1953,
    Biometrics 9:226 (method 1); Searle, Casella and McCulloch 1992; METHODS 7.
    """
    import numpy as np

    y = np.asarray(values, float)
    codes = [np.unique(np.asarray(f), return_inverse=True)[1] for f in factors.values()]
    groups = [int(c.max()) + 1 if len(c) else 0 for c in codes]
    if not codes or groups[0] < least.GROUPS or len(y) < least.MEMBERS * groups[0]:
        return None
    found = _variances(y, codes)
    if found.sum() <= 1e-12 * float((y * y).mean()):
        return None
    shares = found / found.sum()
    drawn = np.array(list(_draws(y, codes, groups[0], tries)))
    tail = 100 * (1 - CONFIDENCE) / 2
    low, high = np.percentile(drawn, [tail, 100 - tail], axis=0)
    low[0], high[0] = _first_range(y, codes[0], found)
    parts = {name: Part(float(found[i]), float(shares[i]), _around(shares[i], low[i], high[i]),
                        groups[i]) for i, name in enumerate(factors)}
    return Components(float(y.mean()), parts, float(found[-1]), float(shares[-1]))


def _around(share: float, low: float, high: float) -> Interval:
    return min(float(low), float(share)), max(float(high), float(share))


def _first_range(y: Any, code: Any, found: Any) -> Interval:
    """Range of the share of the first factor: the variance of its group means, less what others
    put into it, with as many degrees of freedom as it has groups but one."""
    import numpy as np
    from scipy.stats import chi2

    means = np.bincount(code, y) / np.bincount(code)
    df, seen = len(means) - 1, float(means.var(ddof=1))
    noise, others = max(0.0, seen - found[0]), found[1:].sum()
    tail = (1 - CONFIDENCE) / 2
    ends = [max(0.0, seen * df / float(chi2.ppf(q, df)) - noise) for q in (1 - tail, tail)]
    return ends[0] / (ends[0] + others), ends[1] / (ends[1] + others)


def _draws(y: Any, codes: list[Any], groups: int, tries: int) -> Any:
    """Shares of every factor, and of the rest, with the groups of the first factor drawn again.

    A group that is drawn twice counts as two, and so do the groups that lie inside it.
    """
    import numpy as np

    rng = np.random.default_rng(1953)
    rows = [np.flatnonzero(codes[0] == g) for g in range(groups)]
    inside = [_nested(c, codes[0]) for c in codes]
    for _ in range(tries):
        picked = rng.integers(0, groups, groups)
        at = np.concatenate([rows[g] for g in picked])
        turn = np.repeat(np.arange(groups), [len(rows[g]) for g in picked])
        again = [np.unique(c[at] + (turn * (int(c.max()) + 1) if own else 0),
                           return_inverse=True)[1] for c, own in zip(codes, inside, strict=True)]
        found = _variances(y[at], again)
        yield found / max(float(found.sum()), 1e-300)


def _nested(code: Any, first: Any) -> bool:
    """Whether each group of a factor lies in one group of the first."""
    return len(set(zip(code.tolist(), first.tolist(), strict=True))) == int(code.max()) + 1


def _variances(y: Any, codes: list[Any]) -> Any:
    """The variance of each factor and of the rest, from sums of squares set equal to what they are
    expected to be. The mean is taken out first, so that large scores lose no digits."""
    import numpy as np

    y, size, k = y - y.mean(), len(y), len(codes)
    whole = np.zeros(size, dtype=int)
    sums, wanted = [], []
    for a in (whole, *codes):
        n = np.bincount(a)
        sums.append(float((np.bincount(a, y) ** 2 / n).sum()))
        wanted.append([size, *(_met(a, b, n) for b in codes), len(n)])
    sums.append(float((y * y).sum()))
    wanted.append([size] * (k + 2))
    solved = np.linalg.lstsq(np.array(wanted, float), np.array(sums), rcond=None)[0]
    return np.maximum(solved[1:], 0.0)


def _met(a: Any, b: Any, n: Any) -> float:
    """Over all pairs of groups of two factors: values in both, squared, over those in the first."""
    import numpy as np

    wide = int(b.max()) + 1
    pairs, met = np.unique(a * wide + b, return_counts=True)
    return float((met**2 / n[pairs // wide]).sum())
