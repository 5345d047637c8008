"""Undo and rebuild: the same fold as a publish, over fewer loads or over all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from school import fold, schema
from school.errors import WrongUse
from school.house import House, settle
from school.records import audit, loads
from school.store import Transaction


def revert(house: House, load_id: int, who: str) -> dict[str, int]:
    """Take a load back: afterwards it is as if it had never been loaded.

    Returns how many rows went or changed back, by table. `WrongUse` for a number that stands not.
    """
    with house.store.writing() as tx:
        back = _take_back(tx, house, load_id)
        fold.next_version(tx)
    loads.set_state(house.records, [load_id], "reverted")
    audit.note(house.records, who, "undo", back)
    return back


@dataclass(frozen=True)
class GoesBack:
    """What an undo would do: rows by table, and the attendance rate before and after it."""

    rows: Mapping[str, int]
    before: float | None
    after: float | None


def what_goes_back(house: House, load_id: int) -> GoesBack:
    """What `revert` would do, without doing it: the question before an undo."""
    rows: dict[str, int] = {}
    before = after = None
    try:
        with house.store.writing() as tx:
            before = _present(tx)
            rows = _take_back(tx, house, load_id, derive=False)
            after = _present(tx)
            raise _OnlyLooking
    except _OnlyLooking:
        return GoesBack(rows, before, after)


def _present(tx: Transaction) -> float | None:
    absent, possible = tx.execute("select sum(absent), sum(possible) from mart.attendance")[0]
    return 1 - int(absent) / int(possible) if possible else None


def rebuild(house: House) -> None:
    """Fold everything anew from the loads that stand; a sound store stays as it is."""
    with house.store.writing() as tx:
        fold.refold(tx, None, house.preset)
        settle(tx, None, house.preset)
        fold.next_version(tx)


class _OnlyLooking(Exception):
    """Ends a transaction that must not be kept."""


def _take_back(
    tx: Transaction, house: House, load_id: int, *, derive: bool = True
) -> dict[str, int]:
    found = tx.execute("select standing from raw.loads where load_id = ?", [load_id])
    if not found:
        raise WrongUse(f"There is no upload with the number {load_id}.")
    if not found[0][0]:
        raise WrongUse(f"Upload {load_id} was undone before. Nothing changes.")
    before = {t.name: _remember(tx, t, load_id) for t in schema.TABLES}
    tx.execute("update raw.loads set standing = false where load_id = ?", [load_id])
    touched = fold.refold(tx, [load_id], house.preset)
    if derive:
        settle(tx, touched, house.preset, noted=True)
    return {t.name: n for t in schema.TABLES if (n := _differs(tx, t, before[t.name]))}


def _remember(tx: Transaction, table: schema.Table, load_id: int) -> bool:
    """Lay aside what stands now under the keys of this load; whether there is any."""
    keys = ", ".join(f'"{k}"' for k in table.key)
    there = tx.execute(f"select 1 from raw.{table.name} where load_id = ? limit 1", [load_id])
    if there:
        tx.execute(
            f"create or replace temp table was_{table.name} as select * exclude (load_id) "
            f"from mart.{table.name} semi join "
            f"(select {keys} from raw.{table.name} where load_id = ?) using ({keys})", [load_id])
    return bool(there)


def _differs(tx: Transaction, table: schema.Table, remembered: bool) -> int:
    """How many of the rows laid aside no longer stand as they were."""
    if not remembered:
        return 0
    columns = ", ".join(f'"{n}"' for n in table.names)
    rows = tx.execute(
        f"select count(*) from (select {columns} from was_{table.name} "
        f"except select {columns} from mart.{table.name})")
    tx.execute(f"drop table was_{table.name}")
    return int(rows[0][0])
