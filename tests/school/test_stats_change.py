"""Known answers and properties of change, forecasts, and runs about the median."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from school.stats.change import (
    group_for_means,
    group_for_shares,
    interrupted,
    least_gap,
    return_to_mean,
)
from school.stats.forecast import (
    chance,
    chance_of,
    days_left,
    forecast,
    headcount,
    year_end,
)
from school.stats.runs import limits, run_chart

LOTS = [80, 30, 50, 90, 70, 60, 120, 80, 100, 50, 40, 70, 90, 20, 110, 100, 30, 50, 90, 110, 30, 90,
        40, 80, 70]
HOURS = [399, 121, 221, 376, 361, 224, 546, 352, 353, 157, 160, 252, 389, 113, 435, 420, 212, 268,
         377, 421, 273, 468, 244, 342, 323]
BROKEN = [80 + .1 * t + (3 - .05 * (t - 12) if t >= 12 else 0) for t in range(24)]


@pytest.mark.parametrize(("steadiness", "rise"), [
    (0, 26.972), (.25, 20.229), (.5, 13.486), (.8, 5.394), (.9, 2.697), (1, 0)])
def test_barnetts_return_to_the_mean(steadiness: float, rise: float) -> None:
    """KAT-25."""
    assert return_to_mean(60, 15, 40, steadiness) == pytest.approx(rise, abs=5e-4)


def test_who_was_chosen_for_nothing_returns_from_nothing() -> None:
    assert return_to_mean(60, 0, 40, .5) == 0.0
    assert return_to_mean(60, 1, 0, 0) == pytest.approx(60, rel=1e-3), "far out it still holds"


def test_a_group_chosen_for_low_marks_rises_by_as_much_in_a_simulation() -> None:
    rng = np.random.default_rng(3)
    true = rng.normal(60, 15 * np.sqrt(.6), 200_000)
    first, last = (true + rng.normal(0, 15 * np.sqrt(.4), true.size) for _ in range(2))
    low = first < 50
    assert (last - first)[low].mean() == pytest.approx(return_to_mean(60, 15, 50, .6), abs=.1)


def test_a_series_that_breaks_once() -> None:
    """KAT-24."""
    found = interrupted(BROKEN, 12)
    assert found is not None
    assert (found.start, found.trend.value, found.level.value, found.slope.value) == pytest.approx(
        (80, .1, 3, -.05))
    assert (found.expected, found.effect.value) == pytest.approx((82.3, 2.45))


def test_a_break_needs_eight_points_on_either_side() -> None:
    assert interrupted(BROKEN, 7) is None
    assert interrupted(BROKEN, 17) is None


def test_months_that_differ_are_taken_out() -> None:
    months = [3.0 if t % 12 in (0, 1) else 0.0 for t in range(36)]
    values = [80 + (2 if t >= 20 else 0) + months[t] for t in range(36)]
    seasonal, plain = interrupted(values, 20, season=12), interrupted(values, 20)
    assert seasonal is not None and plain is not None
    assert seasonal.effect.value == pytest.approx(2)
    assert abs(plain.effect.value - 2) > .2
    short = interrupted(values[:20], 10, season=12)
    assert short == interrupted(values[:20], 10), "two years of months are needed"


@pytest.mark.parametrize(("alike", "least"), [(0.0, 138), (0.4, 126)])
def test_the_range_of_a_break_holds_it_even_where_neighbours_are_alike(
    alike: float, least: int,
) -> None:
    """150 series of 24 points with a step of 2. Newey-West alone holds 123 and 108 of them."""
    held = 0
    for seed in range(150):
        rng = np.random.default_rng(seed)
        drift = [float(rng.normal(0, .5))]
        for _ in range(23):
            drift.append(alike * drift[-1] + float(rng.normal(0, .5)))
        found = interrupted([80 + 2 * (t >= 12) + drift[t] for t in range(24)], 12)
        assert found is not None
        held += found.level.low <= 2 <= found.level.high
    assert held >= least


def test_how_many_it_takes_to_see_a_difference() -> None:
    """METHODS 8: 64 a group for half a deviation, 394 for a fifth, 292 for 30 against 20."""
    assert (group_for_means(.5), group_for_means(-.2)) == (64, 394)
    assert group_for_shares(.30, .20) == group_for_shares(.20, .30) == 292


def test_the_least_gap_is_what_the_groups_would_show() -> None:
    gap = least_gap(.20, 292, 292)
    assert gap == pytest.approx(.10, abs=5e-4)
    wider = least_gap(.20, 50, 100)
    assert wider is not None and wider > .10
    assert least_gap(.95, 10, 10) is None
    assert least_gap(.2, 1, 50) is None


def test_toluca() -> None:
    """KAT-23."""
    far, near = forecast(LOTS, HOURS, 100, .90), forecast(LOTS, HOURS, 65, .90)
    assert far is not None and near is not None
    assert far.value == pytest.approx(419.4, abs=.05)
    assert far.point == pytest.approx((332.2, 506.6), abs=.05)
    assert near.value == pytest.approx(294.4, abs=.05)
    assert near.line == pytest.approx((277.4, 311.4), abs=.05)
    slope = (far.value - near.value) / 35
    assert (near.value - 65 * slope, slope) == pytest.approx((62.37, 3.5702), abs=5e-3)
    assert far.beyond(far.point[1]) == pytest.approx(.05)
    assert far.beyond(far.value) == pytest.approx(.5)


def test_nothing_is_forecast_from_seven_points_or_too_far_ahead() -> None:
    line = list(range(12))
    assert forecast(line[:7], [1.0] * 7, 8) is None
    assert forecast([3] * 9, list(range(9)), 3) is None
    assert forecast(line, line, 16.5) is not None
    assert forecast(line, line, 17) is None


def test_a_target_is_likely_uncertain_or_unlikely() -> None:
    assert [chance(p) for p in (.81, .8, .2, .19)] == [
        "likely", "uncertain", "uncertain", "unlikely"]
    rising = forecast(range(10), [80 + t + (-1) ** t for t in range(10)], 13)
    assert rising is not None
    assert chance_of(85, rising, "higher") == "likely"
    assert chance_of(85, rising, "lower") == "unlikely"
    assert chance_of(93, rising, "higher") == "uncertain"
    assert chance_of(99, rising, "higher") == "unlikely"


def test_a_line_without_any_noise_is_sure() -> None:
    flat = forecast(range(10), [0.0] * 10, 12)
    assert flat is not None
    assert (flat.beyond(0), flat.beyond(1)) == (1.0, 0.0)


def test_headcount_passes_from_grade_to_grade() -> None:
    years = [{"1": 100, "2": 90, "3": 80, "4": 70}, {"1": 104, "2": 90, "3": 81, "4": 72},
             {"1": 96, "2": 94, "3": 81, "4": 73}, {"1": 100, "2": 86, "3": 85, "4": 73}]
    found = headcount(years, ["1", "2", "3", "4"])
    assert found is not None
    assert found.grades["1"].value == pytest.approx(100)
    assert found.grades["2"].value == pytest.approx(100 * (90 + 94 + 86) / 300)
    assert found.grades["4"].value == pytest.approx(85 * (72 + 73 + 73) / (80 + 81 + 81))
    # entrants 100, 104, 96, 100: sd 3.266, times the root of 1.25, times t 3.1824
    assert found.grades["1"].high - 100 == pytest.approx(3.2660 * 1.25**.5 * 3.18245, rel=1e-4)
    total = sum(e.value for e in found.grades.values())
    assert found.total.value == pytest.approx(total)
    assert found.total.low < total < found.total.high
    assert headcount(years[:2], ["1", "2", "3", "4"]) is None, "three years are needed"
    assert headcount(years, ["1", "2", "3"][:2]) is None, "three passages are too few"


def test_a_new_grade_is_taken_to_go_as_all_others_do() -> None:
    years = [{"1": 100, "2": 90, "3": 90, "4": 90}, {"1": 100, "2": 90, "3": 90, "4": 90},
             {"1": 100, "2": 90, "3": 90, "4": 90}, {"1": 100, "2": 90, "3": 90, "4": 90, "5": 50}]
    found = headcount(years, ["1", "2", "3", "4", "5", "6"])
    assert found is not None
    passed = 3 * (90 + 90 + 90) + 50
    assert found.grades["6"].value == pytest.approx(50 * passed / (3 * (100 + 90 + 90 + 90)))
    assert found.grades["6"].low >= 0


def test_ranges_of_headcount_hold_the_next_year_in_a_simulation() -> None:
    rng = np.random.default_rng(11)
    grades = [str(g) for g in range(1, 7)]
    held = 0
    for _ in range(100):
        years: list[dict[str, int]] = [{g: int(rng.poisson(90)) for g in grades}]
        for _ in range(5):
            before = years[-1]
            years.append({"1": int(rng.poisson(90)), **{
                b: int(rng.binomial(before[a], .93) + rng.poisson(5))
                for a, b in itertools.pairwise(grades)}})
        found = headcount(years[:-1], grades)
        assert found is not None
        held += found.total.low <= sum(years[-1].values()) <= found.total.high
    assert held >= 90


def test_who_will_have_been_absent_too_often() -> None:
    # of 180 days: past the line already; cannot reach it; half way through at the line itself
    found = year_end([(18, 90, 180), (0, 165, 180), (9, 90, 180)])
    assert found is not None
    assert (found.certain, found.safe) == (1, 1)
    assert 1 <= found.total.low <= found.total.value <= found.total.high <= 2
    assert found == year_end([(18, 90, 180), (0, 165, 180), (9, 90, 180)])
    over = year_end([(18, 180, 180), (17, 180, 180)])
    assert over is not None
    assert (over.total.value, over.total.low, over.total.high) == (1, 1, 1), "nothing is left"
    assert year_end([(3, 19, 180)]) is None
    assert year_end([]) is None


def test_days_left_of_a_tenth() -> None:
    assert days_left(12, 180) == 5
    assert days_left(18, 180) == -1
    assert days_left(3, 30) == -1, "in floats the third day would be lost"
    assert days_left(0, 181) == 18


def test_balestraccis_sixteen_points_have_too_few_runs() -> None:
    """KAT-22: runs of 7, 7, 1 and 1 about the median; no run of eight, and yet a signal."""
    values = [1.0 + i / 10 for i in range(7)] + [9.0 + i / 10 for i in range(7)] + [2.0, 9.9]
    found = run_chart(values)
    assert found is not None
    assert (found.points, found.longest, found.runs) == (16, 7, 4)
    assert found.runs_expected == (5, 12)
    assert (found.longest_most, found.crossings_least, found.crossings) == (7, 4, 3)
    assert found.signal


@pytest.mark.parametrize(("points", "longest", "crossings"), [
    (10, 6, 2), (12, 7, 3), (16, 7, 4), (20, 7, 6), (24, 8, 8), (36, 8, 13)])
def test_anhoejs_limits(points: int, longest: int, crossings: int) -> None:
    """KAT-22."""
    assert limits(points)[:2] == (longest, crossings)


def test_points_on_the_median_are_skipped() -> None:
    values = [1.0, 5.0, 9.0] * 6
    found = run_chart(values)
    assert found is not None
    assert (found.median, found.points, found.longest) == (5.0, 12, 1)
    assert not found.signal
    assert run_chart([5.0] * 20) is None
    assert run_chart(values[:13]) is None, "nine points off the median"
    assert run_chart([]) is None
    long = run_chart([1.0] * 9 + [2.0, 1.0] * 2 + [9.0, 8.0, 9.0, 2.0, 9.0, 8.0, 9.0, 7.0])
    assert long is not None and long.signal and long.longest > long.longest_most


@given(st.lists(st.floats(-100, 100), min_size=10, max_size=40))
@settings(max_examples=60, deadline=None)
def test_runs_are_the_same_upside_down(values: list[float]) -> None:
    one, turned = run_chart(values), run_chart([-v for v in values])
    assert (one is None) == (turned is None)
    if one is not None and turned is not None:
        assert (one.longest, one.crossings, one.signal) == (
            turned.longest, turned.crossings, turned.signal)
