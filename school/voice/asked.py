"""The questions of one survey wave, counted: answers per level, agreement, averages of schools.

Answers have no key to a student and get none here: counts come out, never a response. Small counts
are hidden by `school.voice.hiding` before anything is handed on.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from school.config import Preset
from school.ground import ground
from school.prelude import Prelude
from school.store import ScopedQuery, Store
from school.view import View

Parts = tuple[int, int, int, int, int]  # strongly agree … strongly disagree

_WAVES = """waves as (
    select w.wave_id, w.survey, w.wave, coalesce(any_value(w.date), min(r.date)) as date,
        coalesce(w.audience, 'people') as audience, w.invited, w.unit,
        count(distinct r.response_id) filter (r.value is not null or r.number is not null) as people
    from responses r join mart.survey_items i on i.item_id = r.item_id
        join mart.survey_waves w on w.wave_id = i.wave_id
    group by all)
select * from waves order by date nulls first, wave_id"""

_COUNTS = """chosen as (
    select r.*, i.text, i.item_order, coalesce(i.reversed, false) as reversed
    from responses r join mart.survey_items i on i.item_id = r.item_id
    where i.wave_id = $wave)
select item_id, text, item_order, kind, reversed, value_order, favourable,
    case when kind in ('agreement', 'choice') then value end as value,
    count(*) as answers, sum(number) as total, sum(number * number) as squares,
    count(number) as numbers,
    kind = 'agreement' and value is not null and favourable is null as aside,
    value is null and number is null as blank
from chosen group by all order by item_order, item_id, value_order"""

_GROUPS = """chosen as (
    select r.response_id, r.favourable, s.role, r.grade, s.segment
    from responses r join mart.survey_responses s
        on s.response_id = r.response_id and s.item_id = r.item_id
    where r.item_id = $item and r.favourable is not null)
select role, grade, segment, count(*) as answers, sum(favourable)::integer as agree
from chosen group by all"""

_WHO = """chosen as (
    select distinct r.response_id, s.grade, s.segment
    from responses r join mart.survey_responses s
        on s.response_id = r.response_id and s.item_id = r.item_id
    where s.wave_id = $wave and (r.value is not null or r.number is not null))
select grade, segment, count(*) from chosen group by all"""


# By a hash of the words, so that the order says nothing of who wrote them or when.
_WRITTEN = """chosen as (
    select trim(value) as words from responses
    where item_id = $item and kind = 'text' and trim(value) <> '')
