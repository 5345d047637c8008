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
from school.stats import bh, least
from school.weekdays import pattern

LEAST = least.GAP  # students of a part, and of the rest, before it is tested
SURE = 0.05
Z = 1.96
Segments = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Part:
    """A part of a measure: its segments, counts, and how far it stands out from the rest."""

    segments: Segments
    bad: int
    of: int
    rest_bad: int
    rest_of: int
    q: float = 1.0

    @property
    def z(self) -> float:
        """Score test against the rest of the measure; positive where the part is worse."""
        return z_score(self.bad, self.of, self.rest_bad, self.rest_of)

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
    out: list[Part] = []
    for cut in cuts_of(columns):
        view = counted.candidate.view.with_(by=cut)
        rows = ask(counted.candidate.measure, view).rows
        cells = [c for c in (_cell(r, counted) for r in rows) if c is not None]
        bad, of = sum(c[1] for c in cells), sum(c[2] for c in cells)
        out += [Part(segments, x, n, bad - x, of - n) for segments, x, n in cells
                if n >= LEAST and of - n >= LEAST]
    return out


def cuts_of(columns: Sequence[str]) -> list[tuple[str, ...]]:
    """The breakdowns that a need is looked at by."""
    cuts: list[tuple[str, ...]] = [(c,) for c in columns]
    if "grade" in columns and "group.sex" in columns:
        cuts.append(("grade", "group.sex"))
    return cuts


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

    Where one lies inside another (the girls of Class 6 inside all girls) only that one stays which
    explains the other: the small one if the large one without it no longer stands out, else the
    large one unless the small one is worse than the rest of it.
    """
    worse = sorted((p for p in parts if p.z > 0 and p.q <= SURE), key=lambda p: -p.z)
    gone: set[Segments] = set()
    for large in worse:
        for small in worse:
            if _inside(small, large):
                gone |= _explained(small, large)
    return [p for p in worse if p.segments not in gone]


def _inside(small: Part, large: Part) -> bool:
    return len(small.segments) > len(large.segments) and set(large.segments) <= set(small.segments)


def _explained(small: Part, large: Part) -> set[Segments]:
    """Which of the two says nothing that the other does not."""
    rest_x, rest_n = large.bad - small.bad, large.of - small.of
    if z_score(small.bad, small.of, rest_x, rest_n) <= Z:
        return {small.segments}
    if z_score(rest_x, rest_n, large.rest_bad, large.rest_of) <= Z:
        return {large.segments}
    return set()


def weekdays(ask: Ask, counted: Counted) -> tuple[str, ...]:
    """Weekdays on which more is missed than on the others beyond chance, days being what varies."""
    rows = ask("absence_rate", counted.candidate.view.with_(period="day")).rows
    counts = {r.period.start: (r.numerator or 0.0, r.denominator or 0.0) for r in rows
              if r.period is not None and r.denominator}
    found = pattern(counts).weekdays
    whole = sum(d.possible for d in found)
    usual = sum(d.absent for d in found) / whole if whole else 0.0
    return tuple(f"{d.name}s" for d in found if d.flagged and d.rate > usual)


def words_of(parts: Sequence[Part], say: Callable[[Segments], str]) -> tuple[str, ...]:
    """At most two places in words, those that hold most of the students concerned first."""
    return tuple(say(p.segments) for p in sorted(parts, key=lambda p: -p.bad)[:2])
