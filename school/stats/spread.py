"""How the differences are spread between groups, and what a small group's own figure is worth.

A class is not a person: what is told is how much of the spread lies between classes, with its
range (`components` does it for classes, subjects and students at once); never a rank.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from school.stats import least
from school.stats.intervals import CONFIDENCE, Interval


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

    @property
    def told(self) -> bool:
        """Whether there are enough groups and members to tell it: six groups, five in each."""
        return self.groups >= least.GROUPS and self.members >= least.GROUPS * least.MEMBERS


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
    if msw <= 1e-12 * mean * mean:  # all alike, but for the last digits
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


def by_likelihood(values: Sequence[float], groups: Sequence[str]) -> Spread | None:
    """The spread over groups by restricted maximum likelihood; its range is that of `spread`.

    Falls back to the analysis of variance under six groups and where the fit ends at its border.
    `values` and `groups` are of one length. None where `spread` is. Source: METHODS 7; statsmodels
    `MixedLM`.
    """
    found = spread(grouped(values, groups))
    if found is None or found.groups < least.GROUPS or found.between <= 0:
        return found
    import warnings

    import numpy as np
    from statsmodels.regression.mixed_linear_model import MixedLM

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        fitted = MixedLM(np.asarray(values, float), np.ones((len(values), 1)),
                         groups=np.asarray(groups)).fit(reml=True)
    between, within = float(np.asarray(fitted.cov_re)[0, 0]), float(fitted.scale)
    share = between / (between + within)
    low, high = found.range
    return replace(found, mean=float(fitted.fe_params[0]), between=between, within=within,
                   share=share, range=(min(low, share), max(high, share)))


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
    """Shares x of n pulled toward the share of all, which is every group's own under five groups.

    The pull is that of a beta-binomial whose spread is found from the counts by moments. Every n
    is 1 or more. Source: METHODS 7 (empirical Bayes; complete pooling under five groups).
    """
    raw = [x / n for x, n in counts]
    k, whole_n = len(counts), sum(n for _, n in counts)
    p = sum(x for x, _ in counts) / whole_n if whole_n else 0.0
    if k < least.SHRUNK or not 0 < p < 1:
        return [p] * k
    observed = sum(n * (r - p) ** 2 for r, (_, n) in zip(raw, counts, strict=True)) / (k - 1)
    n0 = (whole_n - sum(n * n for _, n in counts) / whole_n) / (k - 1)
    between = max(0.0, (observed - p * (1 - p)) / n0)
    return [p + weight(between, p * (1 - p), n) * (r - p)
            for r, (_, n) in zip(raw, counts, strict=True)]
