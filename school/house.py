"""One data folder, open: its facts, its records, and the peace between the two.

Opening settles whatever a crash left: jobs are closed, loads are compared with the rows that are
there (the rows decide), and a facts file of an older shape is rebuilt beside itself and swapped.
"""

from __future__ import annotations

import contextlib
import json
import shutil
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from school import config, fold, own, schema, swap
from school.derive import derive
from school.errors import CannotSave, StoreBusy, StoreDamaged
from school.records import Records, jobs, loads, settings
from school.store import FULL, Store, Transaction

LEAST_FREE = 200 * 1024 * 1024
_MISSING = "The rows of "
LOCKED = "We may not write in this folder. Move Staffroom to your Documents."


@dataclass(frozen=True)
class House:
    """An open data folder. `notes` are sentences about what was mended while opening it."""

    folder: Path
    store: Store
    records: Records
    notes: tuple[str, ...] = field(default=(), compare=False)

    @property
    def preset(self) -> config.Preset | None:
        """The preset this folder lives by; None until someone has chosen one."""
        return config.preset(settings.setting(self.records, "preset"))

    def choose_preset(self, name: str | None) -> None:
        """Remember the preset for this folder; `WrongUse` for a name nobody knows.

        School years begin when the preset says so, so what was worked out by year is made anew.
        """
        chosen = config.preset(name)
        before = self.preset
        settings.set_setting(self.records, "preset", name)
        if chosen != before and self.store.data_version:
            with self.store.writing() as tx:
                settle(tx, None, chosen)
                fold.next_version(tx)

    @property
    def uploads(self) -> Path:
        """Where the bytes of uploads are kept, by hash."""
        return self.folder / "uploads"

    @property
    def staging(self) -> Path:
        """Where a drop lies while it is checked."""
        return self.folder / "staging"

    def healthy(self) -> bool:
        """Whether both stores answer a real query."""
        return self.store.healthy() and self.records.healthy()

    def close(self) -> None:
        """Close both stores."""
        self.store.close()
        self.records.close()


def open_house(
    folder: Path, *, clock: Callable[[], datetime] = datetime.now, least_free: int = LEAST_FREE
) -> House:
    """Open a data folder, making it where there is none; settle what a crash left behind.

    `StoreBusy` (with the address, if known) where another Staffroom has it open; `CannotSave`
    where the disk is full or the folder may not be written.
    """
    notes: list[str] = []
    _finish_restore(folder, notes)  # before any folder is made where one may be moved to
    _ready(folder, least_free)
    path = folder / "facts.duckdb"
    fresh = not path.exists()
    spare = _spare_log(path, clock)
    try:
        store = _open_store(path, notes, spare)
    except BaseException:
        _tidy(spare)
        raise
    try:
        records = Records(folder / "records.sqlite", clock)
        if fresh:
            _stamp(store)
        elif _shape(store) != schema.fingerprint():
            preset = config.preset(settings.setting(records, "preset"))
            store = _rebuilt(store, path, preset)
            notes.append("The data were rebuilt for this version of Staffroom.")
    except BaseException:
        store.close()
        raise
    _clear_staging(folder)
    left = jobs.close_left_open(records)
    if left:
        notes.append(f"{left} unfinished {'job was' if left == 1 else 'jobs were'} closed.")
    missing = _reconcile(store, records)
    if spare is not None and not notes and not any(n.startswith(_MISSING) for n in missing):
        _tidy(spare)
    elif spare is not None:
        notes.append(f"What the computer was saving when it stopped is kept as {spare.name}.")
    notes.extend(missing)
    own.open_numbers(store, records)
    return House(folder, store, records, tuple(notes))


def _finish_restore(folder: Path, notes: list[str]) -> None:
    try:
        swap.finish(folder, notes.append)
    except OSError as error:
        raise CannotSave(LOCKED, error.strerror or "") from error
    except (ValueError, KeyError, TypeError) as error:
        raise StoreDamaged("A restore was cut off and its note cannot be read.") from error


def _open_store(path: Path, notes: list[str], spare: Path | None) -> Store:
    """Open the facts. A log that cannot be read is put aside and kept, never thrown away."""
    try:
        return Store(path)
    except StoreBusy as error:
        raise busy(path.parent, error) from error
    except StoreDamaged:
        log = Path(f"{path}.wal")
        if spare is None or not log.exists():
            raise
        log.unlink()
        try:
            store = Store(path)
        except StoreDamaged:
            shutil.copyfile(spare, log)  # it was not the log alone: leave everything as it is
            raise
        notes.append("The computer stopped while data were being saved, and the last changes "
                     "cannot be read.")
        return store


def _spare_log(path: Path, clock: Callable[[], datetime]) -> Path | None:
    """A copy of the log that a crash left: opening the file may empty it without a word."""
    log = Path(f"{path}.wal")
    if not log.exists() or not path.exists():
        return None
    spare = path.with_name(f"{log.name}-damaged-{clock():%Y%m%d-%H%M%S}")
    try:
        shutil.copyfile(log, spare)
    except OSError as error:
        raise CannotSave(FULL if error.errno == 28 else LOCKED, error.strerror or "") from error
    return spare


