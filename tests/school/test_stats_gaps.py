"""Known answers and properties of gaps between groups and of lists held against what came."""

from __future__ import annotations

import pytest

from school import stats
from school.stats.gaps import least_expected, mid_p, odds_ratio, risk_ratio
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


def test_a_lady_tastes_tea() -> None:
    """Fisher 1935: 3 of 4 cups right: 17 of 70 orders do as well or better, 16 just as well."""
    assert mid_p(3, 4, 1, 4) == pytest.approx(2 * (1 + 16 / 2) / 70)
    assert mid_p(1, 4, 3, 4) == pytest.approx(mid_p(3, 4, 1, 4)), "the same from the other side"
    assert mid_p(2, 4, 2, 4) == pytest.approx(1)
    assert least_expected(3, 4, 1, 4) == 2
    assert least_expected(*ASPIRIN) == pytest.approx(146.48, 1e-4)


def test_exact_test_keeps_its_level_where_a_small_group_breaks_the_score_test() -> None:
    """24 against 216 students, one in ten with the bad outcome: 2.4 are expected."""
    from scipy.stats import binom

    here, other = binom(24, 0.1), binom(216, 0.1)
    exact = score = 0.0
    for x in range(25):
        for y in range(217):
            if (weight := here.pmf(x) * other.pmf(y)) < 1e-8 or x / 24 <= y / 216:
                continue
            pooled = (x + y) / 240
            z = (x / 24 - y / 216) / (pooled * (1 - pooled) * (1 / 24 + 1 / 216)) ** 0.5
            score += weight * (z > 2.575829)
            exact += weight * (mid_p(x, 24, y, 216) < 0.01)
    assert score > 1.5 * 0.005 and exact <= 1.1 * 0.005


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
