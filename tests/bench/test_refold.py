"""Undo of one school's year beside a count over the whole table, at 30 million marks."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from twenty import best

from school.fold import refold
from school.house import open_house, settle

pytestmark = pytest.mark.long

SCHOOLS = int(os.environ.get("BENCH_SCHOOLS", "1000"))  # of 100 students and 300 days each
_FILL = """
insert into raw.attendance by name
select s * 1000 + n as student, date '2024-04-01' + d::integer as date, 'DAY' as session,
    'school ' || s as org_id, '7' as grade, '7 A' as class, 'P' as code, 2 as possible, 0 as absent,
    'present' as category, s + 1 as load_id, n as "row"
from range(?, ?) as a(s), range(100) as b(n), range(300) as c(d)
"""


def test_one_schools_year_is_folded_anew_in_a_moment(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    house = open_house(tmp_path / "data")
    for first in range(0, SCHOOLS, 50):
        with house.store.writing() as tx:
            tx.execute(_FILL, [first, min(first + 50, SCHOOLS)])
    with house.store.writing() as tx:
        tx.execute("insert into raw.loads select i + 1, i + 1, true from range(?) as r(i)",
                   [SCHOOLS])
        refold(tx, range(1, SCHOOLS + 1), new={"attendance"})  # no key comes twice
    rows = house.store.unsafe_run("select count(*) from mart.attendance")[0][0]
    assert rows == SCHOOLS * 30_000
    took = []
    for load in (2, SCHOOLS // 2, SCHOOLS):
        with house.store.writing() as tx:
            tx.execute("update raw.loads set standing = false where load_id = ?", [load])
            began, work = time.perf_counter(), time.process_time()
            touched = refold(tx, [load])
            folded = time.perf_counter() - began
            settle(tx, touched, None, noted=True)
            took.append((folded, time.perf_counter() - began, time.process_time() - work))
    scan = best(lambda: house.store.unsafe_run(
        "select count(distinct student), sum(absent), max(date) from raw.attendance"), 3)
    folded, settled, work = (min(t[i] for t in took) for i in range(3))
    with capsys.disabled():
        print(f"\n{rows:,} marks: one school's year folded anew in {folded:.2f} s, with what is "
              f"derived {settled:.2f} s ({work:.2f} s of work); a scan of the whole table "
              f"{scan:.2f} s, ratio {folded / scan:.2f}")
    left = house.store.unsafe_run("select count(*) from mart.attendance")[0][0]
    assert left == rows - 3 * 30_000
    house.close()
