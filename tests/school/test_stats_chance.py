"""How often chance looks like a change: the kept table, and the promise at every length."""

from __future__ import annotations

import csv
import math
import random

import pytest

from school.stats import LEVELS, NAMED, by_chance, lasting, rate_interval, usual_range
from school.stats.chance import TABLE
from school.stats.quiet import LENGTHS, found_in, most, quiet

WEEKS = [91.2, 90.8, 91.5, 90.9, 91.1, 91.7, 90.6, 91.3, 91.0, 91.4, 90.7, 91.2]


def kept() -> dict[int, tuple[float, ...]]:
    with TABLE.open(encoding="utf-8") as file:
        head, *rows = list(csv.reader(file))
    assert head == ["points", *(f"{level:g}" for level in LEVELS)]
    return {int(r[0]): tuple(map(float, r[1:])) for r in rows}


@pytest.mark.parametrize("points", [
    17, *(pytest.param(n, marks=pytest.mark.long) for n in LENGTHS if n != 17)])
def test_the_kept_table_is_what_the_rules_of_today_give(points: int) -> None:
    assert kept()[points] == most(points), "python -m school.stats.quiet writes it anew"


def test_every_length_is_in_the_table_and_a_rarer_change_is_a_larger_one() -> None:
    table = kept()
    assert tuple(table) == LENGTHS
    assert all(list(row) == sorted(row) for row in table.values())


def share_named(points: int, series: int, alike: float) -> tuple[float, float, float]:
    """Of quiet series, the share in which a change is named, with its range; other seeds."""
    draw = random.Random(f"{points} {alike}")
    named = 0
    for _ in range(series):
        held = found_in(quiet(points, draw, alike))
        named += held is not None and by_chance(points, held.strength) <= NAMED
    interval = rate_interval(named, series)
    assert interval is not None
    return named / series, *interval


@pytest.mark.parametrize("points", [12, 18, 30, 43])
def test_quiet_series_are_said_to_change_in_fewer_than_one_of_twenty(points: int) -> None:
    assert share_named(points, 600, alike=0.0)[1] <= NAMED
    assert share_named(points, 600, alike=0.1)[1] <= NAMED
    assert share_named(points, 600, alike=0.2)[1] <= 2 * NAMED, "twice as alike: one in ten"


@pytest.mark.long
@pytest.mark.parametrize("points", [17, 25, 40, 60, 120, 200, 300])
def test_the_promise_holds_at_any_length(
    points: int, capsys: pytest.CaptureFixture[str]
) -> None:
    shares = {alike: share_named(points, 2000, alike) for alike in (0.0, 0.1, 0.2)}
    draw = random.Random(points)
    bare = sum(found_in(quiet(points, draw, 0.0)) is not None for _ in range(2000)) / 2000
    with capsys.disabled():
        print(f"\n{points} points: the run rules alone {bare:.1%}; named " + ", ".join(
            f"{s[0]:.1%} where neighbours are {a} alike" for a, s in shares.items()), end="")
    assert bare > NAMED, "else this test proves nothing"
    assert shares[0.0][1] <= NAMED and shares[0.1][1] <= NAMED and shares[0.2][1] <= 2 * NAMED


def test_a_planted_change_is_named_as_soon_as_it_stands_out() -> None:
    """Six weeks, two of its usual swings higher: the rules see it, and chance rarely does so."""
    draw = random.Random(3)
    found = []
    for _ in range(200):
        values = quiet(24, draw)
        held = found_in([*values, *(v + 2 for v in quiet(6, draw))])
        found.append(held is not None and held.signal.up
                     and by_chance(30, held.strength) <= NAMED)
    assert sum(found) >= 140


def test_how_large_a_change_is_and_from_where() -> None:
    values = [*WEEKS, 92.9, 93.1, 92.8, 93.4, 92.9, 93.3, 93.0]
    chart = usual_range(values)
    assert chart is not None
    held = lasting(values, chart)
    assert held is not None and (held.since, held.signal.up) == (12, True)
    before, after = sum(WEEKS) / 12, sum(values[12:]) / 7
    within = sum((v - before) ** 2 for v in WEEKS) + sum((v - after) ** 2 for v in values[12:])
    assert held.strength == pytest.approx(
        (after - before) / math.sqrt(within / 17 * (1 / 12 + 1 / 7)))
    assert by_chance(len(values), held.strength) == 0.01
    quiet_one = usual_range(WEEKS)
    assert quiet_one is not None and lasting(WEEKS, quiet_one) is None


def test_a_step_between_two_flat_levels_is_as_large_as_can_be_but_not_one_student() -> None:
    values = [5.0] * 12 + [9.0] * 7
    chart = usual_range(values)
    assert chart is not None
    held = lasting(values, chart)
    assert held is not None and held.strength == math.inf
    roll = [0.50] * 12 + [0.525] * 7  # of 40 students one more
    chart = usual_range(roll, 1 / 40)
    assert chart is not None
    held = lasting(roll, chart, 1 / 40)
    assert held is not None and by_chance(19, held.strength) > NAMED


def test_between_two_lengths_lies_a_straight_line_and_outside_the_nearest_counts() -> None:
    table = kept()
    middle = (table[80][2] + table[104][2]) / 2
    assert by_chance(92, middle + 1e-9) == LEVELS[2] and by_chance(92, middle - 1e-9) > LEVELS[2]
    assert by_chance(1000, table[260][2] + 0.001) == by_chance(260, table[260][2] + 0.001)
    assert by_chance(30, 0.0) == 1.0
