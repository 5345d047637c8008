"""Do all groups do equally well here? Each group against the others, in students and points."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import timedelta
from typing import Any

import streamlit as st

from pages.look import gap as panel
from pages.parts.charts import alt_text
from pages.parts.filters import column_words, labels
from pages.parts.frame import Frame, Table, Tile
from pages.parts.spec import Bar, Chart, Level
from school.equity import Equity, Gap, equity
from school.needs import declared_titles
from school.places import UNKNOWN
from school.stats import half_up
from school.terms.equity import concerned, more_words, span, times_words
from school.terms.numbers import counted, grouped, percent

MOST = 10
SHORT = 14  # letters of a group that fits under a dot on a phone
ALL = "all"
CAPTION = ("Dot: how much worse off the group is. Line: where that likely lies. Grey and hollow: "
           "it could be chance. First those that concern most students even allowing for chance.")
PULLED = ("Groups of two kinds are small and swing by chance. The table gives each share as "
          "counted and pulled toward that of all, the more, the smaller the group is.")
NO_GROUPS = "We know no groups yet. Add a class list with a group column."
NO_MEASURE = "There are no numbers to compare groups by yet. Add attendance, marks or levels."


def draw(frame: Frame) -> None:
    """What is compared, the finding, the gaps, and the chosen one."""
    kinds = [c for c in frame.known if c.startswith("group.") and len(frame.known[c]) > 1
             and len(frame.view.values(c)) != 1]
    if not kinds:
        frame.empty(NO_GROUPS)
        return
    need, kind, reference, within = _chosen(frame, kinds)
    found = equity(frame.store, frame.view, frame.preset, frame.known,
                   columns=[kind] if kind else kinds,
                   reference={kind: reference} if kind and reference else {},
                   within=within, need=need)
    frame.drawn.answers += found.answers
    frame.drawn.told += found.splits
    if not found.answers:
        _nothing(frame)
        return
    frame.heading(found.lead, stamp=frame.stamp(found.answers[0]), tiles=_tiles(found, frame))
    _notes(found)
    shown = found.gaps[:MOST]
    if shown:
        _gaps(frame, found, shown, reference)
    frame.how(*found.answers)


def _gaps(frame: Frame, found: Equity, shown: tuple[Gap, ...], reference: str) -> None:
    """The chart, the chosen gap, and the table."""
    frame.chart(_chart(found, shown, frame), param="gap")
    options = {g.key: _title(g) for g in found.gaps}
    chosen = frame.pick("gap", "Look closer at", options)
    if not frame.present:
        first = (frame.first or frame.view.start)
        start = max(first, frame.view.start - timedelta(days=366))
        panel.draw(frame, next(g for g in found.gaps if g.key == chosen), start, reference)
    frame.table(Table(tuple(_line(g, frame) for g in found.gaps)), param="gap",
                keys=[g.key for g in found.gaps])


def _chosen(frame: Frame, kinds: list[str]) -> tuple[str, str, str, str]:
    """Need, kind of group, whom it is compared with, and inside what; empty for all and none."""
    needs = declared_titles(frame.store, frame.view, frame.preset)
    sides: Any = [nullcontext()] * 4 if frame.present else st.columns(3)
    with sides[0]:
        need = frame.pick("need", "Which need", {ALL: "All needs", **needs}, default=ALL)
    names = {c: column_words(c, frame.preset) for c in kinds}
    with sides[1]:
        kind = frame.pick("kind", "Which groups", {ALL: "All groups", **names}, default=ALL)
    inner = {c: f"inside each {column_words(c, frame.preset).lower()}"
             for c in ("grade", *kinds) if c != kind and len(frame.known.get(c, ())) > 1}
    with sides[2]:
        within = frame.pick("within", "Compared", {ALL: "in the whole view", **inner}, default=ALL)
    reference = ""
    if kind not in (None, ALL):
        named = {v: n for v, n in labels(frame.known, str(kind)).items() if v != UNKNOWN}
        if len(named) > 2:
            reference = frame.pick("with", "Compared with", {ALL: "all others", **named},
                                   default=ALL) or ALL
    return tuple("" if v in (None, ALL) else str(v)  # type: ignore[return-value]
                 for v in (need, kind, reference, within))


def _nothing(frame: Frame) -> None:
    if frame.view.with_(compare=frame.default.compare) == frame.default:
        frame.empty(NO_MEASURE)
    else:
        frame.nobody()


def _notes(found: Equity) -> None:
    if found.few:
        st.caption(f"{counted(found.few, 'groups')} of fewer than 10 students are left out."
                   if found.few > 1 else "One group of fewer than 10 students is left out.")
    if found.hidden:
        st.caption("Small groups are hidden to protect students.")
    if any(g.pulled is not None for g in found.gaps):
        st.caption(PULLED)


def _tiles(found: Equity, frame: Frame) -> list[Tile]:
    clear = found.clear
    tiles = [Tile("Clear gaps", f"{len(clear)} of {found.compared}")]
    if clear:
        tiles.append(Tile("Students concerned", grouped(half_up(clear[0].students), frame.preset),
                          "in the first gap"))
    tiles.append(Tile("Expected by chance", f"about {grouped(found.by_chance, None, 1)}",
                      f"of {found.compared}"))
    worst = max(found.unknown, key=lambda u: u[1] / u[2] if u[2] else 0, default=None)
    if found.reached:
        told = found.reached[0].found
        tiles.append(Tile("Need and a plan", f"{told.planned} of {told.need}",
                          f"others {told.other_planned} of {told.other_need}"))
    elif worst is not None and worst[2]:
        tiles.append(Tile("Group known for", percent(1 - worst[1] / worst[2]),
                          column_words(worst[0], frame.preset)[:20]))
    return tiles


def _title(gap: Gap) -> str:
    inside = f" in {gap.inside}" if gap.inside else ""
    return f"{gap.label}: {gap.who}{inside}"


def _chart(found: Equity, shown: tuple[Gap, ...], frame: Frame) -> Chart:
    bars = tuple(Bar(g.key, _title(g), g.points, g.low, g.high, more_words(g.points), "",
                     _sub(g, frame), "ours" if g.clear else "chance") for g in shown)
    others = {g.others for g in shown}
    whom = others.pop() if len(others) == 1 else "the others"
    more = len(found.gaps) - len(shown)
    rest = f" And {more} more in the table." if more > 0 and not frame.present else ""
    alt = alt_text("Dot chart", f"gaps to {whom}, in points",
                   [(b.label, f"{b.text}, likely {span(g)}") for b, g in
                    zip(bars, shown, strict=True)], frame.description, found.lead.bold)
    return Chart("dots", f"Gap to {whom}, in points", CAPTION + rest, bars, alt, percent=True,
                 levels=(Level(0.0, "no gap"),))


def _sub(gap: Gap, frame: Frame) -> str:
    short = gap.others.rpartition(": ")[2]  # the line must fit a phone; the table names the column
    whom = "others" if short == "all others" or len(short) > SHORT else short
    here, other = (f"{grouped(s.bad, frame.preset)} of {grouped(s.of, frame.preset)}"
                   for s in (gap.here, gap.other))
    return " · ".join(w for w in (f"{here}, {whom} {other}", concerned(gap, frame.preset)) if w)


def _line(gap: Gap, frame: Frame) -> dict[str, object]:
    ratio = gap.ratio
    line = {
        "Need": gap.label,
        "Group": gap.who,
        "Inside": gap.inside,
        "Students": f"{gap.here.bad} of {gap.here.of}",
        "Compared with": gap.others,
        "Of those": f"{gap.other.bad} of {gap.other.of}",
        "Points": more_words(gap.points),
        "Likely": span(gap),
        "Times as likely": times_words(ratio.value, ratio.low, ratio.high) if ratio else "–",
        "Students concerned": grouped(half_up(gap.students), frame.preset),
        "Certainty": gap.certainty,
    }
    if gap.pulled is not None:
        line |= {"Share": percent(gap.here.share, gap.here.of),
                 "Share, pulled toward all": percent(gap.pulled, gap.here.of)}
    if not gap.inside:
        line.pop("Inside")
    return line

