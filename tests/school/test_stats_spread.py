"""Known answers and properties of spread, expected ranges, and the parts of several factors."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from school.stats.expected import (
    expected_mean,
    expected_ratio,
    expected_share,
    overdispersion,
)
from school.stats.spread import by_likelihood, grouped, pulled, pulled_rates, spread, weight

DYE = {"A": [1545, 1440, 1440, 1520, 1580], "B": [1540, 1555, 1490, 1560, 1495],
       "C": [1595, 1550, 1605, 1510, 1560], "D": [1445, 1440, 1595, 1465, 1545],
       "E": [1595, 1630, 1515, 1635, 1625], "F": [1520, 1455, 1450, 1480, 1445]}
YIELDS = [float(v) for values in DYE.values() for v in values]
BATCHES = [name for name, values in DYE.items() for _ in values]


def test_dyestuff_by_likelihood() -> None:
    """KAT-16; statsmodels stops a little short, hence one in a thousand."""
    found = by_likelihood(YIELDS, BATCHES)
    assert found is not None and found.told
    assert found.mean == pytest.approx(1527.5)
    assert (found.between, found.within) == pytest.approx((1764.05, 2451.25), rel=1e-3)
    assert found.share == pytest.approx(.4185, abs=5e-4)
    assert weight(found.between, found.within, 5) == pytest.approx(.7825, abs=5e-4)
    shrunk = [pulled(g, found) - found.mean for g in grouped(YIELDS, BATCHES)]
    assert shrunk == pytest.approx([-17.61, .39, 28.56, -23.08, 56.73, -45.00], abs=.03)
    assert found.range[0] <= found.share <= found.range[1]


def test_high_school_and_beyond() -> None:
    """KAT-17; nlme::MathAchieve is under the GPL and may not be committed."""
    place = Path(__file__).parents[2].parent / "shared" / "real-data" / "MathAchieve.csv"
    if not place.exists():
        pytest.skip("the data of High School and Beyond (nlme::MathAchieve, GPL) may not be "
                    "committed; put MathAchieve.csv (School, MathAch) beside the real files")
    with place.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    found = by_likelihood([float(r["MathAch"]) for r in rows], [r["School"] for r in rows])
    assert found is not None
    assert (found.groups, found.members) == (160, 7185)
    assert (found.mean, found.between, found.within) == pytest.approx(
        (12.637, 8.615, 39.148), rel=1e-3)
    assert found.share == pytest.approx(.1804, abs=5e-4)


def test_the_analysis_of_variance_of_equal_batches_is_the_likelihood() -> None:
    found = spread(grouped(YIELDS, BATCHES))
    assert found is not None
    assert (found.between, found.within) == pytest.approx((1764.05, 2451.25), abs=5e-3)
    # the F of 4.5983 between 5 and 24 degrees, held against its quantiles 3.1548 and .1590
    assert found.range == pytest.approx((.0838, .8485), abs=2e-3)


def test_under_six_groups_there_is_a_value_that_is_not_told() -> None:
    few = by_likelihood(YIELDS[:25], BATCHES[:25])
    assert few is not None and few == spread(grouped(YIELDS[:25], BATCHES[:25]))
    assert not few.told
    assert spread(grouped(YIELDS[:5], BATCHES[:5])) is None
    assert by_likelihood([1.0, 2.0], ["a", "b"]) is None, "one in each has no rest"
    thin = spread(grouped(YIELDS[::2], BATCHES[::2]))
    assert thin is not None and not thin.told, "two or three in each are too few"


def test_all_alike_has_no_spread() -> None:
    assert spread(grouped([0.1 + 0.2] * 30, BATCHES)) is None
    assert by_likelihood([3.3] * 30, BATCHES) is None


def test_groups_that_differ_by_less_than_chance_have_nothing_between_them() -> None:
    values = [1.0, 2.0, 3.0, 4.0, 5.0] * 6
    found = by_likelihood(values, BATCHES)
    assert found is not None
    assert (found.between, found.share, found.range[0]) == (0.0, 0.0, 0.0)
    assert weight(found.between, found.within, 5) == 0.0


def test_a_fifth_between_classes_is_found_again() -> None:
    """Simulated: twenty classes of 25, 20 in 100 of the variance between them."""
    held = 0
    for seed in range(400):
        rng = np.random.default_rng(seed)
        between = rng.normal(0, np.sqrt(20), 20)
        values = (60 + between[:, None] + rng.normal(0, np.sqrt(80), (20, 25))).ravel()
        found = spread(grouped(values.tolist(), [str(i // 25) for i in range(500)]))
        assert found is not None
        held += found.range[0] <= 0.20 <= found.range[1]
    assert held >= 367, "95 in 100 are promised; under 367 of 400 comes once in a thousand"


def test_small_shares_are_pulled_further() -> None:
    counts = [(40, 50), (30, 50), (20, 50), (25, 50), (4, 5)]
    pulled_to = pulled_rates(counts)
    whole = 119 / 205
    assert all(min(x / n, whole) <= p <= max(x / n, whole)
               for p, (x, n) in zip(pulled_to, counts, strict=True))
    assert (pulled_to[0] - whole) / (.8 - whole) > (pulled_to[4] - whole) / (.8 - whole)


def test_under_five_groups_all_are_taken_as_one() -> None:
    assert pulled_rates([(8, 10), (2, 10)]) == [0.5, 0.5]
    assert pulled_rates([(10, 10)] * 6) == [1.0] * 6
    assert pulled_rates([]) == []


@given(st.lists(st.lists(st.floats(-1e3, 1e3), min_size=1, max_size=8), min_size=2, max_size=9))
@settings(max_examples=150, deadline=None)
def test_a_share_lies_in_its_range(values: list[list[float]]) -> None:
    names = [str(i) for i, group in enumerate(values) for _ in group]
    found = spread(grouped([v for group in values for v in group], names))
    if found is not None:
        assert 0 <= found.range[0] <= found.share + 1e-9
        assert found.share - 1e-9 <= found.range[1] <= 1


def test_exact_limits_of_a_funnel() -> None:
    """KAT-18."""
    assert expected_share(.2, 50, .998) == pytest.approx((.0348, .3791), abs=5e-5)
    assert expected_share(.2, 50) == pytest.approx((.0844, .3071), abs=5e-5)
    assert expected_share(.2, 100, .998) == pytest.approx((.0810, .3268), abs=5e-5)
    assert expected_share(.2, 100) == pytest.approx((.1197, .2765), abs=5e-5)
    assert expected_share(0.0, 50) == (0.0, 0.0)


def test_limits_are_widened_by_the_root_of_how_much_more_than_chance_groups_differ() -> None:
    """Scores −3 to 3 in steps of 1 of p0 = .5, n = 100: the 10 % ends are ±2.4 each."""
    counts = [(50 + 5 * z, 100) for z in range(-3, 4)]
    assert overdispersion(counts, 0.5) == pytest.approx(
        (2 * 2.4**2 + 2 * 4 + 2 * 1) / 7)
    low, high = expected_share(0.2, 50)
    wide = expected_share(0.2, 50, times=4.0)
    assert wide == pytest.approx((max(0.0, 0.2 - 2 * (0.2 - low)), 0.2 + 2 * (high - 0.2)))
    assert expected_share(0.2, 50, times=1.0) == (low, high)


def test_what_differs_less_than_by_chance_or_cannot_be_judged_narrows_nothing() -> None:
    assert overdispersion([(50, 100)] * 9, 0.5) == 1.0
    assert overdispersion([(90, 100)], 0.5) == 1.0
    assert overdispersion([(0, 10)] * 9, 0.0) == 1.0
    assert expected_share(1.0, 50) == (1.0, 1.0)


def test_poisson_limits_of_observed_over_expected() -> None:
    """KAT-19."""
    for expected, low, high in ((15, .5596924, 1.649348), (20, .6108260, 1.544419),
                                (30, .6746958, 1.427562)):
        assert expected_ratio(expected) == pytest.approx((low, high), abs=5e-7)


def test_limits_of_a_mean() -> None:
    assert expected_mean(60, 100, 25) == pytest.approx((60 - 3.92, 60 + 3.92), abs=1e-3)
