"""After an upload: what was added, where to see it, and Undo."""

from __future__ import annotations

from datetime import date

import streamlit as st

from etl import intake
from etl.publish import revert
from etl.refold import what_goes_back
from pages.data import handing, uploads
from pages.parts import session
from pages.parts.frame import Frame
from school.records import loads
from school.terms.dates import day_words
from school.terms.numbers import grouped
from school.terms.upload import upload_done_lead, upload_same_lead
from school.terms.words import Lead, noun

WHO = "owner"


def draw(frame: Frame, used: intake.Used, job_id: int) -> None:
    """Counts of source rows, and the ways on."""
    undone = bool(session.state(_undone(job_id)))
    frame.heading(Lead("This upload was undone.", "What stood before stands again.") if undone
                  else lead(frame, used))
    with st.container(horizontal=True, vertical_alignment="center"):
        if frame.last is not None:
            frame.link("overview", "See what it shows", icon="arrow_forward")
        if used.loads and not undone:
            st.button("Undo", icon=":material/undo:", key=f"undo:{job_id}",
                      on_click=lambda: session.keep("upload:asking", job_id))
    for load_id in used.loads if not undone else ():
        load = loads.load(frame.house.records, load_id)
        if load is not None:
            handing.rows_back(frame.house, load, "done")
    if session.state("upload:asking") == job_id and not undone:
        session.keep("upload:asking", None)
        _ask(frame, used, job_id, _goes_back(frame, used))


def lead(frame: Frame, used: intake.Used) -> Lead:
    """What became of the rows; for files that were here already, when they came."""
    known = [r for r in used.reports if r.state == "known"]
    if known and not used.loads:
        load = loads.load(frame.house.records, known[0].load_id or 0)
        day = _day(frame, load.at) if load else "an earlier day"
        return upload_same_lead(day)
    return upload_done_lead(
        read=used.count("read"), new=used.count("loaded"), same=used.count("unchanged"),
        changed=used.count("changed"), left_out=used.count("rejected"), preset=frame.preset)


def _day(frame: Frame, moment: str) -> str:
    return day_words(date.fromisoformat(moment[:10]), frame.preset, short=True)


def _undone(job_id: int) -> str:
    return f"upload:undone:{job_id}"


@st.dialog("Undo this upload")
def _ask(frame: Frame, used: intake.Used, job_id: int, words: str) -> None:
    """Told beforehand: once it is undone, nothing more goes back."""
    st.markdown(words)
    st.markdown("The file stays listed under Data quality and can be added again.")
    with st.container(horizontal=True):
        undo = st.button("Undo it", type="primary", key="undo:yes",
                         on_click=lambda: _undo(frame, used, job_id))
        leave = st.button("Keep it", key="undo:no")
    if undo or leave:
        st.rerun()


def _goes_back(frame: Frame, used: intake.Used) -> str:
    """What an undo would do: the numbers that move for one file, rows for several."""
    if len(used.loads) == 1:
        return uploads.goes_back_words(what_goes_back(frame.house, used.loads[0]))
    rows = used.count("loaded") + used.count("changed")
    return f"{grouped(rows, frame.preset)} {noun(rows, 'rows')} go back to what stood before."


def _undo(frame: Frame, used: intake.Used, job_id: int) -> None:
    for load_id in reversed(used.loads):
        revert(frame.house, load_id, WHO)
    session.keep(_undone(job_id), True)
