"""A csv file of a million rows, file to committed, beside the database only reading it as text."""

from __future__ import annotations

import json
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from test_import import dropped, loading, timed

ROWS = 1_000_000
DUCKDB = ("import sys, duckdb; c = duckdb.connect(sys.argv[2]); "
          "c.execute('create table t as select * from read_csv(?, all_varchar=true)', "
          "[sys.argv[1]]); "
          "print(c.execute('select count(*) from t').fetchone()[0])")

pytestmark = pytest.mark.long


def written(path: Path) -> Path:
    """Daily attendance of 20 schools, one row a student and day."""
    students = 5_000
    first = date(2025, 6, 2)
    with path.open("w", encoding="utf-8", newline="") as out:
        out.write("School,Student ID,Student Name,Class,Date,Status\r\n")
        for n in range(ROWS):
            child, day = n % students, n // students
            mark = "A" if (child * 31 + day * 17) % 14 == 0 else "P"
            out.write(f"School {child // 250},{100_000 + child},Invented Child {child},"
                      f"{1 + child % 8},{first + timedelta(days=day)},{mark}\r\n")
    return path


def test_a_million_rows_of_csv_beside_the_database_reading_them_as_text(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path / "attendance.csv")
    plain = min(timed([sys.executable, "-c", DUCKDB, str(path), str(tmp_path / f"t{n}.duckdb")])
                for n in range(3))
    assert int(plain.out.split()[-1]) == ROWS
    load = min(timed(loading(path, tmp_path / f"data{n}"), watch=True) for n in range(2))
    sheet = json.loads(load.out)["sheets"][0]
    assert sheet["loaded"] == ROWS and sheet["facts"]["attendance"] == ROWS
    drop = min(dropped(path, tmp_path / f"page{n}") for n in range(2))
    assert json.loads(drop.out)["rows"] == ROWS
    with capsys.disabled():
        print(f"\nimport of {ROWS:,} rows of csv, {path.stat().st_size / 1024**2:.0f} MB; peak of "
              f"parent and child {max(load.memory, drop.memory):.0f} MB")
        for name, run in (("read_csv into text", plain), ("dropped on the page", drop),
                          ("command line, from nothing", load)):
            print(f"  {name:<26} clock {run.seconds:6.2f} s {run.seconds / plain.seconds:6.2f} x   "
                  f"work {run.work:6.2f} s {run.work / plain.work:6.2f} x")
    assert drop.work / plain.work < 30, "far from reading the text alone"
