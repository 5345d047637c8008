"""Two groups compared: how many times as likely, with the range on the log scale."""

from __future__ import annotations

from school.stats.intervals import CONFIDENCE, Estimate


def risk_ratio(x1: int, n1: int, x2: int, n2: int) -> Estimate | None:
    """x1/n1 over x2/n2 with its interval on the log scale; None where either has none or nobody.

    Source: Katz, Baptista, Azen and Pike 1978, by `scipy.stats.contingency.relative_risk`.
    """
    if min(x1, x2) <= 0 or min(n1, n2) <= 0:
        return None
    from scipy.stats.contingency import relative_risk

    found = relative_risk(x1, n1, x2, n2)
    around = found.confidence_interval(CONFIDENCE)
    return Estimate(float(found.relative_risk), float(around.low), float(around.high))


def least_expected(x1: int, n1: int, x2: int, n2: int) -> float:
    """The smallest of the four counts that would be there if both groups were alike."""
    share = (x1 + x2) / (n1 + n2)
    return min(share, 1 - share) * min(n1, n2)


def mid_p(x1: int, n1: int, x2: int, n2: int) -> float:
    """How likely chance alone sets two alike groups so far apart: Fisher's exact test, mid-p.

    Twice the smaller tail, of what is found only half. For counts too small for a score test,
    which there finds the larger share of a small group too soon. Source: Lancaster 1961; Hwang
    and Yang 2001.
    """
    from scipy.stats import hypergeom

    found = hypergeom(n1 + n2, x1 + x2, n1)
    above = float(found.sf(x1) + found.pmf(x1) / 2)
    return min(1.0, 2 * min(above, 1 - above))


def odds_ratio(x1: int, n1: int, x2: int, n2: int) -> Estimate | None:
    """The ratio of the odds with its interval on the log scale (Woolf); None at 0 or all."""
    cells = [x1, n1 - x1, x2, n2 - x2]
    if min(cells) <= 0:
        return None
    from statsmodels.stats.contingency_tables import Table2x2

    table = Table2x2([cells[:2], cells[2:]])
    low, high = table.oddsratio_confint(1 - CONFIDENCE)
    return Estimate(float(table.oddsratio), float(low), float(high))
