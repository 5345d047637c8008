"""A register as a school keeps it on paper: titles, blanks for present, a mark of its own, totals.

All of it is invented. Months of one class have one shape; only their days and marks differ.
"""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from datetime import date

from tests import workbooks

OWN_MARK = "SD"
FIRST = ("Ana", "Bela", "Chandu", "Devi", "Esha", "Farid", "Gita", "Hari", "Indu", "Jaya",
         "Kiran", "Lata", "Mohan", "Nila", "Omkar", "Pari", "Ravi", "Sita", "Tara", "Uma")
LAST = ("Arun", "Bose", "Das")
Rows = list[list[object]]


def names(count: int) -> list[str]:
    """Invented names, all different."""
    return [f"{FIRST[i % len(FIRST)]} {LAST[i // len(FIRST) % len(LAST)]}" for i in range(count)]


def register(month: int, students: Sequence[str], *, year: int = 2025, school: str = "Hillside",
             id_header: str = "Register ref.", away: int = 3) -> Rows:
    """One month: an empty cell for present, A for absent (`away` students a day), one own mark."""
    days = range(1, calendar.monthrange(year, month)[1] + 1)
    rows: Rows = [
        [f"School: {school}"],
        [f"Attendance register for the month of {calendar.month_name[month]} {year}"],
        ["Class: 7", None, "Section: B"], [],
        [id_header, "Name of student", *days, "Total A"],
        [None, None, *(date(year, month, d).strftime("%a")[0] for d in days)],
    ]
    for n, name in enumerate(students):
        marks = [_mark(n, date(year, month, d), len(students), away) for d in days]
        rows.append([f"{701 + n:04d}", name, *marks, marks.count("A")])
    return [*rows, [], ["Signature of class teacher"]]


def _mark(n: int, day: date, count: int, away: int) -> str | None:
    if day.isoweekday() == 7:
        return "S"
    if n == 1 and day.day == 10:
        return OWN_MARK
    return "A" if (n - day.day) % count < away else None


def workbook(month: int, students: Sequence[str], **more: object) -> bytes:
    """The month as an Excel file."""
    name = calendar.month_abbr[month]
    return workbooks.xlsx({name: register(month, students, **more)})  # type: ignore[arg-type]
