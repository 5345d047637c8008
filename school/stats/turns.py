"""Who spoke in a meeting: how evenly turns or minutes were shared over all who were invited.

Equal is not always right, and no name is told: these are figures of a meeting, not of people.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

LEAST = 3  # people invited before a meeting is looked at


@dataclass(frozen=True)
class Turns:
    """Shares, each 0 to 1: who spoke at all, the one who spoke most, how unequal (Gini), how even
    (Pielou; 1 is all alike)."""

    spoke: float
    most: float
    gini: float
    evenness: float


def turns(contributions: Sequence[float], minimum: int = LEAST) -> Turns | None:
    """The shares of a meeting from turns or minutes of everybody invited, silence being 0.

    None under three people or where nobody spoke.
    """
    whole = sum(contributions)
    if len(contributions) < max(2, minimum) or whole <= 0:
        return None
    return Turns(sum(c > 0 for c in contributions) / len(contributions),
                 max(contributions) / whole, gini(contributions), evenness(contributions))


def gini(amounts: Sequence[float]) -> float:
    """0 where all have the same, toward 1 where one has all; 0.0 where nobody has anything.

    Source: sum of (2i - n - 1) c_i over n times the sum, amounts in rising order.
    """
    n, whole = len(amounts), sum(amounts)
    if whole <= 0:
        return 0.0
    return sum((2 * i - n - 1) * c for i, c in enumerate(sorted(amounts), 1)) / (n * whole)


def evenness(amounts: Sequence[float]) -> float:
    """1 where all have the same, 0 where one has all; 0.0 of nothing or of one. Source: Pielou."""
    whole = sum(amounts)
    if whole <= 0 or len(amounts) < 2:
        return 0.0
    shares = [a / whole for a in amounts if a / whole > 0]
    return max(0.0, -sum(s * math.log(s) for s in shares) / math.log(len(amounts)))
