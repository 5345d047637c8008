"""A small school house with known numbers, filled straight into the current truth.

Two schools of one cluster, 24 students in two grades, 60 school days from 1 April 2025. In Hillside
the six boys of grade 7 miss every fifth day; everyone else is always there.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa

from school import schema
from school.derive import derive
from school.fold import set_meta
from school.house import House, open_house

FIRST = date(2025, 4, 1)
SCHOOLS = ("hillside", "riverbank")
TYPES = {"TEXT": pa.string(), "BIGINT": pa.int64(), "INTEGER": pa.int32(), "SMALLINT": pa.int16(),
         "TINYINT": pa.int8(), "DOUBLE": pa.float64(), "DATE": pa.date32(), "BOOLEAN": pa.bool_()}


def school_days(count: int = 60) -> list[date]:
    """The first `count` weekdays from 1 April 2025."""
    days = [FIRST + timedelta(days=i) for i in range(count * 2)]
    return [d for d in days if d.isoweekday() <= 5][:count]


def people() -> list[dict[str, Any]]:
    """Twenty-four students: twelve a school, six a grade, boys and girls in turn."""
    out = []
    for s, school in enumerate(SCHOOLS):
        for i in range(12):
            out.append({
                "student": 1000 * (s + 1) + i, "org_id": school, "grade": "6" if i < 6 else "7",
                "class": "6 A" if i < 6 else "7 A", "sex": "male" if i % 2 else "female",
                "name": f"Invented Child {s}{i:02d}",
            })
    return out


def missed(person: dict[str, Any], day_number: int) -> bool:
    """Whether this student was away on this school day."""
    away = person["org_id"] == "hillside" and person["grade"] == "7" and person["sex"] == "male"
    return away and day_number % 5 == 0


def rows() -> dict[str, list[dict[str, Any]]]:
    """Every table's rows."""
    everyone, days = people(), school_days()
    stay = {"begin_date": FIRST, "academic_year": "2025-26"}
    tables: dict[str, list[dict[str, Any]]] = {
        "organisations": [
            {"org_id": "north", "name": "North cluster", "type": "cluster"},
            {"org_id": "hillside", "name": "Hillside", "type": "school", "parent_id": "north"},
            {"org_id": "riverbank", "name": "Riverbank", "type": "school", "parent_id": "north"},
        ],
        "students": [{"student": p["student"], "namespace": p["org_id"], "name": p["name"],
                      "student_id": str(p["student"]), "id_kind": "id"} for p in everyone],
        "memberships": [{"student": p["student"], "kind": "sex", "valid_from": FIRST,
                         "value": p["sex"]} for p in everyone],
        "enrollment": [{**stay, "student": p["student"], "org_id": p["org_id"],
                        "grade": p["grade"], "class": p["class"]} for p in everyone],
        "attendance": [
            {"student": p["student"], "date": day, "session": "DAY", "org_id": p["org_id"],
             "grade": p["grade"], "class": p["class"], "possible": 2,
             "code": "A" if missed(p, n) else "P", "absent": 2 if missed(p, n) else 0,
             "category": "absent_unauthorised" if missed(p, n) else "present"}
            for p in everyone for n, day in enumerate(days)
        ],
        "assessments": [{"assessment_id": 1, "name": "Term 1", "subject": "Mathematics",
                         "academic_year": "2025-26", "scale": "points", "max_score": 100.0}],
        "results": [{"student": p["student"], "assessment_id": 1, "date": date(2025, 6, 2),
                     "attempt": 1, "org_id": p["org_id"], "grade": p["grade"],
                     "class": p["class"], "status": "scored",
                     "score": 20.0 if p["sex"] == "female" else 60.0} for p in everyone],
    }
    return tables


def fill(
    folder: Path, preset: str | None = "india",
    tables: dict[str, list[dict[str, Any]]] | None = None,
) -> House:
    """A house in `folder` that holds these rows, or those given; the caller closes it."""
    house = open_house(folder)
    if preset:
        house.choose_preset(preset)
    with house.store.writing() as tx:
        for name, values in (tables or rows()).items():
            table = schema.BY_NAME[name]
            columns = {c.name: pa.array([v.get(c.name) for v in values], TYPES[c.type])
                       for c in table.columns}
            columns["load_id"] = pa.array([1] * len(values), pa.int32())
            tx.insert(f"mart.{name}", pa.table(columns))
        derive(tx, None)
        set_meta(tx, "data_version", "1")
    return house
