"""What may be shown to readers outside the school's own staff: one policy for every output.

Small groups are hidden or, better, put together; then as much else as it takes, until what is
hidden cannot be worked out from what is shown. The proof is the audit of `cells`; the rules here
only propose. Inside the school's own staff nothing is hidden, and n stands beside every number.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass

from school.stats.cells import Cells, Range, audit
from school.stats.intervals import half_up
from school.stats.least import ANSWERS, SHARE

# Of groups of so many or more: shares up to the first are "at most", from the second "at least".
# NCES 2011-603, as adopted in Utah; the rows for 10 and 20 are a convention not read there.
CODED = ((300, 1, 99), (100, 2, 98), (40, 5, 95), (20, 10, 90), (0, 20, 80))
WIDTH = 5  # people by which the fewest and the most of a hidden cell must differ


@dataclass(frozen=True)
class Percent:
    """A share in whole percent as it may be shown: `low` to `high`, alike unless it is coded."""

    low: int
    high: int


@dataclass(frozen=True)
class Hidden:
    """Which cells are hidden, and whether the audit proved that nothing can be worked out.

    Where it is not proved (too much is published elsewhere already) the table is not shown.
    """

    cells: tuple[bool, ...]
    proved: bool


@dataclass(frozen=True)
class Policy:
    """The rules of small numbers: `least` people in whatever is shown, `width` of what is hidden.

    Source: METHODS 6; 10 people for all that leaves the school, 5 answers for surveys.
    """

    least: int = SHARE
    width: int = WIDTH

    def small(self, count: int) -> bool:
        """Whether a count is hidden by itself: somebody, but fewer than the least. Nobody is 0."""
        return 0 < count < self.least

    def percent(self, x: int, n: int) -> Percent | None:
        """x of n as it may be shown, without counts beside it; None of fewer than the least.

        Near 0 and 100 it is coded ("at most", "at least"), wider where there are fewer people.
        """
        if n <= 0 or n < self.least:
            return None
        whole = int(half_up(100 * x / n))
        _, most, fewest = next(row for row in CODED if n >= row[0])
        if whole <= most:
            return Percent(0, most)
        return Percent(fewest, 100) if whole >= fewest else Percent(whole, whole)

    def groups(self, people: Sequence[int]) -> tuple[bool, ...]:
        """Which groups of one known total are hidden.

        Hidden is every group that is small; then the next smallest, until what is hidden can no
        longer be worked out from the total: two groups or more, together above the least.
        """
        hidden = {i for i, n in enumerate(people) if self.small(n)}
        rest = sorted((i for i, n in enumerate(people) if n >= self.least), key=lambda i: people[i])
        while hidden and rest and (
                len(hidden) < 2 or sum(people[i] for i in hidden) <= self.least):
            hidden.add(rest.pop(0))
        return tuple(i in hidden for i in range(len(people)))

    def merged(self, people: Sequence[int]) -> tuple[tuple[int, ...], ...]:
        """Groups put together so that none is small: the numbers of the groups in each, in order.

        Small ones become one, with the next smallest where they are still too few; groups of nobody
        stay by themselves. Where all together are too few there is one, and it is small. What is
        put together says nothing of its parts but their sum, so it proves itself.
        """
        order = sorted((i for i, n in enumerate(people) if n > 0), key=lambda i: (people[i], i))
        pool = [i for i in order if self.small(people[i])]
        rest = order[len(pool):]
        while pool and rest and (len(pool) < 2 or sum(people[i] for i in pool) < self.least):
            pool.append(rest.pop(0))
        parts = [(i,) for i in range(len(people)) if i not in pool]
        return tuple(sorted([*parts, tuple(sorted(pool))] if pool else parts))

    def fails(
        self, cells: Cells, hidden: Sequence[bool], only: Iterable[int] | None = None,
    ) -> dict[int, Range]:
        """Hidden cells (of `only`) that can still be worked out too well, with the range of each.

        Too well is: a most under the least, or a range narrower than the width.
        """
        return {cell: found for cell, found in audit(cells, hidden, only).items()
                if self._tight(found)}

    def _tight(self, found: Range) -> bool:
        return found[1] - found[0] < self.width or found[1] < self.least

    def hide(self, cells: Cells) -> Hidden:
        """Which cells of a table are hidden, totals too, so that the audit passes.

        Small cells first; then, as long as one can be worked out, the smallest cell that shares a
        sum with it; in the end whatever turns out not to be needed is shown again. Cells of nobody
        stay, and so do `fixed` ones, hence the word `proved`. Without fixed cells it always ends in
        a proof: when all that is not 0 is hidden, any multiple of the table would look the same.
        """
        small = [self.small(n) and i not in cells.fixed for i, n in enumerate(cells.counts)]
        hidden = list(small)
        failing = self.fails(cells, hidden)
        while failing:
            more = self._next(cells, hidden, set(failing))
            if more is None:
                return Hidden(tuple(hidden), False)
            hidden[more] = True  # which only widens the ranges of those that are hidden already
            failing = self.fails(cells, hidden, [*failing, more])
        hidden = self._needed(cells, hidden, small)
        return Hidden(tuple(hidden), not any(self.small(cells.counts[i]) for i in cells.fixed))

    def _next(self, cells: Cells, hidden: Sequence[bool], failing: set[int]) -> int | None:
        """The smallest cell that may be hidden next: beside a failing one, or else anywhere."""
        free = [i for i, n in enumerate(cells.counts)
                if n > 0 and not hidden[i] and i not in cells.fixed]
        beside = {c for total, parts in cells.sums if failing & {total, *parts}
                  for c in (total, *parts)}
        return min(free, key=lambda i: (i not in beside, cells.counts[i], i), default=None)

    def _needed(self, cells: Cells, hidden: list[bool], small: list[bool]) -> list[bool]:
        """What is left hidden when every cell that need not be, the largest first, is shown again,
        and with it those that it gives away and that are not small."""
        for i in sorted((i for i, h in enumerate(hidden) if h and not small[i]),
                        key=lambda i: -cells.counts[i]):
            if not hidden[i]:
                continue
            less = [h and j != i for j, h in enumerate(hidden)]
            found = audit(cells, less)
            given = {j for j, (low, high) in found.items() if low == high and not small[j]}
            if not any(self._tight(r) for j, r in found.items() if j not in given):
                hidden = [h and j not in given for j, h in enumerate(less)]
        return hidden

    def apart(self, one: Set[int], other: Set[int]) -> bool:
        """Whether two views of one population may both be shown.

        Not where a few people are in one and not in the other: the difference would be about them.
        """
        return not (self.small(len(one - other)) or self.small(len(other - one)))


OUTSIDE = Policy()
SURVEY = Policy(ANSWERS)


def suppress(people: Sequence[int], minimum: int = SHARE) -> tuple[bool, ...]:
    """Which groups of one known total are hidden; see `Policy.groups`."""
    return Policy(minimum).groups(people)
