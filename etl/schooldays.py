"""What is known of school days: blanks that cannot mean present, and marks on holidays.

A person's word "an empty cell means present" speaks of school days of enrolled students: a holiday
of the calendar, or a day before a student came or after she left, is neither.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

import pyarrow as pa
import pyarrow.compute as pc

from etl.cells import mask, over_groups
from etl.checks import warn
from etl.marks import BLANK
from etl.model import Finding, Known, Sheet
from etl.students import SHARED
from school.config import academic_year

DAY = timedelta(days=1)
Spell = tuple[date, date | None]  # first day, first day no longer enrolled


@dataclass(frozen=True)
class Open:
    """When schools were closed and students enrolled, as far as anybody said."""

    closed: Mapping[str, frozenset[date]] = field(default_factory=dict)  # '*' for all schools
    enrolled: Mapping[int, tuple[Spell, ...]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.closed or self.enrolled)


def of_store(known: Known) -> Open:
    """What the store knows."""
    return Open(known.closed, known.enrolled)


def of_drop(tables: Iterable[Mapping[str, pa.Table]]) -> Open:
    """What the calendars and class lists of the same drop say."""
    closed: dict[str, set[date]] = {}
    enrolled: dict[int, list[Spell]] = {}
    for facts in tables:
        if "calendar" in facts:
            for row in facts["calendar"].select(["org_id", "date", "day_type"]).to_pylist():
                if row["day_type"] in ("holiday", "closure"):
                    closed.setdefault(row["org_id"], set()).add(row["date"])
        if "enrollment" in facts:
            spells = facts["enrollment"]
            ends = spells["end_date"] if "end_date" in spells.column_names else None
            for i, student in enumerate(spells["student"].to_pylist()):
                end = None if ends is None else ends[i].as_py()
                enrolled.setdefault(student, []).append((spells["begin_date"][i].as_py(), end))
    return Open(
        {org: frozenset(days) for org, days in closed.items()},
        {student: tuple(spells) for student, spells in enrolled.items()},
    )


def take_back(attendance: pa.Table, when: Open, start: tuple[int, int]) -> tuple[pa.Table, int]:
    """`attendance` without blanks on days that were no school days of the student; how many."""
    if not when or not attendance.num_rows:
        return attendance, 0
    blank = pc.equal(attendance["code"], BLANK)
    if not pc.any(blank).as_py():
        return attendance, 0
    columns = [attendance[c].combine_chunks() for c in ("student", "org_id", "date")]
    everywhere = when.closed.get(SHARED, frozenset())

    def wrong(student: int, org_id: str, day: date) -> bool:
        if day in everywhere or day in when.closed.get(org_id, frozenset()):
            return True
        return _outside(when.enrolled.get(student, ()), day, start)

    out = mask(blank) & mask(over_groups(columns, wrong, pa.bool_()))
    return attendance.filter(pa.array(~out)), int(out.sum())


def on_holidays(attendance: pa.Table, when: Open, sheet: Sheet) -> list[Finding]:
    """A warning where students are marked on days that the calendar calls a holiday."""
    if not when.closed or not attendance.num_rows:
        return []
    everywhere = when.closed.get(SHARED, frozenset())
    columns = [attendance[c].combine_chunks() for c in ("org_id", "date")]
    closed = over_groups(
        columns, lambda o, d: d in everywhere or d in when.closed.get(o, frozenset()), pa.bool_()
    )
    expected = mask(pc.greater(attendance["possible"].combine_chunks(), 0))
    count = int((mask(closed) & expected).sum())
    if not count:
        return []
    words = f"{count:,} marks stand on days that the calendar calls a holiday. They are kept."
    return [warn("mark on a holiday", words, sheet, count)]


def _outside(spells: tuple[Spell, ...], day: date, start: tuple[int, int]) -> bool:
    """Whether the student's spells speak of this school year and none covers the day."""
    year = academic_year(day, start)
    covers = any(begin <= day and (end is None or day < end) for begin, end in spells)
    speaks = any(
        academic_year(begin, start) <= year
        and (end is None or academic_year(end - DAY, start) >= year)
        for begin, end in spells
    )
    return speaks and not covers
