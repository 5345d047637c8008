"""Known answers and properties of school.stats."""

from __future__ import annotations

import ast
import itertools
import math
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from school import stats
from school.stats import Estimate, run_rules, xmr

NIST = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]
WEEKS = [91.2, 90.8, 91.5, 90.9, 91.1, 91.7, 90.6, 91.3, 91.0, 91.4, 90.7, 91.2]


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [(2.5, 0, 3), (0.125, 2, 0.13), (-2.5, 0, -3), (0.285 * 100, 0, 29), (28.49, 0, 28), (0, 1, 0),
     (93.05, 1, 93.1)],
)
def test_halves_are_rounded_up(value: float, places: int, expected: float) -> None:
    assert stats.half_up(value, places) == expected


def test_half_up_to_a_base() -> None:
    assert [stats.half_up_to(v, 5) for v in (22.5, 22.4, 0, 7)] == [25, 20, 0, 5]


@pytest.mark.parametrize(
    ("x", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (0, 20, 0.0, 0.1611), (112, 400, 0.2383, 0.3259)],
)
def test_wilson_gives_newcombes_figures(x: int, n: int, low: float, high: float) -> None:
    """KAT-12."""
    assert stats.rate_interval(x, n) == pytest.approx((low, high), abs=5e-5)


def test_wilson_in_a_school_that_was_nearly_all_asked() -> None:
    assert stats.rate_interval(30, 40, 60) == pytest.approx((0.6648, 0.8194), abs=5e-5)
    assert stats.rate_interval(30, 40) == pytest.approx((0.5981, 0.8581), abs=5e-5)
    assert stats.rate_interval(30, 40, 40) is None, "everybody answered: no chance is left"
    assert stats.rate_interval(30, 40, 35) == stats.rate_interval(30, 40), "more than were asked"
    assert stats.rate_interval(0, 0) is None


@pytest.mark.parametrize(
    ("a", "b", "low", "high"),
    [((56, 70), (48, 80), 0.0524, 0.3339), ((6, 7), (2, 7), 0.0582, 0.8062),
     ((0, 10), (0, 20), -0.1611, 0.2775)],
)
def test_difference_gives_newcombes_figures(
    a: tuple[int, int], b: tuple[int, int], low: float, high: float
) -> None:
    """KAT-12."""
    assert stats.difference_interval(*a, *b) == pytest.approx((low, high), abs=5e-5)
    one, two = stats.rate_interval(*a), stats.rate_interval(*b)
    assert one and two
    changed = stats.change_interval(
        Estimate(b[0] / b[1], *two), Estimate(a[0] / a[1], *one)
    )
    assert changed == pytest.approx((low, high), abs=5e-5)


def test_difference_needs_two_groups() -> None:
    assert stats.difference_interval(0, 0, 1, 2) is None
    assert stats.difference_interval(1, 2, 0, 0) is None


def test_ratio_is_clustered_by_person() -> None:
    # absent, possible: 1/10, 2/10, 0/10, 5/10: rate .2, residuals -1, 0, -2, 3, squares 14
    people = [(1, 10), (2, 10), (0, 10), (5, 10)]
    sums = (sum(n for n, _ in people), sum(d for _, d in people), sum(n * n for n, _ in people),
            sum(n * d for n, d in people), sum(d * d for _, d in people))
    half = 3.182446305 * math.sqrt(4 / 3 * 14) / 40
    assert stats.ratio_interval(4, *sums) == pytest.approx((0.0, 0.2 + half))
    assert stats.ratio_interval(4, *sums)[0] == 0.0, "clipped"  # type: ignore[index]


def test_ratio_of_one_person_or_of_no_session_has_no_interval() -> None:
    assert stats.ratio_interval(1, 1, 10, 1, 10, 100) is None
    assert stats.ratio_interval(3, 0, 0, 0, 0, 0) is None


