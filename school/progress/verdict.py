"""What a series says: better, worse, the same or too early, with the sentence for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from school import stats
from school.answers import Better
from school.progress.figures import Figures
from school.progress.series import Point, Series
from school.stats import BASELINE_LEAST, RULES, Change, Estimate, Rule, Signal, Xmr
from school.terms import Lead, day_month, joined
from school.terms import progress as words

Verdict = Literal["better", "worse", "changed", "same", "early", "none", "withheld"]
NOUNS = {"week": "weeks", "month": "months", "test": "tests"}


@dataclass(frozen=True)
class Judged:
    """The verdict with its usual range, the point it holds from, and its own sentence."""

    verdict: Verdict
    lead: Lead
    points: tuple[Point, ...]
    chart: Xmr | None = None
    since: int | None = None
    up: bool | None = None
    ready_on: date | None = None
    chance: str = ""  # how often chance alone shows as much, in words
    unclear: bool = False  # the run rules hold a change for standing that chance could have made


def judge(
    found: Series, noun: str, better: Better, figures: Figures
) -> Judged:
    """The verdict on a series of weeks or months, or on tests where there are fewer than 12."""
    chart, held = _seen(found, figures)
    if chart is None:
        return _tests(found, noun, better, figures) if found.every == "test" else _early(found)
    points = marked(found.points, chart, better)
    # A roll does not swing by chance about a level, so chance says nothing of it.
    roll = figures.kind == "count"
    if held is None or not _told(found, held, figures):
        return Judged("same", _same_lead(found, points, chart, figures), points, chart,
                      chance="" if roll else words.chance_sentence(stats.NAMED, None))
    share = 0.0 if roll else stats.by_chance(len(_values(found)), held.strength)
    since, how, last = held.since, _how(found, held, chart), _last(found)
    shift = words.Shift(how, _when(points[since]), *_either_side(found, figures, since))
    usual, now = figures.range(chart.low, chart.high), figures.value(last.value)
    alone = found.points[since] == last
    if share > stats.NAMED:
        lead = words.unclear_lead(noun, now, _when(last), usual, None if alone else shift)
        over = max(level for level in stats.LEVELS if level < share)
        return Judged("same", lead, points, chart, unclear=True,
                      chance=words.chance_sentence(over, False))
    verdict = direction(held.signal.up, better)
    if alone:
        lead = words.once_lead(noun, how, now, shift.since, usual)
    else:
        lead = {"better": words.better_lead, "worse": words.worse_lead}.get(
            verdict, words.changed_lead)(noun, shift)
    return Judged(verdict, lead, points, chart, since, held.signal.up,
                  chance="" if roll else words.chance_sentence(share, True))


def _seen(found: Series, figures: Figures) -> tuple[Xmr | None, Change | None]:
    """The usual range and the change that stands, in the places of the points.

    The range is of the first 12 to 20 judged points and frozen there; None while there are fewer.
    """
    least = 0.0
    people = [p.people for p in found.known if p.people]
    if figures.kind == "count":
        least = 1.0
    elif figures.share and figures.places == 0 and people:
        least = 1 / max(people)
    # A roll moves in steps and stays: runs on one side say nothing of it, only the size does.
    rules: tuple[Rule, ...] = ("outside",) if figures.kind == "count" else RULES
    line, judged = found.line, found.judged
    values = [judged[i] for i in line]
    chart = stats.usual_range(values, least, rules)
    if chart is None:
        return None, None

    def placed(signal: Signal) -> Signal:
        return replace(signal, points=tuple(line[i] for i in signal.points))

    held = stats.lasting(values, chart, least)
    return replace(chart, signals=tuple(placed(s) for s in chart.signals)), (
        None if held is None
        else replace(held, signal=placed(held.signal), since=line[held.since]))


def _values(found: Series) -> list[float]:
    return [v for v in found.judged if v is not None]


def marked(points: Sequence[Point], chart: Xmr, better: Better) -> tuple[Point, ...]:
    """The points, those beyond the usual range marked with what that means."""
    out = list(points)
    for signal in chart.signals:
        if signal.rule == "outside":
            for i in signal.points:
                meaning = direction(signal.up, better)
                out[i] = replace(out[i], signal=meaning)
    return tuple(out)


def direction(up: bool, better: Better) -> Literal["better", "worse", "changed"]:
    """What a move up or down means for this measure."""
    if better == "neither":
        return "changed"
    return "better" if up == (better == "higher") else "worse"


def _told(found: Series, held: Change, figures: Figures) -> bool:
    """Whether the whole since then lies on that side of the whole before, and reads otherwise."""
    after, before = _sides(found, held.since)
    if not before or not held.strength or (_pooled(after) > _pooled(before)) != held.signal.up:
        return False
    now, then = _either_side(found, figures, held.since)
    return now != then


def _sides(found: Series, since: int) -> tuple[list[Point], list[Point]]:
    parts = found.points[since:], found.points[:since]
    return [p for p in parts[0] if p.judged], [p for p in parts[1] if p.judged]


def _how(found: Series, held: Change, chart: Xmr) -> str:
    after = [v for v in found.judged[held.since:] if v is not None]
    mean = sum(after) / len(after)
    if mean > chart.high:
        return "above its usual range"
    if mean < chart.low:
        return "below its usual range"
    if held.signal.rule == "trend":
        return "rising" if held.signal.up else "falling"
    return "higher than usual" if held.signal.up else "lower than usual"


def _last(found: Series) -> Point:
    """The last point that is judged."""
    return [p for p in found.points if p.judged][-1]


def _when(point: Point) -> str:
    """A point inside a sentence: 'week of 8 Sep', 'month of Sep 2025'."""
    named = point.label.startswith("week") or bool(point.name)
    return point.label if named else f"month of {point.label}"


def _either_side(found: Series, figures: Figures, since: int) -> tuple[str, str]:
    """The value since the change and before it: sums over sums; for a count the last of each."""
    after, before = _sides(found, since)
    if figures.kind == "count":
        now, then = (figures.value(p[-1].value if p else None) for p in (after, before))
        return now, then
    return figures.value(_pooled(after)), figures.value(_pooled(before) if before else None)


def _pooled(points: Sequence[Point]) -> float:
    weights = [p.n or 1 for p in points]
    values = [p.value or 0.0 for p in points]
    return sum(v * w for v, w in zip(values, weights, strict=True)) / sum(weights)


def _same_lead(
    found: Series, points: Sequence[Point], chart: Xmr, figures: Figures
) -> Lead:
    last = _last(found)
    beyond = [_when(p) for p in points if p.signal is not None]
    return words.same_lead(figures.value(last.value), _when(last),
                           figures.range(chart.low, chart.high), beyond)


def _early(found: Series) -> Judged:
    so_far = len(_values(found))
    if not found.known:
        return Judged("none", words.no_points_lead("marks"), found.points)
    ready = ready_day(found.known[-1].start, BASELINE_LEAST - so_far, found.every)
    about = day_month(ready) if found.every == "week" else f"{ready:%b %Y}"
    lead = words.early_lead(so_far, NOUNS[found.every], BASELINE_LEAST, about)
    return Judged("early", lead, found.points, ready_on=ready)


def ready_day(last: date, missing: int, every: str) -> date:
    """About when 12 points will exist: the end of the week or month that brings the last."""
    if every == "week":
        return last + timedelta(days=7 * missing + 5)
    month = last.month - 1 + missing + 1
    return date(last.year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _tests(found: Series, noun: str, better: Better, figures: Figures) -> Judged:
    """The last test against the same test a year before, else against the first one."""
    known = found.known
    if len(known) < 2:
        if not known:
            return Judged("none", words.no_points_lead("results"), found.points)
        lead = words.early_lead(len(known), "tests", 2)
        return Judged("early", lead, found.points)
    last = known[-1]
    same_name = [p for p in known[:-1] if p.name == last.name]
    first = same_name[-1] if same_name else known[0]
    if None in (first.low, first.high, last.low, last.high):
        return Judged("early", words.early_lead(len(known), "tests", BASELINE_LEAST), found.points)
    change, interval = change_between(first, last)
    said = words.change_range(change * (0.01 if figures.in_percent and not figures.share else 1),
                              _scaled(interval, figures), figures.places,
                              figures.in_percent, _unit(figures))
    shown = figures.value(first.value), figures.value(last.value)
    if interval[0] <= 0 <= interval[1]:
        lead = words.tests_same_lead(noun, first.label, last.label, *shown, said)
        return Judged("same", _harder(lead, same_name), found.points)
    verdict = direction(change > 0, better)
    good = {"better": True, "worse": False}.get(verdict)
    lead = words.tests_moved_lead(noun, first.label, last.label, *shown, said, good)
    return Judged(verdict, _harder(lead, same_name), found.points, since=found.points.index(last),
                  up=change > 0)


def change_between(first: Point, last: Point) -> tuple[float, stats.Interval]:
    """How far a measure moved between two tests, with its interval."""
    a, b = (Estimate(p.value or 0.0, p.low or 0.0, p.high or 0.0) for p in (first, last))
    return b.value - a.value, stats.change_interval(a, b)


def _scaled(interval: stats.Interval, figures: Figures) -> stats.Interval:
    if figures.in_percent and not figures.share:
        return interval[0] / 100, interval[1] / 100
    return interval


def _unit(figures: Figures) -> str:
    return "" if figures.in_percent else figures.unit


def _harder(lead: Lead, same_name: Sequence[Point]) -> Lead:
    if same_name:
        return lead
    return replace(lead, rest=joined(lead.rest, "Different tests can differ in difficulty."))
