"""What a drop would do, told before it is done: counts, losses and oddities against what stands.

The counts are made by the very functions that publish counts with, over the same rows; nothing is
written but a list of verdicts that lives as long as one transaction.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from etl import losses, odd, verdicts
from etl.desk import Drop
from etl.dropped import Drop as AnyDrop
from etl.model import Finding, SheetReport
from etl.publish import arriving, counted, judge, sort_out
from etl.verdicts import Judged
from school import schema
from school.errors import StaffroomError
from school.house import House

Reports = tuple[SheetReport, ...]
NOT_CHECKED = "We could not look for odd rows in this file. Everything else was checked."
NOT_COMPARED = "We could not compare this file with the last upload. Look whether all is in it."
_log = logging.getLogger("staffroom.preview")


@dataclass(frozen=True)
class Brings:
    """Source rows of several sheets against what stands.

    `replacing` and `repeating` of the changed and unchanged ones meet other rows of the same drop
    alone, not what stands.
    """

    new: int
    changed: int
    unchanged: int
    replacing: int = 0
    repeating: int = 0

    @property
    def nothing(self) -> bool:
        """Whether every row stands already."""
        return self.new == self.changed == 0 and self.unchanged > 0


def look(house: House, drop: Drop) -> Drop:
    """The drop as a card shows it: what needs an answer is asked, what is ready is counted."""
    reports = _compared(house, drop, losses.asked)
    reports, judged = counts(house, replace(drop, reports=reports))
    return replace(drop, reports=reports, judged=judged)


def notice(house: House, drop: Drop) -> Drop:
    """The drop as the command line loads it: losses and oddities are findings, nothing waits."""
    return replace(drop, reports=_compared(house, drop, losses.noted))


def _compared(house: House, drop: Drop, alarm: Callable[..., Reports]) -> Reports:
    """The reports with oddities and losses; what cannot be looked at is said and stops nothing."""
    reports: Reports = tuple(drop.reports)
    for look_at, words in ((odd.noticed, NOT_CHECKED), (alarm, NOT_COMPARED)):
        try:
            reports = look_at(house, drop, reports)
        except StaffroomError:
            raise
        except Exception as error:  # a strange file must not be refused by what only warns
            _log.error("a look at a drop failed: %s", type(error).__name__)
            said = Finding("not looked at", "warns", words)
            reports = tuple(replace(r, findings=(*r.findings, said)) if r.state == "ready" else r
                            for r in reports)
    return reports


def counts(house: House, drop: AnyDrop) -> tuple[Reports, Judged | None]:
    """The reports of a drop, those that are ready with what publishing them now would count, and
    the verdicts behind the counts.
    """
    reports = list(drop.reports)
    fresh, again, twins = sort_out(house, drop)
    for file, load_id in again:
        for part in file.parts:
            reports[part.at] = replace(counted(part.report, verdicts.Tally()), load_id=load_id)
    for file in (f for f, _ in twins):
        for part in file.parts:
            told = counted(part.report, verdicts.Tally())
            reports[part.at] = replace(told, within=(0, told.unchanged))
    parts = [(0, part) for file in fresh for part in file.parts]
    if not parts:
        return tuple(reports), None
    with house.store.writing() as tx:
        judged = judge(tx, fresh, ((t, arriving(t.name, parts)) for t in schema.TABLES))
    for sheet, (_, part) in enumerate(parts):
        tally = judged.tallies.get(sheet, verdicts.Tally())
        told = counted(part.report, tally)
        reports[part.at] = replace(told, within=(
            min(tally.within, told.changed), max(0, told.unchanged - tally.same)))
    return tuple(reports), judged


def brings(reports: Sequence[SheetReport]) -> Brings | None:
    """What the ready ones of these sheets bring together; None where none is ready or counted."""
    ready = [r for r in reports if r.state == "ready"]
    found = Brings(*(sum(getattr(r, name) for r in ready)
                     for name in ("loaded", "changed", "unchanged")),
                   *(sum(r.within[at] for r in ready) for at in (0, 1)))
    return found if found.new or found.changed or found.unchanged else None
