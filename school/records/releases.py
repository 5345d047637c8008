"""The ledger of what was made for readers outside the staff: cells, never names or counts.

Of each cell it keeps who is counted in it, as digests under a salt of this house: enough to see by
whom two cells differ in number, and nothing that could be looked up elsewhere.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import zlib
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass

import numpy as np
from sqlalchemy import insert, select

from school.records import settings
from school.records.book import Records, packed
from school.records.tables import MEMBER_SET, RELEASE, RELEASE_CELL

_SALT = "release:salt"
_BYTES = 8  # of a digest: 64 bits


@dataclass(frozen=True)
class Told:
    """A cell: what is counted (`about`), in which days, of whom (`cell`), and its members.

    `cell` holds columns and values, such as group.sex and female; `first` and `last` are days in
    ISO form. `members` are digests made by `digests`. `page` and `at` say where and when it was
    made; both are empty for a new one.
    """

    about: str
    first: str
    last: str
    cell: tuple[tuple[str, str], ...]
    members: frozenset[int]
    page: str = ""
    at: str = ""

    @property
    def columns(self) -> frozenset[str]:
        """What chooses the students, whichever values are chosen."""
        return frozenset(c for c, _ in self.cell)

    @property
    def key(self) -> str:
        """The cell in one line, as it is kept."""
        return packed([self.first, self.last, self.cell])


def digests(records: Records, students: Iterable[int]) -> dict[int, int]:
    """One number a student, of 64 bits, that means nothing outside this house."""
    salt = settings.setting(records, _SALT)
    if salt is None:
        salt = secrets.token_hex(16)
        settings.set_setting(records, _SALT, salt)
    key = bytes.fromhex(salt)
    return {s: int.from_bytes(hashlib.blake2b(str(s).encode(), key=key,
                                              digest_size=_BYTES).digest(), "big")
            for s in students}


def earlier(records: Records, about: Set[str]) -> tuple[Told, ...]:
    """Every cell that was told of these numbers, the newest first; the same cell of the same
    students once."""
    if not about:
        return ()
    query = (select(RELEASE_CELL.c.about, RELEASE_CELL.c.cell, MEMBER_SET.c.hash,
                    MEMBER_SET.c.members, RELEASE.c.page, RELEASE.c.at)
             .join(MEMBER_SET, MEMBER_SET.c.hash == RELEASE_CELL.c.members)
             .join(RELEASE, RELEASE.c.id == RELEASE_CELL.c.release)
             .where(RELEASE_CELL.c.about.in_(sorted(about))).order_by(RELEASE.c.id.desc()))
    with records.reading() as connection:
        rows = connection.execute(query).all()
    out: dict[tuple[str, str, str], Told] = {}
    for about_, key, digest, blob, page, at in rows:
        first, last, cell = json.loads(key)
        out.setdefault((about_, key, digest), Told(
            about_, first, last, tuple((c, v) for c, v in cell), _unpacked(blob), page, at))
    return tuple(out.values())


def keep(records: Records, page: str, kind: str, cells: Sequence[Told], who: str) -> int:
    """Write down that these cells were told; the number of the release."""
    sets = {_hash(c.members): c.members for c in cells}
    rows = {(c.about, c.key): _hash(c.members) for c in cells}
    with records.writing() as connection:
        made = connection.execute(insert(RELEASE).values(
            page=page, kind=kind, who=who, at=records.now()))
        number = int(made.inserted_primary_key[0])  # type: ignore[index]
        known = set(connection.execute(
            select(MEMBER_SET.c.hash).where(MEMBER_SET.c.hash.in_(sets))).scalars())
        for digest, members in sets.items():
            if digest not in known:
                connection.execute(insert(MEMBER_SET).values(
                    hash=digest, people=len(members), members=_packed(members)))
        for (about, cell), digest in rows.items():
            connection.execute(insert(RELEASE_CELL).values(
                release=number, about=about, cell=cell, members=digest))
    return number


def _packed(members: frozenset[int]) -> bytes:
    return zlib.compress(np.array(sorted(members), dtype=np.uint64).tobytes(), 9)


def _unpacked(blob: bytes) -> frozenset[int]:
    return frozenset(np.frombuffer(zlib.decompress(blob), dtype=np.uint64).tolist())


def _hash(members: frozenset[int]) -> str:
    return hashlib.sha256(np.array(sorted(members), dtype=np.uint64).tobytes()).hexdigest()
