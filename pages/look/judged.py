"""What may be said beside a number: a day of the week, a gain beside others of the same start."""

from __future__ import annotations

import streamlit as st

from pages.parts.filters import labels
from pages.parts.frame import Frame
from school.growth import from_below, residual_gain
from school.measures import StudentRow
from school.terms import judged as words
from school.weekdays import weekday_pattern


def draw(frame: Frame, measure: str, split: str | None) -> None:
    """The sentences that fit this number and this split; nothing for the others."""
    if frame.present:
        return
    if split == "weekday" and measure in ("absence_rate", "attendance_rate"):
        st.markdown(words.weekday_sentence(weekday_pattern(frame.store, frame.view, frame.preset)))
    if measure == "gain" and frame.view.scope.staff:
        _gains(frame, split)


def _gains(frame: Frame, split: str | None) -> None:
    """Gain against others with the same start, and what a low group gains by itself."""
    below = from_below(frame.store, frame.view, frame.preset)
    if below is not None:
        st.markdown(words.by_itself_sentence(below, frame.preset))
    found = residual_gain(frame.store, frame.view, frame.preset,
                          _class if split == "class" else _grade)
    if found.why or len(found.groups) < 2:
        return
    named = labels(frame.known, "class" if split == "class" else "grade")
    with st.expander("Gain against others with the same start", icon=":material/compare_arrows:"):
        st.caption(words.SAME_START)
        st.dataframe([words.residual_line(named.get(g.label, g.label), g, frame.preset)
                      for g in found.groups], hide_index=True, row_height=36,
                     alt="Gain against others with the same start")


def _grade(row: StudentRow) -> str:
    return row.grade


def _class(row: StudentRow) -> str:
    return row.class_name
