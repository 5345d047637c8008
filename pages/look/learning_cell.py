"""Learning: the panel of a chosen cell, and questions of tests that want a look."""

from __future__ import annotations

import streamlit as st

from pages.parts import groups
from pages.parts.frame import Frame, Table
from pages.parts.tables import escaped
from school.learning import Board, Cell, Goal, Kind, board, questions
from school.terms import learning as words
from school.terms.numbers import counted, grouped, percent

PARTS: tuple[tuple[Kind, str], ...] = (
    ("ability", "Abilities in it"), ("concept", "Concepts in it"))


def panel(frame: Frame, cell: Cell, label: str) -> None:
    """One goal in one class: its counts, what it rests on, and the students in groups."""
    with st.container(border=True, key="panel"):
        st.header(escaped(label), anchor=False)
        if cell.pooled:
            st.markdown(words.pooled_words(cell.reached, cell.judged, cell.goal.kind, frame.preset))
            st.markdown(escaped(words.behind_words(cell.behind, cell.goal.kind)))
        else:
            _counts(frame, cell)
        _rests_on(frame, cell)
        groups.button(frame, cell)


def _counts(frame: Frame, cell: Cell) -> None:
    """Students by what was seen of them."""
    st.markdown(words.cell_words(cell.reached, cell.judged, cell.likely, cell.unobserved, cell.few,
                                 frame.preset))
    if cell.judged:
        st.markdown(f"Reached {cell.reached} · Nearly {cell.nearly} · Not yet {cell.not_yet}")
    if cell.no_line:
        st.markdown(words.no_line_words(cell.no_line, frame.preset))


def _rests_on(frame: Frame, cell: Cell) -> None:
    """Abilities first, then concepts, each with what the class has reached of it."""
    for kind, title in PARTS:
        found = board(frame.store, frame.view, frame.preset, kind)
        parts = [found.names[p] for p in cell.goal.parts if p in found.names
                 and found.names[p].kind == kind]
        if parts:
            listed = "\n".join(f"- {escaped(_part(frame, found, p, cell))}" for p in parts)
            st.markdown(f"**{title}**\n{listed}")


def _part(frame: Frame, found: Board, part: Goal, cell: Cell) -> str:
    there = found.cell(part, cell.room)
    if there is None or not there.judged:
        return f"{part.name}: not observed"
    counts = (f"{grouped(there.reached, frame.preset)} of "
              f"{grouped(there.judged, frame.preset)} reached")
    others = [name for name in there.behind if name != cell.goal.name]
    also = f". It also holds back: {'; '.join(others)}" if others else ""
    return f"{part.name}: {counts}{' over all its outcomes' if there.pooled else ''}{also}"


def questions_to_check(frame: Frame) -> None:
    """Questions that hardly anybody or nearly everybody got right, or that go against the rest."""
    found = questions(frame.store, frame.view, frame.preset)
    if not found:
        return
    st.header("Questions of the tests", anchor=False)
    odd = [q for q in found if q.why]
    if not odd:
        st.markdown(f"None of {counted(len(found), 'questions', frame.preset)} wants a look.")
    for one in odd[:5]:
        why = "; ".join(words.CHECK[w] for w in one.why)
        which = escaped(f"{one.item} of {one.test} ({one.subject})")
        st.markdown(f"- **Check the question:** {which}: {why}.")
    many = len({q.school for q in found}) > 1
    frame.table(Table(tuple(
        {**({"School": q.school} if many else {}), "Test": q.test, "Subject": q.subject,
         "Question": q.item, "Students": q.students, "Right": percent(q.right, q.students),
         "Goes with the rest": "too few to say" if q.goes_with is None else f"{q.goes_with:.2f}",
         "Check": "; ".join(words.CHECK[w] for w in q.why)} for q in found),
        title="All questions"))
