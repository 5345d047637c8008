"""The facts store, and the only module that speaks to DuckDB.

One connection a process, one cursor a call (a shared connection hands one thread another's rows),
one writer at a time. Reads go through `run`, which is scoped by `school.prelude`; `unsafe_*` are
unscoped and allowed only to `etl` and to the store's own care-taking.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from school import schema
from school.errors import CannotSave, StoreBusy, StoreDamaged
from school.watch import Watch

QUERY_SECONDS = 30.0
DAMAGED = "The data file does not open. It was left as it is."
_watch = Watch()  # one for all stores of the process
FULL = "We could not save here: the disk is full. Free about 200 MB, then try again."


@dataclass(frozen=True)
class ScopedQuery:
    """SQL whose every table is scoped, with its bound values. Made by `school.prelude` alone."""

    sql: str
    params: Mapping[str, Any]


def _bound(params: Sequence[Any] | Mapping[str, Any]) -> list[Any] | dict[str, Any]:
    return dict(params) if isinstance(params, Mapping) else list(params)


class Transaction:
    """What a writer may do between begin and commit. Made by `Store.writing`."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection) -> None:
        self._cursor = cursor

    def execute(
        self, sql: str, params: Sequence[Any] | Mapping[str, Any] = ()
    ) -> list[tuple[Any, ...]]:
        """Run one statement with values bound by place or by name; its rows, if any."""
        return self._cursor.execute(sql, _bound(params)).fetchall()

    def insert(self, table: str, rows: pa.Table) -> int:
        """Append an Arrow table by column name to `schema.table`; number of rows."""
        if rows.num_rows == 0:
            return 0
        self._cursor.register("incoming", rows)
        try:
            names = ", ".join(f'"{n}"' for n in rows.column_names)
            self._cursor.execute(f"insert into {table} ({names}) select {names} from incoming")
        finally:
            self._cursor.unregister("incoming")
        return int(rows.num_rows)

    @contextlib.contextmanager
    def relation(self, name: str, rows: pa.Table) -> Iterator[None]:
        """Make an Arrow table readable as `name` inside the block."""
        self._cursor.register(name, rows)
        try:
            yield
        finally:
            self._cursor.unregister(name)


class Snapshot:
    """Everything as it stood at one moment, whatever is written meanwhile: for copies."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection) -> None:
        self._cursor = cursor

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Rows of an unscoped query at this moment, however long it takes."""
        with _in_words():
            return self._cursor.execute(sql).fetchall()

    def batches(self, sql: str, size: int = 200_000) -> pa.RecordBatchReader:
        """The same, a piece at a time: no table need fit into memory. Read it before the next."""
        return self._cursor.sql(sql).to_arrow_reader(size)


@contextlib.contextmanager
def _in_words() -> Iterator[None]:
    """A file that cannot be read to its end is damaged, and is left as it is."""
    try:
        yield
    except (duckdb.IOException, duckdb.FatalException, duckdb.SerializationException) as error:
        raise StoreDamaged(DAMAGED, type(error).__name__) from error


def _no_room(error: duckdb.Error) -> bool:
    """Whether a write failed because the disk took no more."""
    return any(sign in str(error) for sign in ("Could not write", "No space left", "disk is full"))


