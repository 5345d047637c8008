"""Everything a school has put in, as one file: what was loaded, records, uploads and settings.

The facts are read from one snapshot while others go on loading; the records follow them, and a
load that the snapshot does not hold is left out of the copy. Nothing of the computer is in it.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import secrets
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from school import schema
from school.errors import CannotSave, Stopped
from school.house import LOCKED, House
from school.records import Records, audit, folder, jobs, loads
from school.store import FULL, Snapshot

FORMAT, VERSION = "staffroom-copy", 1
MANIFEST = "manifest.json"
RECORDS = "records.sqlite"
RAW = (*(t.name for t in schema.TABLES), "loads", "meta")
_PIECE = 1 << 20

Progress = Callable[[int, int, str], None]


def save(
    house: House, target: Path, who: str, *, progress: Progress | None = None,
    stopped: Callable[[], bool] | None = None,
) -> dict[str, Any]:
    """Write everything of a house into one new file; its manifest. Whole or not at all.

    `CannotSave` where the disk is full or the place may not be written, `Stopped` when asked to.
    """
    beside = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    work = house.staging / secrets.token_hex(8)
    try:
        work.mkdir(parents=True, mode=0o700)
        with zipfile.ZipFile(beside, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
            made = _Copy(archive, work, progress, stopped).write(house)
        beside.replace(target)
    except OSError as error:
        raise CannotSave(FULL if error.errno == 28 else LOCKED, error.strerror or "") from error
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        shutil.rmtree(work, ignore_errors=True)
    audit.note(house.records, who, "save", {"files": len(made["files"])})
    return made


def sums(snapshot: Snapshot) -> dict[str, list[Any]]:
    """Rows of each table that numbers are made of, and a sum that tells whether two are equal."""
    out: dict[str, list[Any]] = {}
    for table in (*schema.TABLES, *schema.DERIVED):
        columns = ", ".join(f'"{n}"' for n in table.names)
        rows = snapshot.rows(f"select count(*), coalesce(sum(hash({columns})::hugeint), 0)::text "
                             f"from mart.{table.name}")
        out[table.name] = list(rows[0])
    return out


class _Copy:
    """One copy while it is written: each member is hashed on its way into the archive."""

    def __init__(
        self, archive: zipfile.ZipFile, work: Path, progress: Progress | None,
        stopped: Callable[[], bool] | None,
    ) -> None:
        self._archive = archive
        self._work = work
        self._progress = progress
        self._stopped = stopped
        self._done = 0
        self._of = 1
        self._files: dict[str, dict[str, Any]] = {}

    def write(self, house: House) -> dict[str, Any]:
        self._of = len(RAW) + 3
        with house.store.snapshot() as snapshot:
            engine = snapshot.rows("select version()")[0][0]
            there = {int(r[0]) for r in snapshot.rows("select load_id from raw.loads")}
            totals = sums(snapshot)
            # The records after the facts: whatever is loaded from now on is in neither.
            kept = self._records(house, there)
            for name in RAW:
                self._step("Saving what was loaded")
                self._table(snapshot, name)
        self._step("Saving the files")
        missing = [name for name in sorted(kept) if not self._upload(house.uploads / name)]
        self._step("Closing the copy")
        manifest = {
            "format": FORMAT, "version": VERSION, "schema": schema.fingerprint(),
            "records": house.records.version, "engine": engine, "saved": house.records.now(),
            "tables": totals, "loads": len(there), "missing": missing, "files": self._files,
        }
        self._archive.writestr(MANIFEST, json.dumps(manifest, indent=1))
        if self._progress is not None:
            self._progress(self._of, self._of, "Saved")
        return manifest

    def _step(self, words: str) -> None:
        if self._stopped is not None and self._stopped():
            raise Stopped("Stopped. No copy was made.")
        if self._progress is not None:
            self._progress(self._done, self._of, words)
        self._done += 1

    def _records(self, house: House, there: set[int]) -> set[str]:
        """Copy the records, without loads that came after the facts; hashes of kept uploads."""
        self._step("Saving the records")
        path = self._work / RECORDS
        house.records.copy_to(path)
        copy = Records(path, house.records.clock)
        try:
            listed = loads.loads(copy)
            late = [x.id for x in listed
                    if x.id not in there and x.state in ("pending", "standing")]
            loads.set_state(copy, late, "pending")
            loads.withdraw(copy, late)
            kept = {x.kept_sha256 for x in listed if x.kept_sha256 and x.id not in late}
            folder.forget(copy)
            jobs.close_left_open(copy)  # this very work is one of them
        finally:
            copy.close()
        self._add(RECORDS, path)
        return kept

    def _table(self, snapshot: Snapshot, name: str) -> None:
        path = self._work / "table.parquet"
        reader = snapshot.batches(f"select * from raw.{name}")
        with pq.ParquetWriter(path, reader.schema, compression="zstd") as writer:
            for batch in reader:
                if self._stopped is not None and self._stopped():
                    raise Stopped("Stopped. No copy was made.")
                writer.write_table(pa.Table.from_batches([batch]))
        self._add(f"raw/{name}.parquet", path)

    def _upload(self, path: Path) -> bool:
        if not path.is_file():
            return False
        self._add(f"uploads/{path.name}", path, zipfile.ZIP_DEFLATED)
        return True

    def _add(self, name: str, path: Path, how: int = zipfile.ZIP_STORED) -> None:
        digest = hashlib.sha256()
        info = zipfile.ZipInfo.from_file(path, name)
        info.compress_type = how
        with path.open("rb") as source, self._archive.open(info, "w") as sink:
            for piece in pieces(source):
                digest.update(piece)
                sink.write(piece)
        self._files[name] = {"sha256": digest.hexdigest(), "size": info.file_size}


def pieces(source: BinaryIO | Any) -> Iterator[bytes]:
    """What a stream holds, a megabyte at a time."""
    while piece := source.read(_PIECE):
        yield piece
