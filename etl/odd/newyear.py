"""Students of last year's list who are not on the new one: left, and not yet said where to."""

from __future__ import annotations

from etl.odd.check import Check, Noticed
from etl.rollover import RULE, missing
from school.store import Transaction


def _missing(tx: Transaction) -> list[Noticed]:
    start, = tx.execute("select year_start()")[0]
    return [Noticed(sheet, words=f"{n:,} {'student' if n == 1 else 'students'} of the list of "
                                 f"{year} {'is' if n == 1 else 'are'} not on this one. Data "
                                 "quality asks what became of them.", count=n)
            for sheet, year, n in missing(tx, start)]


CHECKS = (
    Check(RULE, "Students of last year's list are not on this one.", ("enrollment",), _missing),
)
