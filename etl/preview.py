"""What a drop would do, told before it is done: counts, losses and oddities against what stands.

The counts are made by the very functions that publish counts with, over the same rows; nothing is
written but a list of verdicts that lives as long as one transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from etl import losses, odd, verdicts
from etl.desk import Drop
from etl.dropped import Drop as AnyDrop
from etl.model import SheetReport
from etl.publish import arriving, counted, sort_out
from school import schema
from school.house import House


@dataclass(frozen=True)
class Brings:
    """Source rows of several sheets against what stands."""

    new: int
    changed: int
    unchanged: int

    @property
    def nothing(self) -> bool:
        """Whether every row stands already."""
        return self.new == self.changed == 0 and self.unchanged > 0


def look(house: House, drop: Drop) -> Drop:
    """The drop as a card shows it: what needs an answer is asked, what is ready is counted."""
    reports = losses.asked(house, drop, odd.noticed(house, drop, drop.reports))
    return replace(drop, reports=counts(house, replace(drop, reports=reports)))


def notice(house: House, drop: Drop) -> Drop:
    """The drop as the command line loads it: losses and oddities are findings, nothing waits."""
    return replace(drop, reports=losses.noted(house, drop, odd.noticed(house, drop, drop.reports)))


def counts(house: House, drop: AnyDrop) -> tuple[SheetReport, ...]:
    """The reports of a drop, those that are ready with what publishing them now would count."""
    reports = list(drop.reports)
    fresh, again, twins = sort_out(house, drop)
    for file in [*(f for f, _ in again), *(f for f, _ in twins)]:
        for part in file.parts:
            reports[part.at] = counted(part.report, verdicts.Tally())
    parts = [(0, part) for file in fresh for part in file.parts]
    if parts:
        with house.store.writing() as tx:
            verdicts.begin(tx)
            for table in schema.TABLES:
                rows = arriving(table.name, parts)
                if rows is not None:
                    verdicts.judge(tx, table, rows)
            tallies = verdicts.tallies(tx)
        for sheet, (_, part) in enumerate(parts):
            reports[part.at] = counted(part.report, tallies.get(sheet, verdicts.Tally()))
    return tuple(reports)


def brings(reports: Sequence[SheetReport]) -> Brings | None:
    """What the ready ones of these sheets bring together; None where none is ready or counted."""
    ready = [r for r in reports if r.state == "ready"]
    found = Brings(*(sum(getattr(r, name) for r in ready)
                     for name in ("loaded", "changed", "unchanged")))
    return found if found.new or found.changed or found.unchanged else None
