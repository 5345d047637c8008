"""A small named cast at one school, and ways to fill a store with rows. Nobody here is real.

Asha, Bilal, Chitra and Dev are in grade 6 (6 A, 6 A, 6 B, 6 B), Esha in grade 7 (7 A). The school
is 'hill' in the cluster 'valley'; 'river' is another school of it. Marks run over June 2025.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import pyarrow as pa

from school.derive import derive
from school.store import Store, Transaction

JUNE = date(2025, 6, 2)  # a Monday


def key(name: str) -> int:
    """The key of a student of the cast."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest()) >> 1


ASHA, BILAL, CHITRA, DEV, ESHA = (key(n) for n in ("Asha", "Bilal", "Chitra", "Dev", "Esha"))


def put(tx: Transaction, table: str, rows: Iterable[Mapping[str, Any]]) -> None:
    """Insert rows into a mart table by column name; a column that a row lacks stays blank."""
    listed = list(rows)
    names = list(dict.fromkeys(n for row in listed for n in row))
    if listed:
        tx.insert(f"mart.{table}", pa.table({n: [row.get(n) for row in listed] for n in names}))


def fill(
    store: Store, tables: Mapping[str, Iterable[Mapping[str, Any]]],
    year_start: tuple[int, int] = (4, 1),
) -> Store:
    """Fill tables, work out the derived ones, and raise the data version as a publish does."""
    version = store.data_version + 1
    with store.writing() as tx:
        for table, rows in tables.items():
            put(tx, table, rows)
        derive(tx, None, year_start)
        tx.execute("delete from raw.meta where name = 'data_version'")
        tx.execute("insert into raw.meta values ('data_version', ?)", [str(version)])
    return store


def school(org_id: str = "hill", **more: Any) -> dict[str, Any]:
    """A row of organisations."""
    return {"org_id": org_id, "name": org_id.title(), "type": "school", **more}


def days(first: date, count: int) -> list[date]:
    """The first `count` weekdays from `first` on."""
    found: list[date] = []
    day = first
    while len(found) < count:
        if day.isoweekday() <= 5:
            found.append(day)
        day += timedelta(days=1)
    return found


def marks(
    student: int, when: Sequence[date], codes: str, *, org_id: str = "hill",
    grade: str | None = "6", class_name: str | None = "6 A", session: str = "DAY",
) -> list[dict[str, Any]]:
    """A mark a day: P present, A absent, H half a day, X not possible, . not marked."""
    full = 2 if session == "DAY" else 1
    meaning = {"P": ("present", full, 0), "A": ("absent_unauthorised", full, full),
               "H": ("present", full, 1), "X": ("not_possible", 0, 0), ".": ("not_recorded", 0, 0)}
    rows = []
    for day, code in zip(when, codes, strict=True):
        category, possible, absent = meaning[code]
        rows.append({"student": student, "date": day, "session": session, "org_id": org_id,
                     "grade": grade, "class": class_name, "code": code, "category": category,
                     "possible": possible, "absent": absent})
    return rows


def country(store: Store, possible: int, absent: int, month: date) -> Store:
    """Totals of a month for so many students that their half days add up to these counts."""
    each = 20_000  # as many half days as a small integer holds
    rows = -(-possible // each)
    version = store.data_version + 1
    with store.writing() as tx:
        put(tx, "organisations", [school()])
        tx.execute(
            "insert into mart.attendance_periods (student, begin_date, end_date, org_id, possible, "
            "absent) select i, $month, $month + interval 1 month, 'hill', "
            "case when i < $rows - 1 then $each else $possible - $each::bigint * ($rows - 1) end, "
            "$absent // $rows + (i < $absent % $rows)::integer from range($rows) t(i)",
            {"rows": rows, "each": each, "possible": possible, "absent": absent, "month": month})
        tx.execute("delete from raw.meta where name = 'data_version'")
        tx.execute("insert into raw.meta values ('data_version', ?)", [str(version)])
    return store


def cast() -> dict[str, list[dict[str, Any]]]:
    """The five students: ten school days of June 2025, groups, and one mathematics test of 50."""
    ten = days(JUNE, 10)
    people = {"Asha": ("6", "6 A", "female"), "Bilal": ("6", "6 A", "male"),
              "Chitra": ("6", "6 B", "female"), "Dev": ("6", "6 B", None),
              "Esha": ("7", "7 A", "female")}
    codes = {"Asha": "PPPPPPPPPP", "Bilal": "PPPPAPPPPH", "Chitra": "AAPPPPPPPP",
             "Dev": "PPPPPPPPPP", "Esha": "PPPPPPPPPA"}
    scores = {"Asha": 45.0, "Bilal": 15.0, "Chitra": 30.0, "Dev": None, "Esha": 20.0}
    tables: dict[str, list[dict[str, Any]]] = {
        "organisations": [school(parent_id="valley"), school("river", parent_id="valley"),
                          {"org_id": "valley", "name": "Valley", "type": "cluster"}],
        "students": [], "memberships": [], "attendance": [], "results": [],
        "assessments": [{"assessment_id": 1, "name": "Term 1", "subject": "Mathematics",
                         "academic_year": "2025-26", "scale": "points", "max_score": 50.0}],
    }
    for name, (grade, class_name, sex) in people.items():
        student = key(name)
        tables["students"].append({"student": student, "namespace": "hill", "student_id": name[:1],
                                   "id_kind": "id", "name": name})
        if sex:
            tables["memberships"].append({"student": student, "kind": "sex",
                                          "valid_from": date(2025, 4, 1), "value": sex})
        tables["attendance"] += marks(student, ten, codes[name], grade=grade, class_name=class_name)
        tables["results"].append({
            "student": student, "assessment_id": 1, "date": ten[-1], "attempt": 1, "org_id": "hill",
            "grade": grade, "class": class_name, "score": scores[name],
            "status": "absent" if scores[name] is None else "scored"})
    return tables
