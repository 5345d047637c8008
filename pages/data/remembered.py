"""What we remember about your files: each answer as a sentence, to change, forget, save or add."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from datetime import date
from html import escape
from typing import Any

import streamlit as st

from etl import answerfile, remembered
from etl.publish import revert
from etl.remembered import Answer, Kept
from pages.data import handing
from pages.data.uploads import escaped
from pages.parts import session
from pages.parts.frame import Frame
from school.errors import StaffroomError, WrongUse
from school.records import audit, loads, shapes
from school.records.loads import Load
from school.terms.dates import day_words
from school.terms.remembered import STANDS, changed_words, shape_words
from school.terms.words import upper_first

WHO = "owner"
TITLE = "What we remember about your files"
FORGET = "Forget it: ask me next time"
ASKING, ADDING, SAID, OLDER, ROUND = (
    f"remembered:{x}" for x in ("asking", "adding", "said", "older", "round"))
SAYING = (SAID, OLDER)  # what came of the last change; no longer news once files are added
SHOWN_LOADS = 6
Again = Callable[[str, bytes, date], None]


def draw(frame: Frame, again: Again) -> None:
    """The list of kinds of file with their answers; `again` reads a kept upload anew."""
    found = remembered.kept(frame.house)
    said = session.state(SAID)
    with st.expander(TITLE, icon=":material/bookmark:", expanded=bool(said)):
        if said:
            st.markdown(f"**{escaped(said)}**")
            _older(frame, again)
        if not found:
            st.markdown("Nothing yet. What you answer about a file is kept here, so that the "
                        "next file like it asks nothing.")
        for one in found:
            _kind(frame, one)
        with st.container(horizontal=True):
            if found:
                handing.offer(f"remembered:{_stamp(found)}", "Save these answers as a file",
                              lambda: answerfile.export(frame.house), "Save the answers")
            st.button("Add answers from a file", key="remembered:add", type="tertiary",
                      icon=":material/upload:", on_click=session.keep, args=(ADDING, "asked"))
    _questions(frame, found)


def _questions(frame: Frame, found: Sequence[Kept]) -> None:
    """The dialog that was asked for, once."""
    asked = session.state(ASKING)
    one = next((k for k in found if k.fingerprint == asked), None)
    if one is not None:
        session.keep(ASKING, None)
        _change(frame, one)
    elif session.state(ADDING) == "asked":
        session.drop([ADDING])
        _add(frame)


def _stamp(found: Sequence[Kept]) -> int:
    """Changes with every answer, so that an older file is never handed over."""
    return hash(tuple((k.fingerprint, a.about, a.value) for k in found for a in k.answers))


def _kind(frame: Frame, one: Kept) -> None:
    """One kind of file: what it is, and its answers as sentences."""
    shape = one.shape
    day = day_words(date.fromisoformat(shape.at[:10]), frame.preset, short=True) if shape.at else ""
    told = "What marks mean and how schools are spelled." if one.everywhere else \
        shape_words(shape.file, shape.columns, shape.headers, day)
    lines = "".join(f"<li>{escape(a.words)}</li>" for a in one.answers)
    with st.container(border=True):
        st.html(f"<p class='told'><b>{escape(one.title)}</b><br><small>{escape(told)}</small>"
                f"</p><ul class='told'>{lines}</ul>")
        st.button("Change or forget", key=f"remembered:{one.fingerprint}", type="tertiary",
                  icon=":material/edit:", help=f"{one.title}: {len(one.answers)}",
                  on_click=session.keep, args=(ASKING, one.fingerprint))


@st.dialog("Change or forget")
def _change(frame: Any, one: Kept) -> None:
    st.markdown(f"**{escaped(one.title)}**")
    for answer in one.answers:
        options = [*answer.choices, ""]
        st.selectbox(escaped(answer.begins), options, index=options.index(answer.value),
                     key=_field(one, answer),
                     format_func=lambda v, a=answer: upper_first(a.choices.get(v, FORGET)))
    st.caption(STANDS)
    with st.container(horizontal=True):
        done = [
            st.button("Save", type="primary", key="remembered:save", on_click=_save,
                      args=(frame, one)),
            st.button("Forget all of these", key="remembered:forget", on_click=_forget,
                      args=(frame, one)),
            st.button("Leave as it is", key="remembered:leave"),
        ]
    if any(done):
        st.rerun()


def _field(one: Kept, answer: Answer) -> str:
    return f"remembered:{one.fingerprint}:{answer.about}:{answer.value}"


def _save(frame: Any, one: Kept) -> None:
    """Keep what was chosen; name the uploads that were read with the answer of then."""
    changed = forgotten = 0
    older: dict[int, Load] = {}
    for answer in one.answers:
        value = session.state(_field(one, answer))
        if value is None or value == answer.value:
            continue
        if not value:
            shapes.forget(frame.house.records, one.fingerprint, answer.about)
            forgotten += 1
            continue
        with contextlib.suppress(WrongUse):
            found = remembered.change(frame.house, one.fingerprint, answer.about, str(value))
            older |= {load.id: load for load in found}
            changed += 1
    _told(frame, changed, forgotten, list(older))


def _forget(frame: Any, one: Kept) -> None:
    shapes.forget(frame.house.records, one.fingerprint)
    _told(frame, 0, len(one.answers), [])


def _told(frame: Any, changed: int, forgotten: int, older: list[int]) -> None:
    if changed or forgotten:
        audit.note(frame.house.records, WHO, "remembered answers",
                   {"changed": changed, "forgotten": forgotten})
    session.keep(SAID, changed_words(changed, forgotten, len(older)))
    session.keep(OLDER, older)


def _older(frame: Frame, again: Again) -> None:
    """Uploads that stand with the answer of then, each with a way to read it anew."""
    found = [loads.load(frame.house.records, n) for n in sorted(session.state(OLDER) or ())]
    standing = [load for load in found if load is not None and load.state == "standing"]
    for load in standing[:SHOWN_LOADS]:
        day = day_words(date.fromisoformat(load.at[:10]), frame.preset, short=True)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"{escaped(load.file)}, added on {day}", width="content")
            if _kept(frame, load):
                st.button("Undo and add again", key=f"remembered:again:{load.id}",
                          icon=":material/restart_alt:", on_click=_anew, args=(frame, load, again))
    if standing:
        frame.link("quality", "All uploads are listed under Data quality", icon="arrow_forward")


def _kept(frame: Frame, load: Load) -> bool:
    return load.kept_sha256 is not None and (frame.house.uploads / load.kept_sha256).exists()


def _anew(frame: Any, load: Load, again: Again) -> None:
    """Undo an upload, and read its kept file with the answers of now; using it is asked again."""
    content = (frame.house.uploads / str(load.kept_sha256)).read_bytes()
    with contextlib.suppress(WrongUse):  # somebody else was faster: it is undone either way
        revert(frame.house, load.id, WHO)
    again(load.file.rsplit("/", 1)[-1], content, load.as_of)


@st.dialog("Add answers from a file")
def _add(frame: Any) -> None:
    st.markdown("A file that another Staffroom saved under “Save these answers as a file”. What is "
                "answered here already stays as it is.")
    key = f"remembered:file:{session.state(ROUND, 0)}"

    def arrived() -> None:
        file = session.state(key)
        if file is not None:
            session.keep(SAID, _added(frame, file.getvalue()))
            session.drop([OLDER])
            session.keep(ROUND, session.state(ROUND, 0) + 1)
            session.keep(ADDING, "done")

    if session.state(ADDING) == "done":  # the file was dealt with: close the question
        session.drop([ADDING])
        st.rerun()
    st.file_uploader("Choose a file of answers", type=["json"], key=key, on_change=arrived)


def _added(frame: Any, content: bytes) -> str:
    try:
        done = answerfile.add(frame.house, content)
    except StaffroomError as error:
        return error.words
    audit.note(frame.house.records, WHO, "remembered answers", {"added": done.added})
    return done.words
