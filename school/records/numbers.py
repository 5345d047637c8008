"""Numbers that a school defines itself: how a column of its own is called, read and judged.

The values are facts and stand in the store; here is what somebody has said of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from school.answers import Better
from school.errors import Stale
from school.records.book import Records
from school.records.tables import OWN_NUMBER


@dataclass(frozen=True)
class OwnNumber:
    """One definition. `name` is what stands over the column, `slug` the same for an address.

    `minimum` is the fewest people of whom it is shown outside the school's own staff; `line` is
    where a student needs somebody to look, None where nobody drew one.
    """

    slug: str
    name: str
    title: str
    unit: str
    better: Better
    minimum: int
    line: float | None
    who: str
    at: str
    version: int


def own_numbers(records: Records) -> list[OwnNumber]:
    """Every definition, by title."""
    with records.reading() as connection:
        rows = connection.execute(select(OWN_NUMBER).order_by(OWN_NUMBER.c.title)).all()
    return [_of(row) for row in rows]


def _of(row: Row[Any]) -> OwnNumber:
    return OwnNumber(row.slug, row.name, row.title, row.unit, row.better, row.minimum,
                     None if row.line is None else float(row.line), row.who, row.at, row.version)


def define(
    records: Records, slug: str, name: str, *, title: str, unit: str, better: Better,
    minimum: int, line: float | None, who: str, version: int | None = None,
) -> None:
    """Keep a definition. `version` is that of the one it replaces; None where there was none."""
    said: dict[str, Any] = {
        "title": title, "unit": unit, "better": better, "minimum": minimum,
        "line": None if line is None else repr(float(line)), "who": who, "at": records.now(),
    }
    here = OWN_NUMBER.c.slug == slug
    with records.writing() as connection:
        standing = connection.execute(select(OWN_NUMBER).where(here)).first()
        if standing is None:
            connection.execute(insert(OWN_NUMBER).values(slug=slug, name=name, version=1, **said))
        elif standing.version != version:
            raise Stale(f"Someone changed this number meanwhile. It is now called "
                        f"“{standing.title}”. Look at it again before you save.",
                        f"own number at version {standing.version}")
        else:
            said["version"] = standing.version + 1
            connection.execute(update(OWN_NUMBER).where(here).values(said))


def forget(records: Records, slug: str) -> None:
    """Take a definition away. The values stay."""
    with records.writing() as connection:
        connection.execute(delete(OWN_NUMBER).where(OWN_NUMBER.c.slug == slug))
