"""Need for support against support received: of those with the need, who has a plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from school.config import Preset
from school.equity.values import Gap
from school.measures import answer, overlap
from school.stats import Interval, difference_interval
from school.store import Store
from school.view import View


@dataclass(frozen=True)
class Support:
    """Students with the need and, of them, those with a plan; of the group and of the others.

    `range` is that of the difference of the two shares with a plan; None where nobody has the need.
    """

    need: int
    planned: int
    other_need: int
    other_planned: int
    range: Interval | None


def support(store: Store, gap: Gap, preset: Preset | None) -> Support | None:
    """Support of both sides of a gap; None outside the staff and while no plan is known at all."""
    if not gap.view.scope.staff:
        return None
    known = answer(store, "plan_share", gap.view, preset=preset).total
    if known is None or not known.numerator:
        return None
    need, planned = _sides(store, gap, preset, (gap.value,))
    other_need, other_planned = _sides(store, gap, preset, gap.other_values)
    between = difference_interval(planned, need, other_planned, other_need)
    return Support(need, planned, other_need, other_planned, between)


def _sides(
    store: Store, gap: Gap, preset: Preset | None, values: Sequence[str],
) -> tuple[int, int]:
    """Students with the need among these groups, and those of them with a plan."""
    view = inside(gap.view, gap.within).narrow(gap.column, values)
    found = overlap(store, [(gap.measure, view), ("plan_share", view)], preset=preset)
    return found.both(0, 0), found.both(0, 1)


def inside(view: View, within: tuple[str, str] | None) -> View:
    """The view narrowed to the part in which a gap is looked at."""
    return view.narrow(within[0], (within[1],)) if within else view
