"""Marks, class lists, calendars, surveys and counts of schools that never saw this project."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.strangers import Case, Rows, list_of, outcome

HILL = {"school": "Hill"}
YEAR = {**HILL, "year": "2025-26"}


def results(score: str, *scores: object) -> Rows:
    """One row a student and test, the maximum in the header of the score or nowhere."""
    top = ["Adm No", "School", "Class", "Subject", "Exam", score]
    return [top, *([f"00{i}", "Hill", "5", "Maths", "Half Yearly", s]
                   for i, s in enumerate(scores, 1))]  # fmt: skip


RESULTS = [
    Case("the maximum in the header of one score column",
         list_of(results("Marks (50)", "45", "AB", "52", "", "0", "abc")),
         {"layout": "results", "read": 6, "rejected": [4, 7],
          "cells": [(7, "Marks (50)", "abc"), (4, "Marks (50)", "52")],
          "scores": {("001", "Maths"): (45, 50, "scored"), ("002", "Maths"): (None, 50, "absent"),
                     ("004", "Maths"): (None, 50, "unknown"), ("005", "Maths"): (0, 50, "scored")}},
         answers=YEAR, file="a.csv"),
    Case("cells in percent need no maximum", list_of(results("Score", "85%", "40%")),
         {"asks": [], "scores": {("001", "Maths"): (85, 100, "scored"),
                                 ("002", "Maths"): (40, 100, "scored")}},
         answers=YEAR, file="a.csv"),
    Case("without a maximum it is asked", list_of(results("Score", "17", "12")),
         {"asks": ["maximum"], "read": 2}, answers=YEAR, file="a.csv"),
    Case("a comma in the decimals",
         list_of([["Student ID", "School", "Year group", "Subject", "Test", "Date", "Score",
                   "Out of"],
                  ["1", "Oak", "8", "Maths", "Autumn", "12/11/2025", "12,5", "20"],
                  ["2", "Oak", "8", "Maths", "Autumn", "13/11/2025", "20,5", "20"]], between=";"),
         {"rejected": [3], "scores": {("1", "Maths"): (12.5, 20, "scored")},
          "cells": [(3, "Score", "20,5")]}, "england", file="a.csv"),
]  # fmt: skip

HALF_YEARLY = [
    ["Half Yearly Examination 2025-26"], ["Class: VII", None, "Section: B"],
    ["Roll No", "Name", "Maths (50)", None, "English (50)", None, "Total", "Rank"],
    [None, None, "Theory (40)", "Practical (10)", "Theory (40)", "Practical (10)"],
    [1, "Asha", 35, 8, 30, 9, 82, 1], [2, "Bilal", "AB", 7, 28, None, 35, 3],
    [3, "Chitra", 41, 10, 20, 5, 76, 2], [None, "Class Average", 38, 8.3, 26, 7, 64],
    [], ["Class Teacher", None, "Principal"],
]  # fmt: skip
SHEETS = [
    Case("a header of two rows, parts with their own maxima", HALF_YEARLY,
         {"layout": "marksheet", "read": 3, "rejected": [7], "skipped": 4, "classes": ["VII B"],
          "cells": [(7, "Maths (50) / Theory (40)", "41")],
          "scores": {("1", "Maths Theory"): (35, 40, "scored"),
                     ("1", "Maths Practical"): (8, 10, "scored"),
                     ("1", "English Theory"): (30, 40, "scored"),
                     ("1", "English Practical"): (9, 10, "scored"),
                     ("2", "Maths Theory"): (None, 40, "absent"),
                     ("2", "Maths Practical"): (7, 10, "scored"),
                     ("2", "English Theory"): (28, 40, "scored")}},
         answers=HILL, merged=("C3:D3", "E3:F3")),
    Case("maxima in brackets and behind a stroke, an empty cell",
         [["Admission No", "Name", "Class", "Hindi (100)", "Science /25"],
          ["07", "Asha", "5", 80, 20], ["08", "Bilal", "5", None, "12,5"]],
         {"scores": {("07", "Hindi"): (80, 100, "scored"), ("07", "Science"): (20, 25, "scored"),
                     ("08", "Science"): (12.5, 25, "scored")}, "students": ["07", "08"]},
         answers=YEAR),
    Case("a row of maxima whose words stand under the name",
         [["Admission No", "Name", "Class", "Hindi", "Maths"], [None, "Out of", None, 100, 50],
          ["07", "Asha", "5", 80, 40]],
         {"read": 1, "rejected": [], "skipped": 1, "asks": [],
          "scores": {("07", "Hindi"): (80, 100, "scored"), ("07", "Maths"): (40, 50, "scored")}},
         answers=YEAR),
    Case("two classes below each other",
         [["Half Yearly 2025-26"], ["Class 4 A"], ["Roll No", "Name", "Maths (50)", "Hindi (50)"],
          [1, "Asha", 40, 30], ["Class 4 B"], [1, "Bilal", 20, 10]],
         {"read": 2, "skipped": 3, "classes": ["4 A", "4 B"]}, answers=HILL),
    Case("marks without a maximum",
         [["Student ID", "Name", "Class", "Math", "Science"], ["1", "Ann", "5", 45, 33]],
         {"asks": ["maximum"]}, "us", YEAR),
]  # fmt: skip

LIST = [["UPN", "Legal Surname", "Legal Forename", "Reg", "Year", "Date of Admission",
         "Leaving Date"],
        ["A0", "Müller", "Zoë", "8K", 8, date(2023, 9, 4), None],
        ["A1", "Ng", "Li", "8K", 8, date(2025, 10, 13), None],
        ["A2", "Doe", "Jo", "8L", 8, date(2023, 9, 4), date(2025, 12, 19)]]  # fmt: skip
LISTS = [
    Case("years of school, admissions long ago, a late joiner and a leaver", LIST,
         {"layout": "roster", "read": 3, "classes": ["8 K", "8 L"],
          "spells": [("2025-09-01", None, "8"), ("2025-10-13", None, "8"),
                     ("2025-09-01", "2025-12-20", "8")]}, "england", HILL),
    Case("the same list, its school year given", LIST,
         {"spells": [("2025-09-01", None, "8"), ("2025-10-13", None, "8"),
                     ("2025-09-01", "2025-12-20", "8")]}, "england", YEAR),
    Case("a password is nobody's business",
         [["Student ID", "Name", "Class", "Password"], ["1", "Ann", "5", "hunter2"]],
         {"read": 1, "targets": {"Student ID": "student_id", "Name": "student_name",
                                 "Class": "class", "": None}}, "us", YEAR),
    Case("classes below each other",
         [["Roll No", "Student Name", "Gender", "DOB", "Mother Tongue"], ["Class: 4 A"],
          [1, "Asha", "F", "21/02/2015", "Hindi"], ["Class: 4 B"],
          [1, "Bilal", "M", "22/02/2015", "Urdu"]],
         {"read": 2, "skipped": 2, "classes": ["4 A", "4 B"]}, answers=YEAR),
]  # fmt: skip

OTHERS = [
    Case("a kind of day nobody explained is named where it stands",
         list_of([["Date", "Day Type"], ["2025-09-01", "No School"], ["2025-09-02", "School Day"],
                  ["2025-09-03", "Fasching"], ["2025-09-04", "Holiday"]]),
         {"layout": "calendar", "asks": ["code:Fasching"], "cells": [(4, "Day Type", "Fasching")]},
         "us", HILL, file="a.csv"),
    Case("a form that numbers its answers",
         list_of([["Response ID", "School", "I feel safe at school", "Teachers listen to me"],
                  ["1", "Oak", "Agree", "Don't know"], ["2", "Oak", "Disagree", "Agree"]]),
         {"layout": "survey", "read": 2, "rejected": []}, "england", YEAR, file="a.csv"),
    Case("counts with a total a school and a total below",
         list_of([["School", "Year", "Grade", "Boys", "Girls", "Total"],
                  ["GPS A", "2025-26", "1", 10, 12, 22], ["GPS A", "2025-26", "2", 9, 11, 20],
                  ["GPS A", "2025-26", "Total", 19, 23, 42], ["Total", None, None, 19, 23, 42]]),
         {"layout": "enrollment_counts", "read": 3, "skipped": 1, "rejected": []}, file="a.csv"),
    Case("a text is no list",
         [["Dear parents,"], ["school begins on Monday."], ["The office"]],
         {"refused": "aside"}),
    Case("columns that nobody knows", [[f"Foo {i}" for i in range(5)], *[["x"] * 5] * 8],
         {"refused": "not recognised"}),
]  # fmt: skip


@pytest.mark.parametrize("case", [*RESULTS, *SHEETS, *LISTS, *OTHERS], ids=str)
def test_a_stranger_finds_her_own_figures(case: Case, tmp_path: Path) -> None:
    got = outcome(case, tmp_path)
    assert {name: got.get(name) for name in case.want} == dict(case.want)