def test_full_registers_of_five_do_not_pass_for_certainty() -> None:
    assert stats.ratio_interval(5, 0, 50, 0, 0, 500) == stats.rate_interval(0, 5)


def test_mean_interval_by_t() -> None:
    # 1, 2, 3: mean 2, sd 1, t 4.3027 / sqrt(3) = 2.4841
    assert stats.mean_interval(3, 6, 14) == pytest.approx((2 - 2.48414, 2 + 2.48414), abs=1e-4)
    assert stats.mean_interval(1, 5, 25) is None


def test_scores_on_three_scales() -> None:
    """KAT-10."""
    assert stats.measurement_error(15, 0.95) == pytest.approx(3.354, abs=5e-4)
    assert stats.percentile_rank([1, 2, 3, 3, 4], 3) == pytest.approx(60)
    got = [stats.normal_curve_equivalent(p) for p in (1, 25, 75, 99)]
    assert got == pytest.approx([1.01, 35.80, 64.20, 98.99], abs=5e-3)


def test_benjamini_and_hochberg_reject_four() -> None:
    """KAT-26."""
    p = [.0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344, .0459, .3240, .4262, .5719,
         .6528, .7590, 1.0]
    adjusted = stats.bh(p)
    assert sum(q <= 0.05 for q in adjusted) == 4
    assert sum(v <= 0.05 / len(p) for v in p) == 3
    assert adjusted[3:5] == pytest.approx([0.035625, 0.0603], abs=5e-5)
    assert stats.bh([]) == []


def test_needs_are_ordered_by_cautious_excess() -> None:
    """KAT-28."""
    cases = [(400, 112, .20, 32.0, .2383, 15.3), (60, 33, .40, 9.0, .4249, 1.5),
             (35, 14, .25, 5.25, .2555, .2), (120, 40, .30, 4.0, .2553, 0)]
    found = []
    for n, x, p0, students, low, cautious in cases:
        excess = stats.cautious_excess(n, x, p0, "lower")
        assert excess is not None
        assert excess.students == pytest.approx(students)
        assert excess.low == pytest.approx(low, abs=5e-5)
        assert stats.half_up(excess.cautious, 1) == cautious
        found.append(excess.cautious)
    assert found == sorted(found, reverse=True)


def test_where_higher_is_better_those_who_fall_short_are_counted() -> None:
    assert stats.cautious_excess(400, 288, .80, "higher") == pytest.approx(
        stats.cautious_excess(400, 112, 1 - .80, "lower")
    )
    assert stats.cautious_excess(0, 0, .5, "lower") is None


def test_limits_of_the_nist_handbook() -> None:
    """KAT-20."""
    chart = xmr(NIST)
    assert chart is not None
    assert chart.mean == pytest.approx(50.81)
    assert chart.moving_range == pytest.approx(1.8778, abs=5e-5)
    assert (chart.low, chart.high) == pytest.approx((45.8151, 55.8049), abs=5e-5)
    three = 3 * chart.moving_range / 1.128
    assert (chart.mean - three, chart.mean + three) == pytest.approx((45.8159, 55.8041), abs=5e-5)


def test_twelve_weeks_of_attendance_are_the_usual_ups_and_downs() -> None:
    """KAT-27."""
    chart = xmr(WEEKS)
    assert chart is not None
    assert (chart.mean, chart.moving_range) == pytest.approx((91.117, .5636), abs=5e-4)
    assert (chart.low, chart.high) == pytest.approx((89.617, 92.616), abs=5e-4)
    assert chart.signals == ()
    assert [stats.assurance(t, chart, "higher") for t in (93, 92, 89)] == ["missed", "mixed", "met"]
    assert [stats.assurance(t, chart, "lower") for t in (93, 92, 89)] == ["met", "mixed", "missed"]
    assert stats.assurance(93, chart, "neither") is None


