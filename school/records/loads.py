"""One row a load: what was loaded, by whom, as of when, with which answers, and whether it stands.

A load is written down as 'pending' before its rows are committed and made 'standing' after; what a
crash leaves between the two is settled when the house is opened. The rows themselves decide.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sqlalchemy import Connection, RowMapping, delete, insert, select, update

from school.records.book import Records, added, packed
from school.records.tables import LOAD

TYPED = "typed"  # stands for a file where something was typed on a page
_AFTER_FILES = 1_000_000_000  # what a person typed goes before what any file says

State = Literal["pending", "standing", "reverted", "lost"]


@dataclass(frozen=True)
class NewLoad:
    """What is known of a load before its rows are committed."""

    file: str
    sha256: str | None
    digest: str
    layouts: Mapping[str, str]
    findings: tuple[Mapping[str, Any], ...] = ()
    kept_sha256: str | None = None
    words: str = ""


@dataclass(frozen=True)
class Load:
    """One load as it is kept. `counts` are those of its sheets together, in source rows."""

    id: int
    drop_id: str
    position: int
    file: str
    sha256: str | None
    kept_sha256: str | None
    digest: str | None
    who: str
    at: str
    as_of: date
    preset: str | None
    answers: Mapping[str, Any]
    layouts: Mapping[str, str]
    counts: Mapping[str, Any]
    findings: tuple[Mapping[str, Any], ...]
    words: str
    state: State

    @property
    def typed(self) -> bool:
        """Whether this was typed on a page rather than read from a file."""
        return self.file == TYPED


def position_of(number: int, file: str) -> int:
    """Place of a load in the order in which loads are folded: as they came, typed ones last."""
    return number + _AFTER_FILES if file == TYPED else number


def announce(
    records: Records, drop_id: str, loads: Iterable[NewLoad], *, who: str, as_of: date,
    preset: str | None, answers: Mapping[str, Any],
) -> list[int]:
    """Write down loads whose rows are about to be committed; their numbers, never used before."""
    shared = {"drop_id": drop_id, "who": who, "at": records.now(), "as_of": as_of.isoformat(),
              "preset": preset, "answers": packed(dict(answers)), "state": "pending",
              "counts": "{}"}
    numbers: list[int] = []
    with records.writing() as connection:
        for load in loads:
            row = {**shared, "position": 0, "file": load.file, "sha256": load.sha256,
                   "kept_sha256": load.kept_sha256, "digest": load.digest,
                   "layouts": packed(dict(load.layouts)), "findings": packed(load.findings),
                   "words": load.words}
            number = added(connection, insert(LOAD).values(row))
            connection.execute(update(LOAD).where(LOAD.c.id == number).values(
                position=position_of(number, load.file)))
            numbers.append(number)
    return numbers


def tally(records: Records, counts: Mapping[int, Mapping[str, Any]]) -> None:
    """Write the counts of loads whose rows are about to be committed."""
    with records.writing() as connection:
        for number, row in counts.items():
            connection.execute(
                update(LOAD).where(LOAD.c.id == number).values(counts=packed(dict(row)))
            )


def withdraw(records: Records, numbers: Iterable[int]) -> None:
    """Take back loads that were announced and whose rows were not committed."""
    with records.writing() as connection:
        connection.execute(
            delete(LOAD).where(LOAD.c.id.in_(list(numbers)), LOAD.c.state == "pending")
        )


def set_state(records: Records, numbers: Iterable[int], state: State) -> None:
    """Write whether these loads stand."""
    with records.writing() as connection:
        connection.execute(
            update(LOAD).where(LOAD.c.id.in_(list(numbers))).values(state=state)
        )


def adopt(records: Records, number: int, position: int, standing: bool) -> None:
    """Write down a load whose rows are there and whose record is not."""
    row = {"id": number, "drop_id": "", "position": position, "file": "unknown", "who": "unknown",
           "at": records.now(), "as_of": records.clock().date().isoformat(), "answers": "{}",
           "layouts": "{}", "counts": "{}", "findings": "[]",
           "words": "Its rows were found without a record of the file.",
           "state": "standing" if standing else "reverted"}
    with records.writing() as connection:
        connection.execute(insert(LOAD).values(row))


def load(records: Records, number: int) -> Load | None:
    """The load of this number, or None."""
    with records.reading() as connection:
        row = connection.execute(select(LOAD).where(LOAD.c.id == number)).mappings().first()
    return _load(row) if row else None


def loads(records: Records, state: State | None = None) -> list[Load]:
    """Loads, newest first; only those in one state if asked."""
    with records.reading() as connection:
        return _loads(connection, state)


def same_again(
    records: Records, sha256: str, digest: str, *, preset: str | None,
    answers: Mapping[str, Any], layouts: Mapping[str, str],
) -> Load | None:
    """The standing load of these very bytes, read in the same way or into the same rows."""
    query = select(LOAD).where(LOAD.c.sha256 == sha256, LOAD.c.state == "standing").where(
        (LOAD.c.digest == digest)
        | ((LOAD.c.preset.is_not_distinct_from(preset)) & (LOAD.c.answers == packed(dict(answers)))
           & (LOAD.c.layouts == packed(dict(layouts))))
    ).order_by(LOAD.c.id.desc())
    with records.reading() as connection:
        row = connection.execute(query).mappings().first()
    return _load(row) if row else None


def _loads(connection: Connection, state: State | None) -> list[Load]:
    query = select(LOAD).order_by(LOAD.c.id.desc())
    if state is not None:
        query = query.where(LOAD.c.state == state)
    return [_load(row) for row in connection.execute(query).mappings()]


def _load(row: RowMapping) -> Load:
    values: dict[str, Any] = {str(k): v for k, v in row.items()}
    for name in ("answers", "layouts", "counts"):
        values[name] = json.loads(values[name])
    values["findings"] = tuple(json.loads(values["findings"]))
    values["as_of"] = date.fromisoformat(values["as_of"])
    return Load(**values)
