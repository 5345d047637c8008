"""Import of a 300,000-row workbook, file to committed, beside readers that only read it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import psutil
import pytest
import xlsxwriter

ROOT = Path(__file__).parents[2]
ROWS, SLICE = 300_000, 30_000
# Like every installation, and like the libraries it is measured beside: modules compiled once.
SETTLED = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
SETTLED["PYTHONPATH"] = str(ROOT)
HEADER = ("School", "Student ID", "Student Name", "Class", "Date", "Status")
CALAMINE = ("import sys; from python_calamine import CalamineWorkbook as W; "
            "w = W.from_path(sys.argv[1]); print(len(w.get_sheet_by_index(0).to_python()))")
PANDAS = ("import sys, pandas as pd; "
          "print(len(pd.read_excel(sys.argv[1], engine='openpyxl', dtype=str)))")

pytestmark = pytest.mark.long


def written(path: Path, rows: int) -> Path:
    """Daily attendance of 12 schools, one row a student and day."""
    book = xlsxwriter.Workbook(path, {"constant_memory": True, "default_date_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet("Attendance")
    sheet.write_row(0, 0, HEADER)
    students = 1_500
    first = datetime(2025, 6, 2)
    for n in range(rows):
        child, day = n % students, first + timedelta(days=n // students)
        sheet.write_row(n + 1, 0, (f"School {child // 125}", f"{100_000 + child}",
                                   f"Invented Child {child}", f"{1 + child % 8}"))
        sheet.write_datetime(n + 1, 4, day)
        sheet.write_string(n + 1, 5, "A" if (child * 31 + n // students * 17) % 14 == 0 else "P")
    book.close()
    return path


@dataclass(frozen=True, order=True)
class Run:
    """Seconds on the clock and of work (the process and its children), peak MB, and its words."""

    seconds: float
    work: float
    memory: float
    out: str


def worked() -> float:
    """Seconds that ended children have worked so far; the clock where a system cannot tell."""
    try:
        import resource
    except ImportError:
        return time.perf_counter()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def timed(command: list[str], *, watch: bool = False) -> Run:
    """Run a command to its end."""
    began, before = time.perf_counter(), worked()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=SETTLED)
    peak = [0.0]
    ended = threading.Event()

    def look() -> None:
        mine = psutil.Process(process.pid)
        while not ended.wait(0.02):
            try:
                family = [mine, *mine.children(recursive=True)]
                resident = sum(p.memory_info().rss for p in family)
            except psutil.Error:
                continue
            peak[0] = max(peak[0], resident / 1024**2)

    if watch:
        threading.Thread(target=look, daemon=True).start()
    out, _ = process.communicate(timeout=900)
    ended.set()
    assert process.returncode == 0, out[-500:]
    return Run(time.perf_counter() - began, worked() - before, peak[0], out)


def test_import_is_near_the_bare_parse_and_far_ahead_of_pandas(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path / "attendance.xlsx", ROWS)
    part = written(tmp_path / "part.xlsx", SLICE)
    python = [sys.executable, "-c"]
    idle = timed([*python, "import python_calamine"])
    pandas_idle = timed([*python, "import pandas, openpyxl"])
    parse = min(timed([*python, CALAMINE, str(path)]) for _ in range(3))
    load = min(timed(loading(path, tmp_path / f"data{n}"), watch=True) for n in range(3))
    sheet = json.loads(load.out)["sheets"][0]
    assert sheet["loaded"] == ROWS and sheet["facts"]["attendance"] == ROWS
    drop = min(dropped(path, tmp_path / f"page{n}") for n in range(3))
    assert json.loads(drop.out)["rows"] == ROWS
    pandas = timed([*python, PANDAS, str(part)])
    times = ROWS // SLICE
    clock = (parse.seconds - idle.seconds, drop.seconds, load.seconds,
             (pandas.seconds - pandas_idle.seconds) * times)
    work = (parse.work - idle.work, drop.work, load.work,
            (pandas.work - pandas_idle.work) * times)
    names = ("bare calamine parse", "dropped on the page", "command line, from nothing",
             f"pandas+openpyxl (x {times})")
    with capsys.disabled():
        print(f"\nimport of {ROWS:,} rows, {path.stat().st_size / 1024**2:.1f} MB; "
              f"peak of parent and child {max(load.memory, drop.memory):.0f} MB")
        for name, a, b in zip(names, clock, work, strict=True):
            print(f"  {name:<26} clock {a:6.2f} s {a / clock[0]:6.2f} x   "
                  f"work {b:6.2f} s {b / work[0]:6.2f} x")
        print(f"  ahead of pandas: {clock[3] / clock[1]:.1f} x by the clock, "
              f"{work[3] / work[1]:.1f} x in work")
    assert work[1] / work[0] < 8, "far from the bare parse"
    assert work[3] / work[1] > 3, "no longer far ahead of pandas"
    assert max(load.memory, drop.memory) < 1_000


def dropped(path: Path, folder: Path) -> Run:
    """The same file dropped on the open page; from its bytes to the commit."""
    run = timed([sys.executable, str(Path(__file__).parent / "dropped.py"), str(folder), str(path)],
                watch=True)
    told = json.loads(run.out)
    return Run(told["seconds"], told["work"], run.memory, run.out)


def loading(path: Path, folder: Path) -> list[str]:
    """The command that loads a file into a new folder."""
    return [sys.executable, "-m", "etl", "load", str(path), "--preset", "india", "--as-of",
            "2025-12-31", "--data", str(folder), "--json"]
