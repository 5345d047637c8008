"""How much of the register is marked: half days recorded out of half days expected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from school.measures.cuts import Columns, cut, cut_number, grouping, merged, which_cut
from school.memory import Memory
from school.prelude import Prelude
from school.store import Store

if TYPE_CHECKING:
    from school.measures.asking import Question

ENOUGH = 7  # tenths: under this no rate is shown
GOOD = 9  # tenths: under this the card says so
_KEPT = 500
_kept: Memory[Completeness] = Memory(_KEPT)


@dataclass(frozen=True)
class Completeness:
    """Half days marked and due, in all and per row (period, labels), and school days."""

    marked: int
    due: int
    rows: dict[tuple[date | None, tuple[str, ...]], tuple[int, int]]
    days: int
    how: str

    @property
    def share(self) -> float | None:
        """Marked out of due; None where nothing tells what was due."""
        return self.marked / self.due if self.due else None

    def too_little(self) -> bool:
        """Whether so little is marked that a rate would mislead."""
        return self.due > 0 and 10 * self.marked < ENOUGH * self.due


def completeness(store: Store, asked: Sequence[Question]) -> list[Completeness]:
    """Completeness of each question's view; the same for every measure of attendance.

    The questions differ in their breakdown alone. Counted by class and day, which is quick; by
    student only where a group is asked for, and then for all such questions together.
    """
    keys = [(a.view, a.ground.data_version, a.preset.name if a.preset else None) for a in asked]
    found = {n: kept for n, key in enumerate(keys) if (kept := _kept.get(store, key)) is not None}
    by_student = [n for n, a in enumerate(asked) if n not in found and _needs_students(a)]
    fresh = _by_student(store, [asked[n] for n in by_student]) if by_student else []
    found.update(zip(by_student, fresh, strict=True))
    for n, one in enumerate(asked):
        if n not in found:
            found[n] = _by_class(store, one)
    return [_kept.keep(store, key, found[n]) for n, key in enumerate(keys)]


def _needs_students(asked: Question) -> bool:
    """Whether a group is asked for: the register's days know grade and class, but no groups."""
    columns = (*asked.view.by, *(c for c, _ in asked.view.where))
    return any(c.startswith("group.") for c in columns)


_TALLIED = """select {cut} as cut, period, segment, sum(had) as had, sum(due) as due,
    min(how) as how, max({other}) as other_how{late} from {rows} group by {sets}"""
_BY_STUDENT = """
    wanted as (select period, segment, student, sum(halves) as due, min(how) as how
        from expected group by period, segment, student),
    found as (select period, segment, student, sum(halves) as had
        from recorded group by period, segment, student),
    both_sides as (
        select w.period, w.segment, w.student, w.due, w.how,
            least(coalesce(f.had, 0), w.due) as had
        from wanted w left join found f on f.student = w.student and f.segment = w.segment
            and f.period is not distinct from w.period), """


def _by_class(store: Store, asked: Question) -> Completeness:
    prelude = Prelude(asked.view, asked.ground, asked.preset)
    prelude.need("register")
    tallied = _TALLIED.format(cut="0", late="", rows="register", other="other_how",
                              sets="(period, segment)")
    return _counted(store, [asked], prelude, "", tallied, [()])[0]


def _by_student(store: Store, asked: Sequence[Question]) -> list[Completeness]:
    first, cuts = asked[0], [cut(a)[1] for a in asked]
    prelude = Prelude(first.view.with_(by=cut(first)[0]), first.ground, first.preset, merged(cuts))
    prelude.need("expected")
    prelude.need("recorded")
    placed = f"placed as ({prelude.placed('both_sides', 'student')})"
    tallied = _TALLIED.format(
        cut=which_cut(prelude.late), rows="placed", other="how",
        sets=grouping(prelude.late, cuts, False),
        late="".join(f", late{n}" for n in range(len(prelude.late))))
    return _counted(store, asked, prelude, f"{_BY_STUDENT}{placed}, ", tallied, cuts)


def _counted(
    store: Store, asked: Sequence[Question], prelude: Prelude, before: str, tallied: str,
    cuts: Sequence[Columns],
) -> list[Completeness]:
    """The counts of each question; what is due in all is the sum of its parts."""
    prelude.need("open_days")
    joins, labels = prelude.label_joins()
    places = "".join(f", t.late{n}" for n in range(len(prelude.late)))
    rows = store.run(prelude.query(f"""{before}tallied as ({tallied})
        select t.cut, t.period, t.had, t.due, t.how, t.other_how{labels}{places}
        from tallied t{joins}
        union all select null, null, count(distinct date), null, null, null
            {', null' * (len(prelude.by) + len(prelude.late))} from open_days"""))
    days = next(int(r[2]) for r in rows if r[0] is None)
    columns = (*prelude.by, *prelude.late)
    out = []
    for one, late in zip(asked, cuts, strict=True):
        order = [6 + columns.index(c) for c in one.view.by if c in columns]
        number = cut_number(prelude.late, late)
        mine = [r for r in rows if r[0] == number]
        out.append(Completeness(
            marked=sum(int(r[2] or 0) for r in mine), due=sum(int(r[3] or 0) for r in mine),
            rows={(r[1], tuple(r[i] for i in order)): (int(r[2]), int(r[3])) for r in mine},
            days=days, how=_how([h for r in mine for h in (r[4], r[5]) if h]),
        ))
    return out


def _how(said: Sequence[str]) -> str:
    if not said:
        return "unknown"
    if set(said) == {"calendar"}:
        return "from the calendar"
    return "derived from the marks"
