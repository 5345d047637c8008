"""How many students stand behind several numbers at once, counted in the store, nobody listed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from school.config import Preset
from school.measures.asking import question
from school.measures.catalogue import measure_of
from school.memory import Memory
from school.prelude import Prelude, together
from school.store import ScopedQuery, Store
from school.view import View


@dataclass(frozen=True)
class Overlap:
    """Students by which of the numbers they stand behind: bit n of a mask is number n."""

    masks: tuple[tuple[int, int], ...] = ()  # mask, students

    @property
    def people(self) -> int:
        """All students who were looked at, those with no bad outcome too."""
        return sum(n for _, n in self.masks)

    @property
    def several(self) -> int:
        """Students with the bad outcome in two numbers or more."""
        return sum(n for mask, n in self.masks if mask.bit_count() > 1)

    def any(self, numbers: int) -> int:
        """Students with the bad outcome in at least one of the first so many numbers."""
        return sum(n for mask, n in self.masks if mask & (1 << numbers) - 1)

    def any_and(self, numbers: int, other: int) -> int:
        """Of those the ones with that of number `other` too."""
        return sum(n for mask, n in self.masks
                   if mask & (1 << numbers) - 1 and mask >> other & 1)

    def both(self, one: int, other: int) -> int:
        """Students with the bad outcome in both of two numbers; `one` twice gives its own."""
        return sum(n for mask, n in self.masks if mask >> one & 1 and mask >> other & 1)

    def alike(self, one: int, other: int) -> float:
        """Share of those behind either who stand behind both (Jaccard); 0 where there is nobody."""
        either = self.both(one, one) + self.both(other, other) - self.both(one, other)
        return self.both(one, other) / either if either else 0.0


_kept: Memory[dict[str, Overlap]] = Memory(200)
_ALL = ""


def overlap(
    store: Store, asked: Sequence[tuple[str, View]], *, preset: Preset | None = None,
) -> Overlap:
    """Who stands behind which of the yes-or-no numbers (measure, view), in their order."""
    return _found(store, asked, None, preset).get(_ALL, Overlap())


def overlap_by(
    store: Store, asked: Sequence[tuple[str, View]], column: str, *, preset: Preset | None = None,
) -> dict[str, Overlap]:
    """The same for each value of `column`, 'unknown' too; of those whom the last number counts."""
    return _found(store, asked, column, preset)


def _found(
    store: Store, asked: Sequence[tuple[str, View]], column: str | None, preset: Preset | None,
) -> dict[str, Overlap]:
    if not asked:
        return {}
    version = store.data_version
    defined = tuple(measure_of(measure, store).fingerprint for measure, _ in asked)
    key = (tuple(asked), column, defined, preset.name if preset else None, version)
    kept = _kept.get(store, key)
    if kept is not None:
        return kept
    last = len(asked) - 1
    parts = [_outcomes(store, measure, view, preset, n, column if n == last else None)
             for n, (measure, view) in enumerate(asked)]
    here = "having max(part) is not null" if column else ""
    rows = store.run(together(parts, "looked_at", f"""
        each as (select student, max(part) as part, sum(bad) as mask from looked_at
            group by student {here})
        select coalesce(part, ''), mask, count(*) from each group by all order by all"""))
    out: dict[str, list[tuple[int, int]]] = {}
    for part, mask, n in rows:
        out.setdefault(str(part), []).append((int(mask), int(n)))
    return _kept.keep(store, key, {part: Overlap(tuple(masks)) for part, masks in out.items()})


def _outcomes(
    store: Store, measure: str, view: View, preset: Preset | None, number: int,
    column: str | None,
) -> ScopedQuery:
    """One row a student who is counted: the number's bit where the outcome is bad, else 0; and her
    value of `column`, null without one."""
    by = (column,) if column else ()
    asked = question(store, measure, view.with_(by=by, period=None), preset, None)
    found = asked.measure
    prelude = Prelude(asked.view, asked.ground, asked.preset, prefix=f"n{number}_")
    prelude.need(*found.tables)
    # Where neither is better the outcome itself is asked, such as having a plan.
    wrong = "< sum(denominator)" if found.better == "higher" else "> 0"
    out = "any_value(left_out) is null and" if "left_out" in found.gives else ""
    # Two numbers of one file (the school's own) give other values to the same names.
    named = {name: f"n{number}_{name}" for name in asked.params}
    sql = re.sub(r"\$(\w+)", lambda m: f"${named.get(m[1], m[1])}", found.sql)
    joins, label = prelude.label_joins() if column else ("", ", null::text")
    return prelude.query(f"""body as ({sql}), told as (
            select unit as student, max(segment) as segment,
                (sum(numerator) {wrong})::bigint << {number} as bad from body
            group by unit having {out} sum(denominator) > 0)
        select t.student, t.bad{label} as part from told t{joins}""",
        {named[name]: value for name, value in asked.params.items()})
