"""What is typed on the Places page: each change is a load of its own, so that Undo takes it back.

A name, a cluster, a year start or a holiday speaks of the school everywhere; joining two spellings
makes one school of two without touching the rows of either.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import pyarrow as pa

from etl.model import Context, Sheet
from etl.places import choose_schools, place_id
from etl.publish import publish_typed
from school.directory import ALL, Directory, School, directory
from school.errors import WrongUse
from school.house import House

DAY_TYPES: Mapping[str, str] = {
    "holiday": "Holiday", "closure": "Closed", "exam": "Exam day", "school": "School day",
}


def change_school(
    house: House, who: str, school: School, as_of: date, *, name: str | None = None,
    cluster: str | None = None, year_start: str | None = None,
) -> int | None:
    """Name a school, put it into a cluster, say when its year begins; the load, if anything is new.

    What is left blank, or as it was, stays as it is.
    """
    row: dict[str, Any] = {"org_id": school.org_id, "type": "school"}
    said = []
    rows = []
    called, above = _tidy(name), _tidy(cluster)
    if called and not (school.named and called == school.name):
        row["name"] = called
        said.append("name")
    if above and above != school.cluster:
        known = {c.name.lower(): c.org_id for c in directory(house.store).clusters}
        row["parent_id"] = known.get(above.lower(), place_id(above))
        if above.lower() not in known:
            rows.append({"org_id": row["parent_id"], "name": above, "type": "cluster"})
        said.append("cluster")
    if _tidy(year_start) and _month_day(_tidy(year_start)) != school.year_start:
        row["year_start"] = _month_day(_tidy(year_start))
        said.append("first day of the school year")
    if not said:
        return None
    words = f"Typed for {row.get('name', school.name)}: {', '.join(said)}."
    return publish_typed(house, who, {"organisations": _table([row, *rows])}, words, as_of)


def join(house: House, who: str, school: School, into: School, as_of: date) -> int | None:
    """Say that one school is another spelling of another one."""
    if school.org_id == into.org_id:
        raise WrongUse("This is the same school already. Choose another one.")
    rows = [{"org_id": school.org_id, "name": school.name, "type": "school",
             "same_as": into.org_id}]
    # What was joined to the one before follows it, so that no spelling points at a spelling.
    rows += [{"org_id": s.org_id, "same_as": into.org_id} for s in school.spellings]
    words = f"Joined: {school.name} is {into.name}."
    return publish_typed(house, who, {"organisations": _table(rows)}, words, as_of)


def name_days(
    house: House, who: str, org_id: str, days: Iterable[date], kind: str, name: str, as_of: date
) -> int | None:
    """Name days as holidays, closures, exam days or school days, for a school or for all ('*')."""
    if kind not in DAY_TYPES:
        raise WrongUse("A day is a holiday, closed, an exam day or a school day.")
    rows = [{"org_id": org_id or ALL, "date": day, "day_type": kind, "name": name.strip() or None}
            for day in sorted(set(days))]
    if not rows:
        return None
    table = pa.table({
        "org_id": pa.array([r["org_id"] for r in rows], pa.string()),
        "date": pa.array([r["date"] for r in rows], pa.date32()),
        "day_type": pa.array([r["day_type"] for r in rows], pa.string()),
        "name": pa.array([r["name"] for r in rows], pa.string()),
        "row": pa.array(range(1, len(rows) + 1), pa.int32()),
    })
    count = f"{len(rows)} {'day' if len(rows) == 1 else 'days'}"
    called = f", {name.strip()}" if name.strip() else ""
    words = f"Typed: {count}, {DAY_TYPES[kind].lower()}{called}."
    return publish_typed(house, who, {"calendar": table}, words, as_of)


def alike(known: Directory) -> tuple[tuple[School, School], ...]:
    """Pairs of schools whose names are nearly one: the one with fewer students first."""
    by_name = {s.name: s for s in reversed(known.schools) if s.named}
    _, questions = choose_schools(
        sorted(by_name), Context(date.min), Sheet("", "", pa.table({})))
    pairs = []
    for question in questions:
        one = by_name[question.about.removeprefix("school:")]
        other = by_name.get(question.choices[0])
        if other is not None and other.org_id != one.org_id:
            small, large = sorted((one, other), key=lambda s: (s.students, s.org_id))
            pairs.append((small, large))
    return tuple(pairs)


def _tidy(text: str | None) -> str:
    return " ".join((text or "").split())


def _month_day(text: str) -> str:
    try:
        return date.fromisoformat(f"2024-{text.strip()}").strftime("%m-%d")
    except ValueError:
        raise WrongUse("Write the first day of the school year as month and day, such as 06-01."
                       ) from None


def _table(rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    names = [n for n in ("org_id", "name", "type", "parent_id", "same_as", "year_start")
             if any(n in r for r in rows)]
    columns = {n: pa.array([r.get(n) for r in rows], pa.string()) for n in names}
    return pa.table({**columns, "row": pa.array(range(1, len(rows) + 1), pa.int32())})
