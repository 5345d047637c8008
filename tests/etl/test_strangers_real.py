"""Every real file beside the project: what is loaded of it, or why not. None is without a line.

The files lie outside of the project; where they are absent this is skipped and says so. Their
marks, scores and students are looked at one by one in the tests of their layouts.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from etl import exchange, reading, sorting
from etl.model import Context, SheetReport
from tests.grids import REAL, real

# Of each sheet: its state, what it was taken for, rows read; what must be answered, or why not.
Line = tuple[str, str | None, int, str]
LONG, PAGES, SMALL = "attendance-daily-long", "report-split-pages", "Min Required Attributes"
TABLE = ("Enrolment of students by gender, school management and level of school education, "
         "2023-24 All Management - page")
PRINTED = ("refused", None, 0, "This is a printed report, not a list of students")

ALONE: Mapping[str, list[Line]] = {
    f"{LONG}/attendance_dump.csv": [("refused", None, 0, "This file lists absences only")],
    f"{LONG}/studentattendance.csv": [("ready", "attendance_daily", 12_000, "")],
    f"{LONG}/studentdemographics.csv": [("question", "roster", 100, "school")],
    f"{LONG}/studentsectionmark.csv": [("question", "results", 1_044, "school")],
    "gradebook-five-sheets/ExcelGradeBook.xlsx": [
        ("aside", None, 0, "This sheet is a gradebook of 49 single pieces of work"),
        ("aside", None, 0, "This sheet is called “Options and Things to Try”"),
        ("aside", None, 0, "This sheet holds notes or a small summary"),
        ("aside", None, 0, "This sheet is called “Printouts”"),
        ("question", "register", 10, "blank school year"),
    ],
    "marksheet-title-block/MAT-examples.xlsx": [
        ("question", "marksheet", 10, "maximum school year")],
    "report-legacy-xls/attendance.xls": [PRINTED],
    "assessment-windows/math/math.csv": [("ready", "results", 1_002, "")],
    "assessment-windows/ela/ela.csv": [("ready", "results", 1_022, "")],
    "enrolment-242k-zip/schpupnum.zip": [
        ("ready", "enrollment_counts", 242_166, ""),  # of 242,176: ten lines hold an x
        ("aside", "enrollment_counts", 0, "Set aside: it counts the same students as"),
        ("aside", "enrollment_counts", 0, "Set aside: it counts the same students as"),
    ],
    "surveys/2019_PublicDataFile_Students.csv": [("ready", "survey", 1_829, "")],
    "surveys/student_voice_survey_2020.csv": [("ready", "survey", 1, "")],
    f"{PAGES}/Table 5.6 (continued) {TABLE} 90.csv": [PRINTED],
    f"{PAGES}/Table 5.6 {TABLE} 89.csv": [PRINTED],
}


def rosters(sections: int, students: int, places: int) -> list[Line]:
    """School, Section, Student, StudentEnrollment, Teacher and TeacherRoster of one folder."""
    return [("ready", "schools", 2, ""), ("ready", "sections", sections, ""),
            ("ready", "roster", students, ""), ("ready", "roster_links", places, ""),
            ("aside", None, 0, "It lists teachers."),
            ("aside", None, 0, "It says who teaches which class.")]


TOGETHER: Mapping[str, list[Line]] = {
    "SDS Format/100 Users": rosters(28, 86, 602), "UK Format/100 Users": rosters(28, 86, 602),
    "SDS Format/25 Users": rosters(2, 22, 44), "UK Format/25 Users": rosters(28, 22, 154),
    f"SDS Format/{SMALL}": rosters(2, 22, 44), f"UK Format/{SMALL}": rosters(28, 22, 154),
    "SDS v2": [("ready", "sections", 4, ""), ("ready", "roster_links", 22, ""),
               ("ready", "schools", 5, ""), ("ready", "roster", 22, "")],
    "SDS v2.1": [
        ("aside", None, 0, "It lists terms and years."), ("ready", "sections", 2, ""),
        ("aside", None, 0, "It lists courses."), ("ready", "roster_links", 4, ""),
        ("ready", "roster_links", 4, ""), ("ready", "schools", 4, ""),
        ("aside", None, 0, "It lists guardians."), ("ready", "roster_links", 4, ""),
        ("aside", None, 0, "It holds single flags about people."),
        ("ready", "roster_links", 4, ""),
    ],
}


def reports(paths: list[Path], folder: Path, **answers: Any) -> list[SheetReport]:
    """What the reading process reports of these files."""
    context = Context(date(2026, 3, 31), "us", answers)
    request = {"files": [{"path": str(p), "label": p.name} for p in paths], "failed": {},
               "context": exchange.context_to_json(context)}
    reading.read(folder, request, lambda *_, **__: None)
    sorting.sort(folder, request, lambda *_, **__: None)
    return [exchange.report_from_json(r) for r in exchange.read_json(folder / exchange.REPORT)]


def agree(found: list[SheetReport], wanted: list[Line]) -> None:
    """Each sheet is what its line says; no row of a csv goes uncounted, none is left out."""
    assert len(found) == len(wanted)
    for report, (state, layout, read, told) in zip(found, wanted, strict=True):
        assert (report.state, report.layout, report.read) == (state, layout, read), report.words
        if state in ("refused", "aside"):
            assert report.words.startswith(told)
            continue
        assert " ".join(sorted(q.about for q in report.questions if q.required)) == told
        assert report.rejected == 0


def test_no_real_file_is_without_a_line_here() -> None:
    real("SOURCES.md")
    there = {p for p in REAL.rglob("*") if p.is_file() and p.name != "SOURCES.md"}
    told = {REAL / name for name in ALONE}
    for folder in TOGETHER:
        told |= {p for p in (REAL / "roster-dialects" / folder).iterdir() if p.is_file()}
    assert there == told


@pytest.mark.parametrize("name", ALONE)
def test_real_file_alone_is_loaded_asked_about_or_refused(name: str, tmp_path: Path) -> None:
    path = real(*name.split("/"))
    found = reports([path], tmp_path)
    agree(found, ALONE[name])
    if path.suffix == ".csv" and found[0].read:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = sum(1 for row in csv.reader(file) if any(row))
        assert found[0].read + found[0].skipped == lines - 1


@pytest.mark.parametrize("folder", TOGETHER)
def test_real_rosters_dropped_together_need_no_answer(folder: str, tmp_path: Path) -> None:
    paths = sorted(real("roster-dialects", *folder.split("/")).glob("*.csv"))
    agree(reports(paths, tmp_path), TOGETHER[folder])


@pytest.mark.parametrize(("name", "answers", "students"), [
    (f"{LONG}/studentdemographics.csv", {"school": "Contoso"}, 100),
    (f"{LONG}/studentsectionmark.csv", {"school": "Contoso"}, 99),
    ("gradebook-five-sheets/ExcelGradeBook.xlsx",
     {"school": "Hill", "year": "2018-19", "blank": "yes"}, 10),
    ("marksheet-title-block/MAT-examples.xlsx",
     {"school": "Hanoi", "year": "2020-21", "maximum": "10"}, 10),
])
def test_real_file_is_ready_once_its_questions_are_answered(
    name: str, answers: Mapping[str, str], students: int, tmp_path: Path
) -> None:
    found = [r for r in reports([real(*name.split("/"))], tmp_path, **answers)
             if r.state != "aside"]
    assert [(r.state, r.summary.get("students")) for r in found] == [("ready", students)]
