"""The watched folder: which one it is, and what became of each file that was found in it.

A file is known again by name, size and time of change, so that nothing has to be read to know that
it was taken; and by its bytes, so that a copy under another name is not taken twice.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from sqlalchemy import delete, exists, insert, select, update

from school.records import audit
from school.records.book import Records, packed
from school.records.settings import set_setting, setting
from school.records.tables import ARRIVED, LOAD, SETTING

NAME = "folder"
# 'asks' needs an answer, 'waiting' a look; 'aside' holds no list; 'left' is what a person left out
State = Literal["waiting", "asks", "used", "known", "refused", "aside", "left", "gone", "replaced"]
OPEN: tuple[State, ...] = ("asks", "waiting", "refused")
ENDED: tuple[State, ...] = ("used", "known", "aside", "left")


@dataclass(frozen=True)
class Folder:
    """The folder that is watched. `by_itself`: what needs no look is used without one."""

    path: Path
    by_itself: bool = False


@dataclass(frozen=True)
class Entry:
    """A file as the folder lists it: `changed` is its time of change, in nanoseconds."""

    name: str
    size: int
    changed: int


@dataclass(frozen=True)
class Arrived:
    """A file that was taken from the folder, and what became of it."""

    id: int
    name: str
    sha256: str
    at: str
    state: State
    words: str

    @property
    def open(self) -> bool:
        """Whether somebody still has to look at it."""
        return self.state in OPEN


def folder(records: Records) -> Folder | None:
    """The watched folder, or None."""
    found = setting(records, NAME)
    if found is None:
        return None
    said = json.loads(found)
    return Folder(Path(said["path"]), bool(said["by_itself"]))


def watch(records: Records, who: str, wanted: Folder | None) -> None:
    """Watch this folder from now on, or none.

    What waits belongs to the folder it lay in: where that changes, it is forgotten, so that it is
    found again when that folder is.
    """
    before = folder(records)
    value = None if wanted is None else packed({"path": str(wanted.path),
                                                "by_itself": wanted.by_itself})
    set_setting(records, NAME, value)
    if before is None or wanted is None or wanted.path != before.path:
        with records.writing() as connection:
            connection.execute(delete(ARRIVED).where(ARRIVED.c.state.in_(OPEN)))
    what = "watch no folder" if wanted is None else "watch a folder"
    audit.note(records, who, what, {} if wanted is None else {"by_itself": int(wanted.by_itself)})


def forget(records: Records) -> None:
    """Know of no folder: it belongs to one computer, and these records go to another."""
    with records.writing() as connection:
        connection.exec_driver_sql("pragma secure_delete = on")  # its path stays in no free page
        connection.execute(delete(SETTING).where(SETTING.c.name == NAME))
        connection.execute(delete(ARRIVED).where(ARRIVED.c.state.in_(OPEN)))


def fresh(records: Records, entries: Sequence[Entry]) -> list[Entry]:
    """Those of these files that were never taken as they are now."""
    if not entries:
        return []
    here = ARRIVED.c
    with records.reading() as connection:
        rows = connection.execute(select(here.name, here.size, here.changed).where(
            here.state.in_(OPEN + ENDED))).all()
    known = {(r[0], r[1], r[2]) for r in rows}
    return [e for e in entries if (e.name, e.size, e.changed) not in known]


def taken(records: Records, sha256: str) -> Literal["known", "open"] | None:
    """Whether these very bytes came before, from the folder or from a person, or still wait."""
    mine = ARRIVED.c.sha256 == sha256
    ended = exists().where(mine, ARRIVED.c.state.in_(ENDED))
    added = exists().where(LOAD.c.sha256 == sha256, LOAD.c.state != "pending")
    with records.reading() as connection:
        if connection.scalar(select(ended | added)):
            return "known"
        waits = connection.scalar(select(exists().where(mine, ARRIVED.c.state.in_(OPEN))))
    return "open" if waits else None


def note(records: Records, entry: Entry, sha256: str, state: State, words: str = "") -> None:
    """Write down that a file was taken. What stood under its name before waits no more."""
    row = {"name": entry.name, "size": entry.size, "changed": entry.changed, "sha256": sha256,
           "at": records.now(), "state": state, "words": words}
    older = (ARRIVED.c.name == entry.name) & ARRIVED.c.state.in_(OPEN)
    with records.writing() as connection:
        connection.execute(update(ARRIVED).where(older).values(state="replaced"))
        connection.execute(insert(ARRIVED).values(row))


def settle(records: Records, numbers: Sequence[int], state: State) -> None:
    """Write what became of files that waited."""
    with records.writing() as connection:
        connection.execute(update(ARRIVED).where(ARRIVED.c.id.in_(numbers)).values(state=state))


def arrived(records: Records, since: str) -> list[Arrived]:
    """Files that are still open, and all that were taken since then, newest first.

    One that a person has added meanwhile is open no more.
    """
    here = ARRIVED.c
    added = exists().where(LOAD.c.sha256 == here.sha256, LOAD.c.state != "pending")
    query = select(here.id, here.name, here.sha256, here.at, here.state, here.words, added).where(
        here.state.in_(OPEN) | (here.at >= since)).order_by(here.id.desc())
    with records.reading() as connection:
        rows = connection.execute(query).all()
    return [Arrived(r[0], r[1], r[2], r[3], "known" if r[4] in OPEN and r[6] else r[4], r[5])
            for r in rows]
