"""What a check is: a rule, a sentence, a level, the tables it needs, and the query that finds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from etl.model import Level
from school.store import Transaction


@dataclass(frozen=True)
class Noticed:
    """One row of a sheet (or the sheet itself) that is odd.

    `words` where they are its own; `{who}` in them becomes the class `label` in country words.
    """

    sheet: int
    row: int | None = None
    found: str | None = None
    words: str | None = None
    count: int = 1
    label: str = ""


@dataclass(frozen=True)
class Check:
    """One check. `words` say what is odd of one row and what to do, and hold no name."""

    rule: str
    words: str
    needs: tuple[str, ...]
    find: Callable[[Transaction], Sequence[Noticed]]
    level: Level = "warns"
    expected: str | None = None


def rows_of(sql: str) -> Callable[[Transaction], list[Noticed]]:
    """A query over `drop_…` and `mart.…` tables that returns sheet, row and what was found."""

    def find(tx: Transaction) -> list[Noticed]:
        return [Noticed(int(s), None if r is None else int(r), None if f is None else str(f))
                for s, r, f in tx.execute(sql)]

    return find
