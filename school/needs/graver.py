"""Of the students behind a need, how many are in a graver state of the same kind."""

from __future__ import annotations

from school.config import Preset
from school.measures import answer
from school.needs.candidates import inside
from school.needs.values import Need
from school.store import Store


def graver(store: Store, need: Need, preset: Preset | None) -> list[tuple[str, int]]:
    """What they did, as in 'missed 1 day in 5 or more', and how many; the measures inside it."""
    out = []
    for measure, words in inside(need.measure):
        row = answer(store, measure.name, need.view, preset=preset).total
        if row is not None and row.numerator is not None and row.denominator is not None:
            bad = row.numerator if measure.better == "lower" else row.denominator - row.numerator
            out.append((words.did, round(bad)))
    return out
