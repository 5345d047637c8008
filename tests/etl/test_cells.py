"""Columns are worked on through their distinct values, and say what a walk over the rows says."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pytest

from etl import cells
from etl.model import Sheet

Texts = Sequence[str | None]


def drawn(seed: int, count: int, different: int) -> list[str | None]:
    """Texts of which some are blank."""
    pick = random.Random(seed)
    return [None if pick.random() < 0.1 else f"v{pick.randrange(different)}" for _ in range(count)]


def numbered(rows: Sequence[object]) -> tuple[list[int], list[int]]:
    """Each row's number in order of appearance and the first row of each, the slow way."""
    first: dict[object, int] = {}
    for at, row in enumerate(rows):
        first.setdefault(row, at)
    order = {row: number for number, row in enumerate(first)}
    return [order[row] for row in rows], list(first.values())


@pytest.mark.parametrize("count", [0, 1, 7, 3 * cells.SMALL])
@pytest.mark.parametrize("different", [(1, 1, 1), (2, 3, 1), (4, 900, 50), (2500, 2500, 2500)])
def test_groups_are_numbered_as_they_appear(count: int, different: tuple[int, ...]) -> None:
    columns = [drawn(seed, count, n) for seed, n in enumerate(different)]
    code, first = cells.group_codes([pa.array(c, pa.string()) for c in columns])
    assert (code.tolist(), first.tolist()) == numbered(list(zip(*columns, strict=True)))


@pytest.mark.parametrize("count", [50, 3 * cells.SMALL])
def test_what_is_made_of_a_column_is_counted_by_what_it_became(count: int) -> None:
    texts = drawn(3, count, 40)
    short = {f"v{i}": None if i % 5 == 0 else f"{i % 4}" for i in range(40)}
    made = cells.over_unique(pa.array(texts, pa.string()), short.get, pa.string())
    became = [None if t is None else short[t] for t in texts]
    assert made.to_pylist() == became
    assert cells.tally(made) == Counter(t for t in became if t is not None)
    code, first = cells.group_codes([made])
    assert (code.tolist(), first.tolist()) == numbered(became)
    pairs = cells.over_groups([made, pa.array(texts, pa.string())], lambda a, b: f"{a}{b}",
                              pa.string())
    assert cells.unique(pairs) == list(dict.fromkeys(f"{a}{b}" for a, b in
                                                     zip(became, texts, strict=True)))


@pytest.mark.parametrize("spaces", ["", "  "])
def test_rows_of_a_column_know_nothing_of_the_rows_above_them(spaces: str) -> None:
    texts = ["Student", "v1", *(t and spaces + t for t in drawn(4, 2 * cells.SMALL, 30))]
    sheet = Sheet("list.csv", "list", pa.table({"c0": pa.array(texts, pa.string())}))
    below = np.arange(2, len(texts))
    for _ in range(2):  # asked again, it answers the same
        part = cells.column(sheet, 0, below)
        plain = [t and t.strip() for t in texts[2:]]
        assert part.to_pylist() == plain
        assert list(cells.tally(part).items()) == list(
            Counter(t for t in plain if t is not None).items())


def test_values_are_picked_where_they_are_asked_for() -> None:
    values = pa.array(["a", None, "c"])
    assert cells.picked(values, np.array([True, False, True])).to_pylist() == ["a", "c"]
    assert cells.picked(values, np.ones(3, dtype=np.bool_)) is values
