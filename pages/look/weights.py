"""How much each need weighs: decided, signed and dated while the ranking is out of sight."""

from __future__ import annotations

from datetime import date

import streamlit as st

from pages.parts import session
from pages.parts.frame import Frame
from school.errors import StaffroomError
from school.needs import Needs
from school.records import needs as decided
from school.records.needs import LEAST, MOST, Weights
from school.terms.dates import day_words
from school.terms.words import Lead

ASKED, SAID = "needs:weighing", "needs:weighing:said"
LEAD = Lead("The order is out of sight while you weigh.",
            "Decide first what matters more, then look at the numbers.")
WHY = ("1 counts a student once, 3 counts her three times. What is graver for a student weighs "
       "more, whoever it is about.")


def asked(frame: Frame) -> bool:
    """Whether the weights are being decided in this tab."""
    return bool(session.state(ASKED)) and not frame.present


def offer(frame: Frame, kept: Weights | None) -> None:
    """The way to the weights, and who set those that count."""
    if frame.present:
        return
    words = "All needs weigh the same."
    if kept:
        day = day_words(date.fromisoformat(kept.at[:10]), frame.preset, short=True)
        words = f"Weights of {day}, decided by {kept.who}."
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("Set weights", icon=":material/balance:", key="needs:weigh",
                  on_click=lambda: session.keep(ASKED, True))
        st.caption(words)


def draw(frame: Frame, found: Needs, kept: Weights | None) -> None:
    """Nothing but the dialog: no count, no order."""
    frame.heading(LEAD)
    st.dialog("How much does each need weigh?", on_dismiss=_close)(_form)(frame, found, kept)


def _close() -> None:
    session.keep(ASKED, False)
    session.keep(SAID, None)


def _form(frame: Frame, found: Needs, kept: Weights | None) -> None:
    if not asked(frame):  # a button of the dialog reruns the dialog alone
        st.rerun()
    now = dict(kept.weights) if kept else {}
    named = sorted((n.label, n.key) for n in found.whole)
    st.caption(WHY)
    said = session.state(SAID)
    if said:
        st.html(f'<p role="status"><b>{said}</b></p>')
    with st.form("needs:weights", border=False):
        for label, key in named:
            st.slider(label, LEAST, MOST, now.get(key, LEAST), 0.5, "%.1f", key=_key(key))
        st.text_input("Who decided this?", key="needs:weights:who", max_chars=60,
                      placeholder="The leadership team")
        st.form_submit_button("Keep these weights", type="primary", icon=":material/check:",
                              on_click=_keep, args=(frame, now, [k for _, k in named]))
    st.button("Not now", key="needs:weights:not", on_click=_close)


def _key(need: str) -> str:
    return f"needs:weight:{need}"


def _keep(frame: Frame, now: dict[str, float], keys: list[str]) -> None:
    chosen = {**now, **{k: float(session.state(_key(k)) or LEAST) for k in keys}}
    try:
        decided.set_weights(frame.house.records, chosen, session.state("needs:weights:who") or "")
    except StaffroomError as error:
        session.keep(SAID, error.words)
        return
    _close()
