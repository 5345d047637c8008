"""The facts store: writers commit whole or not at all, readers are limited, nothing gets out."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import duckdb
import people
import pyarrow as pa
import pytest

from school import store as module
from school.errors import CannotSave, StoreBusy, StoreDamaged
from school.schema import DERIVED, TABLES
from school.store import ScopedQuery, Store


def test_every_table_stands_in_raw_and_mart(empty: Store) -> None:
    found = set(empty.unsafe_run("select table_schema, table_name from information_schema.tables"))
    assert {(s, t.name) for t in TABLES for s in ("raw", "mart")} <= found
    assert {("mart", t.name) for t in DERIVED} <= found


def test_a_failed_write_leaves_nothing(empty: Store) -> None:
    with pytest.raises(RuntimeError), empty.writing() as tx:
        tx.insert("mart.organisations", pa.table({"org_id": ["hill"]}))
        raise RuntimeError("stopped")
    assert empty.unsafe_run("select count(*) from mart.organisations") == [(0,)]


def test_a_relation_is_readable_inside_its_block_only(empty: Store) -> None:
    with empty.writing() as tx:
        with tx.relation("keys", pa.table({"org_id": ["hill", "river"]})):
            assert tx.execute("select count(*) from keys") == [(2,)]
        assert tx.insert("mart.organisations", pa.table({"org_id": pa.array([], pa.string())})) == 0
        with pytest.raises(duckdb.CatalogException):
            tx.execute("select count(*) from keys")


def test_data_version_follows_every_write(empty: Store) -> None:
    assert empty.data_version == 0
    people.fill(empty, {})
    assert empty.data_version == 1
    people.fill(empty, {})
    assert empty.data_version == 2


def test_files_and_settings_are_out_of_reach(empty: Store, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("a\n1\n")
    with pytest.raises(duckdb.PermissionException):
        empty.unsafe_run(f"select * from read_csv('{secret}')")
    with pytest.raises(duckdb.Error):
        empty.unsafe_run("set enable_external_access = true")


def test_a_runaway_query_is_stopped(empty: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "QUERY_SECONDS", 0.2)
    with pytest.raises(duckdb.InterruptException):
        empty.unsafe_run("select sum(a.range * b.range) from range(1000000) a, range(1000000) b")


def test_readers_at_once_get_their_own_rows(store: Store) -> None:
    wrong: list[tuple[object, ...]] = []

    def read(number: int) -> None:
        for _ in range(20):
            rows = store.run(ScopedQuery("select $n", {"n": number}))
            if rows != [(number,)]:
                wrong.append((number, rows))

    threads = [threading.Thread(target=read, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_arrow_comes_out_by_name(store: Store) -> None:
    table = store.unsafe_arrow("select org_id from mart.organisations order by 1")
    assert table.column("org_id").to_pylist() == ["hill", "river", "valley"]


def test_a_file_open_elsewhere_is_busy(tmp_path: Path) -> None:
    path = tmp_path / "facts.duckdb"
    Store(path).close()
    holder = subprocess.Popen(
        [sys.executable, "-c", f"import duckdb,sys; c=duckdb.connect({str(path)!r}); "
         "print('open', flush=True); sys.stdin.read()"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        assert holder.stdout is not None and holder.stdout.readline() == "open\n"
        with pytest.raises(StoreBusy):
            Store(path)
    finally:
        holder.communicate("")


def test_a_file_that_is_no_store_is_left_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "facts.duckdb"
    path.write_bytes(b"this is not a database" * 1000)
    with pytest.raises(StoreDamaged):
        Store(path)
    assert path.read_bytes() == b"this is not a database" * 1000


def test_a_folder_that_cannot_be_made_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(CannotSave):
        Store(tmp_path / "file" / "facts.duckdb")


def test_a_closed_store_is_not_healthy() -> None:
    store = Store()
    assert store.healthy()
    store.close()
    assert not store.healthy()
