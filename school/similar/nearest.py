"""The schools nearest to one: alike in what a list of schools says, then near in what is measured.

Source: METHODS 9 (exact match, then standardised Euclidean distance, twenty at most, refused under
eight).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

from school.config import Preset
from school.ground import TRAITS, Ground, ground
from school.memory import Memory
from school.similar.features import Values, features
from school.similar.values import LEAST, MOST, Neighbour, Similar
from school.store import Store
from school.terms import similar as words
from school.view import View

_kept: Memory[Similar] = Memory(200)


def the_school(view: View) -> str | None:
    """The one school that a view is of; None for several, and for a class, which has no likeness.
    """
    chosen = view.values("school")
    return chosen[0] if len(chosen) == 1 and not view.values("class") else None


def similar_schools(store: Store, view: View, preset: Preset | None) -> Similar | None:
    """The schools like the one of the view, in its days; None where the view is not one school."""
    school = the_school(view)
    if school is None:
        return None
    key = (school, view.start, view.end, view.scope, preset.name if preset else "",
           store.data_version)
    found = _kept.get(store, key)
    return found or _kept.keep(store, key, _found(store, school, view, preset))


def _found(store: Store, school: str, view: View, preset: Preset | None) -> Similar:
    land = ground(store)
    sized, measured = features(store, view, preset)
    schools = {s for s in sized if s in land.places and land.places[s].type == "school"}
    if school not in schools:
        return Similar(school, (), (), (), refused=words.UNKNOWN_SIZE)
    same = _same(land, school, schools)
    alike = [s for s in schools if s != school and _has(land, s, same)]
    own = {name: values for name, values in measured.items() if school in values}
    near = sorted((d, land.places[s].name, s) for s in alike
                  if (d := _distance(own, school, s)) is not None)[:MOST]
    found = Similar(school, tuple(sorted((Neighbour(s, name, d) for d, name, s in near),
                                         key=lambda n: (n.name.casefold(), n.org_id))),
                    same, tuple(own), len(near) == len(alike))
    if len(near) >= LEAST:
        return found
    return replace(found, neighbours=(), refused=words.too_few(len(near), same))


def _same(land: Ground, school: str, schools: set[str]) -> tuple[tuple[str, str], ...]:
    """What is stated of this school and of at least half of all."""
    stated = {t: sum(t in dict(land.places[s].traits) for s in schools) for t in TRAITS}
    return tuple((t, v) for t, v in land.places[school].traits if 2 * stated[t] >= len(schools))


def _has(land: Ground, school: str, same: tuple[tuple[str, str], ...]) -> bool:
    traits = dict(land.places[school].traits)
    return all(traits.get(t, "").casefold() == v.casefold() for t, v in same)


def _distance(measured: Mapping[str, Values], one: str, other: str) -> float | None:
    """Root of the mean square over what both have; None unless that is half of what this one has.

    Where nothing tells schools apart all are alike.
    """
    gaps = [values[one] - values[other] for values in measured.values() if other in values]
    if 2 * len(gaps) < len(measured):
        return None
    return math.sqrt(sum(g * g for g in gaps) / len(gaps)) if gaps else 0.0
