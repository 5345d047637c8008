"""What is typed once and counts for the whole data folder."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert

from school.records.book import Records
from school.records.tables import SETTING


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