def test_one_wild_swing_is_screened_once() -> None:
    """KAT-21."""
    values = [1.0, -1.0] * 7 + [5.5, -5.5]
    moves = [abs(b - a) for a, b in itertools.pairwise(values)]
    assert sum(moves) / len(moves) == pytest.approx(2.9)
    chart = xmr(values)
    assert chart is not None
    assert chart.mean == pytest.approx(0)
    assert chart.moving_range == pytest.approx(2.3214, abs=5e-5)
    assert (chart.low, chart.high) == pytest.approx((-6.175, 6.175), abs=5e-4)
    assert chart.signals == ()


def test_a_shift_is_seven_on_one_side() -> None:
    """KAT-21."""
    assert stats.shifts([1] * 8 + [-1]) == [tuple(range(8))]
    assert stats.shifts([1] * 6 + [-1]) == []
    assert stats.shifts([1] * 3 + [0] + [1] * 4) == [], "a point on the mean breaks it"
    assert stats.shifts([1] * 4 + [None] + [1] * 4) == [], "a holiday breaks it"
    assert stats.shifts([1] * 2 + [-1] * 7) == [tuple(range(2, 9))]


def test_a_trend_is_six_that_only_rise_or_only_fall() -> None:
    """KAT-21, with a trend of six."""
    assert stats.trends([1, 2, 3, 4, 5, 6, 7]) == [tuple(range(7))]
    assert stats.trends([1, 2, 3, 3, 4, 5, 6]) == []
    assert stats.trends([9, 8, 7, 6, 5, 4]) == [tuple(range(6))]
    assert stats.trends([1, 2, 3, None, 4, 5, 6]) == []


def test_two_of_three_near_a_limit_on_one_side() -> None:
    """KAT-21."""
    near = [False, False, True, False, True, False, False]
    assert stats.near_limit(near, [1] * 7) == [(2, 4)]
    assert stats.near_limit(near, [1, -1] * 3 + [1]) == []
    assert stats.near_limit([True, True, True], [1, None, 1]) == []


def test_signals_name_their_rule_and_direction() -> None:
    found = run_rules([0, 4, 0, -4, 0.1, None, 2.5, 2.6, 0.5], 0, -3, 3)
    assert [(s.rule, s.points, s.up) for s in found] == [
        ("outside", (1,), True), ("outside", (3,), False), ("two of three", (6, 7), True),
    ]
    falling = run_rules([3, 2, 1, -1, -2, -3], 0, -9, 9)
    assert [(s.rule, s.up) for s in falling] == [("trend", False)]
    low = run_rules([-1, -2] * 4, 0, -9, 9)
    assert [(s.rule, s.up) for s in low] == [("shift", False)]


def test_a_flat_line_has_no_signal() -> None:
    chart = xmr([0.913] * 12)
    assert chart is not None
    assert chart.moving_range == 0 and chart.signals == ()


def test_no_range_from_points_that_do_not_touch() -> None:
    assert xmr([]) is None
    assert xmr([1.0]) is None
    assert xmr([1.0, None, 2.0]) is None


def test_the_baseline_needs_twelve_and_stops_at_twenty() -> None:
    assert stats.baseline_length(WEEKS[:11]) == 0
    assert stats.baseline_length(WEEKS) == 12
    assert stats.baseline_length([*WEEKS[:6], None, *WEEKS[6:]]) == 12
    assert stats.baseline_length(WEEKS * 2) == 20
    assert stats.baseline_length([1.0, None] * 12) == 12, "never two neighbours: no range, no end"


def test_the_baseline_never_swallows_a_signal() -> None:
    jumped = [*WEEKS, 97.0, *WEEKS]
    assert stats.baseline_length(jumped) == 12
    chart = xmr(jumped, 12)
    quiet = xmr(WEEKS)
    assert chart is not None and quiet is not None
    assert (chart.low, chart.high) == (quiet.low, quiet.high)
    assert [s.points for s in chart.signals if s.rule == "outside"] == [(12,)]


