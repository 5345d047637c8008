"""Known answers and properties of hiding: the proposal, and the audit that proves it."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from school import stats
from school.stats.cells import Cells, audit, crossed, listed, nested
from school.stats.suppression import OUTSIDE, SURVEY, Hidden, Percent, Policy

BY_GROUP = [[52, 8], [31, 12], [14, 3], [23, 17]]  # yes and no of A, B, C, D
A_YES, A_NO, C_YES, C_NO = 0, 1, 4, 5


def _hidden(cells: Cells, *away: int) -> list[bool]:
    return [i in away for i in range(len(cells.counts))]


def test_hiding_two_small_cells_alone_is_worked_out() -> None:
    """KAT-14."""
    cells = crossed(BY_GROUP)
    hidden = _hidden(cells, A_NO, C_NO)
    assert audit(cells, hidden) == {A_NO: (8, 8), C_NO: (3, 3)}
    assert set(OUTSIDE.fails(cells, hidden)) == {A_NO, C_NO}


def test_hiding_both_cells_of_two_groups_holds() -> None:
    """KAT-14."""
    cells = crossed(BY_GROUP)
    hidden = _hidden(cells, A_YES, A_NO, C_YES, C_NO)
    found = audit(cells, hidden)
    assert (found[A_NO], found[C_NO]) == ((0, 11), (0, 11))
    assert OUTSIDE.fails(cells, hidden) == {}


def test_hiding_both_cells_of_one_group_is_worked_out_from_the_columns() -> None:
    """KAT-14."""
    cells = crossed(BY_GROUP)
    hidden = _hidden(cells, C_YES, C_NO)
    assert audit(cells, hidden) == {C_YES: (14, 14), C_NO: (3, 3)}
    assert set(OUTSIDE.fails(cells, hidden)) == {C_YES, C_NO}


def test_the_policy_hides_enough_of_that_table_and_proves_it() -> None:
    cells = crossed(BY_GROUP)
    found = OUTSIDE.hide(cells)
    assert found.proved
    assert [i for i, h in enumerate(found.cells) if h] == [A_YES, A_NO, C_YES, C_NO]
    assert OUTSIDE.fails(cells, found.cells) == {}


def test_nothing_hidden_has_nothing_to_prove() -> None:
    cells = crossed([[20, 30], [40, 50]])
    assert OUTSIDE.hide(cells) == Hidden((False,) * 9, True)
    assert audit(cells, [False] * 9) == {}


def test_a_hidden_total_sets_what_is_under_it_free() -> None:
    cells = listed([3, 4], total_fixed=False)
    assert audit(cells, [True, True, True]) == {0: (0, math.inf), 1: (0, math.inf),
                                                2: (0, math.inf)}
    found = OUTSIDE.hide(cells)
    assert found == Hidden((True, True, True), True)
    assert audit(Cells((4,), ()), [True]) == {0: (0, math.inf)}


def test_a_small_total_that_stands_elsewhere_leaves_nothing_to_prove() -> None:
    assert not OUTSIDE.hide(listed([3])).proved
    assert not OUTSIDE.hide(listed([3, 4])).proved
    zero = OUTSIDE.hide(listed([7, 0, 0]))
    assert not zero.proved and zero.cells == (True, False, False, False)
    alone = OUTSIDE.hide(Cells((7,), (), frozenset({0})))
    assert not alone.proved, "a small cell that cannot be hidden"


def test_classes_grades_and_school_are_proved_together() -> None:
    cells = nested([[30, 4], [28, 31], [25, 26]])
    found = OUTSIDE.hide(cells)
    assert found.proved and found.cells[1]
    assert found.cells[0], "30 + 4 is published, so 4 would be worked out"
    small_grade = nested([[30, 30], [3, 2], [28, 28]])
    found = OUTSIDE.hide(small_grade)
    grade_totals = found.cells[6:9]
    assert found.proved and grade_totals[1], "five are a small grade"
    assert sum(grade_totals) >= 2, "or the school's total would tell"


def test_counts_that_do_not_add_up_are_refused() -> None:
    with pytest.raises(ValueError, match="do not add up"):
        audit(Cells((5, 6, 12), ((2, (0, 1)),)), [True, True, False])


def test_small_groups_are_put_together() -> None:
    assert OUTSIDE.merged([52, 8, 2, 31]) == ((0,), (1, 2), (3,))
    assert OUTSIDE.merged([52, 8, 31]) == ((0,), (1, 2)), "8 alone takes the next smallest"
    assert OUTSIDE.merged([52, 4, 3, 31]) == ((0,), (1, 2, 3)), "7 are still too few"
    assert OUTSIDE.merged([52, 0, 31]) == ((0,), (1,), (2,))
    assert OUTSIDE.merged([4, 3]) == ((0, 1),)
    assert OUTSIDE.merged([]) == ()


@pytest.mark.parametrize(("x", "n", "low", "high"), [
    (2, 10, 0, 20), (3, 10, 30, 30), (8, 10, 80, 100), (7, 10, 70, 70), (4, 19, 21, 21),
    (2, 20, 0, 10), (3, 20, 15, 15), (18, 20, 90, 100), (4, 39, 0, 10), (5, 39, 13, 13),
    (2, 40, 0, 5), (38, 40, 95, 100), (94, 99, 95, 100), (6, 99, 6, 6),
    (2, 100, 0, 2), (98, 100, 98, 100), (293, 299, 98, 100), (9, 299, 3, 3),
    (3, 300, 0, 1), (297, 300, 99, 100), (5, 300, 2, 2), (0, 5000, 0, 1)])
def test_shares_near_the_ends_are_coded_by_how_many_there_are(
    x: int, n: int, low: int, high: int
) -> None:
    assert OUTSIDE.percent(x, n) == Percent(low, high)


def test_under_the_least_there_is_no_percent() -> None:
    assert OUTSIDE.percent(4, 9) is None
    assert SURVEY.percent(2, 5) == Percent(40, 40)
    assert SURVEY.percent(1, 5) == Percent(0, 20)
    assert SURVEY.percent(2, 4) is None
    assert Policy(0).percent(0, 0) is None


def test_two_views_that_differ_by_a_few_are_not_both_shown() -> None:
    before = set(range(100))
    assert OUTSIDE.apart(before, before)
    assert not OUTSIDE.apart(before, before | {100}), "one joined since last week"
    assert not OUTSIDE.apart(before, before - set(range(9)))
    assert OUTSIDE.apart(before, before - set(range(10)))
    assert OUTSIDE.apart(before, set(range(200, 300)))


groups = st.lists(st.integers(0, 60), min_size=1, max_size=8)
few = st.integers(5, 12)


@given(groups, few)
@settings(max_examples=150, deadline=None)
def test_groups_of_one_total_pass_the_audit_wherever_there_is_enough_to_hide_behind(
    people: list[int], least: int
) -> None:
    policy = Policy(least)
    hidden = policy.groups(people)
    assert hidden == stats.suppress(people, least)
    assert all(h for n, h in zip(people, hidden, strict=True) if policy.small(n))
    if sum(hidden) >= 2 and sum(n for n, h in zip(people, hidden, strict=True) if h) >= least:
        assert policy.fails(listed(people), [*hidden, False]) == {}
    else:
        assert not any(hidden) or all(h or not n for n, h in zip(people, hidden, strict=True))


@given(groups, few)
@settings(max_examples=60, deadline=None)
def test_what_is_put_together_is_never_small_and_tells_nothing_of_its_parts(
    people: list[int], least: int
) -> None:
    policy = Policy(least)
    parts = policy.merged(people)
    assert sorted(itertools.chain(*parts)) == list(range(len(people)))
    sums = [sum(people[i] for i in part) for part in parts]
    if sum(people) >= least:
        assert not any(policy.small(n) for n in sums)
        at = len(people)
        cells = Cells((*people, *sums, sum(people)), (
            *((at + i, part) for i, part in enumerate(parts)),
            (at + len(parts), tuple(range(at, at + len(parts))))))
        away = [len(part) > 1 for i in range(at) for part in parts if i in part]
        assert policy.fails(cells, [*away, *[False] * (len(parts) + 1)]) == {}


tables = st.integers(2, 4).flatmap(lambda wide: st.lists(
    st.lists(st.integers(0, 40), min_size=wide, max_size=wide), min_size=2, max_size=4))


@given(tables, few, st.booleans())
@settings(max_examples=25, deadline=None)
def test_the_output_of_the_policy_always_passes_its_audit(
    rows: list[list[int]], least: int, margins_fixed: bool
) -> None:
    policy, cells = Policy(least), crossed(rows, margins_fixed=margins_fixed)
    found = policy.hide(cells)
    free = [i for i in range(len(cells.counts)) if i not in cells.fixed]
    assert all(found.cells[i] for i in free if policy.small(cells.counts[i]))
    assert not any(found.cells[i] for i in cells.fixed)
    if found.proved:
        assert policy.fails(cells, found.cells) == {}
        assert not any(policy.small(n) and not h
                       for n, h in zip(cells.counts, found.cells, strict=True))
    assert found.proved or margins_fixed, "without fixed cells it is always proved"


@given(st.lists(st.lists(st.integers(0, 40), min_size=1, max_size=4), min_size=1, max_size=4), few)
@settings(max_examples=40, deadline=None)
def test_groups_inside_groups_are_always_proved_where_the_total_may_be_hidden(
    tree: list[list[int]], least: int
) -> None:
    policy, cells = Policy(least), nested(tree, total_fixed=False)
    found = policy.hide(cells)
    assert found.proved
    assert policy.fails(cells, found.cells) == {}


@given(st.lists(st.lists(st.integers(0, 6), min_size=2, max_size=2), min_size=2, max_size=2),
       st.lists(st.booleans(), min_size=9, max_size=9))
@settings(max_examples=40, deadline=None)
def test_the_audit_finds_what_trying_every_table_finds(
    rows: list[list[int]], hidden: list[bool]
) -> None:
    """The margins stay published, so that there is an end to what can be tried."""
    cells = crossed(rows)
    away = [h and i < 4 for i, h in enumerate(hidden)]
    possible = [t for t in itertools.product(range(13), repeat=4)
                if all(t[i] == cells.counts[i] for i in range(4) if not away[i])
                and [t[0] + t[1], t[2] + t[3], t[0] + t[2], t[1] + t[3]] == list(cells.counts[4:8])]
    assert audit(cells, away) == {
        i: (min(t[i] for t in possible), max(t[i] for t in possible)) for i in range(4) if away[i]}
