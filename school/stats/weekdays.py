"""Is one weekday worse than the others? Days are compared, since all students of a day share it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from school.stats import least
from school.stats.ranking import bh


@dataclass(frozen=True)
class Weekday:
    """One weekday: its days, its share absent and that of the other days, and the p value of the
    difference, adjusted for looking at all weekdays."""

    weekday: int
    days: int
    share: float
    others: float
    p: float


def weekdays(days: Sequence[tuple[int, int, int]]) -> list[Weekday] | None:
    """Every weekday against the others; each school day as (weekday, absent, possible).

    In the order of the week. None under two weekdays, with fewer than 8 days of any of them, or
    where nobody or everybody was absent. A binomial model whose errors are those of days and not of
    students. Source: METHODS 2; statsmodels GLM with robust errors.
    """
    days = [d for d in days if d[2] > 0]
    names = sorted({w for w, _, _ in days})
    counts = {w: sum(d[0] == w for d in days) for w in names}
    absent, possible = sum(a for _, a, _ in days), sum(p for _, _, p in days)
    if len(names) < 2 or min(counts.values()) < least.WEEKDAY or not 0 < absent < possible:
        return None
    found = []
    for w in names:
        x, n = sum(a for d, a, _ in days if d == w), sum(p for d, _, p in days if d == w)
        found.append((w, x / n, (absent - x) / (possible - n), _p(days, w)))
    adjusted = bh([p for *_, p in found])
    return [Weekday(w, counts[w], share, others, p)
            for (w, share, others, _), p in zip(found, adjusted, strict=True)]


def _p(days: Sequence[tuple[int, int, int]], weekday: int) -> float:
    import numpy as np
    from statsmodels.genmod.families import Binomial
    from statsmodels.genmod.generalized_linear_model import GLM

    counts = np.array([(a, p - a) for _, a, p in days], float)
    on = np.array([d == weekday for d, _, _ in days], float)
    if min(counts[on > 0].sum(axis=0).min(), counts[on == 0].sum(axis=0).min()) <= 0:
        counts = counts + 0.5  # a weekday with nobody absent, or with all, has no finite odds
    fit = GLM(counts, np.column_stack([np.ones(len(days)), on]), family=Binomial()).fit(
        cov_type="HC1")
    return float(fit.pvalues[1])
