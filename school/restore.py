"""A saved file becomes a data folder again, on this computer or another.

It is proved before anything is touched: every part is there, whole and ours. The folder is built
beside and put into place at the end; what stood there before is moved aside and kept.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
import shutil
import sqlite3
import zipfile
import zlib
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from school import config, fold, schema
from school.backup import FORMAT, MANIFEST, RECORDS, VERSION, pieces, sums
from school.errors import CannotSave, Stopped, StoreBusy, StoreDamaged, UnreadableFile
from school.house import LOCKED, busy, settle
from school.records import Records, audit, settings
from school.records import folder as watched
from school.store import FULL, Store
from school.swap import PARTS, swap

FOREIGN = "This is not a file that Staffroom saved. Choose the file from “Save everything”."
DAMAGED = "This saved file is damaged. Nothing was changed. Use another copy of it."
NEWER = "This file was saved by a newer Staffroom. Start the newer one, then restore it there."
_MEMBER = re.compile(r"records\.sqlite|raw/[a-z_]+\.parquet|uploads/[0-9a-f]{64}")
_MOST_MANIFEST = 20 * 1024**2

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Restored:
    """What came of it: how many uploads stand in the file, where the old data were put, notes."""

    loads: int
    saved: str
    aside: Path | None
    notes: tuple[str, ...] = ()


def look_into(path: Path) -> Mapping[str, Any]:
    """The manifest of a saved file; `UnreadableFile` in words for any other file."""
    try:
        with zipfile.ZipFile(path) as archive:
            return _manifest(archive)
    except (zipfile.BadZipFile, OSError, EOFError, zlib.error) as error:
        raise UnreadableFile(FOREIGN, type(error).__name__) from error


def restore(
    path: Path, folder: Path, who: str, *, clock: Callable[[], datetime] = datetime.now,
    progress: Progress | None = None, stopped: Callable[[], bool] | None = None,
) -> Restored:
    """Put what `path` holds in the place of the data in `folder`; nobody may have it open.

    `UnreadableFile` for a foreign or damaged file, `StoreBusy` where Staffroom is open on the
    folder, `CannotSave` for a full disk; after any of them the folder is as it was.
    """
    manifest = look_into(path)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        version = _nobody_inside(folder)
        _room(folder, manifest)
        fresh = folder / f"restoring-{secrets.token_hex(4)}"
        fresh.mkdir(mode=0o700)
    except OSError as error:
        raise CannotSave(FULL if error.errno == 28 else LOCKED, error.strerror or "") from error
    try:
        notes = _Building(path, fresh, manifest, progress, stopped).build(
            who, clock, version)
        _nobody_inside(folder)
        aside = folder / f"before-restore-{clock():%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"
        stood = any((folder / part).exists() for part in PARTS)
        swap(folder, fresh, aside)
    except (zipfile.BadZipFile, EOFError, zlib.error, pa.ArrowException) as error:
        raise UnreadableFile(DAMAGED, type(error).__name__) from error
    except OSError as error:
        raise CannotSave(FULL if error.errno == 28 else LOCKED, error.strerror or "") from error
    finally:
        if not (folder / "restoring.json").exists():
            shutil.rmtree(fresh, ignore_errors=True)
    return Restored(int(manifest["loads"]), str(manifest["saved"]), aside if stood else None,
                    tuple(notes))


def _nobody_inside(folder: Path) -> int:
    """Refuse a folder that is open; the version of its data (0 for a file that does not open)."""
    if not (folder / "facts.duckdb").exists():
        return 0
    try:
        store = Store(folder / "facts.duckdb")
    except StoreBusy as error:
        raise busy(folder, error) from error
    except StoreDamaged:  # it may be replaced
        return 0
    try:
        return store.data_version
    finally:
        store.close()


def _room(folder: Path, manifest: Mapping[str, Any]) -> None:
    wanted = 3 * sum(int(f["size"]) for f in manifest["files"].values())
    if shutil.disk_usage(folder).free < wanted:
        raise CannotSave("There is not enough room on this disk for what the file holds. "
                         f"Free about {wanted // 1024**2 + 1:,} MB, then try again.")


def _manifest(archive: zipfile.ZipFile) -> Mapping[str, Any]:
    """The manifest, proved against what the archive says it holds."""
    try:
        if archive.getinfo(MANIFEST).file_size > _MOST_MANIFEST:
            raise UnreadableFile(FOREIGN)
        found = json.loads(archive.read(MANIFEST))
        if found["format"] != FORMAT:
            raise UnreadableFile(FOREIGN)
        if int(found["version"]) > VERSION:
            raise UnreadableFile(NEWER)
        listed = {str(n): int(f["size"]) for n, f in found["files"].items()}
        int(found["loads"]), str(found["saved"]), dict(found["tables"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UnreadableFile(FOREIGN, type(error).__name__) from error
    inside = {i.filename: i.file_size for i in archive.infolist() if i.filename != MANIFEST}
    if inside != listed or RECORDS not in listed or not all(map(_MEMBER.fullmatch, listed)):
        raise UnreadableFile(DAMAGED, "other members than listed")
    return found


class _Building:
    """A data folder while it is made out of a saved file."""

    def __init__(
        self, path: Path, fresh: Path, manifest: Mapping[str, Any], progress: Progress | None,
        stopped: Callable[[], bool] | None,
    ) -> None:
        self._path = path
        self._fresh = fresh
        self._manifest = manifest
        self._progress = progress
        self._stopped = stopped
        self._done = 0

    def build(self, who: str, clock: Callable[[], datetime], version: int) -> list[str]:
        (self._fresh / "uploads").mkdir()
        (self._fresh / "staging").mkdir()
        with zipfile.ZipFile(self._path) as archive:
            for name in self._manifest["files"]:
                self._step("Reading the saved file")
                self._unpack(archive, name)
        _only_tables(self._fresh / RECORDS)
        records = Records(self._fresh / RECORDS, clock)
        try:
            notes = self._facts(config.preset(settings.setting(records, "preset")), version)
            watched.forget(records)
            audit.note(records, who, "restore", {"loads": int(self._manifest["loads"])})
        finally:
            records.close()
        shutil.rmtree(self._fresh / "staging", ignore_errors=True)
        shutil.rmtree(self._fresh / "raw")
        return notes

    def _step(self, words: str) -> None:
        if self._stopped is not None and self._stopped():
            raise Stopped("Stopped. Your data are as they were.")
        if self._progress is not None:
            self._progress(self._done, 2 * len(self._manifest["files"]) + 2, words)
        self._done += 1

    def _unpack(self, archive: zipfile.ZipFile, name: str) -> None:
        """One part to its place, which is proved by its hash."""
        target = self._fresh / name
        target.parent.mkdir(exist_ok=True)
        digest = hashlib.sha256()
        with archive.open(name) as source, target.open("wb") as sink:
            for piece in pieces(source):
                digest.update(piece)
                sink.write(piece)
        if digest.hexdigest() != self._manifest["files"][name]["sha256"]:
            raise UnreadableFile(DAMAGED, "a part does not have its hash")

    def _facts(self, preset: config.Preset | None, version: int) -> list[str]:
        """Bring the rows in, in the order in which they came, and work everything out anew.

        The version of the data rises above the one that stood here, so that no answer that was
        remembered of those is taken for one of these.
        """
        store = Store(self._fresh / "facts.duckdb")
        try:
            with store.writing() as tx:
                for table in schema.TABLES:
                    self._step("Bringing the rows back")
                    columns = {**{c.name: c.type for c in table.columns},
                               "load_id": "INTEGER", "row": "INTEGER"}
                    for rows in self._rows(table.name):
                        there = [n for n in columns if n in rows.column_names]
                        tx.insert(f"raw.{table.name}", rows.select(there))
                for name in ("loads", "meta"):
                    for rows in self._rows(name):
                        tx.insert(f"raw.{name}", rows)
                self._step("Putting the rows in place")
                fold.refold(tx, None, preset)
                settle(tx, None, preset)
                fold.set_meta(tx, "fingerprint", schema.fingerprint())
                if version >= int(fold.meta(tx, "data_version") or 0):
                    fold.set_meta(tx, "data_version", str(version + 1))
            return self._compare(store)
        finally:
            store.close()

    def _rows(self, name: str) -> list[pa.Table] | Any:
        path = self._fresh / "raw" / f"{name}.parquet"
        if not path.exists():  # a table that an older Staffroom did not know
            return
        with pq.ParquetFile(path) as file:
            for group in range(file.num_row_groups):
                yield file.read_row_group(group)

    def _compare(self, store: Store) -> list[str]:
        """Whether every table came out as it was saved, where the same Staffroom saved it."""
        with store.snapshot() as snapshot:
            same = (self._manifest.get("schema") == schema.fingerprint()
                    and self._manifest.get("engine") == snapshot.rows("select version()")[0][0])
            if not same:
                return ["The data were rebuilt for this version of Staffroom."]
            if sums(snapshot) == self._manifest["tables"]:
                return []
        return ["Some numbers were worked out anew and differ from those of the day it was saved."]


def _only_tables(path: Path) -> None:
    """Refuse records that hold anything that could act by itself."""
    try:
        with closing(sqlite3.connect(f"file:{path.as_posix()}?mode=ro", uri=True)) as db:
            kinds = {str(r[0]) for r in db.execute("select type from sqlite_master")}
            sound = db.execute("pragma quick_check").fetchone() == ("ok",)
    except sqlite3.Error as error:
        raise UnreadableFile(DAMAGED, type(error).__name__) from error
    if not sound or not kinds <= {"table", "index"}:
        raise UnreadableFile(DAMAGED, "records that are not ours")
