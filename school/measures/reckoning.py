"""Judgement over the counts of one question: values, ranges, what is hidden or withheld."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from school import stats
from school.answers import Answer, Card, PeriodOf, Row
from school.config import Preset
from school.ground import Span
from school.measures.catalogue import Measure
from school.measures.completeness import GOOD, Completeness
from school.measures.hiding import Group, hidden_groups
from school.places import UNKNOWN
from school.prelude import PUBLISHED
from school.sources import WEEKDAYS
from school.stats.suppression import OUTSIDE

if TYPE_CHECKING:
    from school.measures.asking import Question

HIDDEN = "Hidden to protect students: fewer than 10 in this group."
HIDDEN_BESIDE = "Hidden to protect students: fewer than 10 in this group, or the next one up."
HIDDEN_ANSWERS = "Only {} people answered, so answers stay hidden from everyone."
MIXED = ("These scores are on different scales, so one mean would say nothing. "
         "Choose one test or subject.")


class Tally(NamedTuple):
    """One counted row as it comes from the store; `labels` follow in the order of the breakdown."""

    whole: int
    all_levels: int
    period: date | None
    level: str | None
    left_out: str | None
    people: int
    x: float | None
    n: float | None
    xx: float | None
    xn: float | None
    nn: float | None
    most: float | None
    times: int | None
    scale: str | None
    other_scale: str | None
    labels: tuple[str, ...]


def answer_of(
    asked: Question, spans: Sequence[Span], raw: Sequence[tuple[Any, ...]],
    marked: Completeness | None,
) -> Answer:
    """The answer made of counted rows."""
    tallies = [Tally._make((*r[:15], tuple(r[15:]))) for r in raw]
    counted = [t for t in tallies if not t.whole and t.people]
    groups = {(t.period, t.labels): t for t in counted if t.all_levels or not asked.split_by_level}
    shown = [t for t in counted if not asked.split_by_level or not t.all_levels]
    withheld = _withheld(asked, shown, marked)
    labels = {s.start: PeriodOf(s.start, s.end, s.label) for s in spans}
    away = _away(asked, groups)
    rows = [
        _row(asked, t, groups[t.period, t.labels], labels, marked, withheld is not None, away)
        for t in sorted(shown, key=lambda t: _order(asked, t))
    ]
    measure = asked.measure
    return Answer(
        measure=measure.name, version=measure.version, title=title_of(measure, asked.preset),
        question=measure.question, meaning=measure.meaning, source=measure.source,
        kind=measure.kind, unit=_unit(asked, shown), better=measure.better,
        minimum=measure.minimum, view=asked.asked, as_of=asked.asked.as_of,
        data_version=asked.ground.data_version, card=_card(asked, tallies, marked),
        rows=tuple(rows), sql=measure.sql, withheld=withheld,
    )


def title_of(measure: Measure, preset: Preset | None) -> str:
    """What a measure is called in this country."""
    return preset.titles.get(measure.name, measure.title) if preset else measure.title


def _withheld(asked: Question, shown: list[Tally], marked: Completeness | None) -> str | None:
    if marked is not None and marked.too_little():
        percent = int(stats.half_up(100 * marked.marked / marked.due))
        if percent == 70:
            percent = 69
        return f"Only {percent}% of the register is marked. Below 70% a rate would mislead."
    if asked.measure.kind == "mean" and shown and all(_mixed(t) for t in shown):
        return MIXED
    return None


def _mixed(tally: Tally) -> bool:
    return tally.scale != tally.other_scale


def _row(
    asked: Question, tally: Tally, group: Tally, labels: dict[date, PeriodOf],
    marked: Completeness | None, withheld: bool, away: dict[Group, str],
) -> Row:
    period = labels.get(tally.period) if tally.period else None
    segments = _segments(asked, tally)
    mixed = asked.measure.kind == "mean" and _mixed(tally)
    hidden = (_hidden(asked, group) or away.get((group.period, group.labels))
              or (MIXED if mixed and not withheld else None))
    if hidden:
        return Row(period, segments, None, None, None, None, None, None, None, None, hidden)
    had, due = (marked.rows.get((tally.period, tally.labels), (0, 0)) if marked else (0, 0))
    whole = marked is not None and bool(marked.due)
    share = had / due if whole and due else None
    too_little = bool(due) and 10 * had < 7 * due
    if asked.measure.kind == "count":
        heads = int(tally.x or 0)
        return Row(period, segments, float(heads), None, None, heads, heads, float(heads), None,
                   share)
    if asked.split_by_level:
        x, n, people = float(tally.times or 0), float(group.times or 0), group.people
    else:
        x, n, people = tally.x or 0.0, tally.n or 0.0, tally.people
    quiet = withheld or too_little or not n or mixed
    low, high = (None, None) if quiet else _interval(asked, tally, x, n, people) or (None, None)
    value = None if quiet else x / n
    times = int(tally.times or 0) if "times" in asked.measure.gives else int(n)
    mean = asked.measure.kind == "mean" and not quiet
    squares = _squares(tally, x, n, people) if mean else None
    row = Row(period, segments, value, low, high, people, times, x, n, share, None, squares)
    single = asked.split_by_level or tally.most == 1
    return _outside(row) if single and _for_others(asked) and not quiet else row


def _for_others(asked: Question) -> bool:
    """Whether a share of students is told to readers outside the school's own staff."""
    return (not asked.asked.scope.staff and asked.measure.kind == "rate"
            and asked.measure.reads not in ("responses", *PUBLISHED))


