"""How rows become truth: publish, undo and rebuild are one function, `refold`.

For the keys that some loads speak of, what stands in `mart` is deleted and folded anew from `raw`
over the loads that stand, in their order: the last row whole, or the last stated value of each
column, as the table says. Undoing any load therefore equals never having loaded it.
"""

from __future__ import annotations

from collections.abc import Iterable

from school import departures, schema, touched
from school.config import Preset
from school.store import Transaction

EVERYWHERE = "*"  # an org_id that speaks for all schools
_LOOKED_AT = ("org_id", "same_as", "year_start", "student", "date", "begin_date", "end_date")


def refold(
    tx: Transaction, load_ids: Iterable[int] | None, preset: Preset | None = None
) -> set[str]:
    """Fold anew every key that these loads speak of (None: all loads, from nothing).

    Returns the organisations whose facts were touched, before or after; where loads are named,
    `school.touched` keeps the students and days as well. The preset says when a school year ends.
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
        else:
            _collect(tx, table, ids)
            places |= _look(tx, table, now=False)
            tx.execute(
                f"delete from mart.{table.name} as m using spoken_of as k where {_match(table)}")
            tx.execute(_fold(table, f"standing semi join spoken_of using ({_list(table.key)})"))
            places |= _look(tx, table, now=True)
    tx.execute("drop table if exists spoken_of")
    back = _fold(schema.BY_NAME["enrollment"], "standing where student in (from leaving)")
    return places | departures.close(tx, ids, back, preset.year_start if preset else (4, 1))


def next_version(tx: Transaction) -> int:
    """Raise the data version by one; the new one."""
    rows = tx.execute("select value from raw.meta where name = 'data_version'")
    version = int(rows[0][0]) + 1 if rows else 1
    set_meta(tx, "data_version", str(version))
    return version


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


def _collect(tx: Transaction, table: schema.Table, ids: list[int]) -> None:
    marks = ", ".join("?" * len(ids))
    tx.execute(
        f"create or replace temp table spoken_of as select distinct {_list(table.key)} "
        f"from raw.{table.name} where load_id in ({marks})",
        ids,
    )


def _look(tx: Transaction, table: schema.Table, *, now: bool) -> set[str]:
    """Note what stands under the keys spoken of; its organisations."""
    columns = [n for n in _LOOKED_AT if n in table.names]
    if not columns:
        return set()
    tx.execute(
        f"create or replace temp table standing_rows as select {_list(columns)} "
        f"from mart.{table.name} semi join spoken_of using ({_list(table.key)})")
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
