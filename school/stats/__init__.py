"""Judgement: rounding, intervals, process limits and run rules, ranking by children, hiding.

Every figure is a plain number in and a frozen value or a plain number out; no query, no wording.
"""

from __future__ import annotations

from school.stats.chance import LEVELS, NAMED, Change, by_chance, lasting
from school.stats.intervals import (
    Estimate,
    Interval,
    change_interval,
    difference_interval,
    half_up,
    half_up_to,
    mean_interval,
    rate_interval,
    ratio_interval,
)
from school.stats.process import (
    BASELINE_LEAST,
    BASELINE_MOST,
    RULES,
    Assurance,
    Rule,
    Signal,
    Xmr,
    assurance,
    baseline_length,
    near_limit,
    run_rules,
    shifts,
    standing,
    trends,
    turning_point,
    usual_range,
    xmr,
)
from school.stats.ranking import Excess, Ranked, bh, cautious_excess, steadiness
from school.stats.scales import measurement_error, normal_curve_equivalent, percentile_rank
from school.stats.suppression import Policy, suppress

__all__ = [
    "BASELINE_LEAST", "BASELINE_MOST", "LEVELS", "NAMED", "RULES", "Assurance", "Change",
    "Estimate", "Excess", "Interval", "Policy", "Ranked", "Rule", "Signal", "Xmr", "assurance",
    "baseline_length", "bh", "by_chance", "cautious_excess", "change_interval",
    "difference_interval", "half_up", "half_up_to", "lasting", "mean_interval",
    "measurement_error", "near_limit", "normal_curve_equivalent", "percentile_rank",
    "rate_interval", "ratio_interval", "run_rules", "shifts", "standing", "steadiness", "suppress",
    "trends", "turning_point", "usual_range", "warm_up", "xmr",
]


def warm_up() -> None:
    """Import what the figures need, before anybody waits for it."""
    rate_interval(1, 2)
    mean_interval(2, 3, 5)
    bh([0.5])
