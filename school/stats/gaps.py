"""Two groups compared: how many times as likely, and how far the composition is from the whole."""

from __future__ import annotations

from school.stats.intervals import CONFIDENCE, Estimate

LEAST_GROUP = 10  # students on either side before a gap is told (METHODS 13)


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


def odds_ratio(x1: int, n1: int, x2: int, n2: int) -> Estimate | None:
    """The ratio of the odds with its interval on the log scale (Woolf); None at 0 or all."""
    cells = [x1, n1 - x1, x2, n2 - x2]
    if min(cells) <= 0:
        return None
    from statsmodels.stats.contingency_tables import Table2x2

    table = Table2x2([cells[:2], cells[2:]])
    low, high = table.oddsratio_confint(1 - CONFIDENCE)
    return Estimate(float(table.oddsratio), float(low), float(high))


def composition_index(group: int, of_group: int, people: int, of_all: int) -> float | None:
    """Share of a group among those concerned over its share of all; 1 is as many as expected.

    `group` of `of_group` concerned students belong to it, `people` of `of_all` on roll do.
    """
    if not of_group or not people or not of_all:
        return None
    return (group / of_group) / (people / of_all)
