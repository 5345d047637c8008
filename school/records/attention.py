"""What was done about a student who was listed: a dated note, and whether she leaves the list.

A student stands here by her key alone, never by name; the notes never leave the records.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import insert, select

from school.errors import WrongUse
from school.records.book import Records
from school.records.tables import ATTENTION_NOTE

DAYS = 30  # a note speaks, and keeps a student off the list, for so long


@dataclass(frozen=True)
class Note:
    """What somebody did, and when; `off` takes the student off the list for a month."""

    student: int
    text: str
    off: bool
    who: str
    at: str

    @property
    def day(self) -> date:
        """The day of the note."""
        return date.fromisoformat(self.at[:10])


def add_note(records: Records, student: int, text: str, who: str, *, off: bool = False) -> None:
    """Keep a note. `WrongUse` where nothing was written."""
    if not text.strip():
        raise WrongUse("Write what was done.")
    row = {"student": student, "text": text.strip(), "off": int(off), "who": who,
           "at": records.now()}
    with records.writing() as connection:
        connection.execute(insert(ATTENTION_NOTE).values(row))


def notes(records: Records, student: int | None = None) -> list[Note]:
    """All notes, or those of one student, newest first."""
    query = select(ATTENTION_NOTE).order_by(ATTENTION_NOTE.c.id.desc())
    if student is not None:
        query = query.where(ATTENTION_NOTE.c.student == student)
    with records.reading() as connection:
        rows = connection.execute(query).all()
    return [Note(r.student, r.text, bool(r.off), r.who, r.at) for r in rows]


def latest(records: Records, today: date) -> dict[int, Note]:
    """The latest note of each student within the last thirty days."""
    out: dict[int, Note] = {}
    for note in notes(records):
        if note.day >= today - timedelta(days=DAYS):
            out.setdefault(note.student, note)
    return out