def test_one_student_more_or_less_is_no_news() -> None:
    roll: list[float | None] = [90.0] * 12 + [91.0] * 9
    bare, floored = xmr(roll, 12), xmr(roll, 12, least=1.0)
    assert bare is not None and floored is not None
    assert stats.baseline_length(roll) == 12
    assert any(s.rule == "outside" for s in bare.signals)
    assert [s.rule for s in floored.signals] == ["shift"]
    assert (floored.low, floored.high) == pytest.approx((87.34, 92.66))


def test_a_change_that_holds_is_named_from_its_first_point() -> None:
    better = [*WEEKS, 92.9, 93.1, 92.8, 93.4, 92.9, 93.3, 93.0]
    chart = xmr(better, 12)
    assert chart is not None
    found = stats.standing(better, chart)
    assert found is not None
    assert (found.points[0], found.up) == (11, True), "91.2 lies above the mean by chance"
    assert stats.turning_point(better, chart, found) == 12
    falling = stats.Signal("trend", (3, 4, 5, 6, 7, 8), False)
    assert stats.turning_point(better, chart, falling) == 4
    stepped = [*WEEKS[:11], 92.2, 92.6, 93.4, 93.6, 93.7, 93.5, 93.6]
    steps = xmr(stepped, 11)
    assert steps is not None
    found = stats.standing(stepped, steps)
    assert found is not None
    assert stats.turning_point(stepped, steps, found) == 11, "its first step, not its middle"


def test_a_first_week_apart_from_all_others_is_no_change_since_then() -> None:
    values = [92.0, *[91.0, 91.1] * 6]
    chart = xmr(values, 12)
    assert chart is not None
    assert [s.points for s in chart.signals if s.rule == "shift"] == [tuple(range(1, 13))]
    assert stats.standing(values, chart) is None


def test_a_jump_between_two_flat_levels_keeps_its_size() -> None:
    chart = xmr([5.0] * 6 + [8.0] * 6)
    assert chart is not None
    assert chart.moving_range == pytest.approx(3 / 11)


def test_a_week_of_flu_does_not_hold() -> None:
    back = [*WEEKS[:10], 84.0, *WEEKS]
    chart = xmr(back, 10)
    assert chart is not None
    assert [s.points for s in chart.signals if s.rule == "outside"] == [(10,)]
    assert stats.standing(back, chart) is None
    assert stats.standing(back[:11], chart) is not None or not chart.signals
    quiet = xmr(WEEKS)
    assert quiet is not None and stats.standing(WEEKS, quiet) is None


def test_the_later_of_two_changes_holds() -> None:
    values = [*WEEKS, *[93.5] * 7, *[88.5] * 8]
    chart = xmr(values, 12)
    assert chart is not None
    found = stats.standing(values, chart)
    assert found is not None
    assert (found.points[0], found.up) == (19, False)


def test_a_change_from_the_very_first_point_needs_a_before() -> None:
    values = [93.0, 93.1, 92.9, 93.2, 93.0, 93.1, 93.0, *WEEKS]
    chart = xmr(WEEKS)
    assert chart is not None
    early = stats.Signal("shift", tuple(range(7)), True)
    assert stats.turning_point(values, chart, early) in early.points
    high = run_rules([93.0, 93.1, 92.9, 93.2, 93.0, 93.1, 93.0], chart.mean, chart.low, chart.high)
    always = stats.Xmr(chart.mean, chart.moving_range, chart.low, chart.high, chart.upper_range,
                       12, tuple(s for s in high if s.rule == "shift"))
    assert stats.standing(values[:7], always) is None, "it was never otherwise"


def test_the_usual_range_needs_twelve_points_that_touch() -> None:
    assert stats.usual_range(WEEKS[:11]) is None
    assert stats.usual_range([v for week in WEEKS for v in (week, None)]) is None
    assert stats.usual_range(WEEKS) == xmr(WEEKS)