def _tidy(spare: Path | None) -> None:
    if spare is not None:
        spare.unlink(missing_ok=True)


def _clear_staging(folder: Path) -> None:
    """Remove what a crash left of a drop: it may hold passwords. The folder is ours alone now."""
    for left in (folder / "staging").iterdir():
        if left.is_dir() and left.name != "spill":
            shutil.rmtree(left, ignore_errors=True)


def settle(
    tx: Transaction, org_ids: Collection[str] | None, preset: config.Preset | None,
    *, noted: bool = False,
) -> None:
    """Work out anew what is derived from the facts of these organisations (None: of all).

    `noted`: only a refold of this same transaction has changed them, so its notes say how much.
    """
    wanted = None if org_ids is None or fold.EVERYWHERE in org_ids else sorted(set(org_ids))
    if wanted == []:
        return
    if preset is None:
        derive(tx, wanted, noted=noted)
    else:
        derive(tx, wanted, preset.year_start, noted=noted)


def busy(folder: Path, error: StoreBusy) -> StoreBusy:
    """The same error with the address of the Staffroom that has the folder open, if it said so."""
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        url = str(json.loads((folder / "open.json").read_text("utf-8"))["url"])
        return StoreBusy(f"Staffroom is open at {url}", error.detail, url)
    return error


def _ready(folder: Path, least_free: int) -> None:
    probe = folder / ".writable"
    try:
        for part in (folder, folder / "uploads", folder / "staging"):
            part.mkdir(parents=True, exist_ok=True)
        probe.write_bytes(b"x")
        probe.unlink(missing_ok=True)  # another one that starts may have been faster
        free = shutil.disk_usage(folder).free
    except OSError as error:
        full = error.errno == 28
        raise CannotSave(FULL if full else LOCKED, error.strerror or "") from error
    if free < least_free:
        raise CannotSave(FULL, f"{free} bytes free")


def _shape(store: Store) -> str | None:
    rows = store.unsafe_run("select value from raw.meta where name = 'fingerprint'")
    return str(rows[0][0]) if rows else None


def _stamp(store: Store) -> None:
    with store.writing() as tx:
        fold.set_meta(tx, "fingerprint", schema.fingerprint())


def _rebuilt(old: Store, path: Path, preset: config.Preset | None) -> Store:
    """Build a facts file of today's shape beside the old one, then swap; a crash leaves the old."""
    beside = path.with_name("facts-new.duckdb")
    for leftover in (beside, Path(f"{beside}.wal")):
        leftover.unlink(missing_ok=True)
    new = Store(beside)
    try:
        _copy_raw(old, new)
        with new.writing() as tx:
            fold.refold(tx, None, preset)
            settle(tx, None, preset)
            fold.next_version(tx)
            fold.set_meta(tx, "fingerprint", schema.fingerprint())
    except BaseException:
        new.close()
        raise
    new.close()
    old.close()  # writes its log into the file, so none is left to be read into the new one
    beside.replace(path)
    return Store(path)


def _copy_raw(old: Store, new: Store) -> None:
    """Carry the rows of all loads over, in their order; a column that is new stays blank."""
    with new.writing() as tx:
        tx.insert("raw.loads", old.unsafe_arrow("select * from raw.loads order by position"))
        version = old.data_version
        fold.set_meta(tx, "data_version", str(version))
        for table in schema.TABLES:
            there = {str(r[0]): str(r[1]) for r in old.unsafe_run(
                "select column_name, data_type from information_schema.columns "
                "where table_schema = 'raw' and table_name = ?", [table.name])}
            wanted = {c.name: c.type for c in table.columns if c.name in there}
            if not wanted:
                continue
            columns = ", ".join(f'try_cast("{n}" as {t}) as "{n}"' for n, t in wanted.items())
            ids = old.unsafe_run(f"select distinct load_id from raw.{table.name} order by 1")
            for (load_id,) in ids:
                tx.insert(f"raw.{table.name}", old.unsafe_arrow(
                    f'select {columns}, load_id, "row" from raw.{table.name} '
                    "where load_id = ? order by rowid", [load_id]))


def _reconcile(store: Store, records: Records) -> list[str]:
    """Make the records of loads agree with the rows that are there; what was mended."""
    rows = {int(r[0]): (int(r[1]), bool(r[2])) for r in store.unsafe_run(
        "select load_id, position, standing from raw.loads")}
    notes: list[str] = []
    known = {load.id: load for load in loads.loads(records)}
    for number, load in known.items():
        there = rows.get(number)
        if there is None and load.state == "pending":
            loads.withdraw(records, [number])
            notes.append(f"An upload of “{load.file}” was cut off. Nothing of it was kept.")
        elif there is None and load.state == "standing":
            loads.set_state(records, [number], "lost")
            notes.append(f"{_MISSING}“{load.file}” are missing. Add this file again.")
        elif there is not None and load.state != ("standing" if there[1] else "reverted"):
            loads.set_state(records, [number], "standing" if there[1] else "reverted")
            if load.state != "pending":
                notes.append(f"The record of “{load.file}” was corrected to what the data say.")
    for number in sorted(set(rows) - set(known)):
        loads.adopt(records, number, *rows[number])
        notes.append(f"Upload {number} had rows and no record. It can be undone.")
    return notes
