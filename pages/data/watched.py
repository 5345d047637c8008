"""The watched folder on the page: what waits, what was used, and which folder it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path

import streamlit as st

from etl import jobs, listing, taking, watching
from pages.data import brought
from pages.data.uploads import escaped
from pages.parts import session
from pages.parts.frame import Frame
from school.errors import WrongUse
from school.records import folder as records
from school.records.folder import Arrived, Folder
from school.terms import folder as words

WHO = "owner"
SHOWN = 6
EVERY = 4.0  # seconds between two looks at what the folder brought
WHY, SAID = "folder:why", "folder:said"
PATH, ALONE = "folder:path", "folder:alone"
LOOK, ALONE_WORDS = "Wait until I look at it", "Use it by itself if nothing is asked or missing"
STATES = {"asks": "needs an answer", "waiting": "ready", "refused": "could not be used",
          "used": "used", "known": "among the uploads", "aside": "set aside", "left": "left out",
          "gone": "taken out of the folder", "replaced": "replaced by a newer one"}
Start = Callable[[list[tuple[str, bytes]]], None]


def waiting(frame: Frame, start: Start) -> None:
    """Files of the folder that wait for a person; `start` reads them as any others."""
    folder = records.folder(frame.house.records)
    said = session.state(SAID)
    if said:
        session.keep(SAID, None)
        st.markdown(f"**{said}**")
    if folder is None:
        return
    files = brought.since(frame)
    open_ones = [one for one in files if one.open]
    told = brought.told(frame, files)
    if told:
        with st.container(border=True):
            st.markdown(f"**{told}**")
            if open_ones:
                _names(open_ones)
                _buttons(frame, folder, open_ones, start)
    _keep_looking(frame, files)


def _buttons(frame: Frame, folder: Folder, open_ones: Sequence[Arrived], start: Start) -> None:
    useful = [one for one in open_ones if one.state != "refused"]

    def look() -> None:
        files, gone = taking.contents(frame.house, folder, useful)
        session.keep(SAID, words.gone(gone) if gone else "" if files else words.NOT_NOW)
        start(files)

    def leave() -> None:
        records.settle(frame.house.records, [one.id for one in open_ones], "left")

    with st.container(horizontal=True):
        if useful:
            some = len(useful) > listing.AT_ONCE
            st.button(f"Look at the first {listing.AT_ONCE}" if some else "Look at what waits",
                      key="folder:look", on_click=look, icon=":material/visibility:")
        st.button("Leave out", key="folder:leave", on_click=leave, type="tertiary",
                  help="The files stay in the folder. One is asked about again when it changes.")


def _names(files: Sequence[Arrived]) -> None:
    shown = "".join(f"<li>{escape(one.name)}: {escape(_state(one))}</li>" for one in files[:SHOWN])
    more = len(files) - SHOWN
    rest = f"<p><small>and {more} more</small></p>" if more > 0 else ""
    st.html(f"<ul>{shown}</ul>{rest}")


def _state(one: Arrived) -> str:
    if one.open and one.words:
        return one.words if one.state != "waiting" else f"{one.words} Ready."
    return STATES[one.state]


def _keep_looking(frame: Frame, drawn: Sequence[Arrived]) -> None:
    """Draw the page anew when the folder has brought something; until then leave it alone."""
    reading = jobs.current(frame.house, "folder")
    if reading is not None:
        st.caption("Reading files of the folder.")
    then = (_marks(drawn), watching.status(frame.house), reading is None)

    @st.fragment(run_every=EVERY)
    def watch() -> None:
        now = (_marks(brought.since(frame)), watching.status(frame.house),
               jobs.current(frame.house, "folder") is None)
        if now != then:
            st.rerun()

    watch()


def _marks(files: Sequence[Arrived]) -> list[tuple[int, str]]:
    return [(one.id, one.state) for one in files]


def setting(frame: Frame) -> None:
    """Which folder is watched, and whether what it brings is used by itself."""
    folder = records.folder(frame.house.records)
    status = watching.status(frame.house) if folder else watching.Status()
    why = session.state(WHY) or status.trouble
    label = f"Watched folder: {_name(folder.path)}" if folder else "Watch a folder"
    with st.expander(label, icon=":material/folder_eye:", expanded=bool(why)):
        st.caption("Save exports to this folder, and Staffroom finds them within half a minute. It "
                   "only reads them: nothing in the folder is changed, moved or deleted. Folders "
                   "inside it are not looked into.")
        st.text_input("Whole path of the folder", value=str(folder.path) if folder else "",
                      key=PATH, max_chars=1000, on_change="ignore")
        st.radio("What comes into it", [LOOK, ALONE_WORDS], key=ALONE, on_change="ignore",
                 index=int(folder.by_itself) if folder else 0)
        for line in (why, words.slow(status.shared) if status.shared else "",
                     words.growing(status.growing) if status.growing else ""):
            if line:
                st.html(f"<p><b>{escape(line)}</b></p>")
        with st.container(horizontal=True):
            st.button("Save this" if folder else "Watch this folder", key="folder:set",
                      on_click=_set, args=(frame,), icon=":material/folder_eye:")
            if folder:
                st.button("Watch no folder", key="folder:off", on_click=_off, args=(frame,),
                          type="tertiary", icon=":material/folder_off:")
        if folder:
            _lately(frame)


def _name(path: Path) -> str:
    return escaped(path.name or str(path))


def _lately(frame: Frame) -> None:
    over = [one for one in brought.since(frame, 7) if not one.open]
    if over:
        st.markdown("The last 7 days")
        _names(over)


def _set(frame: Frame) -> None:
    session.drop([WHY])
    try:
        path = listing.chosen(session.state(PATH) or "", frame.house.folder)
    except WrongUse as error:
        session.keep(WHY, error.words)
        return
    alone = session.state(ALONE) == ALONE_WORDS
    records.watch(frame.house.records, WHO, Folder(path, alone))
    session.drop([PATH])
    session.keep(SAID, f"This folder is watched now: {_name(path)}.")


def _off(frame: Frame) -> None:
    records.watch(frame.house.records, WHO, None)
    session.drop([WHY, PATH, ALONE])
