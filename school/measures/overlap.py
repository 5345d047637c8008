"""How many students stand behind several numbers at once, counted in the store, nobody listed."""

from __future__ import annotations

from collections.abc import Sequence

from school.config import Preset
from school.measures.asking import question
from school.memory import Memory
from school.prelude import Prelude, together
from school.store import ScopedQuery, Store
from school.view import View

_kept: Memory[tuple[int, int]] = Memory(200)


def overlap(
    store: Store, asked: Sequence[tuple[str, View]], *, preset: Preset | None = None,
) -> tuple[int, int]:
    """Of the yes-or-no numbers (measure, view): students with the bad outcome in two or more, and
    all students who were looked at."""
    if not asked:
        return 0, 0
    version = store.data_version
    key = (tuple(asked), preset.name if preset else None, version)
    kept = _kept.get(store, key)
    if kept is not None:
        return kept
    parts = [_outcomes(store, measure, view, preset, f"n{n}_")
             for n, (measure, view) in enumerate(asked)]
    rows = store.run(together(parts, "looked_at", """
        each as (select student, sum(bad) as times from looked_at group by student)
        select count(*) filter (times > 1), count(*) from each"""))
    return _kept.keep(store, key, (int(rows[0][0]), int(rows[0][1])))


def _outcomes(
    store: Store, measure: str, view: View, preset: Preset | None, prefix: str,
) -> ScopedQuery:
    """One row a student who is counted: 1 where the outcome is bad."""
    asked = question(store, measure, view.with_(by=(), period=None), preset, None)
    found = asked.measure
    prelude = Prelude(asked.view, asked.ground, asked.preset, prefix=prefix)
    prelude.need(found.reads)
    wrong = "> 0" if found.better == "lower" else "< sum(denominator)"
    out = "any_value(left_out) is null and" if "left_out" in found.gives else ""
    return prelude.query(f"""body as ({found.sql})
        select unit as student, (sum(numerator) {wrong})::integer as bad from body
        group by unit having {out} sum(denominator) > 0""", asked.params)
