"""Do questions hang together, and do two people who judge the same thing agree?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import variance

from school.stats import least


def alpha_of(items: int, item_variances: float, total_variance: float) -> float | None:
    """Cronbach's alpha from the sum of the items' variances and the variance of the totals.

    None under two items or where all totals are alike. Alpha says neither that a scale is right nor
    that it measures one thing. Source: Cronbach 1951.
    """
    if items < 2 or total_variance <= 0:
        return None
    return items / (items - 1) * (1 - item_variances / total_variance)


def alpha(rows: Sequence[Sequence[float]], minimum: int = least.ALPHA) -> float | None:
    """Alpha of complete answer sheets, a row a person; of rights and wrongs it is KR-20.

    None under `minimum` rows (30), and as `alpha_of`. Every row has the same number of items.
    """
    if len(rows) < max(2, minimum):
        return None
    columns = list(zip(*rows, strict=True))
    return alpha_of(len(columns), sum(variance(c) for c in columns),
                    variance([sum(r) for r in rows]))


@dataclass(frozen=True)
class Item:
    """One item of a test: the share that got it right, and how well it goes with the rest of the
    test (-1 to 1; None where nothing varies)."""

    right: float
    with_rest: float | None


def items(rows: Sequence[Sequence[float]]) -> list[Item]:
    """Difficulty and corrected item-total correlation of each item; a row a student, 0 to 1 each.

    The item itself is left out of the total that it is held against. Empty under two rows.
    """
    if len(rows) < 2:
        return []
    totals = [sum(r) for r in rows]
    out = []
    for column in zip(*rows, strict=True):
        rest = [t - v for t, v in zip(totals, column, strict=True)]
        out.append(Item(sum(column) / len(rows), _correlation(column, rest)))
    return out


def _correlation(a: Sequence[float], b: Sequence[float]) -> float | None:
    import numpy as np

    if min(a) == max(a) or min(b) == max(b):
        return None
    return float(np.corrcoef(a, b)[0, 1])


def kappa(
    one: Sequence[int], other: Sequence[int], minimum: int = least.KAPPA, *, graded: bool = True,
) -> float | None:
    """Agreement of two people over the same things beyond chance, -1 to 1.

    `graded`: levels count as the nearer the better (quadratic weights), else only equal ones count.
    None under `minimum` things or where both always say the same one level. Source: Cohen 1968, by
    `statsmodels.stats.inter_rater.cohens_kappa`.
    """
    if len(one) < max(1, minimum) or len({*one, *other}) < 2:
        return None
    import numpy as np
    from statsmodels.stats.inter_rater import cohens_kappa

    low, high = min(*one, *other), max(*one, *other)
    table = np.zeros((high - low + 1, high - low + 1))
    for a, b in zip(one, other, strict=True):
        table[a - low, b - low] += 1
    return float(cohens_kappa(table, wt="quadratic" if graded else None, return_results=False))


def kappa_of_many(counts: Sequence[Sequence[int]], minimum: int = least.KAPPA) -> float | None:
    """Agreement of many people: a row a thing, a column a category, how many chose it.

    All rows add up to the same number of people. None under `minimum` things or where only one
    category was ever chosen. Source: Fleiss 1971, by statsmodels.
    """
    if len(counts) < max(1, minimum) or sum(any(c) for c in zip(*counts, strict=True)) < 2:
        return None
    import numpy as np
    from statsmodels.stats.inter_rater import fleiss_kappa

    return float(fleiss_kappa(np.asarray(counts)))


@dataclass(frozen=True)
class Raters:
    """Intraclass correlations of ratings: each thing by other raters (1,1), by the same ones drawn
    from many (2,1), by just these (3,1), and of the mean of k ratings (1,k)."""

    one: float
    drawn: float
    fixed: float
    mean: float


def raters(rows: Sequence[Sequence[float]]) -> Raters | None:
    """Reliability of ratings: a row a thing, a column a rater, no gaps.

    None under two rows or columns, or where all things are alike. Source: Shrout and Fleiss 1979.
    """
    n, k = len(rows), len(rows[0]) if rows else 0
    if n < 2 or k < 2:
        return None
    import numpy as np

    y = np.asarray(rows, float)
    things, judges = y.mean(axis=1), y.mean(axis=0)
    bms = k * float(((things - y.mean()) ** 2).sum()) / (n - 1)
    jms = n * float(((judges - y.mean()) ** 2).sum()) / (k - 1)
    wms = float(((y - things[:, None]) ** 2).sum()) / (n * (k - 1))
    ems = (wms * n * (k - 1) - jms * (k - 1)) / ((n - 1) * (k - 1))
    if bms <= 0:
        return None
    return Raters((bms - wms) / (bms + (k - 1) * wms),
                  (bms - ems) / (bms + (k - 1) * ems + k * (jms - ems) / n),
                  (bms - ems) / (bms + (k - 1) * ems), (bms - wms) / bms)
