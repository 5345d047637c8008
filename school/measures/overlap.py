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

    def both(self, one: int, other: int) -> int:
        """Students with the bad outcome in both of two numbers; `one` twice gives its own."""
        return sum(n for mask, n in self.masks if mask >> one & 1 and mask >> other & 1)

    def alike(self, one: int, other: int) -> float:
        """Share of those behind either who stand behind both (Jaccard); 0 where there is nobody."""
        either = self.both(one, one) + self.both(other, other) - self.both(one, other)
        return self.both(one, other) / either if either else 0.0


_kept: Memory[Overlap] = Memory(200)


def overlap(
    store: Store, asked: Sequence[tuple[str, View]], *, preset: Preset | None = None,
) -> Overlap:
    """Who stands behind which of the yes-or-no numbers (measure, view), in their order."""
    if not asked:
        return Overlap()
    version = store.data_version
    defined = tuple(measure_of(measure, store).fingerprint for measure, _ in asked)
    key = (tuple(asked), defined, preset.name if preset else None, version)
    kept = _kept.get(store, key)
    if kept is not None:
        return kept
    parts = [_outcomes(store, measure, view, preset, n)
             for n, (measure, view) in enumerate(asked)]
    rows = store.run(together(parts, "looked_at", """
        each as (select student, sum(bad) as mask from looked_at group by student)
        select mask, count(*) from each group by mask order by mask"""))
    return _kept.keep(store, key, Overlap(tuple((int(m), int(n)) for m, n in rows)))


def _outcomes(
    store: Store, measure: str, view: View, preset: Preset | None, number: int,
) -> ScopedQuery:
    """One row a student who is counted: the number's bit where the outcome is bad, else 0."""
    asked = question(store, measure, view.with_(by=(), period=None), preset, None)
    found = asked.measure
    prelude = Prelude(asked.view, asked.ground, asked.preset, prefix=f"n{number}_")
    prelude.need(*found.tables)
    # Where neither is better the outcome itself is asked, such as having a plan.
    wrong = "< sum(denominator)" if found.better == "higher" else "> 0"
    out = "any_value(left_out) is null and" if "left_out" in found.gives else ""
    # Two numbers of one file (the school's own) give other values to the same names.
    named = {name: f"n{number}_{name}" for name in asked.params}
    sql = re.sub(r"\$(\w+)", lambda m: f"${named.get(m[1], m[1])}", found.sql)
    return prelude.query(f"""body as ({sql})
        select unit as student, (sum(numerator) {wrong})::bigint << {number} as bad from body
        group by unit having {out} sum(denominator) > 0""",
        {named[name]: value for name, value in asked.params.items()})