def test_a_week_of_fever_moves_no_range_and_stays_a_signal() -> None:
    fever = [*WEEKS[:6], 84.0, *WEEKS[6:], *WEEKS[:5]]
    plain = xmr(fever, stats.baseline_length(fever))
    chart = stats.usual_range(fever)
    assert plain is not None and chart is not None
    assert chart.baseline == plain.baseline
    assert plain.low < chart.low
    assert chart.moving_range == pytest.approx(plain.moving_range)
    assert chart.mean == pytest.approx(sum(fever[:6] + fever[7:12]) / 11)
    assert [s.points for s in chart.signals if s.rule == "outside"] == [(6,)]


def test_the_range_stays_where_nothing_would_be_left_of_it() -> None:
    apart = [v for n in range(10) for v in (91.0 + n / 10, None)]
    values = [*apart, 99.0, 99.0]
    chart = stats.usual_range(values)
    assert chart is not None and chart == xmr(values, 12)
    assert chart.moving_range == 0, "the only two that touch are alike"


def test_only_the_rules_asked_for_give_signals() -> None:
    roll: list[float | None] = [90.0] * 12 + [91.0] * 9
    chart = stats.usual_range(roll, 1.0, ("outside",))
    assert chart is not None and chart.signals == ()


def test_p_value_of_a_share_above_its_reference() -> None:
    from school.stats.ranking import share_p

    assert share_p(112, 400, 0.2) == pytest.approx(3.1671e-5, rel=1e-4)  # z = 4
    assert share_p(80, 400, 0.2) == pytest.approx(0.5)
    assert share_p(0, 0, 0.2) == share_p(5, 9, 0.0) == share_p(5, 9, 1.0) == 1.0


def test_hiding_one_group_hides_a_second() -> None:
    assert stats.suppress([52, 8, 31]) == (False, True, True)
    assert stats.suppress([52, 8, 2, 31]) == (False, True, True, True), "8 and 2 are only 10"
    assert stats.suppress([52, 8, 9, 31]) == (False, True, True, False)
    assert stats.suppress([52, 0, 31]) == (False, False, False)
    assert stats.suppress([3]) == (True,)


@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
@settings(max_examples=200, deadline=None)
def test_interval_contains_the_rate(case: tuple[int, int]) -> None:
    x, n = case
    low, high = stats.rate_interval(x, n) or (2, -1)
    assert 0 <= low <= x / n <= high <= 1
    assert low < high
    known = stats.rate_interval(x, n, n + 50) or (2, -1)
    assert known[0] <= x / n <= known[1]
    assert known[1] - known[0] <= high - low + 1e-9, "knowing how many were asked never widens it"


@given(st.lists(st.integers(1, 200).flatmap(lambda d: st.tuples(st.integers(0, d), st.just(d))),
                min_size=2, max_size=30))
@settings(max_examples=200, deadline=None)
def test_ratio_interval_contains_the_rate(people: list[tuple[int, int]]) -> None:
    n, d = sum(a for a, _ in people), sum(b for _, b in people)
    low, high = stats.ratio_interval(
        len(people), n, d, sum(a * a for a, _ in people), sum(a * b for a, b in people),
        sum(b * b for _, b in people)) or (2, -1)
    assert 0 <= low <= n / d <= high <= 1


@given(st.lists(st.floats(-1e3, 1e3), min_size=2, max_size=30))
@settings(max_examples=100, deadline=None)
def test_mean_interval_contains_the_mean(values: list[float]) -> None:
    low, high = stats.mean_interval(len(values), sum(values), sum(v * v for v in values)) or (2, -1)
    assert low <= sum(values) / len(values) <= high


