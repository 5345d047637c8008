"""When a sign was last seen: the latest day of absence, test or incident, scoped like all rows."""

from __future__ import annotations

from datetime import date

from school.config import Preset
from school.ground import ground
from school.prelude import Prelude
from school.store import Store
from school.view import View


def last_absent(store: Store, view: View, preset: Preset | None) -> dict[int, date]:
    """Each student's latest day with an absence in the view."""
    return _latest(store, view, preset, "attendance", "where absent_halves > 0")


def last_incident(store: Store, view: View, preset: Preset | None) -> dict[int, date]:
    """Each student's latest incident in the view."""
    return _latest(store, view, preset, "incidents", "")


def last_tested(store: Store, view: View, preset: Preset | None) -> dict[int, date]:
    """Each student's latest result or level in the view, whatever it says."""
    return _latest(store, view, preset, "results",
                   "where score is not null or level is not null")


def _latest(
    store: Store, view: View, preset: Preset | None, table: str, kept: str,
) -> dict[int, date]:
    plain = view.with_(by=(), period=None)
    prelude = Prelude(plain, ground(store), preset, daily=True)
    prelude.need(table)
    rows = store.run(prelude.query(
        f"latest as (select student, max(date) as day from {table} {kept} group by student) "
        "select student, day from latest"))
    return {int(student): day for student, day in rows}
