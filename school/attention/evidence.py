"""When a sign was last seen: the latest day of absence, test or incident, scoped like all rows."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from school.config import Preset
from school.ground import ground
from school.prelude import Prelude
from school.store import Store
from school.view import View

_TESTED = "score is not null or level is not null"


def last_absent(
    store: Store, view: View, preset: Preset | None, of: Collection[int],
) -> dict[int, date]:
    """The latest day with an absence in the view of each of these students."""
    return _latest(store, view, preset, "attendance", "absent_halves > 0", of)


def last_incident(
    store: Store, view: View, preset: Preset | None, of: Collection[int],
) -> dict[int, date]:
    """The latest incident in the view of each of these students."""
    return _latest(store, view, preset, "incidents", "true", of)


def last_tested(
    store: Store, view: View, preset: Preset | None, of: Collection[int],
) -> dict[int, date]:
    """The latest result or level in the view of each of these students, whatever it says."""
    return _latest(store, view, preset, "results", _TESTED, of)


def tested(store: Store, view: View, preset: Preset | None) -> int:
    """How many students have a result or level in the view."""
    prelude = Prelude(view.with_(by=(), period=None), ground(store), preset)
    prelude.need("results")
    (found,), = store.run(prelude.query(
        f"seen as (select distinct student from results where {_TESTED}) "
        "select count(*) from seen"))
    return int(found)


def _latest(
    store: Store, view: View, preset: Preset | None, table: str, kept: str, of: Collection[int],
) -> dict[int, date]:
    if not of:
        return {}
    plain = view.with_(by=(), period=None)
    prelude = Prelude(plain, ground(store), preset, daily=True)
    prelude.need(table)
    rows = store.run(prelude.query(
        f"latest as (select student, max(date) as day from {table} where ({kept}) and student in "
        f"(select unnest({prelude.bind(list(of))})) group by student) "
        "select student, day from latest"))
    return {int(student): day for student, day in rows}
