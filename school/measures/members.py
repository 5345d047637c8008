"""Who is counted in each cell of an answer: sets of students, for the ledger of releases alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from school.answers import Answer
from school.config import Preset
from school.measures.asking import question
from school.measures.catalogue import measure_of
from school.measures.hiding import ONE_EACH
from school.prelude import OF_STUDENTS, Prelude
from school.store import Store

Cell = tuple[tuple[str, str], ...]  # column and value of a breakdown; empty for the whole


def members(
    store: Store, shown: Answer, preset: Preset | None,
    params: Mapping[str, Any] | None = None,
) -> dict[Cell, frozenset[int]]:
    """The students behind the denominator of every cell that `shown` shows, hidden ones left out.

    Cells are those of breakdowns by place or group; over the periods of a series they are taken
    together. Empty for numbers that are not about students, and where nothing is shown.
    """
    measure = measure_of(shown.measure, store)
    if measure.reads not in OF_STUDENTS or shown.withheld:
        return {}
    by = tuple(c for c in shown.view.by if c in ONE_EACH or c.startswith("group."))
    seen = {tuple((c, row.segments[c]) for c in by) for row in shown.rows if not row.hidden}
    if not seen:
        return {}
    asked = question(store, shown.measure, shown.view.with_(by=by, period=None), preset, params)
    prelude = Prelude(asked.view, asked.ground, asked.preset)
    prelude.need(*asked.measure.tables)
    counted = "sum(denominator) > 0" if "denominator" in asked.measure.gives else "true"
    out = "any_value(left_out) is null and" if "left_out" in asked.measure.gives else ""
    joins, labels = prelude.label_joins()
    rows = store.run(prelude.query(f"""
        body as ({asked.measure.sql}), told as (
            select try_cast(unit as bigint) as student, segment from body
            group by unit, segment having {out} {counted})
        select t.student{labels} from told t{joins} where t.student is not null""", asked.params))
    found: dict[Cell, set[int]] = {}
    for student, *values in rows:
        cell = tuple(zip(by, (str(v) for v in values), strict=True))
        if cell in seen:
            found.setdefault(cell, set()).add(int(student))
    return {cell: frozenset(people) for cell, people in found.items()}
