"""Known answers and properties of gaps between groups and of lists held against what came."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from school import stats
from school.stats.gaps import (
    composition_index,
    disproportion,
    excess_students,
    gap,
    linked_change,
    odds_ratio,
    risk_ratio,
)
from school.stats.screening import Screen, area, screen

ASPIRIN = (189, 11034, 104, 11037)


def test_physicians_health_study() -> None:
    """KAT-13: the book prints 2.30 for the upper end of the ratio."""
    ratio, odds, apart = risk_ratio(*ASPIRIN), odds_ratio(*ASPIRIN), gap(*ASPIRIN)
    assert ratio is not None and odds is not None and apart is not None
    assert (ratio.value, ratio.low, ratio.high) == pytest.approx((1.82, 1.43, 2.31), abs=5e-3)
    assert (odds.value, odds.low, odds.high) == pytest.approx((1.83, 1.44, 2.33), abs=5e-3)
    assert apart.apart.value == pytest.approx(.0077, abs=5e-5)
    assert (apart.apart.low, apart.apart.high) == pytest.approx((.005, .011), abs=5e-4)


def test_a_gap_has_newcombes_range_and_speaks_in_students() -> None:
    """KAT-12."""
    found = gap(56, 70, 48, 80)
    assert found is not None
    assert (found.one, found.other) == (0.8, 0.6)
    assert (found.apart.low, found.apart.high) == pytest.approx((.0524, .3339), abs=5e-5)
    assert found.students == pytest.approx(14)
    assert gap(6, 7, 2, 7) is None, "seven are too few"
    small = gap(6, 7, 2, 7, minimum=1)
    assert small is not None
    assert (small.apart.low, small.apart.high) == pytest.approx((.0582, .8062), abs=5e-5)
    assert gap(0, 0, 5, 20, minimum=0) is None


def test_excess_is_what_the_other_rate_would_not_give() -> None:
    assert excess_students(10, 50, 30, 300) == pytest.approx(5)
    assert excess_students(5, 50, 60, 300) == pytest.approx(-5)
    assert excess_students(5, 50, 0, 0) == excess_students(0, 0, 5, 50) == 0.0


def test_ratios_need_somebody_on_every_side() -> None:
    assert risk_ratio(0, 20, 5, 20) is None
    assert risk_ratio(5, 20, 0, 20) is None
    assert odds_ratio(20, 20, 5, 20) is None


def test_a_group_is_held_against_the_wider_area_where_the_others_are_few() -> None:
    here = disproportion((20, 100), (30, 300))
    assert here is not None and not here.wider
    assert here.ratio.value == pytest.approx(2)
    wider = disproportion((20, 100), (4, 25), (400, 8000))
    assert wider is not None and wider.wider
    assert wider.ratio.value == pytest.approx(4)
    assert disproportion((9, 100), (30, 300)) is None, "nine of the group are under the cell"
    assert disproportion((20, 29), (30, 300)) is None, "29 of the group are under the group"
    assert disproportion((20, 100), (4, 25)) is None
    assert disproportion((20, 100), (4, 25), (3, 20)) is None


def test_composition_beside_the_whole() -> None:
    assert composition_index(30, 60, 100, 400) == pytest.approx(2)
    assert composition_index(30, 0, 100, 400) is None
    assert composition_index(30, 60, 0, 400) is None


def test_the_same_people_twice_are_told_by_those_who_changed() -> None:
    # 2 of 10 or fewer, or as few the other way: 2 * (1 + 10 + 45) / 1024
    assert linked_change(8, 2) == pytest.approx(112 / 1024)
    assert linked_change(0, 0) == 1.0


@given(st.integers(1, 400), st.integers(1, 400), st.data())
@settings(max_examples=100, deadline=None)
def test_a_gap_contains_itself_and_turns_with_the_groups(
    n1: int, n2: int, data: st.DataObject
) -> None:
    x1, x2 = data.draw(st.integers(0, n1)), data.draw(st.integers(0, n2))
    found, back = gap(x1, n1, x2, n2, 1), gap(x2, n2, x1, n1, 1)
    assert found is not None and back is not None
    assert -1 <= found.apart.low <= found.apart.value + 1e-12
    assert found.apart.value - 1e-12 <= found.apart.high <= 1
    assert found.apart.low == pytest.approx(-back.apart.high, abs=1e-9)


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


def test_area_is_how_often_the_pair_stands_in_order() -> None:
    # nine pairs: 3 over 1, 2, 0; 2 over 1 and 0, level with 2; 0 level with 0: 3 + 2.5 + .5
    found = area([3, 2, 0], [1, 2, 0], minimum=1)
    assert found is not None
    assert found.value == pytest.approx(6 / 9)
    assert 0 < found.low < found.value < found.high < 1
    assert area([1] * 19, [0] * 50) is None, "under twenty outcomes"
    assert area([1] * 20, []) is None


def test_area_has_delongs_range() -> None:
    # won pairs: of four by each of the first 3, 2, 2; of three against the others 3, 3, 1, 0
    came, stayed = [4.0, 2.5, 2.5], [1.0, 2.0, 3.0, 5.0]
    found = area(came, stayed, minimum=1)
    assert found is not None
    value = 7 / 12
    apart = (1 - value) ** 2 * 2 + (1 / 3 - value) ** 2 + value**2
    error = (1 / 3 / 16 / 3 + apart / 3 / 4) ** .5
    half = 1.959964 * error / (value * (1 - value))
    middle = math.log(value / (1 - value))
    assert (found.low, found.high) == pytest.approx(
        tuple(1 / (1 + math.exp(-middle + w)) for w in (half, -half)), abs=1e-6)


def test_a_perfect_list_is_not_certain() -> None:
    found = area([3] * 20, [0] * 60)
    assert found is not None
    assert (found.value, found.high) == (1.0, 1.0)
    assert found.low == pytest.approx(stats.rate_interval(20, 20)[0])  # type: ignore[index]
    lone = area([2], [0, 1, 2, 3], minimum=1)
    assert lone is not None and lone.low < lone.value < lone.high