class Store:
    """One open facts file (or memory, for tests)."""

    def __init__(self, path: Path | None = None, *, memory_limit: str = "2GB") -> None:
        self.path = path
        self._writer = threading.RLock()
        self._version: int | None = None  # only this process writes, so it is read once a write
        self._writes = 0
        self._noting = threading.Lock()
        self._con = self._open(path)
        self._prepare(memory_limit)

    @staticmethod
    def _open(path: Path | None) -> duckdb.DuckDBPyConnection:
        config: dict[str, str | bool | int | float | list[str]] = {
            "autoinstall_known_extensions": "false", "autoload_known_extensions": "false",
            "allow_community_extensions": "false", "python_enable_replacements": "false",
        }
        try:
            if path is not None:
                path.parent.mkdir(parents=True, exist_ok=True)
            return duckdb.connect(str(path) if path else ":memory:", config=config)
        except OSError as error:
            raise CannotSave(
                "We may not write in this folder. Move Staffroom to your Documents.", str(error)
            ) from error
        except duckdb.IOException as error:
            if "lock" in str(error).lower():
                raise StoreBusy("Staffroom is already open on this data folder.") from error
            raise StoreDamaged(DAMAGED) from error
        except duckdb.Error as error:
            raise StoreDamaged(DAMAGED) from error

    def _prepare(self, memory_limit: str) -> None:
        cursor = self._con.cursor()
        cursor.execute("create schema if not exists raw")
        cursor.execute("create schema if not exists mart")
        cursor.execute("create table if not exists raw.meta (name TEXT, value TEXT)")
        cursor.execute(
            "create table if not exists raw.loads "
            "(load_id INTEGER, position INTEGER, standing BOOLEAN)"
        )
        for statement in (*schema.ddl("raw"), *schema.ddl("mart"), *schema.derived_ddl()):
            cursor.execute(statement)
        cursor.execute(f"set memory_limit='{memory_limit}'")
        if self.path is not None:
            staging = self.path.parent / "staging"
            staging.mkdir(exist_ok=True)
            cursor.execute(f"set temp_directory='{(staging / 'spill').as_posix()}'")
        cursor.execute("set enable_external_access=false")
        cursor.execute("set lock_configuration=true")

    def run(self, query: ScopedQuery) -> list[tuple[Any, ...]]:
        """Rows of a scoped query: the way in for every number on screen."""
        return self._timed(lambda c: c.execute(query.sql, dict(query.params)).fetchall())

    def unsafe_run(
        self, sql: str, params: Sequence[Any] | Mapping[str, Any] = ()
    ) -> list[tuple[Any, ...]]:
        """Rows of an unscoped query. Only for etl and for care of the store itself."""
        return self._timed(lambda c: c.execute(sql, _bound(params)).fetchall())

    def unsafe_arrow(self, sql: str, params: Sequence[Any] = ()) -> pa.Table:
        """An unscoped query's rows as an Arrow table. Same limits as `unsafe_run`."""
        return self._timed(lambda c: c.sql(sql, params=list(params)).to_arrow_table())

    def _timed(self, ask: Callable[[duckdb.DuckDBPyConnection], Any]) -> Any:
        cursor = self._con.cursor()
        number = _watch.begin(cursor.interrupt, QUERY_SECONDS)
        try:
            with _in_words():
                return ask(cursor)
        finally:
            _watch.over(number)
            cursor.close()

    @contextlib.contextmanager
    def writing(self) -> Iterator[Transaction]:
        """One transaction, one writer: commits at the end of the block, rolls back on any error."""
        with self._writer:
            cursor = self._con.cursor()
            cursor.execute("begin")
            try:
                yield Transaction(cursor)
                cursor.execute("commit")
            except BaseException as error:
                with contextlib.suppress(duckdb.Error):
                    cursor.execute("rollback")
                if isinstance(error, duckdb.Error) and _no_room(error):
                    raise CannotSave(FULL, str(error)) from error
                raise
            finally:
                with self._noting:
                    self._version = None
                    self._writes += 1
                cursor.close()

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        """Read everything as it stands now; writers go on and are not waited for."""
        cursor = self._con.cursor()
        cursor.execute("begin")
        try:
            cursor.execute("select count(*) from raw.loads").fetchall()  # the moment is now
            yield Snapshot(cursor)
        finally:
            with contextlib.suppress(duckdb.Error):
                cursor.execute("rollback")
            cursor.close()

    @property
    def data_version(self) -> int:
        """A number that grows with every publish and undo; 0 for an empty store."""
        with self._noting:
            version, writes = self._version, self._writes
        if version is not None:
            return version
        rows = self.unsafe_run("select value from raw.meta where name = 'data_version'")
        version = int(rows[0][0]) if rows else 0
        with self._noting:
            if writes == self._writes:  # else a write ended meanwhile, and this is old already
                self._version = version
        return version

    def healthy(self) -> bool:
        """Whether a real query on a real table is answered."""
        try:
            self.unsafe_run("select count(*) from mart.organisations")
        except (duckdb.Error, StoreDamaged):
            return False
        return True

    def close(self) -> None:
        """Close the file. The store may not be used afterwards."""
        self._con.close()