@given(st.lists(st.integers(0, 60), min_size=1, max_size=8), st.integers(5, 12))
@settings(max_examples=300, deadline=None)
def test_suppression_never_reveals(people: list[int], minimum: int) -> None:
    hidden = stats.suppress(people, minimum)
    assert all(h for n, h in zip(people, hidden, strict=True) if 0 < n < minimum)
    if not any(hidden) or all(h or n == 0 for n, h in zip(people, hidden, strict=True)):
        return  # nothing is hidden, or there was nobody left to hide behind
    # All that a reader can work out: hidden groups are 0 or more and add up to what is missing.
    missing = sum(n for n, h in zip(people, hidden, strict=True) if h)
    lowest = [0 if sum(hidden) > 1 else missing for h in hidden if h]
    assert all(missing - low >= 5 and missing >= minimum for low in lowest)


def test_warm_up_imports_what_figures_need() -> None:
    stats.warm_up()
    needed = {"scipy.stats", "statsmodels.stats.proportion", "statsmodels.stats.multitest"}
    assert needed <= set(sys.modules)


def test_an_order_far_apart_holds_and_one_of_equals_does_not() -> None:
    far = [stats.Ranked(400, 200, 0.2), stats.Ranked(400, 150, 0.2), stats.Ranked(400, 120, 0.2),
           stats.Ranked(400, 60, 0.2)]
    firm, ahead = stats.steadiness(far)
    assert firm[:3] == [1.0, 1.0, 1.0] and firm[3] == 0.0
    assert ahead > 0.95
    alike = [stats.Ranked(100, 40, 0.2)] * 4
    firm, ahead = stats.steadiness(alike)
    assert sum(firm) == pytest.approx(3)
    assert all(0.7 < share < 0.8 for share in firm)
    assert 0.45 < ahead < 0.55


def test_shaking_is_the_same_every_time_and_needs_nobody() -> None:
    rows = [stats.Ranked(400, 112, 0.2), stats.Ranked(60, 33, 0.4)]
    assert stats.steadiness(rows) == stats.steadiness(rows)
    assert stats.steadiness([]) == ([], 1.0)
    assert stats.steadiness(rows[:1]) == ([1.0], 1.0)


def test_a_weight_lifts_a_need_over_one_that_is_as_large() -> None:
    _, ahead = stats.steadiness([stats.Ranked(200, 80, 0.2, 3.0), stats.Ranked(200, 80, 0.2)])
    assert ahead > 0.99


def test_every_known_answer_has_its_test() -> None:
    """Tests name in their docstring which of the known answers of the methods they hold."""
    named: set[int] = set()
    for path in Path(__file__).parents[1].rglob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                named |= {int(n) for n in re.findall(r"KAT-(\d+)", ast.get_docstring(node) or "")}
    assert set(range(1, 32)) <= named


def test_figures_are_asked_for_without_waiting_for_scipy() -> None:
    """The judgement is imported without scipy, statsmodels and numpy, which take seconds."""
    every = [f"school.stats.{p.stem}" for p in
             sorted((Path(__file__).parents[2] / "school" / "stats").glob("[a-z]*.py"))]
    assert len(every) > 15
    said = subprocess.run(
        [sys.executable, "-c", f"import sys, {', '.join(every)}; "
         "print([m for m in ('scipy', 'statsmodels', 'numpy') if m in sys.modules])"],
        capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2])
    assert said.stdout.strip() == "[]"


@pytest.mark.long
def test_every_branch_of_the_judgement_is_tested(tmp_path: Path) -> None:
    """Full branch coverage of school/stats by its own tests."""
    root, data = Path(__file__).parents[2], str(tmp_path / "coverage")
    own = sorted(str(p) for p in Path(__file__).parent.glob("test_stats*.py"))
    for command in (["run", "--branch", "--source=school.stats", "-m", "pytest", "-n", "0", "-q",
                     "-p", "no:cacheprovider", *own], ["report", "--fail-under=100", "-m"]):
        done = subprocess.run([sys.executable, "-m", "coverage", command[0],
                               f"--data-file={data}", *command[1:]],
                              cwd=root, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout[-3000:]
