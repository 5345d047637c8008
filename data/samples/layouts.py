"""Writes one tiny sample a layout into data/samples/layouts: invented children, honest mess.

Run `python data/samples/layouts.py` to write them again. `SAMPLES` holds one function a file, named
like the layout that reads it; to add a sample, add its function.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from pathlib import Path

import xlsxwriter

HERE = Path(__file__).parent / "layouts"
SCHOOL = "GPS Example Road"
CHILDREN = (
    ("0101", "Asha Example"), ("0102", "Bilal Example"), ("0103", "Chitra Example"),
    ("0104", "David Example"), ("0105", "Esther Example"),
)


def _csv(path: Path, rows: Iterable[Iterable[object]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as out:
        csv.writer(out, lineterminator="\n").writerows(rows)


def _days(first: date, count: int) -> list[date]:
    """School days of an Indian week, Monday to Saturday."""
    days = (first + timedelta(days=n) for n in range(2 * count))
    return [d for d in days if d.isoweekday() < 7][:count]


def attendance_daily(folder: Path) -> None:
    """Five children, ten days, one row each; the leave of one and the half day of another."""
    rows: list[list[object]] = [["School", "Student ID", "Name", "Class", "Date", "Attendance"]]
    for n, day in enumerate(_days(date(2025, 6, 16), 10)):
        for i, (number, name) in enumerate(CHILDREN):
            mark = {(3, 1): "A", (4, 1): "L", (7, 2): "HD", (9, 4): "A"}.get((n, i), "P")
            rows.append([SCHOOL, number, name, "4 A", f"{day:%d/%m/%Y}", mark])
    _csv(folder / "attendance_daily.csv", rows)


def register(folder: Path) -> None:
    """A month as it hangs in a class room: title rows, weekday letters, totals, a signature."""
    book = xlsxwriter.Workbook(str(folder / "register.xlsx"))
    book.set_properties({"comments": "Invented.", "created": datetime(2025, 7, 1)})
    sheet = book.add_worksheet("June 2025")
    sheet.merge_range(0, 0, 0, 20, "Attendance register")
    sheet.write_row(1, 0, (f"School: {SCHOOL}", None, "Class: 4 A", None, "Month: June 2025"))
    days = [date(2025, 6, d) for d in range(16, 31)]
    sheet.write_row(3, 0, ("Roll No", "Name", *(d.day for d in days), "Days absent"))
    sheet.write_row(4, 2, [f"{d:%a}"[0] for d in days])
    for i, (_, name) in enumerate(CHILDREN):
        marks = ["S" if d.isoweekday() == 7 else "P" for d in days]
        if i == 2:
            marks[1:4] = ["A", "A", "L"]
        sheet.write_row(5 + i, 0, (i + 1, name, *marks, sum(m in ("A", "L") for m in marks)))
    sheet.write_row(10, 1, ("Total present", *(4 if n in (1, 2, 3) else 5 for n in range(len(days)))))
    sheet.write(12, 1, "Signature of class teacher")
    book.close()


def attendance_totals(folder: Path) -> None:
    """Days possible and present of each child in two months."""
    rows: list[list[object]] = [
        [f"School: {SCHOOL}"], ["Academic year: 2025-26"],
        ["Admission No", "Name", "Class", "Month", "Working days", "Days present"],
    ]
    for month, possible in (("June", 13), ("July", 26)):
        for i, (number, name) in enumerate(CHILDREN):
            rows.append([number, name, "4 A", month, possible, possible - i / 2])
    _csv(folder / "attendance_totals.csv", rows)


def calendar(folder: Path) -> None:
    """Holidays for all schools, one of them two days long."""
    _csv(folder / "calendar.csv", [
        ["Holidays 2025-26"],
        ["S.No", "Occasion", "From", "To", "Day type"],
        [1, "Independence Day", "15/08/2025", "", "Holiday"],
        [2, "Dasara", "01/10/2025", "02/10/2025", "Holiday"],
        [3, "Term test", "2025-09-22", "2025-09-24", "Exam"],
        [4, "Heavy rain", "21/07/2025", "", "Closed"],
    ])


SAMPLES: tuple[Callable[[Path], None], ...] = (
    attendance_daily, register, attendance_totals, calendar,
)


def main(folder: Path = HERE) -> None:
    """Write every sample."""
    folder.mkdir(parents=True, exist_ok=True)
    for sample in SAMPLES:
        sample(folder)


if __name__ == "__main__":
    main()
