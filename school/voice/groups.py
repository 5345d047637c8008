"""A question by group, for groups of ten or more, and which group has hardly answered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from school import stats
from school.config import Preset
from school.measures import answer
from school.store import Store
from school.terms import count_of, grouped, upper_first, word
from school.view import View
from school.voice.asked import Wave, by_group, who_answered
from school.voice.hiding import LEAST, LEAST_GROUP

LEAST_GAP = 0.10  # of several groups one is always a little below: smaller gaps are not named
HIDDEN = "Hidden to protect people: fewer than 10 in this group, or the next one up."


@dataclass(frozen=True)
class Group:
    """One group's agreement with a question; `hidden` where it may not be seen."""

    kind: str  # role, grade or group
    name: str
    n: int | None
    agree: int | None
    low: float | None
    high: float | None
    hidden: str | None = None


def groups(store: Store, view: View, preset: Preset | None, item_id: str) -> tuple[Group, ...]:
    """A question by role, grade and named group, where a kind has two groups or more.

    Groups under ten are hidden, and with a single one the next larger too, since the rest could
    be worked out from the whole.
    """
    rows = by_group(store, view, preset, item_id)
    out: list[Group] = []
    for place, kind in enumerate(("role", "grade", "group")):
        out.extend(_kind(kind, ((names[place], n, agree) for names, n, agree in rows)))
    return tuple(out)


def _kind(kind: str, rows: Iterable[tuple[str | None, int, int]]) -> list[Group]:
    sums: dict[str, tuple[int, int]] = {}
    for name, answers, agree in rows:
        before = sums.get(name or "unknown", (0, 0))
        sums[name or "unknown"] = (before[0] + answers, before[1] + agree)
    if len(sums) < 2:
        return []
    names = sorted(sums, key=_in_order)
    hidden = stats.suppress([sums[n][0] for n in names], LEAST_GROUP)
    out = []
    for name, away in zip(names, hidden, strict=True):
        n, agree = sums[name]
        low, high = stats.rate_interval(agree, n) or (None, None)
        out.append(Group(kind, name, None, None, None, None, HIDDEN) if away
                   else Group(kind, name, n, agree, low, high))
    return out


def _in_order(name: str) -> tuple[bool, int, str]:
    digits = "".join(c for c in name if c.isdigit())
    return (name == "unknown", int(digits) if digits else 0, name)


def unheard(store: Store, view: View, preset: Preset | None, wave: Wave) -> str:
    """The group that answered clearly less than the others, in a sentence; empty if there is none.

    Respondents are compared with the students on roll, in the grades that took part.
    """
    if wave.audience != "students" or wave.date is None:
        return ""
    rows = who_answered(store, view, preset, wave)
    day = min(max(wave.date, view.start), view.end)
    then = view.choose("wave", ()).with_(start=min(view.start, day), end=day)
    grades = sorted({names[0] for names, _ in rows if names[0]})
    if grades:
        then = then.choose("grade", grades)
    found = []
    for place, column in enumerate(("grade", "group.sex")):
        roll = _roll(store, then, preset, column)
        said: dict[str, int] = {}
        for names, people in rows:
            name = (names[place] or "").casefold()
            said[name] = said.get(name, 0) + people
        if len(roll) >= 2 and set(said) <= set(roll):
            found += [_gap(name, column, said, roll) for name in roll]
    clear = [g for g in found if g is not None]
    if not clear:
        return ""
    _, column, name, x, n = min(clear)
    label = upper_first(name)
    if column == "grade":
        label = f"{upper_first(word(preset, 'grade'))} {name}"
    if x < LEAST:
        return f"Hardly heard: {label}, fewer than {LEAST} of {grouped(n, preset)} answered."
    return f"Least heard: {label}, {count_of(x, n, 'students', preset)} answered."


def _roll(store: Store, view: View, preset: Preset | None, column: str) -> dict[str, int]:
    """Students on roll by group, in small letters; empty where nothing is known."""
    found = answer(store, "headcount", view.with_(by=(column,), period=None), preset=preset)
    return {r.segments[column].casefold(): int(r.value) for r in found.rows
            if r.value and r.segments[column] != "unknown"}


def _gap(
    name: str, column: str, said: dict[str, int], roll: dict[str, int]
) -> tuple[float, str, str, int, int] | None:
    """How far a group answered less than all others, where that is beyond chance and matters."""
    x, n = said.get(name, 0), roll[name]
    rest_x, rest_n = sum(said.values()) - x, sum(roll.values()) - n
    if n < LEAST_GROUP or rest_n < LEAST_GROUP or x > n or rest_x > rest_n:
        return None
    interval = stats.difference_interval(x, n, rest_x, rest_n)
    gap = x / n - rest_x / rest_n
    if interval is None or interval[1] >= 0 or gap > -LEAST_GAP:
        return None
    return (gap, column, name, x, n)
