"""The open records file: one engine, WAL, every write begun IMMEDIATE, migrated at open.

A read-then-write transaction that begins deferred loses updates without an error when two run at
once; `writing` takes the lock first and waits for it. Errors of the disk come out in plain words.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Insert, StaticPool, create_engine, event
from sqlalchemy.exc import DatabaseError, OperationalError

from school.errors import CannotSave, StoreBusy, StoreDamaged
from school.records.tables import MIGRATIONS

BUSY_SECONDS = 15


class Records:
    """One open records file (or memory, for tests). `clock` says what time it is."""

    def __init__(
        self, path: Path | None = None, clock: Callable[[], datetime] = datetime.now
    ) -> None:
        self.path = path
        self.clock = clock
        self._engine = _engine(path)
        with _in_words():
            self._migrate()

    def now(self) -> str:
        """The time to be written into a record, to the second."""
        return self.clock().isoformat(timespec="seconds")

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection to read from: one snapshot for the whole block."""
        with _in_words(), self._engine.connect() as connection:
            yield connection

    @contextlib.contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction that holds the write lock from its first moment; rolls back on error."""
        with (
            _in_words(),
            self._engine.connect().execution_options(immediate=True) as connection,
            connection.begin(),
        ):
            yield connection

    @property
    def version(self) -> int:
        """How many migrations this file has been through."""
        with self.reading() as connection:
            return int(connection.exec_driver_sql("pragma user_version").scalar_one())

    def _migrate(self) -> None:
        with self.writing() as connection:
            now = int(connection.exec_driver_sql("pragma user_version").scalar_one())
            if now > len(MIGRATIONS):
                raise StoreDamaged(
                    "These data were written by a newer Staffroom. Start the newer one.",
                    f"records version {now}, known {len(MIGRATIONS)}",
                )
            for statements in MIGRATIONS[now:]:
                for statement in statements:
                    connection.exec_driver_sql(statement)
            connection.exec_driver_sql(f"pragma user_version = {len(MIGRATIONS)}")

    def copy_to(self, path: Path) -> None:
        """Write a copy of the whole file, as it stands at one moment, to a new file at `path`."""
        with _in_words(), contextlib.closing(sqlite3.connect(path)) as target:
            held = self._engine.raw_connection()
            try:
                held.driver_connection.backup(target)  # type: ignore[union-attr]
            except sqlite3.OperationalError as error:
                raise OperationalError("backup", {}, error) from error
            finally:
                held.close()

    def healthy(self) -> bool:
        """Whether a real query on a real table is answered."""
        try:
            with self.reading() as connection:
                connection.exec_driver_sql("select count(*) from load").scalar_one()
        except (StoreDamaged, StoreBusy, CannotSave):
            return False
        return True

    def close(self) -> None:
        """Close every connection. The records may not be used afterwards."""
        self._engine.dispose()


def _engine(path: Path | None) -> Engine:
    if path is None:
        engine = create_engine(
            "sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False}
        )
    else:
        engine = create_engine(
            f"sqlite:///{path}",
            connect_args={"check_same_thread": False, "timeout": BUSY_SECONDS},
        )

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _: Any) -> None:
        connection.isolation_level = None  # transactions are ours to begin, below
        cursor = connection.cursor()
        cursor.execute(f"pragma busy_timeout = {BUSY_SECONDS * 1000}")
        cursor.execute("pragma journal_mode = wal")
        cursor.execute("pragma foreign_keys = on")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        immediate = connection.get_execution_options().get("immediate")
        connection.exec_driver_sql("begin immediate" if immediate else "begin")

    return engine


@contextlib.contextmanager
def _in_words() -> Iterator[None]:
    """Turn an error of SQLite into one that may be shown; constraint faults pass as they are."""
    try:
        yield
    except OperationalError as error:
        detail = str(error.orig)
        if "full" in detail:
            raise CannotSave(
                "We could not save here: the disk is full. Free about 200 MB, then try again.",
                detail,
            ) from error
        if "readonly" in detail or "unable to open" in detail:
            raise CannotSave(
                "We may not write in this folder. Move Staffroom to your Documents.", detail
            ) from error
        if "locked" in detail or "busy" in detail:
            raise StoreBusy("Someone else is saving right now. Try again.", detail) from error
        raise StoreDamaged("The records file does not answer.", detail) from error
    except DatabaseError as error:
        if isinstance(error.orig, sqlite3.IntegrityError):
            raise
        raise StoreDamaged(
            "The records file does not open. It was left as it is.", str(error.orig)
        ) from error


def added(connection: Connection, row: Insert) -> int:
    """Insert one row; the number it was given."""
    key = connection.execute(row).inserted_primary_key
    assert key is not None
    return int(key[0])


def packed(value: Any) -> str:
    """A value as JSON text with sorted keys, as it is kept in a record."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)
