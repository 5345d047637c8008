"""Import of a 300,000-row workbook, file to committed, beside readers that only read it."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import psutil
import pytest
import xlsxwriter

ROOT = Path(__file__).parents[2]
ROWS, SLICE = 300_000, 30_000
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


def timed(command: list[str], *, watch: bool = False) -> tuple[float, float, str]:
    """Seconds, peak resident MB of the process and its children, and what it printed."""
    began = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
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
    return time.perf_counter() - began, peak[0], out


def test_import_is_near_the_bare_parse_and_far_ahead_of_pandas(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path / "attendance.xlsx", ROWS)
    part = written(tmp_path / "part.xlsx", SLICE)
    python = [sys.executable, "-c"]
    empty, _, _ = timed([*python, "import python_calamine"])
    pandas_start, _, _ = timed([*python, "import pandas, openpyxl"])
    parse = min(timed([*python, CALAMINE, str(path)])[0] for _ in range(3)) - empty
    runs = []
    for n in range(3):
        load: Callable[[], list[str]] = lambda n=n: [  # noqa: E731
            sys.executable, "-m", "etl", "load", str(path), "--preset", "india", "--as-of",
            "2025-12-31", "--data", str(tmp_path / f"data{n}"), "--json"]
        runs.append(timed(load(), watch=True))
    seconds, memory, out = min(runs)
    sheet = json.loads(out)["sheets"][0]
    assert sheet["loaded"] == ROWS and sheet["facts"]["attendance"] == ROWS
    read = (timed([*python, PANDAS, str(part)])[0] - pandas_start) * ROWS / SLICE
    with capsys.disabled():
        print(f"\nimport of {ROWS:,} rows, {path.stat().st_size / 1024**2:.1f} MB"
              f"\n  bare calamine parse              {parse:6.2f} s"
              f"\n  file to committed                {seconds:6.2f} s   {seconds / parse:5.2f} x"
              f"\n  pandas+openpyxl, only reading    {read:6.2f} s   {read / seconds:5.2f} x slower"
              f"  (from {SLICE:,} rows, times {ROWS // SLICE})"
              f"\n  peak of parent and child         {max(m for _, m, _ in runs):6.0f} MB")
    assert seconds / parse < 6, "far from the bare parse"
    assert read / seconds > 3, "no longer far ahead of pandas"
    assert memory < 1_000
