"""Numbers of our own: what a column that the school counts itself is called, and how it is read."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import streamlit as st

from pages.data.uploads import WHO, escaped
from pages.parts import session
from pages.parts.frame import Frame
from school import own
from school.answers import Better
from school.errors import StaffroomError
from school.measures import own_names
from school.records.numbers import OwnNumber, own_numbers
from school.terms.numbers import counted

SAID = "own:said"
WRONG = "own:wrong"
SIDES: Mapping[Better, str] = {
    "higher": "More is better", "lower": "Less is better", "neither": "Neither",
}
HOW = ("A column of any list of students can be kept as a number of your own: choose “A number of "
       "our own” for it under “Which column is which” when you upload.")


def draw(frame: Frame) -> None:
    """The numbers that were uploaded, defined or not, and the form of the chosen one."""
    if frame.present:
        return
    there = own_names(frame.store, frame.view.scope)
    defined = {d.name: d for d in own_numbers(frame.house.records)}
    said, wrong = session.state(SAID), session.state(WRONG)
    st.header("Numbers of our own", anchor=False)
    for key, words in ((SAID, said), (WRONG, wrong)):
        if words:
            session.keep(key, None)
            st.html(f'<p role="status">{escape(words)}</p>')
    names = sorted({*there, *defined})
    if not names:
        st.markdown(HOW)
        return
    st.markdown(_lead(names, defined))
    for name in names:
        _line(frame, name, there.get(name, 0), defined.get(name))


def _lead(names: list[str], defined: Mapping[str, OwnNumber]) -> str:
    waiting = sum(n not in defined for n in names)
    if waiting:
        which = "One number has" if waiting == 1 else f"{waiting} numbers have"
        return f"**{which} no title yet.** With one, it stands in Compare and Progress."
    return "Each stands in Compare and Progress under its title."


def _line(frame: Frame, name: str, students: int, known: OwnNumber | None) -> None:
    """One number with what is said of it, and the button that opens its form."""
    with st.container(border=True), st.container(
            horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        title = escaped(known.title if known else name)
        st.markdown(f"**{title}**  \n{escaped(_words(name, known))}, "
                    f"{counted(students, 'students', frame.preset)}", width="content")
        if st.button("Change" if known else "Give it a title", key=f"own:open:{name}",
                     icon=":material/edit:"):
            _dialog(frame, name, known)


def _words(name: str, known: OwnNumber | None) -> str:
    if known is None:
        return "No title yet"
    line = "" if known.line is None else f", our line at {known.line:g}"
    column = "" if known.name == known.title else f"Column “{name}”, "
    return f"{column}{known.unit}, {SIDES[known.better].lower()}{line}"


@st.dialog("A number of our own", icon=":material/calculate:")
def _dialog(frame: Frame, name: str, known: OwnNumber | None) -> None:
    if session.state(SAID):  # saved or taken away: the page says so
        st.rerun()
    key = f"own:{name}"
    wrong = session.state(WRONG)
    if wrong:
        session.keep(WRONG, None)
        st.error(wrong)
    with st.form(key, border=False):
        st.text_input("Title", known.title if known else name, max_chars=own.LONGEST,
                      key=f"{key}:title")
        st.text_input("Counted in", known.unit if known else "", max_chars=own.LONGEST,
                      key=f"{key}:unit", placeholder="minutes")
        st.segmented_control("Which way is good?", list(SIDES), key=f"{key}:better",
                             format_func=lambda side: SIDES[side], required=True,
                             default=known.better if known else "higher")
        st.number_input("Our line (you may leave it open)", value=known.line if known else None,
                        key=f"{key}:line",
                        help="From here on the bad side somebody should look at a student.")
        st.number_input("Fewest people it is shown of outside our own staff", own.LEAST, 1000,
                        known.minimum if known else 10, key=f"{key}:minimum")
        st.form_submit_button("Save", type="primary", on_click=_save,
                              args=(frame, name, known, key))
    if known is not None:
        st.button("Take the title away", type="tertiary", key=f"{key}:forget", on_click=_forget,
                  args=(frame, known))


def _save(frame: Any, name: str, known: OwnNumber | None, key: str) -> None:
    """Keep what stands in the form (as a callback); where something is missing it is said."""
    given: dict[str, Any] = {part: session.state(f"{key}:{part}")
                             for part in ("title", "unit", "better", "line", "minimum")}
    try:
        own.define(frame.house, WHO, name, title=str(given["title"] or ""),
                   unit=str(given["unit"] or ""), better=given["better"] or "neither",
                   minimum=int(given["minimum"]), line=given["line"],
                   version=known.version if known else None)
    except StaffroomError as error:
        session.keep(WRONG, error.words)
        return
    session.keep(SAID, f"Saved: {given['title']}.")


def _forget(frame: Any, known: OwnNumber) -> None:
    own.forget(frame.house, WHO, known.slug)
    session.keep(SAID, f"{known.title} has no title now. Its values are kept.")
