"""Everything read again from the kept uploads, as it was answered then, into a new facts file.

The new file is built beside the old one and compared with it table by table. What cannot be read
again (it was typed, or its file is gone) is taken over from the old one, and said.
"""

from __future__ import annotations

import itertools
import secrets
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path, PurePath
from typing import Any

import pyarrow as pa

from etl import desk, facts, known
from etl.model import Context
from etl.publish import ready_files
from school import fold, schema
from school.backup import sums
from school.errors import StoreDamaged, UnreadableFile
from school.house import House, open_house, settle
from school.records import loads
from school.records.loads import Load
from school.store import Store, Transaction

SAME = "Read again: the same rows."
DIFFERS = "Read again: other rows than before. The new ones are used."
TYPED = "Typed on a page: taken over as it is."
GONE = "The kept file is no longer there. Its rows are taken over as they are."
UNREAD = "The kept file is not understood any more. Its rows are taken over as they are."
LOST = "Its rows are lost. Add this file again."


Sheets = Mapping[str, Mapping[str, pa.Table]]
Read = Mapping[int, Sheets | None]  # by upload; None where the kept file is not understood


@dataclass(frozen=True)
class ReadAgain:
    """What became of one upload; `same` where its rows are those that stood before."""

    load_id: int
    file: str
    same: bool
    words: str


@dataclass(frozen=True)
class Rebuilt:
    """What a rebuild came to. `identical` compares every table that numbers are made of."""

    loads: tuple[ReadAgain, ...]
    identical: bool
    notes: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Whether nothing changed and nothing is missing."""
        return self.identical and all(x.same for x in self.loads)


def rebuild_from_uploads(folder: Path) -> Rebuilt:
    """Build the facts of a data folder anew from its kept uploads; nobody else may have it open.

    An old facts file that gives other tables, or does not open, is kept under another name.
    """
    now = f"{datetime.now():%Y%m%d-%H%M%S}"
    notes: list[str] = []
    house = _opened(folder, now, notes)
    path, beside = folder / "facts.duckdb", folder / "facts-new.duckdb"
    try:
        for leftover in (beside, Path(f"{beside}.wal")):
            leftover.unlink(missing_ok=True)
        new = Store(beside)
        try:
            done = _read_all(replace(house, store=new), house.store)
            identical = _sums(house.store) == _sums(new)
        finally:
            new.close()
        if not notes and not identical:
            house.store.close()  # writes its log into the file
            aside = path.with_name(f"facts-before-rebuild-{now}.duckdb")
            shutil.copyfile(path, aside)
            notes.append(f"The tables as they were are kept in {aside.name}.")
        house.store.close()
        beside.replace(path)
        healed = [x.load_id for x in done if x.words != LOST]
        loads.set_state(house.records, healed, "standing")
    finally:
        house.close()
    return Rebuilt(tuple(done), identical, tuple(notes))


def _sums(store: Store) -> dict[str, list[Any]] | None:
    """What stands in every table; None for a file that cannot be read to its end."""
    try:
        with store.snapshot() as snapshot:
            return sums(snapshot)
    except StoreDamaged:
        return None


def _opened(folder: Path, now: str, notes: list[str]) -> House:
    """Open the folder; facts that do not open are put aside first, and an empty file begun."""
    try:
        return open_house(folder)
    except StoreDamaged:
        path = folder / "facts.duckdb"
        aside = path.with_name(f"facts-damaged-{now}.duckdb")
        path.replace(aside)
        log = Path(f"{path}.wal")
        if log.exists():
            log.replace(f"{aside}.wal")
        notes.append(f"The data file did not open. It is kept as {aside.name}.")
        return open_house(folder)


def _read_all(house: House, old: Store) -> list[ReadAgain]:
    """Every upload in its order, those of one drop together, into the new store of `house`."""
    listed = sorted(loads.loads(house.records), key=lambda x: x.id)
    out: list[ReadAgain] = []
    for _, together in itertools.groupby(listed, key=lambda x: x.drop_id or x.id):
        drop = list(together)
        standing = [x for x in drop if x.state in ("standing", "lost")]
        folder = house.staging / secrets.token_hex(8)
        try:
            read = _read(house, [x for x in standing if not x.typed], folder)
            with house.store.writing() as tx:
                for load in drop:
                    out += _bring(tx, load, old, read)
                fold.refold(tx, [x.id for x in drop], house.preset)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    with house.store.writing() as tx:
        settle(tx, None, house.preset)
        fold.set_meta(tx, "data_version", str(old.data_version + 1))
        fold.set_meta(tx, "fingerprint", schema.fingerprint())
    return out


def _bring(
    tx: Transaction, load: Load, old: Store, read: Read
) -> Iterator[ReadAgain]:
    """Put the rows of one upload into the new store, and say where they came from."""
    stands = load.state in ("standing", "lost")
    sheets = read.get(load.id)
    if sheets is not None:
        for tables in sheets.values():
            for name, rows in tables.items():
                number = pa.repeat(pa.scalar(load.id, pa.int32()), rows.num_rows)
                tx.insert(f"raw.{name}", rows.append_column("load_id", number))
        same = facts.digest(sheets) == load.digest
        yield ReadAgain(load.id, load.file, same, SAME if same else DIFFERS)
    else:
        there = _take_over(tx, load.id, old)
        if stands and there:
            words = TYPED if load.typed else GONE if load.id not in read else UNREAD
            yield ReadAgain(load.id, load.file, load.typed, words)
        elif stands:
            yield ReadAgain(load.id, load.file, False, LOST)
        if not there:
            return
    tx.execute("insert into raw.loads values (?, ?, ?)", [load.id, load.position, stands])


def _take_over(tx: Transaction, load_id: int, old: Store) -> bool:
    """Copy the rows of one upload from the old store; whether it knew the upload."""
    try:
        if not old.unsafe_run("select 1 from raw.loads where load_id = ?", [load_id]):
            return False
        found = [(t.name, old.unsafe_arrow(
            f"select * from raw.{t.name} where load_id = ? order by rowid", [load_id]))
            for t in schema.TABLES]
    except StoreDamaged:
        return False
    for name, rows in found:
        tx.insert(f"raw.{name}", rows)
    return True


def _read(house: House, drop: Sequence[Load], folder: Path) -> Read:
    """The rows of each upload's sheets, read again with the answers of then."""
    there = [x for x in drop if x.kept_sha256 and (house.uploads / x.kept_sha256).is_file()]
    if not there:
        return {}
    first = there[0]
    context = Context(first.as_of, first.preset, first.answers, known.known(house))
    paths = [_laid_out(house, folder, n, load) for n, load in enumerate(there)]
    try:
        checked = desk.check(paths, context, house.staging, folder=folder,
                             labels=[x.file for x in there])
    except UnreadableFile:
        return {load.id: None for load in there}
    found = {f.dropped.label: f for f in ready_files(checked)}
    out: dict[int, Sheets | None] = {}
    for load in there:
        parts = found[load.file].parts if load.file in found else ()
        sheets = {p.name: p.tables for p in parts if p.name in load.layouts}
        out[load.id] = sheets if set(sheets) == set(load.layouts) else None
    return out


def _laid_out(house: House, folder: Path, number: int, load: Load) -> Path:
    """A kept file under the name it had."""
    place = folder / "files" / str(number)
    place.mkdir(parents=True)
    path = place / (PurePath(load.file).name or "file")
    shutil.copyfile(house.uploads / str(load.kept_sha256), path)
    return path
