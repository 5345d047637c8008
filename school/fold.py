"""How rows become truth: publish, undo and rebuild are one function, `refold`.

For the keys that some loads speak of, what stands in `mart` is deleted and folded anew from `raw`
over the loads that stand, in their order: the last row whole, or the last stated value of each
column, as the table says. Undoing any load therefore equals never having loaded it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from school import departures, schema, touched
from school.config import Preset
from school.store import Transaction

EVERYWHERE = "*"  # an org_id that speaks for all schools
_LOOKED_AT = ("org_id", "same_as", "year_start", "student", "date", "begin_date", "end_date")


def refold(
    tx: Transaction, load_ids: Iterable[int] | None, preset: Preset | None = None, *,
    new: Collection[str] = (),
) -> set[str]:
    """Fold anew every key that these loads speak of (None: all loads, from nothing).

    Returns the organisations whose facts were touched, before or after; where loads are named,
    `school.touched` keeps the students and days as well. The preset says when a school year ends.
    `new` names tables of which these loads bring only keys that nothing stands under, each once:
    their rows stand as they are.
    """
    places: set[str] = set()
    touched.begin(tx)
    ids = None if load_ids is None else sorted(set(load_ids))
    for table in schema.TABLES if ids is None else _spoken_of(tx, ids):
        if ids is None:
            places |= _organisations(tx, table, f"mart.{table.name}")
            tx.execute(f"delete from mart.{table.name}")
            tx.execute(_fold(table, "standing"))
            places |= _organisations(tx, table, f"mart.{table.name}")
        elif table.name in new:
            places |= _add(tx, table, ids)
        else:
            places |= _again(tx, table, ids)
    tx.execute("drop table if exists spoken_of")
    back = _fold(schema.BY_NAME["enrollment"], "standing where student in (from leaving)")
    return places | departures.close(tx, ids, back, preset.year_start if preset else (4, 1))


def version(tx: Transaction) -> int:
    """The data version as it stands; 0 in an empty store."""
    return int(meta(tx, "data_version") or 0)


def next_version(tx: Transaction) -> int:
    """Raise the data version by one; the new one."""
    new = version(tx) + 1
    set_meta(tx, "data_version", str(new))
    return new


def set_meta(tx: Transaction, name: str, value: str) -> None:
    """Keep a value beside the rows, so that it commits and rolls back with them."""
    tx.execute("delete from raw.meta where name = ?", [name])
    tx.execute("insert into raw.meta values (?, ?)", [name, value])


def meta(tx: Transaction, name: str) -> str | None:
    """A value kept beside the rows, or None."""
    rows = tx.execute("select value from raw.meta where name = ?", [name])
    return str(rows[0][0]) if rows else None


def _spoken_of(tx: Transaction, ids: list[int]) -> list[schema.Table]:
    """Tables of which these loads hold rows."""
    marks = ", ".join("?" * len(ids))
    rows = tx.execute(" union all ".join(
        f"select {at} where exists (from raw.{table.name} where load_id in ({marks}))"
        for at, table in enumerate(schema.TABLES)), ids * len(schema.TABLES))
    return [schema.TABLES[at] for (at,) in sorted(rows)]


def _add(tx: Transaction, table: schema.Table, ids: list[int]) -> set[str]:
    """Put the rows of these loads in place where no other speaks of their keys; their
    organisations.
    """
    rows = f"(from raw.{table.name} where {_of(ids)})"
    columns = _list(table.names)
    tx.execute(f"insert into mart.{table.name} ({columns}, load_id) "
               f"select {columns}, load_id from {rows}")
    touched.note(tx, table, rows, now=True)
    return _organisations(tx, table, rows)


def _again(tx: Transaction, table: schema.Table, ids: list[int]) -> set[str]:
    """Fold anew the keys of one table that these loads speak of; their organisations."""
    made = f"select distinct {_list(table.key)} from raw.{table.name} where {_of(ids)}"
    tx.execute(f"create or replace temp table spoken_of as {made}")
    (keys,), = tx.execute("select count(*) from spoken_of")
    own = _all_own(tx, table, ids, keys)
    places = _look(tx, table, _of(ids) if own else None, now=False)
    if own:
        tx.execute(f"delete from mart.{table.name} where {_of(ids)}")
    else:
        tx.execute(
            f"delete from mart.{table.name} as m using spoken_of as k where {_match(table)}")
    (there,), = tx.execute(_fold(table, f"standing semi join spoken_of using ({_list(table.key)})"))
    if there:
        own = _all_own(tx, table, ids, there)
        places |= _look(tx, table, _of(ids) if own else None, now=True)
    return places


def _of(ids: list[int]) -> str:
    return f"load_id in ({', '.join(map(str, ids))})"


def _all_own(tx: Transaction, table: schema.Table, ids: list[int], keys: int) -> bool:
    """Whether these loads have the last word under all `keys` they speak of: their rows are then
    found by the number of the load, which passes over most of a big table.
    """
    (own,), = tx.execute(f"select count(*) from mart.{table.name} where {_of(ids)}")
    return bool(own == keys)


def _look(tx: Transaction, table: schema.Table, own: str | None, *, now: bool) -> set[str]:
    """Note what stands under the keys spoken of (where `own` is true, if given); its organisations.
    """
    columns = [n for n in _LOOKED_AT if n in table.names]
    if not columns:
        return set()
    which = f"where {own}" if own else f"semi join spoken_of using ({_list(table.key)})"
    tx.execute(f"create or replace temp table standing_rows as select {_list(columns)} "
               f"from mart.{table.name} {which}")
    touched.note(tx, table, "standing_rows", now=now)
    places = _organisations(tx, table, "standing_rows")
    tx.execute("drop table standing_rows")
    return places


def _organisations(tx: Transaction, table: schema.Table, rows: str) -> set[str]:
    out: set[str] = set()
    for name in ("org_id", "same_as"):
        if name in table.names:
            found = tx.execute(f'select distinct "{name}" from {rows}')
            out |= {str(r[0]) for r in found if r[0] is not None}
    return out


def _fold(table: schema.Table, standing: str) -> str:
    """`insert` of what stands: rows of `raw` in the order of their loads, then as they came.

    A rowid grows with every row appended, so it tells the order of rows within one load.
    """
    columns, keys = _list(table.names), _list(table.key)
    ordered = (
        f"with standing as (select r.*, r.rowid as came, l.position from raw.{table.name} as r "
        "join raw.loads as l using (load_id) where l.standing), "
        f"here as (select * from {standing}) "
    )
    into = f"insert into mart.{table.name} ({columns}, load_id) "
    if table.fold == "row":
        return into + ordered + (
            f"select {columns}, load_id from here qualify row_number() over "
            f"(partition by {keys} order by position desc, came desc) = 1"
        )
    last = ", ".join(
        f'"{n}"' if n in table.key else f'arg_max("{n}", nth) as "{n}"' for n in table.names
    )
    return into + ordered + (
        ", numbered as (select *, row_number() over (order by position, came) as nth from here) "
        f"select {last}, arg_max(load_id, nth) from numbered group by {keys}"
    )


def _match(table: schema.Table) -> str:
    return " and ".join(f'm."{k}" = k."{k}"' for k in table.key)


def _list(names: Iterable[str]) -> str:
    return ", ".join(f'"{n}"' for n in names)
