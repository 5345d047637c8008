"""Who did what, when: never a student's name or id, only how many."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import insert, select

from school.records.book import Records, packed
from school.records.tables import AUDIT


@dataclass(frozen=True)
class Entry:
    """One line of the audit trail."""

    id: int
    who: str
    what: str
    at: str
    counts: Mapping[str, int]


def note(records: Records, who: str, what: str, counts: Mapping[str, int] | None = None) -> None:
    """Write a line. `what` is short: 'load', 'undo', 'opened the list of students'."""
    row = {"who": who, "what": what, "at": records.now(), "counts": packed(dict(counts or {}))}
    with records.writing() as connection:
        connection.execute(insert(AUDIT).values(row))


def trail(records: Records, limit: int = 200) -> list[Entry]:
    """The latest lines, newest first."""
    with records.reading() as connection:
        rows = connection.execute(select(AUDIT).order_by(AUDIT.c.id.desc()).limit(limit)).all()
    return [Entry(r.id, r.who, r.what, r.at, json.loads(r.counts)) for r in rows]
