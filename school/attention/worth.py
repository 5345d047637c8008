"""Does the list work? Those listed a year ago beside what became of them, counted and in ranges.

The list is looked at as it would have stood on the same day a year earlier; what counts as having
come to pass is leaving without a known school, repeating the grade, or failing in a core subject
since. Whoever was helped in between did not fail, which hides how good a list is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from school.attention.listing import listed_at
from school.attention.signs import signs
from school.config import Preset
from school.ground import ground
from school.periods import year_before
from school.prelude import Prelude
from school.stats.screening import Screen, Share
from school.store import Store
from school.view import View


@dataclass(frozen=True)
class Worth:
    """The list of a year ago against what came to pass; `group` is empty for all students."""

    group: str
    listed: int
    events: int
    people: int
    hit: int  # listed, and it came to pass

    @property
    def seen(self) -> Screen:
        """The four counts of the list."""
        missed = self.events - self.hit
        return Screen(self.hit, self.listed - self.hit, missed, self.people - self.listed - missed)

    @property
    def judged(self) -> bool:
        """Whether enough came to pass to judge the list by."""
        return self.seen.judged

    @property
    def of_listed(self) -> Share:
        """Of those listed, to how many it came to pass."""
        return self.seen.of_listed

    @property
    def of_events(self) -> Share:
        """Of those to whom it came to pass, how many were listed."""
        return self.seen.sensitivity

    @property
    def of_well(self) -> Share:
        """Of those to whom nothing happened, how many were not listed."""
        return self.seen.specificity

    @property
    def of_unlisted(self) -> Share:
        """Of those not listed, to how many nothing happened."""
        return self.seen.of_unlisted


def worth(
    store: Store, view: View, preset: Preset | None, kinds: tuple[str, ...] = (),
) -> list[Worth]:
    """The list of a year ago for all students, then by each value of these kinds of groups.

    Empty outside the school's own staff, and where nobody was on roll a year ago.
    """
    if not view.scope.staff:
        return []
    then = year_before(view).with_(by=(), period=None)
    people = _on_roll(store, then, preset, kinds)
    if not people:
        return []
    listed = {n for n in listed_at(store, then, preset) if n in people}
    came = set(signs(store, view, preset).course)
    came = (came | _left_or_repeated(store, then, view, preset)) & set(people)
    out = [_of("", set(people), listed, came)]
    for place in range(len(kinds)):
        values = sorted({groups[place] for groups in people.values() if groups[place]})
        out += [_of(v, {n for n, g in people.items() if g[place] == v}, listed, came)
                for v in values]
    return out


def _of(group: str, people: set[int], listed: set[int], came: set[int]) -> Worth:
    here, there = listed & people, came & people
    return Worth(group, len(here), len(there), len(people), len(here & there))


def _on_roll(
    store: Store, then: View, preset: Preset | None, kinds: tuple[str, ...],
) -> Mapping[int, tuple[str, ...]]:
    """Students on roll on the last day of a view, with their groups of these kinds."""
    prelude = Prelude(then, ground(store), preset)
    prelude.need("enrollment")
    columns = "".join(
        f", arg_max_null(m.value, m.valid_from) filter (m.kind = {prelude.bind(k)})" for k in kinds)
    rows = store.run(prelude.query(f"""
        here as (select distinct student from enrollment)
        select h.student{columns} from here h
            left join mart.memberships m on m.student = h.student
                and m.valid_from <= {prelude.bind(then.end)}
        group by h.student"""))
    return {int(r[0]): tuple(str(v or "") for v in r[1:]) for r in rows}


def _left_or_repeated(store: Store, then: View, now: View, preset: Preset | None) -> set[int]:
    """Who left without a known school since, or sits in the same grade a school year later."""
    prelude = Prelude(now, ground(store), preset)
    start, end = prelude.bind(then.end), prelude.bind(now.end)
    rows = store.run(prelude.query(f"""
        gone as (select distinct student from mart.enrollment
            where end_date > {start} and end_date <= {end}
                and exit_type in ('dropped_out', 'unknown') and {prelude.in_schools('org_id')}),
        repeated as (select b.student from mart.spells b join mart.spells a
                on a.student = b.student and a.grade = b.grade and a.academic_year > b.academic_year
            where b.begin_date <= {start} and a.begin_date > {start} and a.begin_date <= {end}
                and b.grade <> '' and {prelude.in_schools('b.org_id')})
        select student from gone union select student from repeated"""))
    return {int(r[0]) for r in rows}
