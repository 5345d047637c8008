"""From a measure and a view to an `Answer`: count, see how complete it is, then judge.

Answers are kept in one bounded memory a store; a publish or an undo makes them old.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from school.answers import Answer
from school.census import census_day
from school.config import Preset
from school.errors import WrongUse
from school.ground import Ground, ground
from school.measures import reckoning
from school.measures.catalogue import Measure, measure_of
from school.measures.completeness import Completeness, completeness
from school.measures.cuts import Columns, cut, cut_number, grouping, merged, which_cut
from school.memory import Memory
from school.prelude import REGISTER, Prelude
from school.store import Store
from school.terms.dates import day_words
from school.view import View

KEPT = 2000  # answers a store
_DEFAULT_TIERS = (("satisfactory", 0), ("at risk", 5), ("moderate", 10), ("severe", 20))
_PUBLISHED = ("counts", "totals")  # tables whose rows name a source
_COUNTED = 15  # columns of a counted row before its labels
_kept: Memory[Answer] = Memory(KEPT)


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
    found = measure_of(measure, store)
    for column in view.by:
        if not found.splits_by(column):
            raise WrongUse(f"{found.title} cannot be split by {_words(column)}.")
    idle = [c for c, _ in view.where if not found.splits_by(c)]
    notes = tuple(f"The choice of {_words(c)} says nothing about this number." for c in idle)
    inner = view
    if found.on == "census":
        day = census_day(view.end, preset)
        inner = view.with_(start=day, end=day, as_of=max(view.as_of, day), period=None)
        notes = (f"Counted on {day_words(day, preset)}, the census day.", *notes)
    for column in (*idle, *((found.levels,) if found.levels else ())):
        inner = inner.choose(column, ())
    given = {**_preset_params(preset), **dict(found.given), **(params or {})}
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
        "severe": preset.severe.value if preset else 20,
        "minimum_days": preset.minimum_days.value if preset else 20,
        "run_alert": preset.run_alert.value if preset else 3,
        "late_often": preset.late_often.value if preset else 10,
        "late_codes": list(preset.late_codes) if preset else [],
        "penalty_codes": list(preset.penalty_codes) if preset else [],
        "penalty_sessions": preset.penalty_sessions.value
        if preset and preset.penalty_sessions else None,
        "penalty_weeks": preset.penalty_weeks.value if preset and preset.penalty_weeks else 1,
        "tier_names": [name for name, _ in tiers],
        "tier_floors": [floor for _, floor in tiers],
    }


def answer(
    store: Store, measure: str, view: View, *, preset: Preset | None = None,
    params: Mapping[str, Any] | None = None,
) -> Answer:
    """What `measure` says of `view`: every row with its range, people and completeness."""
    return answers(store, measure, [view], preset=preset, params=params)[0]


def answers(
    store: Store, measure: str, views: Sequence[View], *, preset: Preset | None = None,
    params: Mapping[str, Any] | None = None,
) -> list[Answer]:
    """The answers to several views; those that differ in their breakdown alone are one query."""
    found: dict[int, Answer] = {}
    together: dict[Hashable, list[tuple[int, Hashable, Question]]] = {}
    for n, view in enumerate(views):
        asked = question(store, measure, view, preset, params)
        key = (measure, asked.measure.fingerprint, view, preset.name if preset else None,
               repr(sorted(asked.params.items())), asked.ground.data_version)
        kept = _kept.get(store, key)
        if kept is not None:
            found[n] = kept
            continue
        early, _ = cut(asked)
        group = (asked.view.with_(by=early), asked.split_by_level)
        together.setdefault(group, []).append((n, key, asked))
    for same in together.values():
        fresh = _ask(store, [asked for _, _, asked in same])
        for (n, place, _), one in zip(same, fresh, strict=True):
            found[n] = _kept.keep(store, place, one)
    return [found[n] for n in range(len(views))]


def _ask(store: Store, asked: Sequence[Question]) -> list[Answer]:
    """Questions of one view that differ in the places they are split by, counted in one query."""
    first, cuts = asked[0], [cut(a)[1] for a in asked]
    early = cut(first)[0]
    prelude = Prelude(first.view.with_(by=early), first.ground, first.preset, merged(cuts))
    prelude.need(*first.measure.tables)
    query = prelude.query(tally(first, prelude, cuts), first.params)
    rows = store.run(query)
    marked: Sequence[Completeness | None] = [None] * len(asked)
    if first.measure.reads in REGISTER:
        marked = completeness(store, asked)
    found = [
        replace(reckoning.answer_of(one, prelude.spans, split_rows(rows, one, prelude, late),
                                    whole), ran=query.sql)
        for one, late, whole in zip(asked, cuts, marked, strict=True)
    ]
    tables = [t for t in _PUBLISHED if t in prelude.ctes]
    return [_named(a, store, prelude, tables[0]) for a in found] if tables else found


def _named(answer: Answer, store: Store, prelude: Prelude, table: str) -> Answer:
    """The answer with the published tables that it was read from."""
    tail = f"told as (select distinct source from {table}) select source from told order by source"
    sources = tuple(str(s) for (s,) in store.run(prelude.query(tail)))
    return replace(answer, card=replace(answer.card, published=sources))


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


def tally(asked: Question, prelude: Prelude, cuts: Sequence[Columns]) -> str:
    """The tail that counts units: per period, segment, cut (and level), in all, and left out.

    The first column says to which cut a row belongs.
    """
    if asked.level_wanted:
        asked.params["level_wanted"] = list(asked.level_wanted)
    gives, split = asked.measure.gives, asked.split_by_level
    outs = "left_out" in gives
    people = "count(distinct unit)" if asked.measure.repeats or split else "count(*)"
    scales = "min(scale), max(other_scale)" if "scale" in gives else "null, null"
    joins, labels = prelude.label_joins()
    places = "".join(f", late{n}" for n in range(len(prelude.late)))
    whole = "" if not (outs or asked.view.by or asked.view.period or split or places) else f"""
        union all select null, 1, null, null, null, {'left_out' if outs else 'null'},
            count(distinct unit), {', '.join(['null'] * (9 + len(prelude.late)))}
        from units{' group by left_out' if outs else ''}"""
    return f"""{body(asked)}, placed as ({prelude.placed('units', 'unit')}),
        tallied(cut, all_levels, period, segment, level, left_out, people, x, n, xx, xn, nn, most,
            times, scale, other_scale{places}) as (
        select {which_cut(prelude.late)}, {'grouping(level)' if split else '1'}, period, segment,
            {'level' if split else 'null'}, null::text, {people},
            sum(x), sum(n), sum(x * x), sum(x * n), sum(n * n), max(n), sum(times), {scales}{places}
        from placed{' where left_out is null' if outs else ''}
        group by {grouping(prelude.late, cuts, split)}{whole})
        select t.cut, (t.cut is null)::integer, t.all_levels, t.period, t.level, t.left_out,
            t.people, t.x, t.n, t.xx, t.xn, t.nn, t.most, t.times, t.scale,
            t.other_scale{labels}{places}
        from tallied t{joins}"""


def split_rows(
    rows: Sequence[tuple[Any, ...]], asked: Question, prelude: Prelude, late: Columns,
) -> list[tuple[Any, ...]]:
    """The rows of one cut, without its number, their labels in the order of the question."""
    number = cut_number(prelude.late, late)
    columns = (*prelude.by, *prelude.late)
    order = [_COUNTED + 1 + columns.index(c) for c in asked.view.by if c in columns]
    return [(*r[1:_COUNTED + 1], *(r[i] for i in order)) for r in rows
            if r[0] is None or r[0] == number]
