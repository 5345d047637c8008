"""What is made for readers outside the staff, held against everything that was made before.

Two tables of one number whose students differ by a few would tell about those few, whoever takes
one from the other: last week's count and this week's tell about the one who joined. So a release
that stands so near an earlier one is refused, in words, and nothing is written down.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from school.answers import Answer
from school.config import Preset
from school.measures.catalogue import measure_of
from school.measures.hiding import ONE_EACH
from school.measures.members import Cell, members
from school.records import Records, releases
from school.records.releases import Told
from school.stats.suppression import OUTSIDE, Policy
from school.store import Store
from school.terms.release import refused


@dataclass(frozen=True)
class Clash:
    """A new cell and an earlier one that are apart by `people`, fewer than may be told of."""

    new: Told
    before: Told
    people: int


def clash(new: Sequence[Told], before: Iterable[Told], policy: Policy = OUTSIDE) -> Clash | None:
    """The first pair of a new and an earlier cell of one number that may not both be told.

    Two cells of one cut (all, or girls, then and now) are held to METHODS 6: clash where
    0 < |A without B| < k, or the other way round. Of two cuts (a class and a grade, a language and
    a disability) one can be taken from the other only where few are in either alone. Days that do
    not meet have other numbers, and students that were told of before are no news.
    """
    earlier = list(before)
    known = {(old.about, old.members) for old in earlier}
    for old in earlier:
        for cell in new:
            if (cell.about, cell.members) in known or not _of_one(cell, old):
                continue
            apart = (len(cell.members - old.members), len(old.members - cell.members))
            if cell.columns == old.columns:
                close = not policy.apart(cell.members, old.members)
            else:
                close = sum(apart) > 0 and max(apart) < policy.least
            if close:
                return Clash(cell, old, min(n for n in apart if policy.small(n)))
    return None


def _of_one(cell: Told, old: Told) -> bool:
    """Whether both tell one number of days that meet."""
    return cell.about == old.about and cell.first <= old.last and old.first <= cell.last


def release(
    store: Store, records: Records, answers: Sequence[Answer], preset: Preset | None, *,
    page: str, kind: str, who: str,
) -> str:
    """Write down what is told by these answers; or why it may not be told, and nothing is written.

    Empty words where it may.
    """
    cells = _cells(store, records, answers, preset)
    found = clash(cells, releases.earlier(records, {c.about for c in cells}))
    if found is not None:
        return refused(found.before.at, preset)
    if cells:
        releases.keep(records, page, kind, cells, who)
    return ""


def _cells(
    store: Store, records: Records, answers: Sequence[Answer], preset: Preset | None,
) -> list[Told]:
    """Every cell that is shown, once; answers to the staff are none."""
    found: dict[tuple[str, str, str, Cell], frozenset[int]] = {}
    for shown in answers:
        if not shown.view.scope.staff:
            for cell, people in members(store, shown, preset).items():
                view = shown.view
                found.setdefault((_about(shown, store), view.start.isoformat(),
                                  view.end.isoformat(), _whom(shown, cell)), people)
    digests = releases.digests(records, frozenset().union(*found.values()))
    return [Told(*what, frozenset(digests[s] for s in people))
            for what, people in found.items() if people]


def _people(column: str) -> bool:
    """Whether a column chooses students, and not what is counted of them."""
    return column in ONE_EACH or column.startswith("group.")


def _about(shown: Answer, store: Store) -> str:
    """The number, and what of it: a subject or a test, but neither whom nor when."""
    splits = measure_of(shown.measure, store).splits_by
    parts = [f"{c}={'|'.join(v)}" for c, v in shown.view.where if not _people(c) and splits(c)]
    return " ".join([shown.measure, *sorted(parts)])


def _whom(shown: Answer, cell: Cell) -> Cell:
    """Filters and the part of the breakdown: whom a cell is about."""
    chosen = {c: "|".join(v) for c, v in shown.view.where if _people(c)}
    return tuple(sorted({**chosen, **dict(cell)}.items()))