select words from chosen order by md5(words)"""


@dataclass(frozen=True)
class Wave:
    """A survey and the time it was asked. `people` is how many answered in this view."""

    wave_id: str
    survey: str
    wave: str
    date: date | None
    audience: str
    invited: int | None
    unit: str
    people: int

    @property
    def of_schools(self) -> bool:
        """Whether a row is a school's average and not a person's answers."""
        return self.unit == "school"

    @property
    def title(self) -> str:
        """Survey and time in words, each said once."""
        if self.wave in self.survey:
            return self.survey
        first = self.wave.split(" ", 1)[0]
        if first and self.survey.endswith(f" {first}"):  # "Student survey October", "October 2025"
            return f"{self.survey.removesuffix(first)}{self.wave}"
        return f"{self.survey}, {self.wave}"


@dataclass(frozen=True)
class Counts:
    """What was answered to one question, before anything is hidden."""

    item_id: str
    text: str
    kind: str
    reversed: bool
    levels: tuple[tuple[int, int, int], ...]  # place on the scale, favourable, answers
    values: tuple[tuple[str, int], ...]  # answers to a choice, most first
    agree: int
    n: int
    aside: int  # don't know
    blank: int
    total: float
    squares: float
    numbers: int

    @property
    def parts(self) -> Parts:
        """Answers in the five parts of the agreement bar, whatever scale they were given on."""
        return _five(self.levels, self.reversed)


def waves(store: Store, view: View, preset: Preset | None) -> list[Wave]:
    """Surveys with an answer in the view, oldest first."""
    return [Wave(*row) for row in store.run(_query(store, view, preset, _WAVES, {}))]


def counts(store: Store, view: View, preset: Preset | None, wave: Wave) -> list[Counts]:
    """Every question of a wave in its order."""
    rows = store.run(_query(store, view, preset, _COUNTS, {"wave": wave.wave_id}))
    by_item: dict[str, list[tuple[Any, ...]]] = {}
    for row in rows:
        by_item.setdefault(row[0], []).append(row)
    return [_item(found) for found in by_item.values()]


def by_group(
    store: Store, view: View, preset: Preset | None, item_id: str
) -> list[tuple[tuple[str | None, str | None, str | None], int, int]]:
    """Answers and agreement of one question by role, grade and named group."""
    rows = store.run(_query(store, view, preset, _GROUPS, {"item": item_id}))
    return [((r[0], r[1], r[2]), int(r[3]), int(r[4])) for r in rows]


def who_answered(
    store: Store, view: View, preset: Preset | None, wave: Wave
) -> list[tuple[tuple[str | None, str | None], int]]:
    """How many answered by grade and named group."""
    rows = store.run(_query(store, view, preset, _WHO, {"wave": wave.wave_id}))
    return [((r[0], r[1]), int(r[2])) for r in rows]


def written(store: Store, view: View, preset: Preset | None, item_id: str) -> list[str]:
    """Answers in people's own words, in an order that says nothing."""
    return [str(r[0]) for r in store.run(_query(store, view, preset, _WRITTEN, {"item": item_id}))]


def _query(
    store: Store, view: View, preset: Preset | None, tail: str, extra: dict[str, Any]
) -> ScopedQuery:
    prelude = Prelude(view.with_(by=(), period=None), ground(store), preset)
    prelude.need("responses")
    return prelude.query(tail, extra)


def _item(rows: list[tuple[Any, ...]]) -> Counts:
    item_id, text, _, kind, turned = rows[0][:5]
    levels: dict[tuple[int, int], int] = {}
    values: dict[str, int] = {}
    aside = blank = agree = n = 0
    for _, _, _, _, _, order, favourable, value, answers, _, _, _, is_aside, is_blank in rows:
        if is_blank:
            blank += answers
        elif is_aside:
            aside += answers
        elif favourable is not None:
            n += answers
            agree += answers * int(favourable)
            place = (int(order or 0), int(favourable))
            levels[place] = levels.get(place, 0) + answers
        elif value is not None:
            values[value] = values.get(value, 0) + answers
            n += answers
        else:
            n += answers
    return Counts(
        item_id, text, kind, bool(turned), tuple((o, f, a) for (o, f), a in sorted(levels.items())),
        tuple(sorted(values.items(), key=lambda v: (-v[1], v[0]))), agree, n, aside, blank,
        sum(r[9] or 0.0 for r in rows), sum(r[10] or 0.0 for r in rows), sum(r[11] for r in rows))


def _five(levels: tuple[tuple[int, int, int], ...], turned: bool) -> Parts:
    """Levels put into five parts. `favourable` says on which side of the scale a level lies.

    The middle of a scale is its highest level that does not agree, where the scale has a middle:
    a scale whose agreeing levels begin at 4 of 5, 5 of 7 or 3 of 3.
    """
    agreeing = [o for o, f, _ in levels if bool(f) != turned]
    first = min(agreeing, default=4)
    top = {5: 7, 3: 3}.get(first, 6 if any(o > 5 for o, _, _ in levels) else 5)
    middle = {7: 4, 5: 3, 3: 2}.get(top)
    out = [0, 0, 0, 0, 0]
    for order, favourable, answers in levels:
        if bool(favourable) != turned:
            part = 0 if order == top and top > 3 else 1
        elif order == middle:
            part = 2
        else:
            part = 4 if order == 1 and top > 3 else 3
        out[part] += answers
    return out[0], out[1], out[2], out[3], out[4]
