"""What would you like to do first? The one page of a Staffroom without data: two ways in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

import server
from etl import guard, jobs
from pages.data import pasting
from pages.parts import session
from school.house import House

QUESTION = "What would you like to do first?"
COUNTRIES = {"india": "India", "england": "England", "us": "United States", "": "Elsewhere"}


def draw(data: session.HouseName, house: House, pages: Mapping[str, Any]) -> None:
    """Country, own files, or the invented schools."""
    st.html("<style>[data-testid='stSidebar'],[data-testid='stExpandSidebarButton']"
            "{display:none}</style>")
    st.title(QUESTION, anchor=False)
    st.html('<p class="lead"><b>Staffroom reads the Excel files your school already has.</b> '
            "Your files stay on this computer. Nothing is sent anywhere.</p>")
    own = session.house("own") or house
    country = _country(own)
    with st.grid(2, min_column_width=280):
        with st.container(border=True, height="stretch"):
            _own_files(own, country, pages)
        with st.container(border=True, height="stretch"):
            _look_around(own)
    st.page_link(pages["quality"], label="Restore from a saved file",
                 icon=":material/settings_backup_restore:", query_params={"data": "own"})


def _country(own: House) -> str:
    standing = own.preset.name if own.preset else None
    guess = standing or guessed(st.context.timezone)
    picked = st.segmented_control(
        "Our school is in", list(COUNTRIES), default=guess, required=True, key="first:country",
        format_func=lambda c: COUNTRIES[c],
    )
    st.caption("It sets the words, the marks of the register and the school year. "
               "You can change it later.")
    return picked or ""


def guessed(timezone: str | None) -> str:
    """A country from the browser's time zone; 'Elsewhere' if none of ours."""
    zone = timezone or ""
    if zone in ("Asia/Kolkata", "Asia/Calcutta"):
        return "india"
    if zone == "Europe/London":
        return "england"
    american = ("America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles",
                "America/Phoenix", "America/Anchorage", "America/Detroit", "Pacific/Honolulu")
    return "us" if zone in american or zone.startswith("America/Indiana/") else ""


def _own_files(own: House, country: str, pages: Mapping[str, Any]) -> None:
    st.header("Use our own files", anchor=False)
    st.markdown("Attendance, marks, class lists or surveys. Excel, CSV or a zip. Any layout.")
    files = st.file_uploader("Choose files to read", type=guard.TYPES, accept_multiple_files=True,
                             key="first:files")
    paste = st.button("Paste a table instead", key="first:paste", type="tertiary",
                      icon=":material/content_paste:")
    if paste or files:
        session.keep(pasting.OPEN, paste)
        own.choose_preset(country or None)
        session.hand_over([(f.name, f.getvalue()) for f in files])
        session.keep("data", "own")
        st.switch_page(pages["upload"], query_params={"data": ["own"]})


def _look_around(own: House) -> None:
    st.header("Look around first", anchor=False)
    st.markdown("Two years of made-up data. One click removes it.")
    running = jobs.current(own, "sample")
    if running is not None:
        session.keep("first:job", running.id)
        _progress(own, running.id)
        return
    _came_to_nothing(own)
    if st.button("Open 16 invented schools", key="first:sample", icon=":material/travel_explore:"):
        if session.house("sample") is None:
            jobs.start(own, "sample", _build)
        else:
            session.start_over("sample")
        st.rerun()


def _build(running: jobs.Running) -> None:
    """Read the invented workbooks into their own folder, as any file is read."""
    from etl.samples import build  # the readers are heavy, and most starts never come here

    build(server.data_folder() / "sample", running.progress, running.stopped)


def _came_to_nothing(own: House) -> None:
    """Say why the last try in this tab ended without schools."""
    number = session.state("first:job")
    job = jobs.status(own, number) if number else None
    if job is not None and job.state in ("failed", "lost"):
        st.markdown(f"**{job.words}**")


@st.fragment(run_every=1)
def _progress(own: House, number: int) -> None:
    """How far the invented schools are, once a second; leaving the page changes nothing."""
    job = jobs.status(own, number)
    if job is None or not job.open:
        if job is not None and job.state == "done":
            session.start_over("sample")
        st.rerun()
    st.progress(job.done / job.of if job.of else 0.0, text=job.words)
    if st.button("Stop", key="first:stop", icon=":material/stop:"):
        jobs.stop(own, number)
