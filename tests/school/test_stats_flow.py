"""Known answers of flow through grades, of who answered, and of who spoke."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from school import stats
from school.stats.flow import (
    Fates,
    adjusted_parity,
    dropout,
    gender_parity,
    grade_flow,
    level_transition,
    mobility,
    retention,
)
from school.stats.intervals import effective_n
from school.stats.representation import (
    Asked,
    kish,
    r_indicator,
    rake,
    standardised_difference,
    unlike,
    weights,
)
from school.stats.turns import evenness, gini, turns


def test_grade_flow_of_unesco() -> None:
    """KAT-5: repeaters are taken out of the next grade, and out of the effective base."""
    first = grade_flow(1000, 930, 45, 50, had_repeaters=50)
    second = grade_flow(900, 860, 40, 45)
    assert first is not None and second is not None
    shown = [stats.half_up(100 * v, 2) for f in (first, second)
             for v in (f.promoted, f.repeated, f.dropout)]
    assert shown == [88.5, 5.0, 6.5, 91.11, 5.0, 3.89]
    assert first.effective == pytest.approx(.9316, abs=5e-5)


def test_transfers_show_as_dropout_below_nothing() -> None:
    found = grade_flow(100, 115, 0, 5)
    assert found is not None
    assert (found.promoted, found.dropout) == pytest.approx((1.15, -.20)), "shown, not clipped"
    assert grade_flow(0, 5, 0, 0) is None
    everyone_again = grade_flow(10, 0, 0, 10, had_repeaters=10)
    assert everyone_again is not None and everyone_again.effective is None


def test_entrants_with_pre_school_and_parity() -> None:
    """KAT-6: ratio of sums, rounded once; the index of parity made symmetric."""
    assert [stats.half_up(100 * x / n) for x, n in ((1.54, 1.92), (1.37, 1.87))] == [80, 73]
    assert adjusted_parity(1.05) == pytest.approx(1.0476, abs=5e-5)
    assert adjusted_parity(1 / 1.05) == pytest.approx(2 - 1.0476, abs=5e-5)
    assert gender_parity(42, 40) == pytest.approx(1.05)
    assert gender_parity(42, 0) is None


def test_dropout_has_bounds_for_the_unknown() -> None:
    found = Fates(promoted=80, repeated=5, completed=1, moved=6, died=1, dropped=4, unknown=10)
    assert found.base == 100
    assert found.dropout == (pytest.approx(.04), pytest.approx((.04, .14)))
    assert dropout(3, 0, 60) == (pytest.approx(.05), pytest.approx((.05, .05)))
    assert Fates(moved=3).dropout is None


def test_transition_retention_and_mobility() -> None:
    assert level_transition(190, 200) == pytest.approx(.95)
    assert level_transition(190, 0) is None
    assert retention(180, 9, 190) == pytest.approx(.9)
    assert retention(180, 9, 0) is None
    found = mobility(ever=220, came=20, moved=32, at_start=200, stayed=188)
    assert (found.intake, found.churn, found.stability) == ((20, 220), (32, 220), (188, 200))


def test_response_rates_of_aapor() -> None:
    """KAT-30."""
    asked = Asked(complete=120, partial=10, refused=20, not_reached=30, other=0, unknown=20)
    assert (asked.rr1, asked.rr2, asked.rr5) == pytest.approx((.60, .65, .667), abs=5e-4)
    assert Asked(0).rr1 is None and Asked(0).rr5 is None


def test_a_survey_of_nearly_all_and_what_weights_cost() -> None:
    """KAT-30."""
    assert effective_n(40, 60) == pytest.approx(118)
    assert stats.rate_interval(30, 40, 60) == pytest.approx((.6648, .8194), abs=5e-5)
    given_weights = [1, 1, 1, 1, 2, 2, 4, 4]
    assert kish(given_weights) == pytest.approx(5.818, abs=5e-4)
    assert len(given_weights) / kish(given_weights) == pytest.approx(1.375)
    assert kish([]) == 0.0


def test_groups_that_answer_unlike_lower_the_indicator() -> None:
    """KAT-30: 80 of 100 and 40 of 100."""
    assert r_indicator([(80, 100), (40, 100)]) == pytest.approx(.599, abs=5e-4)
    assert r_indicator([(50, 100), (25, 50), (0, 0)]) == pytest.approx(1)
    assert r_indicator([(1, 1)]) is None


def test_respondents_beside_the_roster() -> None:
    assert standardised_difference(.6, .5) == pytest.approx(.1 / ((.24 + .25) / 2) ** .5)
    assert standardised_difference(1, 1) == 0.0
    # 60 and 40 answered where 50 and 50 were to be expected: chi-squared 4
    assert unlike([60, 40], [500, 500]) == pytest.approx(.0455, abs=5e-5)
    assert unlike([60, 40, 3], [500, 500, 0]) == pytest.approx(.0455, abs=5e-5)
    assert unlike([60], [500]) is None
    assert unlike([0, 0], [5, 5]) is None


def test_weights_make_those_who_answered_stand_for_all() -> None:
    found = weights([30, 10], [100, 100])
    assert found == pytest.approx([2 / 3, 2.0])
    assert sum(w * a for w, a in zip(found or [], [30, 10], strict=True)) == pytest.approx(40)
    assert weights([30, 4], [100, 100]) is None, "four answers: merge the group first"
    assert weights([95, 5], [10, 90]) == pytest.approx([10 / 95, 5.0]), "never over five"
    assert weights([30, 0], [100, 0]) == [1.0, 0.0]
    assert weights([], []) is None


def test_raking_meets_both_margins() -> None:
    found = rake([[20, 10], [10, 20]], [40, 20], [30, 30])
    assert found is not None
    assert [sum(row) for row in found] == pytest.approx([40, 20])
    assert [sum(column) for column in zip(*found, strict=True)] == pytest.approx([30, 30])
    ratio = found[0][0] * found[1][1] / (found[0][1] * found[1][0])
    assert ratio == pytest.approx(4), "how the two groupings go together is left as it was"
    assert rake([[0, 0], [10, 20]], [40, 20], [30, 30]) is None


def test_who_spoke() -> None:
    """KAT-31."""
    assert gini([50, 25, 15, 10]) == pytest.approx(.325)
    assert evenness([50, 25, 15, 10]) == pytest.approx(.8714, abs=5e-5)
    assert (gini([20] * 5), evenness([20] * 5)) == (pytest.approx(0), pytest.approx(1))
    assert gini([0, 0, 0, 0, 100]) == pytest.approx(.8)
    assert gini([1, 2, 3, 4, 5]) == pytest.approx(.2667, abs=5e-5)


def test_a_meeting_of_three_who_spoke() -> None:
    found = turns([6, 3, 1, 0])
    assert found is not None
    assert (found.spoke, found.most) == (.75, .6)
    assert found.gini == gini([6, 3, 1, 0]) and found.evenness == evenness([6, 3, 1, 0])
    assert turns([5, 5]) is None
    assert turns([0, 0, 0]) is None
    assert gini([0, 0]) == evenness([0, 0]) == evenness([4]) == 0.0


@given(st.lists(st.floats(0, 1e4), min_size=2, max_size=30))
@settings(max_examples=100, deadline=None)
def test_shares_of_a_meeting_stay_between_nothing_and_one(amounts: list[float]) -> None:
    assert -1e-9 <= gini(amounts) < 1
    assert 0 <= evenness(amounts) <= 1 + 1e-9
