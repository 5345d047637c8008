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
from school.stats import BASELINE_LEAST, RULES, Estimate, Rule, Signal, Xmr
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


def judge(
    found: Series, noun: str, better: Better, figures: Figures
) -> Judged:
    """The verdict on a series of weeks or months, or on tests where there are fewer than 12."""
    chart = usual_range(found, figures)
    if chart is None:
        return _tests(found, noun, better, figures) if found.every == "test" else _early(found)
    points = marked(found.points, chart, better)
    held = stats.standing(found.judged, chart)
    if held is None:
        return Judged("same", _same_lead(found, points, chart, figures), points, chart)
    since = stats.turning_point(found.judged, chart, held)
    if not _moved(found, since, held.up):
        return Judged("same", _same_lead(found, points, chart, figures), points, chart)
    verdict = direction(held.up, better)
    last = max(i for i, v in enumerate(found.judged) if v is not None)
    if since == last:
        usual = figures.range(chart.low, chart.high)
        lead = words.once_lead(noun, _how(found, held, since, chart), figures.value(
            found.points[since].value), _when(found.points[since]), usual)
    else:
        shift = words.Shift(_how(found, held, since, chart), _when(found.points[since]),
                            *_either_side(found, figures, since))
        lead = {"better": words.better_lead, "worse": words.worse_lead}.get(
            verdict, words.changed_lead)(noun, shift)
    return Judged(verdict, lead, points, chart, since, held.up)


def usual_range(found: Series, figures: Figures) -> Xmr | None:
    """The range of the first 12 to 20 points, frozen there; None while there are fewer than 12."""
    least = 0.0
    people = [p.people for p in found.known if p.people]
    if figures.kind == "count":
        least = 1.0
    elif figures.share and figures.places == 0 and people:
        least = 1 / max(people)
    # A roll moves in steps and stays: runs on one side say nothing of it, only the size does.
    rules: tuple[Rule, ...] = ("outside",) if figures.kind == "count" else RULES
    return stats.usual_range(found.judged, least, rules)


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


def _moved(found: Series, since: int, up: bool) -> bool:
    """Whether the whole since then lies on that side of the whole before."""
    after, before = _sides(found, since)
    if not before:
        return True
    return (_pooled(after) > _pooled(before)) == up


def _sides(found: Series, since: int) -> tuple[list[Point], list[Point]]:
    parts = found.points[since:], found.points[:since]
    return [p for p in parts[0] if p.judged], [p for p in parts[1] if p.judged]


def _how(found: Series, held: Signal, since: int, chart: Xmr) -> str:
    after = [v for v in found.judged[since:] if v is not None]
    mean = sum(after) / len(after)
    if mean > chart.high:
        return "above its usual range"
    if mean < chart.low:
        return "below its usual range"
    if held.rule == "trend":
        return "rising" if held.up else "falling"
    return "higher than usual" if held.up else "lower than usual"


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
    last = [p for p, v in zip(points, found.judged, strict=True) if v is not None][-1]
    beyond = [_when(p) for p in points if p.signal is not None]
    return words.same_lead(figures.value(last.value), _when(last),
                           figures.range(chart.low, chart.high), beyond)


def _early(found: Series) -> Judged:
    so_far = sum(v is not None for v in found.judged)
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
