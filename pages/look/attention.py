"""Whom should someone talk to this week? Students by signs, with what was done; never exported."""

from __future__ import annotations

from datetime import date

import streamlit as st

from pages.look import worth
from pages.parts import session, tables
from pages.parts.charts import alt_text
from pages.parts.filters import column_words
from pages.parts.frame import Frame, Tile
from pages.parts.spec import Bar, Chart
from school.attention import Attention, Listed, attention
from school.attention.listing import FEW
from school.errors import StaffroomError
from school.records import attention as notes
from school.records.attention import DAYS, Note
from school.terms.dates import day_words
from school.terms.numbers import counted, grouped
from school.terms.words import upper_first

WHO = "owner"
SHOWN, SAID, HIDDEN = "attention:shown", "attention:said", "attention:hidden"
STEP = 20  # students drawn at once


def draw(frame: Frame) -> None:
    """The finding, the counts, and the list itself."""
    today = date.today()
    noted = notes.latest(frame.house.records, today)
    found = attention(frame.store, frame.view, frame.preset,
                      off=frozenset(n for n, note in noted.items() if note.off),
                      talked={n: note.day for n, note in noted.items()})
    if not frame.view.scope.staff:  # on a wall nobody is named and nothing is counted
        frame.heading(found.lead, stamp=frame.stamp(None))
        return
    if not found.answers and not found.days:
        frame.nobody()
        return
    frame.drawn.answers += found.answers
    frame.heading(found.lead, tiles=_tiles(found, frame),
                  stamp=frame.stamp(found.answers[0] if found.answers else None))
    if found.listed or found.one:
        frame.chart(_chart(found, frame))
    _list(frame, found, noted)
    worth.draw(frame)
    frame.how(*found.answers)


def _tiles(found: Attention, frame: Frame) -> list[Tile]:
    since = day_words(found.since, frame.preset, short=True)
    near = [] if found.near is None else [
        Tile("Can stay under", grouped(found.near, frame.preset), f"{FEW} days left or fewer")]
    return [
        Tile("New", grouped(sum(s.new for s in found.listed), frame.preset), f"since {since}"),
        Tile("Not yet talked with", grouped(found.untalked, frame.preset),
             f"of {grouped(len(found.listed), frame.preset)}"),
        *near,
        Tile("Off the list", grouped(found.off, frame.preset), "since last month"),
    ]


def _chart(found: Attention, frame: Frame) -> Chart:
    """Three bars: students with three, two and one sign."""
    names = {3: "Three signs", 2: "Two signs", 1: "One sign"}
    bars = tuple(_bar(str(n), names[n], found.count(n), frame) for n in names)
    alt = alt_text("Bar chart", "students by number of signs",
                   [(b.label, b.text) for b in bars], frame.description, found.lead.bold)
    return Chart("ranked", "Students by number of signs",
                 "The three signs: missing school, repeated trouble, below pass in mathematics or "
                 "the language. With one sign a student is counted and not listed.", bars, alt)


def _bar(key: str, label: str, students: int, frame: Frame) -> Bar:
    count = float(students)
    return Bar(key, label, count, count, count, grouped(students, frame.preset))


def _list(frame: Frame, found: Attention, noted: dict[int, Note]) -> None:
    """One block a student: signs in words, since when, what was done."""
    if not found.listed:
        return
    st.header("The list", anchor=False)
    hidden = st.toggle("Hide names", key=HIDDEN, persist_state="session")
    st.caption("For staff of this school; not in links, pictures or Excel files. A student leaves "
               f"after {DAYS} days with nothing new, or by a note.")
    said = session.state(SAID)
    if said:
        session.keep(SAID, None)
        st.html(f'<p role="status"><b>{said}</b></p>')
    most = int(session.state(SHOWN) or STEP)
    for number, one in enumerate(found.listed[:most], 1):
        _student(frame, one, noted.get(one.student), f"Student {number}" if hidden else "", found)
    left = len(found.listed) - most
    if left > 0:
        st.button(f"Show {min(left, STEP)} more", key="attention:more",
                  icon=":material/more_horiz:", on_click=lambda: session.keep(SHOWN, most + STEP))


def _student(frame: Frame, one: Listed, note: Note | None, stands_for: str,
             found: Attention) -> None:
    with st.container(border=True, key=f"attention:{one.student}"):
        with st.container(horizontal=True, horizontal_alignment="distribute"):
            place = one.class_name or f"{column_words('grade', frame.preset)} {one.grade}"
            st.markdown(f"**{tables.escaped(stands_for or one.name or one.student_id)}** · "
                        f"{tables.escaped(place)} · {tables.escaped(one.school)}", width="content")
            if one.new:
                st.badge("New", color="blue")
        st.markdown(tables.escaped(upper_first("; ".join(s.words for s in one.signs))) + ".")
        st.caption(_since(one, note, found, frame))
        with st.container(horizontal=True):
            with st.popover("Note what was done", icon=":material/edit_note:"):
                _form(frame, one)
            if st.button("Open", key=f"attention:open:{one.student}", icon=":material/person:"):
                frame.open_student(one.student)


def _since(one: Listed, note: Note | None, found: Attention, frame: Frame) -> str:
    """Since when she is listed, and what was done last."""
    since = day_words(found.since, frame.preset, short=True)
    first = f"New since {since}." if one.new else f"On the list before {since}."
    if note is None:
        return f"{first} Nobody has talked with this student yet."
    day = day_words(note.day, frame.preset, short=True)
    return f"{first} {day}: {tables.escaped(note.text)}"


def _form(frame: Frame, one: Listed) -> None:
    key = f"attention:note:{one.student}"
    st.text_area("What was done", key=key, max_chars=600, on_change="ignore",
                 placeholder="Talked with the family about the way to school")
    st.checkbox("Take off the list for a month", key=f"{key}:off", on_change="ignore")
    st.button("Keep this note", key=f"{key}:keep", icon=":material/check:",
              on_click=lambda: _keep(frame, one.student, key))


def _keep(frame: Frame, student: int, key: str) -> None:
    try:
        notes.add_note(frame.house.records, student, session.state(key) or "", WHO,
                       off=bool(session.state(f"{key}:off")))
    except StaffroomError as error:
        session.keep(SAID, error.words)
        return
    tables.audited(frame.house, "noted what was done", 1)
    session.keep(SAID, f"Kept. It stands here for {counted(DAYS, 'days')}.")

