"""Which parts of a number lie apart from the others beyond chance, all allowed for at once."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from school.answers import Row
from school.stats import bh

SURE = 0.05
Z = 1.96


@dataclass(frozen=True)
class Apart:
    """Parts above and below the others beyond chance, the plainest first, of how many looked at."""

    above: tuple[Row, ...]
    below: tuple[Row, ...]
    looked: int


def standing_apart(rows: Sequence[Row]) -> Apart:
    """Each part against all others together; p values adjusted after Benjamini and Hochberg.

    Parts need a value with a range; a part's own variance is that of its range.
    """
    known = [r for r in rows if r.value is not None and r.low is not None and r.high is not None
             and r.denominator]
    if len(known) < 2:
        return Apart((), (), len(known))
    z = [_z(r, [o for o in known if o is not r]) for r in known]
    q = bh([math.erfc(abs(v) / math.sqrt(2)) for v in z])
    far = sorted((abs(v), n) for n, (v, p) in enumerate(zip(z, q, strict=True)) if p <= SURE)
    order = [n for _, n in reversed(far)]
    return Apart(tuple(known[n] for n in order if z[n] > 0),
                 tuple(known[n] for n in order if z[n] < 0), len(known))


def _z(row: Row, others: Sequence[Row]) -> float:
    """How many standard errors a part lies from the others; 0.0 where nothing varies."""
    weight = sum(o.denominator or 0.0 for o in others)
    rest = sum((o.value or 0.0) * (o.denominator or 0.0) for o in others) / weight
    spread = _variance(row) + sum(((o.denominator or 0.0) / weight) ** 2 * _variance(o)
                                  for o in others)
    return ((row.value or 0.0) - rest) / math.sqrt(spread) if spread > 0 else 0.0


def _variance(row: Row) -> float:
    return (((row.high or 0.0) - (row.low or 0.0)) / (2 * Z)) ** 2
