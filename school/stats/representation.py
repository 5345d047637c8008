"""Who answered: response rates, whether those who answered are like all, what weights cost.

A high rate does not prove that nobody is missing; a weight never brings back who said nothing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Asked:
    """What became of those who were asked. Source: AAPOR, Standard Definitions."""

    complete: int
    partial: int = 0
    refused: int = 0
    not_reached: int = 0
    other: int = 0
    unknown: int = 0  # whether they belong to those asked (UH and UO)

    @property
    def eligible(self) -> int:
        """All that are known to belong to those asked."""
        return self.complete + self.partial + self.refused + self.not_reached + self.other

    @property
    def rr1(self) -> float | None:
        """Complete answers over all, the unknown among them: the lowest rate; None of nobody."""
        return _over(self.complete, self.eligible + self.unknown)

    @property
    def rr2(self) -> float | None:
        """The same with partial answers."""
        return _over(self.complete + self.partial, self.eligible + self.unknown)

    @property
    def rr5(self) -> float | None:
        """Complete answers over those known to belong: the highest rate."""
        return _over(self.complete, self.eligible)


def _over(x: int, n: int) -> float | None:
    return x / n if n > 0 else None


def r_indicator(groups: Sequence[tuple[int, int]]) -> float | None:
    """How alike the groups answered, 0 to 1 (all alike); each group as (answered, asked).

    R = 1 - 2 S, S the standard deviation of the groups' response rates over everybody asked. None
    under two people asked. Source: Schouten, Cobben and Bethlehem 2009, Survey Methodology 35:101.
    """
    whole = sum(n for _, n in groups)
    if whole < 2:
        return None
    mean = sum(x for x, _ in groups) / whole
    squares = sum(n * (x / n - mean) ** 2 for x, n in groups if n > 0)
    return 1 - 2 * math.sqrt(squares / (whole - 1))


def kish(given: Sequence[float]) -> float:
    """How many unweighted answers these weighted ones are worth: (sum w)^2 / sum w^2; 0.0 of none.

    The number of answers over it is the design effect. Source: Kish 1965.
    """
    squares = sum(w * w for w in given)
    return sum(given) ** 2 / squares if squares > 0 else 0.0
