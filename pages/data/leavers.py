"""Who did not come back this school year: each is confirmed, and counts as unknown until then."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from etl.rollover import EXITS, Leaver, confirm, leavers
from pages.data.uploads import WHO, escaped
from pages.parts import session
from pages.parts.frame import Frame
from school.errors import StaffroomError
from school.terms.numbers import counted
from school.terms.rollover import leavers_lead, leavers_of

SAID = "leavers:said"
SHOWN = 60  # students of one class at a time


def draw(frame: Frame) -> None:
    """One class at a time: a choice for each student, with the likely one chosen already."""
    if frame.present:
        return
    waiting = leavers(frame.house)
    said = session.state(SAID)
    if not waiting and not said:
        return
    st.header("Who did not come back", anchor=False)
    if said:
        session.keep(SAID, None)
        st.html(f'<p role="status">{said}</p>')
    if not waiting:
        return
    st.markdown(leavers_lead(len(waiting), waiting[0].year, frame.preset))
    classes: dict[tuple[str, str, str], list[Leaver]] = {}
    for one in waiting:
        classes.setdefault((one.year, one.school, one.label), []).append(one)
    groups = list(classes.values())
    chosen = st.selectbox(
        "Class", range(len(groups)), key="leavers:class",
        format_func=lambda n: leavers_of(groups[n][0].label, len(groups[n]), groups[n][0].school,
                                         groups[n][0].year, frame.preset))
    _form(frame, groups[min(chosen or 0, len(groups) - 1)])


def _form(frame: Frame, group: Sequence[Leaver]) -> None:
    shown = group[:SHOWN]
    place = f"{shown[0].year}:{shown[0].org_id}:{shown[0].label}"
    with st.form(f"leavers:{place}", border=True):
        with st.grid(2, min_column_width=260):
            for number, one in enumerate(shown):
                label = escaped(one.name or one.number or f"Student {number + 1}")
                if one.destination:
                    label += f" (now on the list of {escaped(one.destination)})"
                st.selectbox(label, list(EXITS), index=list(EXITS).index(one.proposed),
                             format_func=EXITS.__getitem__, key=_key(one))
        st.form_submit_button("Keep these answers", on_click=_keep, args=(frame, shown),
                              icon=":material/check:")
    if len(group) > SHOWN:
        st.caption(f"And {counted(len(group) - SHOWN, 'students', frame.preset)} more after these.")


def _key(one: Leaver) -> str:
    return f"leaver:{one.year}:{one.student}"


def _keep(frame: Any, shown: Sequence[Leaver]) -> None:
    """Keep what was chosen, as an upload that can be undone."""
    said = [(one, str(session.state(_key(one)) or one.proposed)) for one in shown]
    try:
        confirm(frame.house, WHO, said, frame.last or frame.view.as_of)
    except StaffroomError as error:
        session.keep(SAID, error.words)
        return
    words = f"Kept for {counted(len(said), 'students', frame.preset)}. Undo is among the uploads."
    session.keep(SAID, words)