def _outside(row: Row) -> Row:
    """The row in whole percents, coded near 0 and 100, without counts that are small."""
    x, n = round(row.numerator or 0), round(row.denominator or 0)
    told = OUTSIDE.percent(x, n)
    if told is None:
        return row
    small = OUTSIDE.small(x) or OUTSIDE.small(n - x)
    count = None if small else row.numerator
    if told.low == told.high:
        return replace(row, value=told.low / 100, numerator=count) if small else row
    if not small and x and x != n:
        return row  # large enough groups on both sides: their counts may be told
    most = told.low == 0
    bound = told.high if most else told.low
    return replace(row, value=bound / 100, low=None, high=None, numerator=None,
                   coded=f"{'at most' if most else 'at least'} {bound}%")


def _interval(
    asked: Question, t: Tally, x: float, n: float, people: int
) -> tuple[float, float] | None:
    if asked.measure.reads in PUBLISHED:
        return None
    if asked.measure.kind == "mean":
        return stats.mean_interval(people, people * x / n, _squares(t, x, n, people))
    if asked.split_by_level or t.most == 1:
        return stats.rate_interval(x, n)
    return stats.ratio_interval(people, x, n, t.xx or 0.0, t.xn or 0.0, t.nn or 0.0)


def _squares(t: Tally, x: float, n: float, people: int) -> float:
    """Sum of squares of the persons' values: of one score a person, or of several.

    With several, the linearised variance of a ratio is that of the values
    ratio + (sum - ratio * count) * people / n, whose mean is the ratio itself.
    """
    if t.most == 1:
        return t.xx or 0.0
    ratio = x / n
    spread = (t.xx or 0.0) - 2 * ratio * (t.xn or 0.0) + ratio * ratio * (t.nn or 0.0)
    return people * ratio * ratio + max(spread, 0.0) * (people / n) ** 2


def _hidden(asked: Question, group: Tally) -> str | None:
    people = _people(asked, group)
    if asked.measure.reads == "responses" and people < asked.measure.minimum:
        return HIDDEN_ANSWERS.format(people)
    return None


def _people(asked: Question, group: Tally) -> int:
    return int(group.x or 0) if asked.measure.kind == "count" else group.people


def _away(asked: Question, groups: dict[Group, Tally]) -> dict[Group, str]:
    """Outside the school's own staff: the groups that are hidden, and the words for it."""
    if asked.asked.scope.staff or asked.measure.reads in PUBLISHED:
        return {}
    people = {g: _people(asked, t) for g, t in groups.items()}
    columns = [c for c in asked.asked.by if c != asked.measure.levels]
    away = hidden_groups(columns, people)
    small = all(OUTSIDE.small(people[g]) for g in away)
    return dict.fromkeys(away, HIDDEN if small else HIDDEN_BESIDE)


def _segments(asked: Question, tally: Tally) -> dict[str, str]:
    labels = iter(tally.labels)
    return {
        column: (tally.level or "unknown") if column == asked.measure.levels else next(labels)
        for column in asked.asked.by
    }


def _order(asked: Question, tally: Tally) -> tuple[Any, ...]:
    """Periods in time; weekdays, tiers and levels in their order; unknown last."""
    keys: list[Any] = [tally.period or date.min]
    orders = {"weekday": WEEKDAYS, "tier": asked.params.get("tier_names", ()),
              "level": asked.ground.levels}
    for column, value in _segments(asked, tally).items():
        order = orders.get(column, ())
        place = list(order).index(value) if value in order else 0
        keys.append((value == UNKNOWN, place, natural(value)))
    return tuple(keys)


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """A key that sorts '9' before '10' and 'Class 2' before 'Class 10'."""
    return tuple((0, int(p), "") if p.isdigit() else (1, 0, p.lower())
                 for p in re.findall(r"\d+|\D+", text))


def _unit(asked: Question, shown: list[Tally]) -> str:
    """Means say the unit of the scale that they are on."""
    if asked.measure.kind != "mean" or not shown or "scale" not in asked.measure.gives:
        return asked.measure.unit
    points = all(t.scale == "points" for t in shown)
    if asked.measure.name == "gain":
        return "percentage points" if points else "points on the scale"
    return asked.measure.unit if points else "points on the scale"


def _card(asked: Question, tallies: list[Tally], marked: Completeness | None) -> Card:
    whole = [t for t in tallies if t.whole]
    left_out = tuple(sorted(((t.left_out, t.people) for t in whole if t.left_out is not None),
                            key=lambda r: (-r[1], r[0])))
    notes = list(asked.notes)
    share = marked.share if marked else None
    if marked and share is not None and not marked.too_little() and (
            10 * marked.marked < GOOD * marked.due):
        notes.append(f"{int(stats.half_up(100 * share))}% of the register is marked; "
                     "the rest could change this number.")
    if asked.view.period == "term" and not asked.ground.terms:
        notes.append("No calendar names the terms, so a term is a third of the academic year.")
    return Card(_included(asked, tallies), left_out, marked.days if marked else None, share,
                marked.how if marked else "unknown", tuple(notes))


def _included(asked: Question, tallies: list[Tally]) -> int:
    """Everybody counted, each once. Published counts have no persons: they are added up."""
    parts = [t for t in tallies if not t.whole]
    if asked.measure.kind == "count" and not asked.view.period:
        return int(sum(t.x or 0 for t in parts))
    whole = [t.people for t in tallies if t.whole and t.left_out is None]
    return whole[0] if whole else sum(t.people for t in parts)
