"""Findings about cells and rows, in words a school secretary can act on, and the checks every
layout shares.

A rejected row always has a finding; where thousands of cells fail for one reason, the first ones
are named and one finding counts the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.cells import Bools, Ints, group_codes, groups
from etl.model import Finding, Level, Sheet

NAMED = 200  # cells named one by one before the rest is counted
POINTED = 20_000  # cells that one finding can point to beside its own


@dataclass(frozen=True)
class Cells:
    """Where a column's values stand: the header on screen, and the sheet row (from 0) of each
    value. `at` is the column (from 0) of each value, where they stand in several.
    """

    column: str
    rows: Ints
    at: Ints | None = None

    def place(self, position: int) -> int | None:
        """The column of a value, where it was said."""
        return None if self.at is None else int(self.at[position])

    def more(self, positions: Sequence[int]) -> tuple[tuple[int, int | None], ...]:
        """Row (from 1) and column of these values, as a finding points to them."""
        return tuple((int(self.rows[i]) + 1, self.place(i)) for i in positions[:POINTED])


def rejections(
    rule: str,
    words: str,
    sheet: Sheet,
    cells: Cells,
    positions: Iterable[int],
    values: pa.Array | None,
    expected: str,
    level: Level = "rejects",
) -> list[Finding]:
    """One finding a cell at `positions`, and one that counts what is over `NAMED`."""
    found = sorted(positions)
    out = [
        Finding(
            rule,
            level,
            words,
            sheet.name,
            int(cells.rows[i]) + 1,
            cells.column,
            None if values is None else _text(values[i].as_py()),
            expected,
            at=cells.place(i),
        )
        for i in found[:NAMED]
    ]
    if len(found) > NAMED:
        rest = len(found) - NAMED
        out.append(
            Finding(
                rule,
                level,
                f"{words} {rest:,} more cells like this.",
                sheet.name,
                column=cells.column,
                expected=expected,
                count=rest,
                more=cells.more(found[NAMED:]),
            )
        )
    return out


def _text(value: object) -> str | None:
    """A cell, or the day that was read from it, as it is shown."""
    return None if value is None else str(value)


def outside(
    days: pa.Array, as_of: date, sheet: Sheet, cells: Cells, first: date = date(1990, 1, 1)
) -> tuple[Bools, list[Finding]]:
    """Days after the as-of date or before `first`: nobody can have been marked then."""
    late = pc.fill_null(pc.greater(days, pa.scalar(as_of, pa.date32())), False)
    early = pc.fill_null(pc.less(days, pa.scalar(first, pa.date32())), False)
    wrong: Bools = pc.or_(late, early).to_numpy(zero_copy_only=False).astype(np.bool_)
    return wrong, rejections(
        "date outside",
        "This day lies in the future or too far back.",
        sheet,
        cells,
        np.flatnonzero(wrong).tolist(),
        days,
        f"a day up to {as_of.isoformat()}",
    )


@dataclass(frozen=True)
class LastStands:
    """Which of several rows for one key stands: `keep` marks it and its exact repeats."""

    keep: Bools
    repeats: int
    superseded: tuple[int, ...]  # positions of earlier rows that say something else


def last_stands(keys: Sequence[pa.Array], values: Sequence[pa.Array]) -> LastStands:
    """Of rows with one key the last stands; earlier ones that differ from it are superseded."""
    count = len(keys[0])
    keep: Bools = np.ones(count, dtype=np.bool_)
    if count == 0:
        return LastStands(keep, 0, ())
    key, first = group_codes(keys)
    if len(first) == count:
        return LastStands(keep, 0, ())
    content, _ = group_codes([pa.array(key), *values])
    last: Ints = np.zeros(len(first), dtype=np.int64)
    last[key] = np.arange(count)  # the last assignment of a key wins
    keep = content == content[last[key]]
    repeats = int(keep.sum()) - len(first)
    return LastStands(keep, repeats, tuple(np.flatnonzero(~keep).tolist()))


def conflict_findings(
    stand: LastStands, sheet: Sheet, cells: Cells, values: pa.Array | None, what: str
) -> list[Finding]:
    """What `last_stands` found, as findings: superseded rows are rejected, repeats only mentioned.
    """
    out = rejections(
        "said twice",
        f"The same {what} stands again further down with another value. The last one counts.",
        sheet,
        cells,
        stand.superseded,
        values,
        "one row each",
    )
    if stand.repeats:
        out.append(
            Finding(
                "repeated",
                "warns",
                "1 row says again what another row says. It counts once." if stand.repeats == 1 else
                f"{stand.repeats:,} rows say again what another row says. They count once.",
                sheet.name,
                count=stand.repeats,
            )
        )
    return out


def two_names(ids: pa.Array, names: pa.Array, sheet: Sheet, cells: Cells) -> list[Finding]:
    """Ids under which different names stand: usually a typing mistake, loaded with a warning."""
    _, pairs, first = groups([ids, names])
    seen: dict[object, str] = {}
    out: list[Finding] = []
    odd = []
    for (key, name), at in sorted(zip(pairs, first.tolist(), strict=True), key=lambda p: p[1]):
        if key is None or name is None:
            continue
        plain = " ".join(name.lower().split())
        if seen.setdefault(key, plain) != plain:
            odd.append(at)
    out += rejections(
        "two names",
        "One student number stands beside two different names. We kept the number.",
        sheet,
        cells,
        odd,
        None,
        "one name for each number",
        "warns",
    )
    return out


def warn(rule: str, words: str, sheet: Sheet, count: int = 1, column: str | None = None) -> Finding:
    """A finding about the whole sheet or column that stops nothing."""
    return Finding(rule, "warns", words, sheet.name, column=column, count=count)
