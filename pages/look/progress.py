"""Is it getting better? One measure over time against its own usual range."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import streamlit as st

from pages.parts.frame import Frame, Table, Tile
from pages.parts.links import encoded
from pages.parts.spec import Bar, Chart, Level, Point
from school.benchmarks import benchmark
from school.measures import catalogue, title_of
from school.progress import Goal, Progress, measures_over_time, progress
from school.progress import Point as Moment
from school.records import targets
from school.terms import counted, day_words, grouped, joined, percent, upper_first
from school.terms.progress import hollow_sentence, not_judged, noun_of
from school.terms.progress import question as ask

WHO = "owner"
FIRST = "attendance_rate"
RECENT = 16  # weeks or months that a phone shows at once, the newest; the others by sliding
EVERY = {"week": "by week", "month": "by month", "test": "by test"}


def question(frame: Frame) -> str:
    """The title names what is followed: 'Is attendance getting better?'."""
    measure = catalogue(frame.store)[_measure(frame)]
    title = title_of(measure, frame.preset)
    return ask(noun_of(measure.name, title), measure.better)


def draw(frame: Frame) -> None:
    """Sentence, tiles, line with its usual range, table, the chosen point, and the target."""
    chips = None if frame.present else st.columns([2, 1], vertical_alignment="bottom")
    measure = _measure(frame)
    with _in(chips, 0):
        measure = frame.pick("measure", "What to follow",
                             measures_over_time(frame.store, frame.preset),
                             default=measure) or measure
    every = frame.query("every")
    place = encoded(dict(frame.view.where)) or "all"
    kept = targets.target(frame.house.records, measure, place)
    goal = Goal(kept.value, kept.due) if kept else None
    found = progress(frame.store, measure, frame.view, frame.preset, goal,
                     every if every in EVERY else None)  # type: ignore[arg-type]
    frame.drawn.answers += [found.total, found.answer]
    with _in(chips, 1):
        frame.pick("every", "Drawn", {e: EVERY[e] for e in found.choices}, default=found.every,
                   pills=True)
    if found.verdict == "withheld":
        frame.withheld(found.lead.bold)
    elif found.verdict == "none":
        _nothing(frame, found)
    else:
        _shown(frame, found)
    if found.verdict not in ("withheld", "none"):
        _closer(frame, found)
        frame.students(measure)
        _target(frame, found, place, kept)
    card = found.total.card
    frame.how(replace(found.total, card=replace(card, notes=(*card.notes, *found.rules))))


def _in(chips: Sequence[Any] | None, place: int) -> Any:
    """The column of a chip; nowhere in particular while presenting."""
    return nullcontext() if chips is None else chips[place]


def _measure(frame: Frame) -> str:
    """The measure of the link; else attendance, or the first one that has a number here."""
    known = measures_over_time(frame.store, frame.preset)
    asked = frame.query("measure")
    if asked in known:
        return str(asked)
    return frame.first_known([FIRST, *(m for m in known if m != FIRST)])


def _nothing(frame: Frame, found: Progress) -> None:
    if found.total.total is not None and found.total.total.people == 1:
        frame.few(found.lead.text)
    else:
        frame.nobody()


def _shown(frame: Frame, found: Progress) -> None:
    frame.heading(found.lead, stamp=frame.stamp(found.total), tiles=_tiles(frame, found))
    frame.chart(_beside(frame, found, chart_of(found)), param="point")
    frame.table(Table(tuple(_line(p, found, frame) for p in reversed(found.points))),
                param="point", keys=[p.key for p in reversed(found.points)])


def _beside(frame: Frame, found: Progress, chart: Chart) -> Chart:
    """The chart with what was published of other places, where there is something, as a line."""
    there = benchmark(frame.store, found.measure, frame.view, frame.preset)
    if there is None:
        return chart
    said = there.words(there.share)
    line = Level(there.share, f"{there.name} {percent(there.share, places=1)}", True)
    return replace(chart, levels=(*chart.levels, line), alt=f"{chart.alt} {said}.",
                   caption=f"{chart.caption} Dashed line: {said}.")


def chart_of(found: Progress) -> Chart:
    """The chart of a number over time: a line, or a dot a test."""
    return _dots(found) if found.every == "test" else _line_chart(found)


def _dots(found: Progress) -> Chart:
    """One dot a test with its range, in the order of time."""
    rows = tuple(Bar(p.key, p.label, p.value, p.low, p.high, found.figures.value(p.value), "",
                     counted(p.people or 0, "students")) for p in found.known)
    target = [Level(found.goal.value, f"target {found.figures.goal(found.goal.value)}", True)
              ] if found.goal else []
    return Chart("dots", f"{upper_first(found.noun)}, by test",
                 joined("Dot: the value. Line: where it likely lies. In the order of time, with "
                        "the tests of the year before.", found.chance),
                 rows, found.alt, percent=found.figures.share,
                 levels=tuple(target))


def _line_chart(found: Progress) -> Chart:
    """Weeks or months as a line, with the usual range."""
    name = upper_first(found.noun)
    return Chart(
        "line", f"{name}, {EVERY[found.every]}", _caption(found),
        tuple(_point(p, named) for p, named in zip(found.points, _named(found), strict=True)),
        found.alt, percent=found.figures.share, wide=len(found.points) / RECENT,
        band=(found.chart.low, found.chart.high) if found.chart else None,
        levels=_levels(found),
    )


def _caption(found: Progress) -> str:
    parts = []
    if found.chart:
        parts.append(f"Grey band: the usual range, from the first {found.chart.baseline} "
                     f"{found.every}s.")
    if any(None not in (p.before, q.before) for p, q in pairwise(found.points)):
        parts.append("Thin grey line: a year earlier.")
    if found.partial:
        parts.append(hollow_sentence(found.every, any(
            p.note == not_judged(found.every) for p in found.partial)))
    gaps = "Holidays break the line. " if found.every == "week" else ""
    return joined(*parts, f"{gaps}The scale does not begin at 0.", found.chance)


def _named(found: Progress) -> list[bool]:
    """Which points have their name written: the first of each run beyond the usual range."""
    beyond = [p.signal is not None for p in found.points]
    firsts = [now and not before for before, now in pairwise([False, *beyond])]
    out, last = [], -9
    for at, first in enumerate(firsts):
        out.append(first and at - last > 3)
        last = at if out[-1] else last
    return out


def _point(p: Moment, named: bool) -> Point:
    signal = p.signal if p.signal in ("better", "worse") else None
    note = p.label.removeprefix("week of ") if named else ""
    return Point(p.key, p.label, p.start, p.value, p.before, signal, note, p.partial)


def _levels(found: Progress) -> tuple[Level, ...]:
    out = []
    seen = [v for p in found.points for v in (p.value, p.before) if v is not None]
    seen += [found.goal.value] if found.goal else []
    if found.chart:
        mean = found.chart.mean
        near = found.goal is not None and abs(found.goal.value - mean) < (max(seen) - min(seen)) / 9
        words = "" if near else f"usually {found.figures.value(mean)}"
        out.append(Level(mean, words))
    if found.goal:
        out.append(Level(found.goal.value, f"target {found.figures.goal(found.goal.value)}", True))
    return tuple(out)


def _tiles(frame: Frame, found: Progress) -> list[Tile]:
    figures, latest = found.figures, found.latest
    tiles = [Tile(f"Latest {found.every}", figures.value(latest.value if latest else None),
                  latest.label if latest else "")]
    if found.chart:
        usual = figures.short_range(found.chart.low, found.chart.high)
        tiles.append(Tile("Usual range", usual,
                          f"first {counted(found.chart.baseline, f'{found.every}s')}"))
    if found.year_before is not None and found.year_before_end is not None:
        until = day_words(found.year_before_end, frame.preset, short=True)
        tiles.append(Tile("Last year", figures.value(found.year_before), f"to {until}"))
    if found.goal:
        words = found.goal.whose
        if found.goal.due:
            words = f"by {day_words(found.goal.due, frame.preset, short=True)}"
        tiles.append(Tile("Target", figures.goal(found.goal.value), words))
    return tiles


def _line(p: Moment, found: Progress, frame: Frame) -> dict[str, object]:
    likely = ""
    if p.value is not None and p.low is not None and p.high is not None:
        likely = found.figures.range(p.low, p.high)
    note = p.note or ("beyond the usual range" if p.signal else "")
    if p.value is None and not note:
        note = "no school, or nothing marked"
    return {
        found.every.capitalize(): upper_first(p.label),
        upper_first(found.noun): found.figures.value(p.value),
        "Likely": likely,
        "A year earlier": found.figures.value(p.before),
        "Students": p.people,
        "Marked": percent(p.completeness) if p.completeness is not None else "",
        "Note": note,
    }


def _closer(frame: Frame, found: Progress) -> None:
    """The chosen week or month, day by day."""
    known = [p for p in reversed(found.points) if p.value is not None]
    if found.every == "test" or not known or frame.present:
        return
    options = {"": "–", **{p.key: upper_first(p.label) for p in known}}
    chosen = frame.pick("point", "Look closer at", options, default="")
    point = next((p for p in known if p.key == chosen), None)
    if point is None:
        return
    st.markdown(f"**{upper_first(point.label)}: {found.figures.value(point.value)}.** "
                f"{grouped(point.people or 0, frame.preset)} students.")
    days = frame.answer(found.measure, frame.view.with_(
        start=max(frame.view.start, point.start), end=min(frame.view.end, point.end), by=(),
        period="day"))
    frame.drawn.answers.pop()
    rows = [{"Day": f"{r.period.start:%A} {day_words(r.period.start, frame.preset, short=True)}",
             upper_first(found.noun): found.figures.value(r.value), "Students": r.people,
             "Marked": percent(r.completeness) if r.completeness is not None else ""}
            for r in days.rows if r.period is not None and not r.hidden]
    if rows and found.total.kind != "count":
        st.dataframe(rows, hide_index=True, alt=f"Days of the {point.label}")
    frame.students(found.measure, frame.view.with_(
        start=max(frame.view.start, point.start), end=min(frame.view.end, point.end)),
        label=f"See the students of the {point.label}")


def _target(frame: Frame, found: Progress, place: str, kept: targets.Target | None) -> None:
    """A value to reach, typed here and kept for this measure and these filters."""
    if frame.present or (found.goal is None and found.total.kind == "count"):
        return
    scale = 100.0 if found.figures.share else 1.0
    start = (kept.value if kept else found.goal.value if found.goal else 0.0) * scale
    with st.expander("Set a target", icon=":material/target:"), st.form(f"target:{found.measure}",
                                                                       border=False):
        value = st.number_input("Reach, in percent" if scale > 1 else "Reach", value=float(start),
                                min_value=0.0, max_value=100.0 if scale > 1 else None, step=0.5)
        due = st.date_input("By", value=kept.due if kept else _next_year(frame),
                            format="MM/DD/YYYY" if _us(frame) else "DD/MM/YYYY")
        save, clear = st.columns(2)
        if save.form_submit_button("Keep this target") and isinstance(due, date):
            targets.set_target(frame.house.records, found.measure, place, value / scale, due, WHO,
                               kept.version if kept else None)
            st.rerun()
        if kept and clear.form_submit_button("Take it away"):
            targets.clear_target(frame.house.records, found.measure, place)
            st.rerun()


def _next_year(frame: Frame) -> date:
    return frame.view.as_of + timedelta(days=180)


def _us(frame: Frame) -> bool:
    return frame.preset is not None and frame.preset.date_order == "mdy"
