"""Working out one school's year after a publish, beside working out everything: marks in the store
as many as fit into two minutes.
"""

from __future__ import annotations

import time
from pathlib import Path

import pyarrow as pa
import pytest

from school import fold
from school.house import House, open_house, settle

SCHOOLS, STUDENTS, YEARS, DAYS = 40, 250, 3, 200
LOADS = """
insert into raw.attendance (student, date, session, org_id, grade, class, code, category,
    possible, absent, load_id, "row")
select s * 10000 + c, make_date(2021 + y, 6, 1) + d::integer, 'DAY', 's' || s, (1 + c % 8)::text,
    (1 + c % 8) || ' A', 'P', 'present', 2, 0, 1 + s * $years + y, (c * $days + d)::integer
from range($schools) t(s), range($years) u(y), range($days) w(d), range($students) v(c)
"""
SAME = "select * from mart.{0} order by all"

pytestmark = pytest.mark.long


def filled(place: Path) -> House:
    """Schools with a load a year, folded; nothing derived yet."""
    house = open_house(place, least_free=0)
    sizes = {"schools": SCHOOLS, "years": YEARS, "days": DAYS, "students": STUDENTS}
    with house.store.writing() as tx:
        tx.insert("mart.organisations", pa.table({
            "org_id": [f"s{i}" for i in range(SCHOOLS)], "type": ["school"] * SCHOOLS}))
        tx.execute(LOADS, sizes)
        for load_id in range(1, SCHOOLS * YEARS + 1):
            tx.execute("insert into raw.loads values (?, ?, true)", [load_id, load_id])
        names = ", ".join(f'"{c.name}"' for t in fold.schema.TABLES if t.name == "attendance"
                          for c in t.columns)
        tx.execute(f"insert into mart.attendance ({names}, load_id) "
                   f"select {names}, load_id from raw.attendance")
    return house


def rows(house: House) -> list[object]:
    """Everything derived."""
    return [house.store.unsafe_run(SAME.format(name))
            for name in ("spells", "school_days", "register_days")]


def test_one_schools_year_costs_a_small_part_of_everything(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    house = filled(tmp_path / "data")
    try:
        began = time.perf_counter()
        with house.store.writing() as tx:
            settle(tx, None, None)
        whole = time.perf_counter() - began
        before = rows(house)
        folded, derived = [], []
        for standing in (False, True, False, True):
            with house.store.writing() as tx:
                tx.execute("update raw.loads set standing = ? where load_id = 5", [standing])
                began = time.perf_counter()
                touched = fold.refold(tx, [5])
                folded.append(time.perf_counter() - began)
                began = time.perf_counter()
                settle(tx, touched, None, noted=True)
                derived.append(time.perf_counter() - began)
        assert rows(house) == before
    finally:
        house.close()
    marks = SCHOOLS * STUDENTS * YEARS * DAYS
    with capsys.disabled():
        print(f"\n{marks:,} marks of {SCHOOLS} schools; one school's year holds "
              f"{STUDENTS * DAYS:,}\n  derive everything {whole:.2f} s; one school's year "
              f"{min(derived):.2f} s (ratio 1 : {whole / min(derived):.0f}); fold "
              f"{min(folded):.2f} s")
    assert whole / min(derived) > 8
