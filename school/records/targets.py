"""Targets typed on a page: a value to reach by a day, for one measure in one view.

A save carries the version that was read. One that comes too late raises `Stale` with both values.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete, insert, select, update

from school.errors import Stale
from school.records.book import Records
from school.records.tables import TARGET


@dataclass(frozen=True)
class Target:
    """A value in the measure's own unit (a rate as a fraction) to be reached by `due`."""

    id: int
    measure: str
    view: str
    value: float
    due: date
    who: str
    at: str
    version: int


def target(records: Records, measure: str, view: str) -> Target | None:
    """The target of this measure in this view; None where nobody has set one."""
    query = select(TARGET).where(TARGET.c.measure == measure, TARGET.c.view == view)
    with records.reading() as connection:
        row = connection.execute(query).first()
    if row is None:
        return None
    return Target(row.id, row.measure, row.view, float(row.value), date.fromisoformat(row.due),
                  row.who, row.at, row.version)


def set_target(
    records: Records, measure: str, view: str, value: float, due: date, who: str,
    version: int | None = None,
) -> None:
    """Keep a target. `version` is that of the target it replaces; None where there was none."""
    row: dict[str, Any] = {
        "value": repr(float(value)), "due": due.isoformat(), "who": who, "at": records.now(),
    }
    here = (TARGET.c.measure == measure) & (TARGET.c.view == view)
    with records.writing() as connection:
        standing = connection.execute(select(TARGET).where(here)).first()
        if standing is None:
            connection.execute(insert(TARGET).values(measure=measure, view=view, version=1, **row))
        elif standing.version != version:
            raise Stale(
                f"Someone set another target meanwhile: {standing.value} by {standing.due}. "
                f"Yours was {row['value']} by {row['due']}.",
                f"target {standing.id} is at version {standing.version}",
            )
        else:
            row["version"] = standing.version + 1
            connection.execute(update(TARGET).where(here).values(row))


def clear_target(records: Records, measure: str, view: str) -> None:
    """Take the target away; the preset's threshold counts again."""
    with records.writing() as connection:
        connection.execute(
            delete(TARGET).where(TARGET.c.measure == measure, TARGET.c.view == view)
        )
