"""Would you host a visit? A class that gains as host, a class that asks as guest; both say yes."""

from __future__ import annotations

from datetime import date

import streamlit as st

from pages.parts import session
from pages.parts.filters import labels
from pages.parts.frame import Frame
from school.errors import StaffroomError
from school.records import visits
from school.records.visits import Visit
from school.terms.dates import day_words
from school.within import Within

WHO = "owner"
SAID = "visit:said"
ANSWERS = {"asked": "Asked", "yes": "Yes", "no": "No"}


def draw(frame: Frame, found: Within, school: str) -> None:
    """Ask for a visit, and what the two teams said so far."""
    hosts = {f"{s.class_name}|{s.subject}": f"{s.class_name}, {s.subject}" for s in found.steady}
    classes = list(labels(frame.known, "class").values())
    with st.popover("Ask for a visit", icon=":material/waving_hand:"):
        st.selectbox("Which class would host?", list(hosts), format_func=hosts.get,
                     key="visit:host", on_change="ignore")
        st.selectbox("Which class would like to come?", classes, index=None, key="visit:guest",
                     on_change="ignore", placeholder="Choose")
        st.button("Ask both teams", key="visit:ask", icon=":material/check:",
                  on_click=lambda: _ask(frame, school))
    said = session.state(SAID)
    if said:
        session.keep(SAID, None)
        st.html(f'<p role="status"><b>{said}</b></p>')
    for one in visits.visits(frame.house.records, school):
        _visit(frame, one)


def _ask(frame: Frame, school: str) -> None:
    host, _, subject = str(session.state("visit:host") or "").partition("|")
    guest = session.state("visit:guest")
    if not host or not guest:
        session.keep(SAID, "Choose both classes.")
        return
    try:
        visits.ask(frame.house.records, school, host, subject, str(guest), WHO)
    except StaffroomError as error:
        session.keep(SAID, error.words)


def _visit(frame: Frame, one: Visit) -> None:
    """One visit: who hosts, who comes, and a word of each."""
    day = day_words(date.fromisoformat(one.at[:10]), frame.preset, short=True)
    agreed = " Both said yes." if one.agreed else ""
    st.markdown(f"**{one.guest} visits {one.host}, {one.subject}**, asked on {day}.{agreed}")
    with st.container(horizontal=True):
        for role, now in (("host", one.host_said), ("guest", one.guest_said)):
            key = f"visit:{one.id}:{role}"
            st.segmented_control(f"The {role} says", list(ANSWERS), default=now, key=key,
                                 format_func=ANSWERS.get, required=True,
                                 on_change=lambda r=role, k=key: _answer(frame, one.id, r, k))


def _answer(frame: Frame, visit: int, role: str, key: str) -> None:
    visits.answer(frame.house.records, visit, **{role: session.state(key)})
