"""Answers about files, remembered: kept under the fingerprint of a sheet's headers.

Next month's file of the same shape then asks nothing. Under `EVERYWHERE` an answer counts for
every file (a school's spelling, a mark's meaning). Beside the answers stands what kind of file it
was and which uploads were read by it, so that a person can see, change and forget them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert

from school.records.book import Records, packed
from school.records.tables import ANSWER, SHAPE, SHAPE_LOAD

EVERYWHERE = "*"


@dataclass(frozen=True)
class Said:
    """One answer and the day on which it was given; no day where it was not kept."""

    value: str
    at: str | None


@dataclass(frozen=True)
class Shape:
    """A kind of file: how it is read, one file of it, some of its headers, and when it last came.

    `layout` is blank where the answers are older than what is kept about their files.
    """

    fingerprint: str
    layout: str = ""
    file: str = ""
    headers: tuple[str, ...] = ()
    columns: int = 0
    at: str = ""


def remember(records: Records, fingerprint: str, answers: Mapping[str, str]) -> None:
    """Keep answers for sheets of this shape; a later answer replaces an earlier one."""
    with records.writing() as connection:
        for about, value in answers.items():
            row = insert(ANSWER).values(fingerprint=fingerprint, about=about, value=value,
                                        at=records.now())
            new = {"value": row.excluded.value, "at": row.excluded.at}
            connection.execute(row.on_conflict_do_update(
                ["fingerprint", "about"], set_=new, where=ANSWER.c.value != row.excluded.value))


def remembered(records: Records, fingerprint: str = EVERYWHERE) -> dict[str, str]:
    """Answers that count for sheets of this shape: its own over those that count everywhere."""
    query = select(ANSWER.c.fingerprint, ANSWER.c.about, ANSWER.c.value).where(
        ANSWER.c.fingerprint.in_([EVERYWHERE, fingerprint])
    )
    with records.reading() as connection:
        rows = connection.execute(query).all()
    own_last = sorted(rows, key=lambda r: r.fingerprint != EVERYWHERE)
    return {r.about: r.value for r in own_last}


def everything(records: Records) -> dict[str, dict[str, Said]]:
    """All answers, by fingerprint and by what they are about."""
    out: dict[str, dict[str, Said]] = {}
    with records.reading() as connection:
        for row in connection.execute(select(ANSWER).order_by(ANSWER.c.about)):
            out.setdefault(row.fingerprint, {})[row.about] = Said(row.value, row.at)
    return out


def forget(records: Records, fingerprint: str, about: str | None = None) -> None:
    """Drop one remembered answer, so that it is asked again; without `about` the whole shape."""
    with records.writing() as connection:
        own = delete(ANSWER).where(ANSWER.c.fingerprint == fingerprint)
        connection.execute(own if about is None else own.where(ANSWER.c.about == about))
        if about is None:
            for table in (SHAPE, SHAPE_LOAD):
                connection.execute(delete(table).where(table.c.fingerprint == fingerprint))


def note_shape(records: Records, shape: Shape, loads: tuple[int, ...] = ()) -> None:
    """Keep what kind of file a shape is, and the uploads that were read by it."""
    row = insert(SHAPE).values(
        fingerprint=shape.fingerprint, layout=shape.layout, file=shape.file,
        headers=packed(list(shape.headers)), columns=shape.columns, at=shape.at)
    new = {name: row.excluded[name] for name in ("layout", "file", "headers", "columns", "at")}
    with records.writing() as connection:
        connection.execute(row.on_conflict_do_update(["fingerprint"], set_=new))
        for load in loads:
            connection.execute(insert(SHAPE_LOAD).values(
                fingerprint=shape.fingerprint, load=load).on_conflict_do_nothing())


def shapes(records: Records) -> dict[str, Shape]:
    """Every kind of file that was added, by fingerprint."""
    with records.reading() as connection:
        rows = connection.execute(select(SHAPE)).all()
    return {r.fingerprint: Shape(r.fingerprint, r.layout, r.file, tuple(json.loads(r.headers)),
                                 r.columns, r.at) for r in rows}


def read_by(records: Records, fingerprint: str) -> frozenset[int]:
    """Numbers of the uploads that held a sheet of this shape."""
    query = select(SHAPE_LOAD.c.load).where(SHAPE_LOAD.c.fingerprint == fingerprint)
    with records.reading() as connection:
        return frozenset(connection.scalars(query))
