"""Can these numbers be trusted? What is marked and what is not, what is odd, and what was loaded.

Counts only what the view and the scope show of the register; what is odd is told by file, sheet,
row and column, never by a student's name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from school.config import Preset
from school.measures.asking import question
from school.measures.completeness import Completeness, completeness
from school.records import Records, loads
from school.store import Store
from school.terms.checks import changes
from school.view import Period, View

UNKNOWN = "unknown"
WEEKS = 12
EXPECTED = "loss expected"
_REJECTS = ("rejects", "stops")


@dataclass(frozen=True)
class Patch:
    """One class (or school) in one period: half days marked and due. `label` as on screen."""

    label: str
    start: date
    marked: int
    due: int
    open: bool = False  # what is missing is due today alone, and may still come

    @property
    def share(self) -> float:
        """Marked out of due."""
        return self.marked / self.due if self.due else 0.0


@dataclass(frozen=True)
class Register:
    """How much of the register is marked: in all, by week, and on single days."""

    split: str  # class or school
    marked: int
    due: int
    how: str
    weeks: tuple[Patch, ...]
    empty: Mapping[str, tuple[date, ...]]  # days on which nothing at all was marked, by label

    @property
    def share(self) -> float | None:
        """Marked out of due; None where nothing tells what was due."""
        return self.marked / self.due if self.due else None

    @property
    def emptiest(self) -> tuple[str, int] | None:
        """The label with most empty days, and how many; None where there are none."""
        counted = [(len(days), label) for label, days in self.empty.items() if days]
        if not counted:
            return None
        most = max(n for n, _ in counted)
        return min(label for n, label in counted if n == most), most


@dataclass(frozen=True)
class Oddity:
    """Findings of one rule in one upload: the first as an example, and how many there are."""

    rule: str
    level: str
    words: str
    count: int
    file: str
    load_id: int
    at: tuple[str, ...] = ()  # "Sheet June, row 14, column Status", at most three


@dataclass(frozen=True)
class Quality:
    """Everything the page tells."""

    register: Register | None
    odd: tuple[Oddity, ...]
    uploads: tuple[loads.Load, ...]
    rows: int
    left_out: int
    silent: tuple[str, ...] = ()
    schools: int = 0
    month: date | None = None
    standing: tuple[loads.Load, ...] = field(default=())


def quality(
    store: Store, records: Records, view: View, preset: Preset | None, split: str,
    today: date | None = None,
) -> Quality:
    """What is marked in this view, split by class or school, and what every upload brought.

    A day that is `today` is still open: its missing marks are no gap yet.
    """
    uploads = tuple(loads.loads(records))
    standing = tuple(x for x in uploads if x.state == "standing")
    register = _register(store, view, preset, split, today)
    silent, schools, month = _silent(store, view, preset)
    return Quality(
        register=register, odd=oddities(standing), uploads=uploads, standing=standing,
        rows=sum(int(x.counts.get("read", 0)) for x in standing),
        left_out=sum(int(x.counts.get("rejected", 0)) for x in standing),
        silent=silent, schools=schools, month=month,
    )


def oddities(standing: Sequence[loads.Load]) -> tuple[Oddity, ...]:
    """Findings by rule and upload: what leaves rows out, what changes a number, what is frequent.
    """
    found: dict[tuple[int, str], list[Mapping[str, object]]] = defaultdict(list)
    by_id = {x.id: x for x in standing}
    for load in standing:
        for finding in load.findings:
            if finding["rule"] != EXPECTED:  # somebody looked at it, and said why
                found[load.id, str(finding["rule"])].append(finding)
    out = []
    for (load_id, rule), group in found.items():
        first = group[0]
        count = sum(_whole(f.get("count")) for f in group)
        out.append(Oddity(
            rule=rule, level=str(first["level"]), words=str(first["words"]), count=count,
            file=by_id[load_id].file, load_id=load_id,
            at=tuple(where for f in group[:3] if (where := _where(f))),
        ))
    return tuple(sorted(out, key=lambda o: (
        o.level not in _REJECTS, changes(o.rule) is None, -o.count, -o.load_id)))


def days_of(register: Register, label: str, start: date, end: date) -> tuple[date, ...]:
    """The empty days of a label from `start` to `end`, both included."""
    return tuple(d for d in register.empty.get(label, ()) if start <= d <= end)


def _register(
    store: Store, view: View, preset: Preset | None, split: str, today: date | None
) -> Register | None:
    whole = _marked(store, view, preset, split, "week")
    if not whole.due:
        return None
    days = _marked(store, view, preset, split, "day")
    empty: dict[str, list[date]] = defaultdict(list)
    for (day, labels), (marked, due) in sorted(days.rows.items(), key=lambda r: str(r[0])):
        if due and not marked and day is not None and labels and day != today:
            empty[labels[0]].append(day)
    coming = {labels[0]: due - marked for (day, labels), (marked, due) in days.rows.items()
              if day == today and labels and due > marked}

    def still_open(label: str, start: date, missing: int) -> bool:
        return (today is not None and start <= today < start + timedelta(days=7)
                and missing > 0 and missing == coming.get(label))

    weeks = [Patch(labels[0], start, marked, due, still_open(labels[0], start, due - marked))
             for (start, labels), (marked, due) in whole.rows.items()
             if start is not None and labels and due]
    return Register(
        split=split, marked=whole.marked, due=whole.due, how=whole.how,
        weeks=tuple(sorted(weeks, key=lambda p: (p.start, p.label))),
        empty={label: tuple(found) for label, found in sorted(empty.items())},
    )


def _marked(
    store: Store, view: View, preset: Preset | None, split: str, period: Period
) -> Completeness:
    asked = view.with_(by=(split,), period=period)
    return completeness(store, [question(store, "attendance_rate", asked, preset, None)])[0]


def _silent(
    store: Store, view: View, preset: Preset | None
) -> tuple[tuple[str, ...], int, date | None]:
    """Schools without a single mark in the last month that has any, of how many, and the month."""
    rows = _marked(store, view, preset, "school", "month").rows
    schools = {labels[0] for _, labels in rows if labels}
    months = sorted({m for (m, _), (marked, _) in rows.items() if marked and m is not None})
    if len(schools) < 2 or not months:
        return (), len(schools), None
    last = months[-1]
    there = {labels[0] for (m, labels), (marked, _) in rows.items() if m == last and marked}
    before = {labels[0] for (m, labels), (marked, _) in rows.items() if marked and m != last}
    return tuple(sorted((schools - there) & before)), len(schools), last


def _where(finding: Mapping[str, object]) -> str:
    parts = [f"sheet {finding['sheet']}" if finding.get("sheet") else "",
             f"row {finding['row']}" if finding.get("row") else "",
             f"column {finding['column']}" if finding.get("column") else ""]
    text = ", ".join(p for p in parts if p)
    return text[:1].upper() + text[1:]


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 1
