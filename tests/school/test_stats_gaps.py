"""Known answers and properties of gaps between groups and of lists held against what came."""

from __future__ import annotations

import pytest

from school import stats
from school.stats.gaps import odds_ratio, risk_ratio
from school.stats.screening import Screen, screen

ASPIRIN = (189, 11034, 104, 11037)


def test_physicians_health_study() -> None:
    """KAT-13: the book prints 2.30 for the upper end of the ratio."""
    ratio, odds = risk_ratio(*ASPIRIN), odds_ratio(*ASPIRIN)
    assert ratio is not None and odds is not None
    assert (ratio.value, ratio.low, ratio.high) == pytest.approx((1.82, 1.43, 2.31), abs=5e-3)
    assert (odds.value, odds.low, odds.high) == pytest.approx((1.83, 1.44, 2.33), abs=5e-3)
    assert stats.difference_interval(*ASPIRIN) == pytest.approx((.005, .011), abs=5e-4)


def test_ratios_need_somebody_on_every_side() -> None:
    assert risk_ratio(0, 20, 5, 20) is None
    assert risk_ratio(5, 20, 0, 20) is None
    assert odds_ratio(20, 20, 5, 20) is None


LIVER = Screen(hit=231, false_alarm=32, missed=27, quiet=54)


def test_altman_and_blands_liver_scans() -> None:
    """KAT-11."""
    assert (LIVER.events, LIVER.people) == (258, 344)
    assert (LIVER.sensitivity.x, LIVER.sensitivity.n) == (231, 258)
    assert LIVER.sensitivity.range == pytest.approx((.852, .927), abs=5e-4)
    assert (LIVER.specificity.x, LIVER.specificity.n) == (54, 86)
    assert LIVER.specificity.range == pytest.approx((.522, .723), abs=5e-4)
    assert (LIVER.of_listed.x, LIVER.of_listed.n) == (231, 263)
    assert (LIVER.of_unlisted.x, LIVER.of_unlisted.n) == (54, 81)
    assert (LIVER.base.x, LIVER.base.n) == (258, 344)
    rounded = [stats.half_up(s.x / s.n, 2) for s in
               (LIVER.sensitivity, LIVER.specificity, LIVER.of_listed, LIVER.of_unlisted)]
    assert rounded == [.90, .63, .88, .67]


def test_under_twenty_outcomes_nothing_is_judged_and_under_a_hundred_nothing_published() -> None:
    assert not Screen(10, 0, 9, 80).judged
    assert Screen(10, 0, 10, 80).judged and not Screen(10, 0, 10, 80).published
    assert not Screen(50, 0, 49, 0).published and Screen(50, 0, 50, 0).published
    assert Screen(0, 0, 0, 5).sensitivity.range is None


def test_a_list_counts_only_those_who_were_there() -> None:
    found = screen({1, 2, 3, 99}, {2, 3, 4, 98}, {1, 2, 3, 4, 5})
    assert found == Screen(hit=2, false_alarm=1, missed=1, quiet=1)
