"""A table as a reader sees it: cells, some hidden, and the sums that tie them to each other.

What a hidden cell can still be is worked out as an attacker would, by linear programming over
everything that is published. This is the proof; which cells to hide is proposed in `suppression`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Cells:
    """Counts, and every sum that holds among them as (number of the total, numbers of its parts).

    A total is a cell like any other, so that totals of totals (class, grade, school, cluster) are
    tied together and proved together. `fixed` are cells that are published whatever happens.
    """

    counts: tuple[int, ...]
    sums: tuple[tuple[int, tuple[int, ...]], ...]
    fixed: frozenset[int] = frozenset()


def listed(counts: Sequence[int], *, total_fixed: bool = True) -> Cells:
    """Groups of one total; the total is the last cell."""
    n = len(counts)
    return Cells((*counts, sum(counts)), ((n, tuple(range(n))),),
                 frozenset({n}) if total_fixed else frozenset())


def crossed(rows: Sequence[Sequence[int]], *, margins_fixed: bool = True) -> Cells:
    """A table of two groupings, row by row; then the totals of rows, of columns, and of all."""
    high, wide = len(rows), len(rows[0])
    inner = [c for row in rows for c in row]
    of_rows = [sum(row) for row in rows]
    of_columns = [sum(column) for column in zip(*rows, strict=True)]
    first, second = high * wide, high * wide + high
    last = second + wide
    sums = [(first + i, tuple(range(i * wide, (i + 1) * wide))) for i in range(high)]
    sums += [(second + j, tuple(range(j, high * wide, wide))) for j in range(wide)]
    sums += [(last, tuple(range(first, second))), (last, tuple(range(second, last)))]
    return Cells((*inner, *of_rows, *of_columns, sum(of_rows)), tuple(sums),
                 frozenset(range(first, last + 1)) if margins_fixed else frozenset())


def nested(tree: Sequence[Sequence[int]], *, total_fixed: bool = True) -> Cells:
    """Groups inside groups (classes of grades): the parts, then each group's total, then all."""
    parts = [c for group in tree for c in group]
    totals = [sum(group) for group in tree]
    sums, at = [], 0
    for i, group in enumerate(tree):
        sums.append((len(parts) + i, tuple(range(at, at + len(group)))))
        at += len(group)
    last = len(parts) + len(totals)
    sums.append((last, tuple(range(len(parts), last))))
    return Cells((*parts, *totals, sum(totals)), tuple(sums),
                 frozenset({last}) if total_fixed else frozenset())


Range = tuple[int, float]  # fewest and most people that a hidden cell can hold; most may be endless


def audit(
    cells: Cells, hidden: Sequence[bool], only: Iterable[int] | None = None,
) -> dict[int, Range]:
    """The fewest and most people in each hidden cell that agree with all that is published.

    `only` names the hidden cells that are asked for, by default all. Counts are 0 or more; a most
    of infinity means that nothing published holds it down. Raises ValueError where counts do not
    add up, which no reader could make sense of either. Source: METHODS 6 (audit),
    `scipy.optimize.linprog`.
    """
    away = [i for i, h in enumerate(hidden) if h]
    for total, parts in cells.sums:
        if cells.counts[total] != sum(cells.counts[p] for p in parts):
            raise ValueError("the parts of a total do not add up to it")
    if not away:
        return {}
    import numpy as np

    place = {cell: i for i, cell in enumerate(away)}
    left, right = [], []
    for total, parts in cells.sums:
        line = np.zeros(len(away))
        known = 0
        for cell, sign in ((total, -1), *((p, 1) for p in parts)):
            if cell in place:
                line[place[cell]] += sign
            else:
                known -= sign * cells.counts[cell]
        if line.any():
            left.append(line)
            right.append(known)
    asked = away if only is None else only
    return {cell: _range(place[cell], len(away), left, right) for cell in asked}


def _range(place: int, size: int, left: list[Any], right: list[int]) -> Range:
    """Fewest and most of one unknown; whole numbers, so both are rounded inward."""
    import numpy as np
    from scipy.optimize import linprog

    if not left:
        return 0, math.inf
    aim = np.zeros(size)
    aim[place] = 1
    ends = [linprog(way * aim, A_eq=np.array(left), b_eq=right, bounds=(0, None), method="highs")
            for way in (1, -1)]
    most = math.inf if ends[1].status == 3 else math.floor(-ends[1].fun + 1e-6)
    return math.ceil(ends[0].fun - 1e-6), most
