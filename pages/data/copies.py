"""Keep a copy: everything as one file, and back from it; a warning where the folder is shared.

A copy is a job, so that it goes on when the page is left. A restore asks first, and what stood
here before is moved aside.
"""

from __future__ import annotations

import secrets
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import streamlit as st

import server
from etl import jobs
from pages.data.uploads import escaped
from pages.parts import guard, links, session
from pages.parts.frame import Frame
from school.backup import save
from school.config import Preset
from school.errors import StaffroomError
from school.house import House
from school.records import loads
from school.restore import look_into, restore
from school.terms.copies import restore_question, restored_words, shared_warning
from school.terms.dates import day_words
from school.whereabouts import shared_by

WHO = "owner"
JOB = "copies:job"
SAID = "copies:said"
HEADER = "Keep a copy"
LIMIT = ("A saved file of more than 100 MB is restored by the command line: "
         "python -m etl restore FILE")


def warn(frame: Frame) -> None:
    """Say so where the data folder is synchronised or on a network drive, or was mended."""
    if frame.present or frame.data == "sample":
        return
    who = shared_by(frame.house.folder)
    if who is not None:
        st.warning(shared_warning(who), icon=":material/cloud_sync:")
    for note in frame.house.notes:
        st.info(escaped(note), icon=":material/build:")


def draw(frame: Frame) -> None:
    """The section: save everything, and restore."""
    if frame.present or frame.data == "sample":
        return
    st.header(HEADER, anchor=False)
    st.markdown("One file with everything: what was uploaded, the files themselves, comments, "
                "targets and settings. Keep it on a stick or another computer, not in this folder.")
    _save(frame.house)
    with st.expander("Restore from a saved file", icon=":material/settings_backup_restore:"):
        offer(frame.house)


def begin(frame: Frame) -> None:
    """The way in for a saved file where nothing is here yet."""
    if frame.present or frame.data == "sample":
        return
    st.header("Restore from a saved file", anchor=False)
    offer(frame.house)


def offer(house: House) -> None:
    """Choose a saved file; it is looked into before anything is asked."""
    said = session.state(SAID)
    if said:
        st.markdown(f"**{said}**")
    key = f"copies:file:{session.state('copies:round', 0)}"
    file = st.file_uploader("Choose a saved file", type=["zip"], key=key)
    st.caption(LIMIT)
    if file is not None and st.button("Restore this file", key="copies:ask",
                                      icon=":material/settings_backup_restore:"):
        session.drop([SAID])
        _ask(house, _received(house, file.getvalue()))


def _received(house: House, content: bytes) -> Path:
    """The file on this disk, where the next start clears away what was left."""
    place = house.staging / secrets.token_hex(8)
    place.mkdir(parents=True, mode=0o700)
    path = place / "copy.zip"
    path.write_bytes(content)
    return path


@st.dialog("Restore from this file?")
def _ask(house: Any, path: Path) -> None:
    if not path.exists():  # it was answered: close the question
        st.rerun()
    try:
        found = look_into(path)
    except StaffroomError as error:
        st.markdown(f"**{error.words}**")
        return
    standing = len(loads.loads(house.records, "standing"))
    day = _day(str(found["saved"]), house.preset)
    st.markdown(restore_question(loads=int(found["loads"]), day=day, standing=standing))
    st.caption("It may take a minute.")
    with st.container(horizontal=True):
        st.button("Restore it", type="primary", key="copies:restore", on_click=_restore,
                  args=(house, path))
        st.button("Keep what is here", key="copies:stay", on_click=_remove, args=(path,))


def _restore(house: Any, path: Path) -> None:
    """Put the file in the place of the data, while nobody else can look at them."""
    if jobs.current(house) is not None:
        session.keep(SAID, "Something is still being read or saved. Wait for it, then try again.")
        return
    try:
        with server.closed(house.folder) as folder:
            done = restore(path, folder, WHO)
    except StaffroomError as error:
        guard.note(error, "restore")
        session.keep(SAID, error.words)
        return
    finally:
        _remove(path)
    fresh = session.house("own")
    words = restored_words(loads=done.loads, day=_day(done.saved, fresh.preset if fresh else None),
                           aside=done.aside.name if done.aside else None)
    session.start_over("own")
    session.drop([JOB])
    session.keep("copies:round", session.state("copies:round", 0) + 1)
    session.keep(SAID, " ".join((words, *done.notes)))


def _remove(path: Path) -> None:
    shutil.rmtree(path.parent, ignore_errors=True)


def _day(moment: str, preset: Preset | None) -> str:
    return day_words(date.fromisoformat(moment[:10]), preset, short=True)


def _save(house: House) -> None:
    number = session.state(JOB)
    job = jobs.status(house, number) if number else jobs.current(house, "save")
    if job is not None and job.open:
        session.keep(JOB, job.id)
        _progress(house, job.id)
        return
    address = jobs.result(house, job.id) if job is not None and job.state == "done" else None
    if address:
        st.markdown(f"**Everything is saved.** [Get the file]({address}) within the next hour.")
    elif job is not None:
        st.markdown(f"**{job.words}**")
    st.button("Save everything", key="copies:save", icon=":material/save:", on_click=_begin,
              args=(house,))


def _begin(house: Any) -> None:
    name = f"Staffroom {date.today().isoformat()}.zip"

    def work(running: jobs.Running) -> str:
        return links.write_export(
            lambda path: save(house, path, WHO, progress=running.progress,
                              stopped=running.stopped), name, "application/zip")

    session.drop([SAID])
    session.keep(JOB, jobs.start(house, "save", work))


@st.fragment(run_every=0.7)
def _progress(house: House, number: int) -> None:
    """How far the copy is; leaving the page changes nothing."""
    job = jobs.status(house, number)
    if job is None or not job.open:
        st.rerun()
        return
    st.progress(min(job.done / job.of, 1.0) if job.of else 0.0, text=job.words)
    if st.button("Stop", key="copies:stop", icon=":material/stop:"):
        jobs.stop(house, number)
