"""What schools are measured by when likeness is looked for: size, make-up, last year's marks.

No group is called bad: of a kind of group it is the share of the value that most students of all
schools have, whichever that is.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from statistics import mean, pstdev

from school.answers import Answer, Row
from school.config import Preset
from school.ground import ground
from school.measures import answer
from school.places import UNKNOWN
from school.store import Store
from school.view import View

# Kinds of groups that say who starts with less, by a part of their name.
MAKE_UP = ("economic", "income", "poverty", "premium", "meal", "lunch", "caste", "category",
           "language", "tongue", "english_learner", "eal")
Values = Mapping[str, float]  # school -> value


def features(
    store: Store, view: View, preset: Preset | None,
) -> tuple[frozenset[str], dict[str, Values]]:
    """The schools that have students, and per thing measured the standardised value of each.

    What fewer than half of the schools have, or all have alike, is left out.
    """
    # Nothing of this is shown, so that a projector, which hides small groups, must not change who
    # is similar.
    base = view.with_(where=(), by=("school",), period=None, scope=replace(view.scope, staff=True))
    heads = _values(answer(store, "headcount", base, preset=preset))
    sizes = {s: math.log(n) for s, n in heads.items() if n > 0}
    found: dict[str, Values] = {"headcount": sizes}
    for kind in ground(store).kinds:
        if any(part in kind for part in MAKE_UP):
            column = f"group.{kind}"
            split = answer(store, "headcount", base.with_(by=("school", column)), preset=preset)
            found[column] = _shares(split, column)
    before = base.with_(**dict(zip(("start", "end"), _last_year(store, view, preset), strict=True)))
    found["mean_score"] = _values(answer(store, "mean_score", before, preset=preset))
    return frozenset(sizes), {name: made for name, values in found.items()
                              if 2 * len(values) >= len(sizes) and (made := _standardised(values))}


def _values(found: Answer) -> dict[str, float]:
    if found.withheld is not None:
        return {}
    return {r.segments["school"]: r.value for r in found.rows
            if r.value is not None and r.segments["school"] != UNKNOWN}


def _shares(split: Answer, column: str) -> dict[str, float]:
    """Per school the share, of those known, of the value that most students of all schools have."""
    whole: Counter[str] = Counter()
    parts: dict[str, list[Row]] = defaultdict(list)
    for row in split.rows:
        if row.value is not None and UNKNOWN not in row.segments.values():
            whole[row.segments[column]] += round(row.value)
            parts[row.segments["school"]].append(row)
    if not whole:
        return {}
    usual = min(whole, key=lambda v: (-whole[v], v))
    return {school: sum(r.value or 0 for r in rows if r.segments[column] == usual)
            / sum(r.value or 0 for r in rows) for school, rows in parts.items()}


def _last_year(store: Store, view: View, preset: Preset | None) -> tuple[date, date]:
    """First and last day of the academic year before the one in which the view ends."""
    month, day = ground(store).starts(preset)
    first = date(view.end.year, month, day)
    if first > view.end:
        first = date(view.end.year - 1, month, day)
    return date(first.year - 1, month, day), first - timedelta(days=1)


def _standardised(values: Values) -> Values:
    """In standard deviations from the mean; empty where all are alike."""
    spread = pstdev(values.values()) if values else 0.0
    if spread < 1e-9:
        return {}
    middle = mean(values.values())
    return {school: (v - middle) / spread for school, v in values.items()}
