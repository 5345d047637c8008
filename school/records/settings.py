"""What is typed once and remembered: settings of the folder, and answers about files.

An answer is kept under the fingerprint of a sheet's headers, so that next month's file of the same
shape asks nothing; under `EVERYWHERE` it counts for every file (a school's spelling, a mark's
meaning).
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert

from school.records.book import Records
from school.records.tables import ANSWER, SETTING

EVERYWHERE = "*"


def setting(records: Records, name: str) -> str | None:
    """The value of a setting, or None."""
    with records.reading() as connection:
        return connection.scalar(select(SETTING.c.value).where(SETTING.c.name == name))


def set_setting(records: Records, name: str, value: str | None) -> None:
    """Keep a setting; None forgets it."""
    with records.writing() as connection:
        if value is None:
            connection.execute(delete(SETTING).where(SETTING.c.name == name))
            return
        upsert = insert(SETTING).values(name=name, value=value)
        connection.execute(upsert.on_conflict_do_update(["name"], set_={"value": value}))


def remember(records: Records, fingerprint: str, answers: Mapping[str, str]) -> None:
    """Keep answers for sheets of this shape; a later answer replaces an earlier one."""
    with records.writing() as connection:
        for about, value in answers.items():
            row = insert(ANSWER).values(fingerprint=fingerprint, about=about, value=value)
            connection.execute(
                row.on_conflict_do_update(["fingerprint", "about"], set_={"value": value})
            )


def remembered(records: Records, fingerprint: str = EVERYWHERE) -> dict[str, str]:
    """Answers that count for sheets of this shape: its own over those that count everywhere."""
    query = select(ANSWER.c.fingerprint, ANSWER.c.about, ANSWER.c.value).where(
        ANSWER.c.fingerprint.in_([EVERYWHERE, fingerprint])
    )
    with records.reading() as connection:
        rows = connection.execute(query).all()
    own_last = sorted(rows, key=lambda r: r.fingerprint != EVERYWHERE)
    return {r.about: r.value for r in own_last}


def forget(records: Records, fingerprint: str, about: str) -> None:
    """Drop one remembered answer, so that it is asked again."""
    with records.writing() as connection:
        connection.execute(
            delete(ANSWER).where(ANSWER.c.fingerprint == fingerprint, ANSWER.c.about == about)
        )
