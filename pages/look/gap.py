"""The chosen gap: both counts, its course over time, and support against need."""

from __future__ import annotations

from datetime import date

import streamlit as st

from pages.parts.charts import alt_text
from pages.parts.frame import Frame
from pages.parts.spec import Bar, Chart, Level
from school.equity import Gap, Moment, inside, moments, support
from school.terms.equity import (
    gap_sentence,
    more_words,
    points_span,
    support_sentence,
    times_words,
)
from school.terms.groups import people
from school.view import View


def draw(frame: Frame, gap: Gap, start: date, reference: str) -> None:
    """The panel of one gap."""
    with st.container(border=True, key="panel"):
        st.header(f"{gap.label}: {gap.who}", anchor=False)
        words = gap_sentence(gap, frame.preset)
        if gap.ratio is not None:
            ratio = times_words(gap.ratio.value, gap.ratio.low, gap.ratio.high)
            words = f"{words} That is {ratio}."
        st.markdown(f"{words} **{gap.certainty}.**")
        st.caption(f"Compared with {people(gap.others)}, which is chosen above.")
        _course(frame, gap, start, reference)
        _support(frame, gap)
        with st.container(horizontal=True):
            frame.students(gap.measure, _view(gap), label="See these students")
            frame.link("progress", "Show over time", _view(gap), icon="show_chart",
                       measure=gap.measure)


def _view(gap: Gap) -> View:
    """The view of the group itself, inside its part."""
    return inside(gap.view.narrow(gap.column, (gap.value,)), gap.within)


def _support(frame: Frame, gap: Gap) -> None:
    """Who of those with the need has a plan, on both sides."""
    found = support(frame.store, gap, frame.preset, until=frame.view.end)
    if found is not None:
        st.markdown(support_sentence(gap.who, gap.others, found, frame.preset))
    elif frame.view.scope.staff:
        st.caption("We know no plans of support. Add a list of them to see who has one.")


def _course(frame: Frame, gap: Gap, start: date, reference: str) -> None:
    """The same gap, term by term, in the order of time."""
    found = moments(frame.store, gap, frame.preset, start=start, reference=reference)
    if len(found) < 2:
        st.caption("Not enough terms yet to see whether the gap moves.")
        return
    rows = tuple(_bar(m) for m in found)
    alt = alt_text("Dot chart", "the gap by term", [(b.label, b.text) for b in rows],
                   frame.description, gap_sentence(gap, frame.preset))
    frame.chart(Chart("dots", "The gap over time", "Dot: the gap in that term. Line: where it "
                      "likely lies. In the order of time.", rows, alt, percent=True,
                      levels=(Level(0.0, "no gap"),)), level=3, taken=False)


def _bar(moment: Moment) -> Bar:
    low, high = moment.range
    state = "ours" if low > 0 or high < 0 else "chance"
    sub = (f"{moment.here.bad} of {moment.here.of}, others {moment.other.bad} of "
           f"{moment.other.of} · likely {points_span(low, high)}")
    return Bar(moment.key, moment.label, moment.points, low, high, more_words(moment.points), "",
               sub, state)  # type: ignore[arg-type]
