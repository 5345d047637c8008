"""Marks stand where their values say, and nothing is drawn outside the paper."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.parts.drawing import _ticks, drawing
from pages.parts.spec import Bar, Chart, Item, Level, Point

NUMBERS = st.floats(-1e6, 1e6, allow_nan=False).map(lambda v: round(v, 3))


def ranked(*rows: Bar, divider: str = "") -> list[dict[str, Any]]:
    return drawing(Chart("ranked", "t", "c", rows, "a", divider=divider))["rows"]


def test_a_bar_is_solid_to_its_low_end_and_pale_to_its_high_end() -> None:
    first, second = ranked(Bar("a", "A", 50, 25, 100), Bar("b", "B", 20, 10, 30))
    assert first["solid"] == [0.0, 0.25] and first["pale"] == [0.25, 0.75]
    assert first["mark"] == 0.5
    assert second["solid"] == [0.0, 0.1] and second["pale"] == pytest.approx([0.1, 0.2])


def test_a_bar_below_zero_at_its_low_end_begins_at_zero() -> None:
    only = ranked(Bar("a", "A", 5, -5, 10))[0]
    assert only["solid"] == [0.0, 0.0] and only["pale"] == [0.0, 1.0]


def test_a_hidden_value_has_words_and_no_mark() -> None:
    _, hidden = ranked(Bar("a", "A", 5, 1, 9), Bar("b", "B", None, range_text="hidden"))
    assert hidden["mark"] is None and hidden["solid"] is None and hidden["range_text"] == "hidden"


def test_the_line_of_chance_stands_above_the_first_row_that_could_be_chance_only() -> None:
    rows = ranked(Bar("a", "A", 5), Bar("b", "B", 3, state="chance"),
                  Bar("c", "C", 2, state="chance"), divider="could be chance")
    assert [r["rule"] for r in rows] == ["", "could be chance", ""]


@given(st.lists(st.tuples(NUMBERS, NUMBERS, NUMBERS), min_size=1, max_size=8))
def test_dots_and_ranges_stay_on_the_paper(rows: list[tuple[float, float, float]]) -> None:
    bars = tuple(Bar(str(n), "x", sorted(r)[1], min(r), max(r)) for n, r in enumerate(rows))
    drawn = drawing(Chart("dots", "t", "c", bars, "a", levels=(Level(0, "no gap"),)))
    for row in drawn["rows"]:
        start, width = row["range"]
        assert start >= -1e-9 and start + width <= 1 + 1e-9
        assert start - 1e-9 <= row["mark"] <= start + width + 1e-9


@given(st.lists(st.one_of(st.none(), st.floats(0, 1)), max_size=30))
def test_a_gap_breaks_the_line_and_points_stay_on_the_paper(values: list[float | None]) -> None:
    first = date(2025, 6, 2)
    points = tuple(Point(str(n), str(n), first + timedelta(weeks=n), v)
                   for n, v in enumerate(values))
    drawn = drawing(Chart("line", "t", "c", points, "a", percent=True))
    pairs = sum(a is not None and b is not None for a, b in pairwise(values))
    assert len(drawn["segments"]) == pairs
    assert len(drawn["points"]) == sum(v is not None for v in values)
    for mark in drawn["points"]:
        assert 0 <= mark["x"] <= 1 and 0 <= mark["y"] <= 1


def test_a_point_that_is_not_judged_is_hollow_on_paper_too() -> None:
    points = tuple(Point(str(n), str(n), date(2025, 6, 2) + timedelta(weeks=n), 0.9,
                         partial=n == 1) for n in range(3))
    drawn = drawing(Chart("line", "t", "c", points, "a", percent=True))
    assert [m["shape"] for m in drawn["points"]] == ["circle", "hollow", "circle"]


@given(NUMBERS, NUMBERS)
def test_there_are_three_grid_lines_at_most_and_they_lie_between_the_values(
    one: float, other: float
) -> None:
    low, high = sorted((one, other))
    ticks = _ticks(low, high)
    assert 1 <= len(ticks) <= 3
    assert all(low - 1e-6 <= t <= high + 1e-6 for t in ticks)


def test_ticks_are_round() -> None:
    assert _ticks(0.86, 0.94) == [0.875, 0.9, 0.925]
    assert _ticks(0, 100) == [0, 50, 100]


def test_parts_of_an_agreement_bar_fill_it_and_small_ones_have_no_number() -> None:
    item = Item("1", "I feel safe.", (60, 30, 8, 1, 1), "90% agree")
    parts = drawing(Chart("agreement", "t", "c", (item,), "a"))["rows"][0]["parts"]
    assert sum(p["w"] for p in parts) == pytest.approx(1)
    assert [p["text"] for p in parts] == ["60", "30", "8", "", ""]
    assert [round(p["x"], 2) for p in parts] == [0, 0.6, 0.9, 0.98, 0.99]
