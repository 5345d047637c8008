"""A class that gains may host, a class that asks may visit; both must say yes. Teams, not persons.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from sqlalchemy import insert, select, update

from school.errors import WrongUse
from school.records.book import Records
from school.records.tables import VISIT

Said = Literal["asked", "yes", "no"]


@dataclass(frozen=True)
class Visit:
    """One class offered as host to another in a subject, and what both teams said."""

    id: int
    host: str
    subject: str
    guest: str
    host_said: Said
    guest_said: Said
    at: str

    @property
    def agreed(self) -> bool:
        """Whether both teams said yes."""
        return self.host_said == self.guest_said == "yes"


def ask(records: Records, school: str, host: str, subject: str, guest: str, who: str) -> None:
    """Ask both teams; asking again changes nothing. `WrongUse` where a class would visit itself."""
    if host == guest:
        raise WrongUse("A class cannot visit itself.")
    here = ((VISIT.c.school == school) & (VISIT.c.host == host) & (VISIT.c.subject == subject)
            & (VISIT.c.guest == guest))
    with records.writing() as connection:
        if connection.execute(select(VISIT.c.id).where(here)).first() is None:
            connection.execute(insert(VISIT).values(
                school=school, host=host, subject=subject, guest=guest, host_said="asked",
                guest_said="asked", who=who, at=records.now()))


def answer(records: Records, visit_id: int, *, host: Said | None = None,
           guest: Said | None = None) -> None:
    """Keep what a team said; the other one's word stays."""
    said = {k: v for k, v in (("host_said", host), ("guest_said", guest)) if v is not None}
    if any(v not in get_args(Said) for v in said.values()):
        raise WrongUse("Say yes or no.")
    if said:
        with records.writing() as connection:
            connection.execute(update(VISIT).where(VISIT.c.id == visit_id).values(**said))


def visits(records: Records, school: str) -> list[Visit]:
    """All visits of a school, in the order in which they were asked for."""
    query = select(VISIT).where(VISIT.c.school == school).order_by(VISIT.c.id)
    with records.reading() as connection:
        rows = connection.execute(query).all()
    return [Visit(r.id, r.host, r.subject, r.guest, r.host_said, r.guest_said, r.at) for r in rows]
