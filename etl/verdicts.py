"""What each source row brings: something new, something changed, or nothing that was not there.

Every fact of a drop is compared with what stands in `mart` before the drop, and with earlier rows
of the same drop that speak of the same key. A source row is changed if one of its facts is, else
new if one of them is. Facts that only describe others (the school named above a register) have no
say, unless a sheet holds nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.cells import surely_distinct
from school import schema
from school.store import Transaction

DESCRIBING = frozenset(
    {"organisations", "classes", "assessments", "levels", "survey_waves", "survey_items"}
)
# The highest code of its facts is that of a source row. What it meets stood before the drop, or
# only in earlier rows of the drop.
SAME_WITHIN, SAME, NEW, CHANGED_WITHIN, CHANGED = range(5)


@dataclass(frozen=True)
class Tally:
    """Source rows of one sheet that bring something new, and that change something.

    `within` of the changed ones differ from earlier rows of the same drop alone; `same` say what
    stood before the drop.
    """

    new: int = 0
    changed: int = 0
    within: int = 0
    same: int = 0


@dataclass(frozen=True)
class Judged:
    """What these rows bring to a store of this version.

    `rows` tells them by their digest, sheet by sheet; `new` are the tables of which every row
    brings a key of its own; `tallies` count by the number of the sheet.
    """

    version: int
    rows: tuple[tuple[str, str], ...]
    new: frozenset[str]
    tallies: Mapping[int, Tally]


Arrived = Sequence[tuple[schema.Table, pa.Table]]  # rows of a drop, with sheet and seq


def judge(tx: Transaction, arrived: Arrived) -> tuple[frozenset[str], Mapping[int, Tally]]:
    """Judge all rows of a drop before they are folded.

    Returns the tables of which each row brings a key of its own, under which nothing stands, and
    what the source rows bring, by sheet.
    """
    once = frozenset(t.name for t, rows in arrived if _once(tx, t, rows))
    new = frozenset(t.name for t, rows in arrived if t.name in once and not _stands(tx, t, rows))
    counted = _all_new(arrived, new)
    if counted is None:
        tx.execute(
            "create or replace temp table verdict "
            '(sheet INTEGER, "row" INTEGER, code TINYINT, describing BOOLEAN)')
        for table, rows in arrived:
            _judge(tx, table, rows, once=table.name in once)
        counted = _tallies(tx)
    return new, counted


def _once(tx: Transaction, table: schema.Table, rows: pa.Table) -> bool:
    """Whether no key comes twice among these rows."""
    if surely_distinct([rows[k] for k in table.key]):
        return True
    keys = ", ".join(f'"{k}"' for k in table.key)
    with tx.relation("arriving", rows):
        (once,), = tx.execute(
            f"select count(*) = (select count(*) from (select distinct {keys} from arriving)) "
            "from arriving")
    return bool(once)


def _stands(tx: Transaction, table: schema.Table, rows: pa.Table) -> bool:
    """Whether something stands under one of the keys of these rows."""
    keys = ", ".join(f'"{k}"' for k in table.key)
    with tx.relation("arriving", rows):
        (found,), = tx.execute(
            f"select exists (from mart.{table.name} semi join arriving using ({keys}))")
    return bool(found)


def _all_new(arrived: Arrived, new: Set[str]) -> Mapping[int, Tally] | None:
    """Source rows by sheet where all that has the say is new, as in most uploads; else None."""
    say = [(t, rows) for t, rows in arrived if t.name not in DESCRIBING]
    heard = {n for _, rows in say for n in pc.unique(rows["sheet"]).to_pylist()}
    every = {n for _, rows in arrived for n in pc.unique(rows["sheet"]).to_pylist()}
    if not say or every > heard or any(t.name not in new for t, _ in say):
        return None
    places = [rows["sheet"].to_numpy().astype(np.int64) << 32
              | rows["row"].to_numpy().astype(np.int64)
              for _, rows in say if not rows["row"].null_count]
    if len(places) < len(say):
        return None
    every_place = np.concatenate(places)
    every_place.sort()
    differs = np.append(True, every_place[1:] != every_place[:-1])
    counts = np.bincount(every_place[differs] >> 32)
    return {n: Tally(new=int(counts[n])) for n in sorted(heard)}


def _judge(tx: Transaction, table: schema.Table, incoming: pa.Table, *, once: bool) -> None:
    """Write down a verdict on each row of one table."""
    with tx.relation("arriving", incoming):
        source = _plain(table) if once else _repeating(table)
        tx.execute(
            f'insert into verdict select sheet, "row", {_code(table)}, {table.name in DESCRIBING} '
            f"from ({source})")


# New, changed, of these within the drop, the same: in the order of a `Tally`.
_COUNTED = (
    f"count(*) filter (where code = {NEW}), count(*) filter (where code >= {CHANGED_WITHIN}), "
    f"count(*) filter (where code = {CHANGED_WITHIN}), count(*) filter (where code = {SAME})"
)


def _tallies(tx: Transaction) -> Mapping[int, Tally]:
    """Source rows by sheet, once every table is judged: of several verdicts the greatest."""
    rows = tx.execute(
        "with own as (select sheet, bool_and(describing) as only_describing "
        "from verdict group by sheet), "
        'each as (select v.sheet, v."row", max(v.code) as code from verdict as v '
        "join own using (sheet) where (not v.describing or own.only_describing) "
        'and v."row" is not null group by v.sheet, v."row") '
        f"select sheet, {_COUNTED} from each group by sheet"
    )
    tx.execute("drop table verdict")
    return {int(sheet): Tally(*(int(n) for n in counts)) for sheet, *counts in rows}


def _others(table: schema.Table) -> list[str]:
    return [n for n in table.names if n not in table.key]


def _join(table: schema.Table) -> str:
    on = " and ".join(f'a."{k}" = m."{k}"' for k in table.key)
    return f"from arriving as a left join mart.{table.name} as m on {on}"


def _plain(table: schema.Table) -> str:
    """No key comes twice in the drop: each row meets what stands."""
    pairs = "".join(f', a."{n}" as "a_{n}", m."{n}" as "m_{n}"' for n in _others(table))
    there = f'm."{table.key[0]}" is not null'
    return f'select a.sheet, a."row", {there} as stood, false as within{pairs} {_join(table)}'


def _repeating(table: schema.Table) -> str:
    """Keys come more than once: each row meets what the rows before it left standing."""
    keys = ", ".join(f'a."{k}"' for k in table.key)
    there = f'm."{table.key[0]}" is not null'
    pairs = "".join(f', a."{n}" as "a_{n}", {_before(table, n)} as "m_{n}"' for n in _others(table))
    return (
        f'select a.sheet, a."row", {there} or row_number() over w > 1 as stood, '
        f"not ({there}) as within{pairs} {_join(table)} "
        f"window w as (partition by {keys} order by a.seq), "
        f"before as (partition by {keys} order by a.seq "
        "rows between unbounded preceding and 1 preceding)"
    )


def _before(table: schema.Table, name: str) -> str:
    if table.fold == "row":
        return f'case when row_number() over w > 1 then lag(a."{name}") over w else m."{name}" end'
    return f'coalesce(last_value(a."{name}" ignore nulls) over before, m."{name}")'


def _code(table: schema.Table) -> str:
    differs = [f'"a_{n}" is distinct from "m_{n}"' for n in _others(table)]
    if table.fold == "columns":  # a blank says nothing, so it changes nothing
        differs = [
            f'"a_{n}" is not null and "a_{n}" is distinct from "m_{n}"' for n in _others(table)
        ]
    other = " or ".join(f"({d})" for d in differs) or "false"
    return (f"case when not stood then {NEW} "
            f"when {other} then if(within, {CHANGED_WITHIN}, {CHANGED}) "
            f"else if(within, {SAME_WITHIN}, {SAME}) end")
