"""Need for support against support received: of those with a need, who has a plan."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from school.config import Preset
from school.describe import parts_in_words
from school.equity.values import Gap, Known, Reach, Support
from school.measures import Overlap, answer, overlap_by
from school.needs.candidates import counted
from school.needs.where import LEAST, z_score
from school.places import UNKNOWN
from school.stats import bh, difference_interval
from school.store import Store
from school.terms.equity import others_words
from school.view import View

SURE = 0.05


def support(store: Store, gap: Gap, preset: Preset | None, *, until: date) -> Support | None:
    """Support of both sides of a gap on the day `until`, on which a plan must hold.

    A need may be that of an earlier day, such as of a test. None outside the staff and while no
    plan is known at all.
    """
    narrowed = inside(gap.view, gap.within)
    after = narrowed.with_(end=until)
    if not _plans(store, after, preset):
        return None
    found = overlap_by(store, [(gap.measure, narrowed), ("plan_share", after)], gap.column,
                       preset=preset)
    return _support(found, gap.value, gap.other_values, 1)


def reach(
    store: Store, view: View, preset: Preset | None, known: Known, columns: Sequence[str],
) -> tuple[Reach, ...]:
    """Groups of students with any need of which fewer have a plan than of the others, beyond
    chance; the least likely to be chance first. Both sides hold ten with a need.

    Empty outside the staff and while no plan is known at all. All comparisons are judged together
    (Benjamini and Hochberg). Source: METHODS 6; eligible against served.
    """
    plain = view.with_(by=(), period=None)
    if not columns or not _plans(store, plain, preset):
        return ()
    needs = [(c.candidate.measure, c.candidate.view)
             for c in counted(store, lambda m, v: answer(store, m, v, preset=preset), view, preset,
                              lambda _m, _v: None) if c.answer.withheld is None]
    if not needs:
        return ()
    seen = [r for column in columns for r in _of_kind(store, plain, preset, known, column, needs)]
    sure = [replace(r, q=q) for r, q in zip(seen, bh([_p(r.found) for r in seen]), strict=True)]
    return tuple(sorted((r for r in sure if r.found.fewer and r.q <= SURE),
                        key=lambda r: (r.q, r.column, r.value)))


def _of_kind(
    store: Store, view: View, preset: Preset | None, known: Known, column: str,
    needs: Sequence[tuple[str, View]],
) -> Iterator[Reach]:
    """Every group of a kind against all others of it; unknown ones stand on no side."""
    found = overlap_by(store, [*needs, ("plan_share", view)], column, preset=preset)
    values = sorted(v for v in found if v != UNKNOWN)

    def say(segment: str) -> str:
        return parts_in_words([(column, segment)], known, preset)

    for value in values:
        both = _support(found, value, [v for v in values if v != value], len(needs))
        if both.need >= LEAST and both.other_need >= LEAST:
            yield Reach(column, value, say(value), others_words(value, values, "", say), both, 1.0)


def _support(found: dict[str, Overlap], value: str, others: Sequence[str], needs: int) -> Support:
    here = found.get(value, Overlap())
    rest = [found[v] for v in others if v in found]
    need, planned = here.any(needs), here.any_and(needs, needs)
    other_need, other_planned = (sum(o.any(needs) for o in rest),
                                 sum(o.any_and(needs, needs) for o in rest))
    return Support(need, planned, other_need, other_planned,
                   difference_interval(planned, need, other_planned, other_need))


def _plans(store: Store, view: View, preset: Preset | None) -> bool:
    """Whether plans are kept at all, and may be looked at."""
    if not view.scope.staff:
        return False
    known = answer(store, "plan_share", view.with_(by=(), period=None), preset=preset).total
    return known is not None and bool(known.numerator)


def _p(found: Support) -> float:
    z = z_score(found.planned, found.need, found.other_planned, found.other_need)
    return math.erfc(abs(z) / math.sqrt(2))


def inside(view: View, within: tuple[str, str] | None) -> View:
    """The view narrowed to the part in which a gap is looked at."""
    return view.narrow(within[0], (within[1],)) if within else view
