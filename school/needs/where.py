"""Where a need sits: which grades, groups, schools or weekdays stand out from the rest of it.

Every part is tested against the rest of the same measure, and all tests of a page are controlled
together (Benjamini and Hochberg), so that looking in forty places does not find forty needs.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from school.answers import Row
from school.needs.candidates import Ask
from school.needs.values import Counted
from school.stats import Estimate, bh, change_interval

LEAST = 10  # students of a part, and of the rest, before it is tested
SURE = 0.05
Segments = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Part:
    """A part of a measure: its segments, counts, and how far it stands out from the rest."""

    segments: Segments
    bad: int
    of: int
    z: float
    q: float = 1.0

    @property
    def p(self) -> float:
        """Two-sided p value of the difference from the rest."""
        return math.erfc(abs(self.z) / math.sqrt(2))

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that the part is cut by."""
        return tuple(c for c, _ in self.segments)


def parts_of(ask: Ask, counted: Counted, columns: Sequence[str]) -> list[Part]:
    """All parts of a candidate large enough to test: by each column, and by grade with sex."""
    cuts: list[tuple[str, ...]] = [(c,) for c in columns]
    if "grade" in columns and "group.sex" in columns:
        cuts.append(("grade", "group.sex"))
    out: list[Part] = []
    for cut in cuts:
        view = counted.candidate.view.with_(by=cut)
        rows = ask(counted.candidate.measure, view).rows
        cells = [c for c in (_cell(r, counted) for r in rows) if c is not None]
        bad, of = sum(c[1] for c in cells), sum(c[2] for c in cells)
        out += [Part(segments, x, n, z_score(x, n, bad - x, of - n)) for segments, x, n in cells
                if n >= LEAST and of - n >= LEAST]
    return out


def _cell(row: Row, counted: Counted) -> tuple[Segments, int, int] | None:
    if not row.people or row.numerator is None or row.denominator is None:
        return None
    if "unknown" in row.segments.values():
        return None
    higher = counted.answer.better == "higher"
    bad = row.denominator - row.numerator if higher else row.numerator
    return tuple(sorted(row.segments.items())), round(bad), round(row.denominator)


def z_score(x: float, n: float, rest_x: float, rest_n: float) -> float:
    """Score test of two shares; positive where the first is the larger."""
    if not n or not rest_n:
        return 0.0
    pooled = (x + rest_x) / (n + rest_n)
    if pooled <= 0 or pooled >= 1:
        return 0.0
    return (x / n - rest_x / rest_n) / math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / rest_n))


def controlled(parts: Iterable[Sequence[Part]]) -> list[list[Part]]:
    """The same lists with `q`, the p value adjusted for all parts of the page together."""
    groups = [list(p) for p in parts]
    adjusted = iter(bh([p.p for group in groups for p in group]))
    return [[replace(p, q=next(adjusted)) for p in group] for group in groups]


def standing_out(parts: Sequence[Part]) -> list[Part]:
    """Parts that are worse than the rest beyond chance, the plainest first, none said twice.

    A part that stands out only because a plainer one lies inside it (all girls because of the
    girls of Class 6) is left out: it is tested again without those students.
    """
    worse = sorted((p for p in parts if p.z > 0 and p.q <= SURE), key=lambda p: -p.z)
    total = _totals(parts)
    kept: list[Part] = []
    for part in worse:
        if all(_still(part, other, parts, total) for other in kept):
            kept.append(part)
    return kept


def _totals(parts: Sequence[Part]) -> dict[tuple[str, ...], tuple[int, int]]:
    out: dict[tuple[str, ...], tuple[int, int]] = {}
    for part in parts:
        bad, of = out.get(part.columns, (0, 0))
        out[part.columns] = bad + part.bad, of + part.of
    return out


def _still(part: Part, other: Part, parts: Sequence[Part],
           total: dict[tuple[str, ...], tuple[int, int]]) -> bool:
    """Whether `part` says something beside `other`, which was kept before it."""
    mine, its = dict(part.segments), dict(other.segments)
    if set(mine) == set(its):
        return True  # two grades beside each other
    if not set(mine) & set(its):
        return True  # a language beside a grade: another cut
    small, large = (part, other) if len(part.segments) > len(other.segments) else (other, part)
    if any(dict(small.segments)[c] != v for c, v in large.segments):
        return True
    bad, of = total[small.columns]
    if small is part:  # inside one that was kept: is it worse than the rest of that one?
        return abs(z_score(small.bad, small.of, large.bad - small.bad, large.of - small.of)) > 1.96
    x, n = large.bad - small.bad, large.of - small.of
    return z_score(x, n, bad - large.bad, of - large.of) > 1.96


def weekdays(ask: Ask, counted: Counted) -> tuple[str, ...]:
    """Weekdays on which absence lies above every other day beyond chance."""
    rows = [r for r in ask("absence_rate", counted.candidate.view.with_(by=("weekday",))).rows
            if r.value is not None and r.low is not None and r.high is not None]
    found: list[str] = []
    for row in rows:
        here = _estimate(row)
        others = [change_interval(_estimate(o), here) for o in rows if o is not row]
        if len(rows) >= 4 and all(low > 0 for low, _ in others):
            found.append(f"{row.segments['weekday']}s")
    return tuple(found)


def _estimate(row: Row) -> Estimate:
    assert row.value is not None and row.low is not None and row.high is not None
    return Estimate(row.value, row.low, row.high)


def words_of(parts: Sequence[Part], say: Callable[[Segments], str]) -> tuple[str, ...]:
    """At most two places in words, those that hold most of the students concerned first."""
    return tuple(say(p.segments) for p in sorted(parts, key=lambda p: -p.bad)[:2])
