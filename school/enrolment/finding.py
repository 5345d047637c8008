"""From a view to its steps: on roll a year ago, joined, left by where to, on roll now."""

from __future__ import annotations

from school.answers import Answer
from school.config import Preset
from school.enrolment.values import LEAVING, Enrolment, Step
from school.measures import answer
from school.periods import year_before
from school.places import UNKNOWN
from school.stats.flow import dropout
from school.stats.suppression import OUTSIDE
from school.store import Store
from school.terms.enrolment import enrolment_lead
from school.view import View


def a_year(view: View) -> View:
    """The view from the same day a year before to its last day: what the steps are counted in."""
    return view.with_(start=year_before(view).end, by=(), period=None)


def enrolment(store: Store, view: View, preset: Preset | None) -> Enrolment:
    """The roll on the last day of `view` and on the same day a year before."""
    span = a_year(view)
    now = answer(store, "headcount", view.with_(by=(), period=None), preset=preset)
    stayed = answer(store, "stayed", span, preset=preset)
    became = answer(store, "stayed", span.with_(by=("level",)), preset=preset)
    joined = answer(store, "joined", span, preset=preset)
    heads = _count(now)
    was, here = _of(stayed)
    came = _count(joined)
    stated = bool(was) and bool(here or came)
    if was and here is None and heads:
        return _closed(heads, was, view, span, (now, stayed), preset)
    left = {r.segments["level"]: round(r.numerator or 0) for r in became.rows if r.numerator}
    steps = _steps(came, left, view.scope.staff) if stated else ()
    base = (was or 0) - left.get("transfer", 0) - left.get("died", 0)
    lead = enrolment_lead(
        (here or 0) + came if stated else heads, was if stated else None, came=came,
        left=(was or 0) - (here or 0), unknown=left.get("unknown", 0), day=view.end,
        stated=stated, preset=preset)
    return Enrolment(
        lead, view.end, span.start, (here or 0) + came if stated else heads,
        was if stated else None, steps, stated,
        dropout(left.get("dropped_out", 0), left.get("unknown", 0), base) if stated else None,
        _parity(store, view, preset), (now, stayed, joined),
    )


def _closed(heads: int, was: int, view: View, span: View, found: tuple[Answer, ...],
            preset: Preset | None) -> Enrolment:
    """Both days and nothing between: so few came or left that it stays hidden."""
    lead = enrolment_lead(heads, was, came=0, left=0, unknown=0, day=view.end, stated=True,
                          preset=preset, few=True)
    return Enrolment(lead, view.end, span.start, heads, was, (), True, None, None, found)


def _count(found: Answer) -> int:
    return round(sum(r.value or 0 for r in found.rows))


def _of(found: Answer) -> tuple[int | None, int | None]:
    """Students on roll then, and those of them who are still there (None where that is hidden)."""
    row = found.total
    if row is None or row.denominator is None:
        return None, None
    return round(row.denominator), None if row.numerator is None else round(row.numerator)


def _steps(came: int, left: dict[str, int], staff: bool) -> tuple[Step, ...]:
    """Joined, then who left by where to; outside the staff small steps are one, called other."""
    steps = [Step("joined", came)] if came else []
    gone = {k: left[k] for k in LEAVING if left.get(k)}
    if staff:
        return (*steps, *(Step(k, -n) for k, n in gone.items()))
    kinds = list(gone)
    parts = [[kinds[i] for i in part] for part in OUTSIDE.merged(list(gone.values()))]
    alone = [p[0] for p in parts if len(p) == 1 and not OUTSIDE.small(gone[p[0]])]
    steps += [Step(k, -gone[k]) for k in kinds if k in alone]
    together = sum(n for k, n in gone.items() if k not in alone)
    if together:
        steps.append(Step("other", -together, True))
    return tuple(steps)


def _parity(store: Store, view: View, preset: Preset | None) -> tuple[int, int] | None:
    """Girls and boys on roll, where sex is known for at least nine in ten and none is hidden."""
    found = answer(store, "headcount", view.with_(by=("group.sex",), period=None), preset=preset)
    if any(r.hidden for r in found.rows):
        return None
    people = {r.segments["group.sex"].lower(): round(r.value or 0) for r in found.rows}
    whole = sum(people.values())
    girls, boys = people.get("female", 0), people.get("male", 0)
    if not girls or not boys or people.get(UNKNOWN, 0) > 0.1 * whole:
        return None
    return girls, boys
