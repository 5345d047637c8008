"""Students of one class in three groups to plan lessons with: own staff only, written down."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pages.parts import tables
from pages.parts.frame import Frame
from school.learning import Cell, Groups, Learner, groups
from school.terms.numbers import grouped


def button(frame: Frame, cell: Cell) -> None:
    """A button that opens the three lists; nothing of it is in Present, the link or an export."""
    if frame.present or not frame.view.scope.staff or cell.pooled:
        return
    if st.button("See the students in groups", icon=":material/group:", key="groups"):
        found = groups(frame.store, frame.view, frame.preset, cell.goal, cell.room)
        tables.audited(frame.house, "opened the groups of a class", len(found.everybody))
        _dialog(found)


@st.dialog("Students in groups", width="large", icon=":material/group:")
def _dialog(found: Groups) -> None:
    st.caption("For staff of this school. Opening these lists is recorded. They are not in the "
               "link.")
    for place, (label, people) in zip(st.columns(3), (
            ("Not yet", found.not_yet), ("Nearly", found.nearly), ("Reached", found.reached)),
            strict=True):
        with place:
            _list(label, people)
    for label, people in (("Too few questions, or a level without a meaning", found.unsaid),
                          ("Not observed yet", found.unobserved)):
        if people:
            _list(label, people)


def _list(label: str, people: Sequence[Learner]) -> None:
    st.markdown(f"**{label}: {grouped(len(people))}**")
    same = len({p.seen for p in people}) < 2
    names = [p.shown for p in people]
    st.text("\n".join(
        ", ".join([p.shown, *([p.student_id] if names.count(p.shown) > 1 else []),
                   *([] if same or not p.seen else [p.seen])]) for p in people))
