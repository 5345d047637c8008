"""From a measure and a view to an `Answer`: count, see how complete it is, then judge.

Answers are kept in one bounded memory a store; a publish or an undo makes them old.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from school.answers import Answer
from school.config import Preset
from school.errors import WrongUse
from school.ground import Ground, ground
from school.measures import reckoning
from school.measures.catalogue import Measure, measure_of
from school.measures.completeness import completeness
from school.prelude import Prelude
from school.store import Store
from school.view import View

KEPT = 2000  # answers a store
_DEFAULT_TIERS = (("satisfactory", 0), ("at risk", 5), ("moderate", 10), ("severe", 20))
_kept: WeakKeyDictionary[Store, OrderedDict[Any, Answer]] = WeakKeyDictionary()
_lock = threading.Lock()


@dataclass(frozen=True)
class Question:
    """A measure asked of a view: filters that say nothing of it are out, with a note for each."""

    measure: Measure
    asked: View  # as the person sees it
    view: View  # as the prelude reads it
    preset: Preset | None
    params: dict[str, Any]
    ground: Ground
    level_wanted: tuple[str, ...]  # tiers or levels that the view is narrowed to
    notes: tuple[str, ...]

    @property
    def split_by_level(self) -> bool:
        """Whether the measure's own levels are a breakdown."""
        return self.measure.levels is not None and self.measure.levels in self.asked.by


def question(
    store: Store, measure: str, view: View, preset: Preset | None,
    params: Mapping[str, Any] | None,
) -> Question:
    """The question, checked: a split that this number cannot have is refused in words."""
    found = measure_of(measure)
    for column in view.by:
        if not found.splits_by(column):
            raise WrongUse(f"{found.title} cannot be split by {_words(column)}.")
    idle = [c for c, _ in view.where if not found.splits_by(c)]
    notes = tuple(f"The choice of {_words(c)} says nothing about this number." for c in idle)
    inner = view
    for column in (*idle, *((found.levels,) if found.levels else ())):
        inner = inner.choose(column, ())
    given = {**_preset_params(preset), **(params or {})}
    return Question(
        measure=found, asked=view, view=inner, preset=preset,
        params={k: given[k] for k in found.params}, ground=ground(store),
        level_wanted=view.values(found.levels) if found.levels else (), notes=notes,
    )


def _words(column: str) -> str:
    return column.removeprefix("group.").replace("_", " ")


def _preset_params(preset: Preset | None) -> dict[str, Any]:
    tiers = preset.tiers if preset and preset.tiers else _DEFAULT_TIERS
    return {
        "chronic": preset.chronic.value if preset else 10,
        "minimum_days": preset.minimum_days.value if preset else 20,
        "tier_names": [name for name, _ in tiers],
        "tier_floors": [floor for _, floor in tiers],
    }


def answer(
    store: Store, measure: str, view: View, *, preset: Preset | None = None,
    params: Mapping[str, Any] | None = None,
) -> Answer:
    """What `measure` says of `view`: every row with its range, people and completeness."""
    asked = question(store, measure, view, preset, params)
    key = (measure, asked.measure.fingerprint, view, preset.name if preset else None,
           repr(sorted(asked.params.items())), asked.ground.data_version)
    with _lock:
        kept = _kept.setdefault(store, OrderedDict())
        if key in kept:
            kept.move_to_end(key)
            return kept[key]
    fresh = _ask(store, asked)
    with _lock:
        kept[key] = fresh
        while len(kept) > KEPT:
            kept.popitem(last=False)
    return fresh


def _ask(store: Store, asked: Question) -> Answer:
    prelude = Prelude(asked.view, asked.ground, asked.preset)
    prelude.need(asked.measure.reads)
    rows = store.run(prelude.query(tally(asked, prelude), asked.params))
    marked = completeness(store, asked) if asked.measure.reads == "attendance" else None
    return reckoning.answer_of(asked, prelude.spans, rows, marked)


def body(asked: Question) -> str:
    """The measure with its columns named alike: x over n, of one unit. Nothing it does not give."""
    gives = asked.measure.gives
    x = "numerator"
    if asked.level_wanted:
        x = "(level in (select unnest($level_wanted)))::integer"
    counts = {
        "x": f"{x}::double",
        "n": "denominator::double" if "denominator" in gives else "1.0::double",
        "times": "times" if "times" in gives else "1",
    }
    keys = ["period", "segment", "unit"]
    keys += ["left_out"] if "left_out" in gives else []
    keys += ["level"] if asked.split_by_level else []
    scales = ", scale, other_scale" if "scale" in gives else ""
    if asked.measure.repeats:
        summed = ", ".join(f"sum({sql}) as {name}" for name, sql in counts.items())
        units = f"select {', '.join(keys)}, {summed} from body group by {', '.join(keys)}"
    else:
        listed = ", ".join(f"{sql} as {name}" for name, sql in counts.items())
        units = f"select {', '.join(keys)}, {listed}{scales} from body"
    return f"body as ({asked.measure.sql}), units as materialized ({units})"


def tally(asked: Question, prelude: Prelude) -> str:
    """The tail that counts units: per period, segment (and level), in all, and left out."""
    if asked.level_wanted:
        asked.params["level_wanted"] = list(asked.level_wanted)
    gives, split = asked.measure.gives, asked.split_by_level
    outs = "left_out" in gives
    people = "count(distinct unit)" if asked.measure.repeats or split else "count(*)"
    scales = "min(scale), max(other_scale)" if "scale" in gives else "null, null"
    grouped = "grouping sets ((period, segment, level), (period, segment))" if split else (
        "period, segment")
    joins, labels = prelude.label_joins()
    whole = "" if not (outs or asked.view.by or asked.view.period or split) else f"""
        union all select 1, 1, null, null, null, {'left_out' if outs else 'null'}, null,
            count(distinct unit), {', '.join(['null'] * 9)}
        from units{' group by left_out' if outs else ''}"""
    return f"""{body(asked)}, tallied(whole, all_levels, period, segment, level, left_out, spare,
            people, x, n, xx, xn, nn, most, times, scale, other_scale) as (
        select 0, {'grouping(level)' if split else '1'}, period, segment,
            {'level' if split else 'null'}, null::text, null, {people},
            sum(x), sum(n), sum(x * x), sum(x * n), sum(n * n), max(n), sum(times), {scales}
        from units{' where left_out is null' if outs else ''} group by {grouped}{whole})
        select t.whole, t.all_levels, t.period, t.level, t.left_out, t.people,
            t.x, t.n, t.xx, t.xn, t.nn, t.most, t.times, t.scale, t.other_scale{labels}
        from tallied t{joins}"""

