"""Learning: the grid of one class to download, fill in with Excel and drop back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from etl.outcomegrids import GridSheet, class_grid
from etl.templates import Blank
from pages.data import handing
from pages.parts import tables
from pages.parts.frame import Frame
from school.config import academic_year
from school.learning import Board, Room, board, classes, classmates
from school.terms.learning import room_words

APRIL = (4, 1)
OFFERED = 100  # classes to choose from


def offer(frame: Frame, shown: Sequence[Room]) -> None:
    """Choose a class and subject, and have its grid with names and the planned outcomes."""
    rooms = classes(frame.store, frame.view, frame.preset)
    if frame.present or not rooms or not frame.view.scope.staff:
        return
    found = board(frame.store, frame.view, frame.preset)
    rooms = (*shown, *(r for r in rooms if r not in shown))[:OFFERED]
    fillable = {f"{room.code}:{subject}": (room, subject)
                for room in rooms for subject in _subjects(found, room)}
    options = {k: _label(frame, *v, rooms) for k, v in fillable.items()}
    first = next((k for k, (room, _) in fillable.items() if room in shown), None)
    st.header("A grid to fill in", anchor=False)
    chosen = frame.pick("fill", "Grid of", options, default=first or next(iter(options)))
    if chosen is None:
        return
    room, subject = fillable[chosen]
    label = _label(frame, room, subject, rooms)
    st.caption("An Excel file with the names of the students and a choice of levels. Fill it in "
               "and drop it on Upload. Making it is recorded.")
    handing.offer(f"grid:{frame.store.data_version}:{room.key}:{subject}",
                  f"Download the grid for {label}",
                  lambda: _made(frame, found, room, subject), f"Save the grid for {label}")


def _label(frame: Frame, room: Room, subject: str, beside: Sequence[Room]) -> str:
    parts = [room_words(room.name, frame.preset), subject or "abilities"]
    return ", ".join([*parts, room.school] if len({r.org_id for r in beside}) > 1 else parts)


def _subjects(found: Board, room: Room) -> list[str]:
    """Subjects with outcomes planned for the grade; '' for the usual abilities."""
    planned = {g.subject for g in found.names.values()
               if g.kind == "outcome" and g.grade == room.grade and g.subject and not g.of_test}
    return [*sorted(planned), ""]


def _made(frame: Frame, found: Board, room: Room, subject: str) -> Blank:
    people = classmates(frame.store, frame.view, frame.preset, room)
    tables.audited(frame.house, "made the grid of a class", len(people))
    planned = sorted((g for g in found.names.values() if g.kind == "outcome" and not g.of_test
                      and g.subject == subject and g.grade == room.grade), key=lambda g: g.place)
    abilities = [g.name for g in found.names.values() if g.kind == "ability"]
    day = date.today()
    year = academic_year(frame.view.end, frame.preset.year_start if frame.preset else APRIL)
    named = [g.name for g in planned] if subject else abilities
    return class_grid(GridSheet(
        room.school, room_words(room.name, frame.preset), room.grade, room.name, subject, year, day,
        people, named), frame.preset)
