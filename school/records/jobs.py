"""Long work as rows: what it is, how far it has come, whether it should stop, what came of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import RowMapping, insert, select, update

from school.records.book import Records, added, packed
from school.records.tables import JOB

State = Literal["waiting", "running", "done", "failed", "stopped", "lost"]
OPEN: tuple[State, ...] = ("waiting", "running")


@dataclass(frozen=True)
class Job:
    """One piece of long work. `words` may be shown; `result` is small and ready for JSON."""

    id: int
    kind: str
    state: State
    done: int
    of: int
    words: str
    stop: bool
    result: Mapping[str, Any]
    begun: str
    ended: str | None

    @property
    def open(self) -> bool:
        """Whether it still waits or runs."""
        return self.state in OPEN


def add_job(records: Records, kind: str, words: str) -> int:
    """Write down that this work waits for its turn; its number."""
    row = {"kind": kind, "state": "waiting", "done": 0, "of": 0, "words": words, "stop": 0,
           "result": "{}", "begun": records.now()}
    with records.writing() as connection:
        return added(connection, insert(JOB).values(row))


def job(records: Records, job_id: int) -> Job | None:
    """The job of this number, or None."""
    with records.reading() as connection:
        row = connection.execute(select(JOB).where(JOB.c.id == job_id)).mappings().first()
    return _job(row) if row else None


def jobs(records: Records, kind: str | None = None, *, only_open: bool = False) -> list[Job]:
    """Jobs, newest first."""
    query = select(JOB).order_by(JOB.c.id.desc())
    if kind is not None:
        query = query.where(JOB.c.kind == kind)
    if only_open:
        query = query.where(JOB.c.state.in_(OPEN))
    with records.reading() as connection:
        return [_job(row) for row in connection.execute(query).mappings()]


def mark(records: Records, job_id: int, **values: Any) -> None:
    """Write how far a job has come: any of state, done, of, words."""
    with records.writing() as connection:
        connection.execute(update(JOB).where(JOB.c.id == job_id).values(**values))


def end(
    records: Records, job_id: int, state: State, words: str, result: Mapping[str, Any]
) -> None:
    """Write that a job has ended, and how."""
    mark(records, job_id, state=state, words=words, result=packed(dict(result)),
         ended=records.now())


def ask_to_stop(records: Records, job_id: int) -> None:
    """Ask a job to stop; it does so at its next step."""
    with records.writing() as connection:
        here = (JOB.c.id == job_id) & JOB.c.state.in_(OPEN)
        connection.execute(update(JOB).where(here).values(stop=1))


def close_left_open(records: Records) -> int:
    """Mark as lost what a crash left waiting or running; how many there were."""
    words = "Staffroom was closed before this was finished. Nothing of it was kept."
    with records.writing() as connection:
        done = connection.execute(
            update(JOB).where(JOB.c.state.in_(OPEN))
            .values(state="lost", words=words, ended=records.now())
        )
        return int(done.rowcount)


def _job(row: RowMapping) -> Job:
    values: dict[str, Any] = {str(k): v for k, v in row.items()}
    values |= {"stop": bool(row["stop"]), "result": json.loads(row["result"])}
    return Job(**values)
