"""Registers and daily lists of schools that never saw this project, with hand-made figures."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tests.strangers import Case, Rows, list_of, outcome

HILL = {"school": "Hill"}
YEAR = {**HILL, "year": "2025-26"}
LONG = ("Student ID", "Student Name", "School", "Class", "Date", "Status")


def june(*lines: tuple[object, str, str]) -> Rows:
    """An Indian month on paper: titles, weekdays under the days, totals beside and below."""
    days = range(1, 31)
    letters = [date(2025, 6, d).strftime("%a")[0] for d in days]
    body = [[roll, name, *marks, marks.count("P"), marks.count("A")] for roll, name, marks in lines]
    return [
        ["Attendance Register for the month of June 2025"], ["Class: V", None, "Section: A"],
        ["Roll No", "Name of Student", *days, "Total P", "Total A"], [None, None, *letters],
        *body, [], ["Total", None, *[len(lines)] * 30], [None, "Class teacher signature"],
    ]  # fmt: skip


def month(absent: str = "") -> str:
    """June 2025 without its five Sundays; `absent` are days missed, as '2 3'."""
    gone = {int(d) for d in absent.split()}
    return "".join(
        "S" if date(2025, 6, d).weekday() == 6 else "A" if d in gone else "P" for d in range(1, 31)
    )


def days(first: date, count: int) -> list[date]:
    return [first + timedelta(days=i) for i in range(count)]


def stacked(*classes: str) -> Rows:
    """Two classes below each other, each with its own heading, header and total."""
    out: list[list[object]] = [["Hill School"], ["Month: July 2025"]]
    for name in classes:
        out += [[f"Class: {name}"], ["Roll No", "Name", *range(1, 7)]]
        out += [[i, f"{name} child {i}", *"PPPPPA"] for i in (1, 2, 3)]
        out += [["Total", None, *[3] * 6], []]
    return out


def daily(*rows: tuple[object, ...]) -> Rows:
    """A list with one row a student and day, all of one school and class."""
    return [LONG, *((who, f"Child {who}", "Hill", "3", day, mark) for who, day, mark in rows)]


WEEK = days(date(2025, 9, 8), 5)
REGISTERS = [
    Case("a month on paper, weekday letters, totals beside and below",
         june((1, "Asha", month("2 3")), (2, "Bilal", month())),
         {"layout": "register", "read": 2, "rejected": [], "skipped": 4, "asks": [],
          "halves": (4, 100), "days": ("2025-06-01", "2025-06-30"), "classes": ["V A"]},
         answers=HILL, merged=("A1:AF1",)),
    Case("two classes below each other keep their own roll numbers", stacked("4 A", "4 B"),
         {"read": 6, "skipped": 7, "marks": 36, "halves": (12, 72), "classes": ["4 A", "4 B"]},
         answers=HILL),
    Case("a class heading without a gap or a colon",
         [["Month: July 2025"], ["Roll No", "Name", *range(1, 8)], ["Class 6 A"],
          [1, "Asha", *"PPPPPSP"], ["Class 6 B"], [1, "Bilal", *"PPAPPSP"]],
         {"read": 2, "skipped": 3, "halves": (2, 24), "classes": ["6 A", "6 B"]}, answers=HILL),
    Case("the month is the name of the sheet, the year that of the file",
         [["Class 7 B"], ["Adm No", "Student Name", *range(1, 8)], ["007", "Asha", *"PAPPPSP"]],
         {"read": 1, "days": ("2026-01-01", "2026-01-07"), "halves": (2, 12),
          "students": ["007"], "classes": ["7 B"]},
         answers=HILL, sheet="Jan", file="Attendance 2025-26.xlsx"),
    Case("mornings and afternoons under one date",
         [["Reg group: 8K"], ["UPN", "Surname", "Forename", *(c for d in WEEK for c in (d, None))],
          [None, None, None, *["AM", "PM"] * 5],
          ["A1", "Müller", "Zoë", *["/", "\\"] * 5],
          ["A2", "O'Neil", "Seán", "/", "\\", "I", "I", "/", "U", "L", "\\", "m", "\\"]],
         {"read": 2, "marks": 20, "halves": (4, 20), "names": ["Zoë Müller", "Seán O'Neil"],
          "classes": ["8 K"], "asks": []}, "england", HILL, merged=("D2:E2",)),
    Case("both marks of a day in one cell, with and without a space",
         [["UPN", "Name", *WEEK], ["A1", "Zoë", *["/\\"] * 5],
          ["A2", "Seán", "/\\", "I I", "/U", "L \\", "# #"]],
         {"read": 2, "marks": 20, "halves": (3, 18), "asks": []}, "england", HILL),
    Case("marks in small letters and with blanks around them",
         [["Student ID", "Name", *days(date(2025, 9, 1), 5)],
          ["1", "Ann", "p ", " P", "p", "a", " A "], ["2", "Ben", "P", "P", "T", "t", "ED"]],
         {"halves": (4, 20), "asks": [], "students": ["1", "2"]}, "us", HILL),
    Case("without a country only P and A are read",
         [["Student ID", "Name", *days(date(2025, 9, 1), 5)], ["1", "Ann", *"PPALH"]],
         {"asks": ["code:H", "code:L"], "marks": 3, "halves": (2, 6)}, None, HILL),
    Case("what a mark means is answered",
         [["Student ID", "Name", *days(date(2025, 9, 1), 5)], ["1", "Ann", *"PPALH"]],
         {"asks": [], "halves": (2, 8)}, None, {**HILL, "code:L": "Late", "code:H": "Holiday"}),
    Case("a register over the turn of the year and a leap day",
         [["Student ID", "Name", "Class", *days(date(2023, 12, 29), 70)],
          ["01", "Ann", "5", *("A" if d == date(2024, 2, 29) else "P"
                               for d in days(date(2023, 12, 29), 70))],
          ["1", "Ben", "5", *["P"] * 70]],
         {"read": 2, "marks": 140, "halves": (2, 280), "students": ["01", "1"],
          "days": ("2023-12-29", "2024-03-07")}, answers=HILL),
    Case("the header in row twelve, and signatures",
         [["School: GPS Rampur"], ["Month: August 2025"], ["Class: 3"], *[[]] * 8,
          ["Sr. No.", "Student Name", *(f"{d:02d}" for d in range(1, 32)), "Present", "%"],
          *([i, f"Child {i}", *["P"] * 31, 31, "100%"] for i in range(1, 5)),
          [], ["Prepared by: the office"], ["Signature of Head Teacher"]],
         {"read": 4, "rejected": [], "skipped": 5, "halves": (0, 248), "asks": []}),
    Case("the header printed again in the middle",
         [["Month: July 2025"], ["Class: 6"], ["Roll No", "Name", *range(1, 8)],
          [1, "Asha", *"PPPPPSP"], ["Roll No", "Name", *range(1, 8)], [2, "Bilal", *"PPAPPSP"]],
         {"read": 2, "skipped": 3, "halves": (2, 24)}, answers=HILL),
]  # fmt: skip

LETTERS = [["1", "Ann", *"PPAPP"], ["2", "Ben", *"PPPPP"]]
REGISTERS += [
    *(Case(f"days written as {heads[0]}", [["Student ID", "Name", *heads], *LETTERS],
           {"layout": "register", "read": 2, "halves": (2, 20),
            "days": ("2025-09-01", "2025-09-05")},
           "us", YEAR, sheet="September 2025")
      for heads in (
          ["1 Mon", "2 Tue", "3 Wed", "4 Thu", "5 Fri"],
          ["Mon 1", "Tue 2", "Wed 3", "Thu 4", "Fri 5"],
          ["1-Sep", "2-Sep", "3-Sep", "4-Sep", "5-Sep"], ["9/1", "9/2", "9/3", "9/4", "9/5"],
          ["Day 1", "Day 2", "Day 3", "Day 4", "Day 5"], [45901, 45902, 45903, 45904, 45905],
          ["Sep 1", "Sep 2", "Sep 3", "Sep 4", "Sep 5"])),
    Case("a week of two days", [["Student ID", "Name", *days(date(2025, 9, 1), 2)],
                                ["1", "Ann", "P", "A"], ["2", "Ben", "P", "P"]],
         {"layout": "register", "read": 2, "halves": (2, 8)}, "us", HILL),
    Case("a student who stands twice: the last line counts, and the name stays",
         [["Student ID", "Name", *days(date(2025, 9, 1), 5)], ["1", "Ann", *"PPAPP"],
          ["1", "Ann", *"PPPPP"], ["2", "Ben", *"PPPPP"]],
         {"read": 3, "rejected": [2], "halves": (0, 20), "students": ["1", "2"]}, "us", HILL),
]  # fmt: skip

SPARSE = [
    ["Student ID", "Name", *days(date(2025, 9, 1), 30)],
    ["1", "Ann", None, None, "A"], ["2", "Ben", "H", None, None, "T"], ["3", "Cy", "H"],
]  # fmt: skip
BLANKS = [
    Case("empty cells are asked about", SPARSE, {"asks": ["blank"], "read": 3}, "us", HILL),
    Case("an empty cell is present, on school days only", SPARSE,
         {"asks": [], "halves": (2, 126)}, "us", {**HILL, "blank": "yes"}),  # 21 days x 3
    Case("an empty cell says nothing", SPARSE,
         {"asks": [], "halves": (2, 4), "marks": 4}, "us", {**HILL, "blank": "no"}),
]  # fmt: skip

TWO = (("0042", "2025-09-02", "P"), ("0043", "2025-09-02", "A"))
DAILY = [
    Case("American dates, a name with accents, leading zeros",
         list_of(daily(("007", "09/02/2025", "P"), ("7", "09/15/2025", "A"))),
         {"layout": "attendance_daily", "read": 2, "halves": (2, 4), "students": ["007", "7"],
          "days": ("2025-09-02", "2025-09-15"), "asks": []}, "us", file="a.csv"),
    Case("ambiguous dates follow India", list_of(daily(("1", "02/09/2025", "P"))),
         {"days": ("2025-09-02", "2025-09-02"), "rules": {"date order"}}, file="a.csv"),
    Case("ambiguous dates follow the US", list_of(daily(("1", "02/09/2025", "P"))),
         {"days": ("2025-02-09", "2025-02-09"), "rules": {"date order"}}, "us", file="a.csv"),
    Case("one part over twelve settles the column against the country",
         list_of(daily(("1", "02/09/2025", "P"), ("1", "13/09/2025", "A"))),
         {"days": ("2025-09-02", "2025-09-13"), "rules": set()}, "us", file="a.csv"),
    Case("two digits of a year", list_of(daily(("1", "02-09-25", "P"), ("1", "23-09-25", "A"))),
         {"days": ("2025-09-02", "2025-09-23"), "rules": set()}, file="a.csv"),
    Case("a date with its time", list_of(daily(("1", "9/2/2025 8:30 AM", "P"),
                                               ("1", "9/23/2025 8:31:00 AM", "A"))),
         {"days": ("2025-09-02", "2025-09-23"), "halves": (2, 4)}, "us", file="a.csv"),
    Case("words in a date", list_of(daily(("1", "Tue 2 Sep 2025", "P"), ("1", "3-Sep-25", "A"))),
         {"days": ("2025-09-02", "2025-09-03")}, file="a.csv"),
    Case("real dates of Excel, a total below",
         [*daily((7, date(2025, 9, 2), "P"), ("007", datetime(2025, 9, 2, 8, 30), "A")),
          [None] * 6, ["Total", None, None, None, None, 2]],
         {"read": 2, "skipped": 1, "halves": (2, 4), "students": ["7", "007"]}),
    Case("a workbook that counts from 1904", daily((7, date(2025, 9, 2), "P")),
         {"days": ("2025-09-02", "2025-09-02")}, epoch=CALENDAR_MAC_1904),
    Case("dates that lost their format", daily((7, 45902, "P"), (8, 45903, "A")),
         {"layout": "attendance_daily", "days": ("2025-09-02", "2025-09-03"), "halves": (2, 4)}),
    Case("of two marks for one day the last stands",
         list_of(daily(("1", "2025-09-02", "P"), ("1", "2025-09-02", "A"),
                       ("2", "2025-09-02", "P"), ("2", "2025-09-02", "P"))),
         {"read": 4, "rejected": [2], "cells": [(2, "Date", "2025-09-02")],
          "rules": {"said twice", "repeated"}},
         file="a.csv"),
    Case("a mark nobody explained",
         list_of(daily(("1", "2025-09-02", "P"), ("2", "2025-09-02", "ZZ"))),
         {"asks": ["code:ZZ"], "marks": 1, "cells": [(3, "Status", "ZZ")]}, file="a.csv"),
    Case("impossible days leave no trace of their students",
         list_of(daily(("1", "2025-09-02", "P"), ("2", "2025-02-30", "P"), ("3", "2027-01-02", "P"),
                       ("4", None, "P"))),
         {"read": 4, "rejected": [3, 4, 5], "students": ["1"],
          "cells": [(3, "Date", "2025-02-30"), (4, "Date", "2027-01-02"), (5, "Date", None)]},
         file="a.csv"),
    Case("one absence alone corrects a mark", list_of(daily(("1", "2025-09-02", "A"))),
         {"read": 1, "halves": (2, 2), "rules": {"absences only"}}, file="a.csv"),
    Case("a column of ones and noughts",
         list_of([["Student ID", "School", "Date", "Present"],
                  ["1", "Hill", "2025-09-02", 1], ["2", "Hill", "2025-09-02", 0]]),
         {"halves": (2, 4), "asks": []}, file="a.csv"),
    Case("sessions in a column of their own",
         list_of([["UPN", "School", "Date", "Session", "Mark"],
                  ["A1", "Oak", "02/09/2025", "AM", "/"], ["A1", "Oak", "02/09/2025", "pm", "U"]]),
         {"halves": (1, 2), "marks": 2}, "england", file="a.csv"),
    Case("letters of India and Arabia",
         list_of([LONG, ["0042", "आशा", "प्राथमिक विद्यालय", "३", "2025-09-02", "P"],
                  ["0043", "محمد", "प्राथमिक विद्यालय", "३", "2025-09-02", "A"]]),
         {"names": ["आशा", "محمد"], "halves": (2, 4)}, file="a.csv"),
    *(Case(f"encoded as {encoding}, parted by {between!r}",
           list_of(daily(*TWO), encoding, between, end),
           {"read": 2, "halves": (2, 4), "students": ["0042", "0043"]}, file=file)
      for encoding, between, end, file in (
          ("utf-8-sig", ",", "\n", "a.csv"), ("utf-16", "\t", "\r\n", "a.tsv"),
          ("cp1252", ";", "\r\n", "a.csv"), ("utf-8", ",", "\r", "a.csv"))),
]  # fmt: skip


@pytest.mark.parametrize("case", [*REGISTERS, *BLANKS, *DAILY], ids=str)
def test_a_stranger_finds_her_own_figures(case: Case, tmp_path: Path) -> None:
    got = outcome(case, tmp_path)
    seen = {name: got.get(name) for name in case.want}
    if "rules" in case.want:
        seen["rules"] = got["rules"] - {"roll numbers", "names only"}
    assert seen == dict(case.want)
