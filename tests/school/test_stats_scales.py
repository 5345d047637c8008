"""Known answers and properties of scales, effects, agreement and items."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from school.stats.agreement import alpha, alpha_of, items, kappa, kappa_of_many, raters
from school.stats.scales import (
    effect,
    gain_reliability,
    measurement_error,
    net_score,
    reliable_change,
    standard_scores,
    t_score,
)

STAIRS = [[1, 1, 1, 1, 1], [1, 1, 1, 1, 0], [1, 1, 1, 0, 0], [1, 1, 0, 0, 0], [1, 0, 0, 0, 0],
          [0, 0, 0, 0, 0]]
FLEISS = [[0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1],
          [7, 7, 0, 0, 0], [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7]]
JUDGES = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]


def test_borensteins_effect() -> None:
    """KAT-7: d .5970 and its variance .0418, times J .9923 and J squared."""
    found = effect(103, 5.5, 50, 100, 4.5, 50)
    assert found is not None
    assert (found.g, found.error) == pytest.approx((.5924, .2028), abs=5e-5)
    assert found.error**2 == pytest.approx(.0411, abs=5e-5)
    assert found.g / (1 - 3 / (4 * 98 - 1)) == pytest.approx(.5970, abs=5e-5)
    assert (found.low, found.high) == pytest.approx((.5924 - .3975, .5924 + .3975), abs=2e-4)


def test_the_library_has_the_same_effect() -> None:
    from statsmodels.stats.meta_analysis import effectsize_smd

    found = effect(61, 9, 24, 55, 12, 31)
    theirs, _ = effectsize_smd(61, 9, 24, 55, 12, 31)
    assert found is not None and found.g == pytest.approx(float(theirs), rel=1e-4)


def test_an_effect_needs_two_in_each_group_that_differ() -> None:
    assert effect(1, 1, 1, 2, 1, 9) is None
    assert effect(5, 0, 9, 6, 0, 9) is None


def test_standard_scores_have_mean_nought_and_spread_one() -> None:
    assert standard_scores([2, 4, 4, 4, 5, 5, 7, 9]) == pytest.approx(
        [-1.5, -.5, -.5, -.5, 0, 0, 1, 2])
    assert standard_scores([3, 3]) == [0.0, 0.0]
    assert standard_scores([]) == []
    assert t_score(-1.5) == 35


def test_a_change_must_be_more_than_the_error_of_the_test() -> None:
    """KAT-10."""
    assert measurement_error(15, .95) == pytest.approx(3.354, abs=5e-4)
    assert reliable_change(15, .95) == pytest.approx(1.96 * 2**.5 * 3.3541, abs=5e-4)


def test_a_gain_is_less_reliable_than_its_tests() -> None:
    assert gain_reliability(.9, .9, .8) == pytest.approx(.5)
    assert gain_reliability(.9, .9, 1.0) is None


def test_net_score_and_its_range() -> None:
    """KAT-30."""
    found = net_score(90, 50, 200)
    assert found is not None
    assert found.score == pytest.approx(20)
    assert found.error == pytest.approx(5.745, abs=5e-4)
    assert (found.low, found.high) == pytest.approx((8.74, 31.26), abs=5e-3)
    assert net_score(0, 0, 0) is None
    all_in = net_score(30, 0, 30)
    assert all_in is not None and (all_in.score, all_in.low, all_in.high) == (100, 100, 100)


def test_items_of_a_staircase() -> None:
    """KAT-8."""
    found = items(STAIRS)
    assert [i.right for i in found] == pytest.approx([.833, .667, .5, .333, .167], abs=5e-4)
    assert [i.with_rest for i in found] == pytest.approx([.5, .7016, .7746, .7016, .5], abs=5e-5)
    assert alpha(STAIRS, minimum=6) == pytest.approx(.8333, abs=5e-5)
    assert alpha(STAIRS) is None, "thirty complete sheets are needed"


def test_an_item_that_nothing_varies_in_goes_with_nothing() -> None:
    rows = [[1, 1, 0], [1, 0, 1], [1, 1, 0], [1, 0, 1]]
    assert [i.with_rest for i in items(rows)] == [None, pytest.approx(-1), pytest.approx(-1)]
    assert items([[1, 0]]) == []


def test_alpha_of_bland_and_altman() -> None:
    """KAT-29."""
    assert alpha_of(10, 11.16, 77.44) == pytest.approx(.95099, abs=5e-6)
    assert alpha_of(1, 1.0, 2.0) is None
    assert alpha_of(3, 0.0, 0.0) is None
    assert alpha([[1, 2]], minimum=0) is None


def test_two_people_agree_the_better_the_nearer() -> None:
    """KAT-9."""
    one, other = [1, 2, 3, 4, 2, 3, 1, 4], [1, 2, 4, 4, 2, 3, 2, 3]
    assert kappa(one, other, 8) == pytest.approx(.8333, abs=5e-5)
    assert kappa(one, other, 8, graded=False) == pytest.approx(.5)
    assert kappa(one, other) is None, "twenty things are needed"
    assert kappa([2, 2], [2, 2], 2) is None
    assert kappa([], [], 0) is None


def test_fleiss_kappa() -> None:
    """KAT-9: Fleiss' own ten subjects of fourteen raters."""
    assert kappa_of_many(FLEISS, 10) == pytest.approx(.210, abs=5e-4)
    assert kappa_of_many(FLEISS) is None
    assert kappa_of_many([[3, 0]] * 20) is None, "only one category was ever chosen"


def test_shrout_and_fleiss() -> None:
    """KAT-15."""
    found = raters(JUDGES)
    assert found is not None
    assert (found.one, found.drawn, found.fixed, found.mean) == pytest.approx(
        (.166, .290, .715, .443), abs=5e-4)
    assert raters([[1, 2]]) is None
    assert raters([[1], [2]]) is None
    assert raters([]) is None
    assert raters([[1, 2], [1, 2]]) is None, "the things are alike"


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(1, 4)), min_size=2, max_size=40))
@settings(max_examples=60, deadline=None)
def test_agreement_does_not_depend_on_who_is_first(pairs: list[tuple[int, int]]) -> None:
    one, other = [a for a, _ in pairs], [b for _, b in pairs]
    forth, back = kappa(one, other, 2), kappa(other, one, 2)
    if forth is not None and forth == forth:
        assert forth == pytest.approx(back)
        assert -1 - 1e-9 <= forth <= 1 + 1e-9
