"""Temporary."""
from __future__ import annotations

from school.stats.intervals import Estimate


def risk_ratio(x1: int, n1: int, x2: int, n2: int) -> Estimate | None:
    """x1/n1 over x2/n2 with the log interval; None where either has none."""
    if min(x1, x2) <= 0:
        return None
    from scipy.stats.contingency import relative_risk
    found = relative_risk(x1, n1, x2, n2)
    ci = found.confidence_interval(0.95)
    return Estimate(float(found.relative_risk), float(ci.low), float(ci.high))
