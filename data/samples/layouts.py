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

SECTIONS = (
    ("SIS ID", "School SIS ID", "Section Name", "Course Subject"),
    ("S1", "99000000101", "Mathematics 4 A", "Mathematics"),
    ("S2", "99000000101", "Science 4 A", "Science"),
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


def support(folder: Path) -> None:
    """Three plans of two children, one of them over; who gives the support stays out."""
    _csv(folder / "support.csv", [
        ["School", "Student ID", "Name", "Class", "Support need", "Plan", "Start date", "End date",
         "Staff"],
        [SCHOOL, "0101", "Asha Example", "4 A", "Attendance", "Walking group", "16/06/2025", "",
         "Class teacher"],
        [SCHOOL, "0102", "Bilal Example", "4 A", "Reading", "Reading group, daily", "01/07/2025",
         "30/09/2025", "Class teacher"],
        [SCHOOL, "0102", "Bilal Example", "4 A", "Attendance", "Visit at home", "21/07/2025", "",
         "Headteacher"],
    ])


def incidents(folder: Path) -> None:
    """Four lines about two children, two of one kind on one day; what happened stays out."""
    _csv(folder / "incidents.csv", [
        ["School", "Student ID", "Name", "Class", "Incident date", "Incident type", "Action taken",
         "Remarks"],
        [SCHOOL, "0101", "Asha Example", "4 A", "18/06/2025", "Late to class", "Talk", "x"],
        [SCHOOL, "0101", "Asha Example", "4 A", "18/06/2025", "Late to class", "Talk", "y"],
        [SCHOOL, "0104", "David Example", "4 A", "25/06/2025", "Fighting", "Suspended 1 day", "z"],
        [SCHOOL, "0104", "David Example", "4 A", "02/07/2025", "Fighting", "Letter home", ""],
    ])


def own_numbers(folder: Path) -> None:
    """A week of a learning program: minutes of each child, as its export writes them."""
    rows: list[list[object]] = [["School", "Student ID", "Student Name", "Date", "Minutes",
                                 "Lessons Completed"]]
    for n, day in enumerate(_days(date(2025, 6, 16), 5)):
        for i, (number, name) in enumerate(CHILDREN):
            rows.append([SCHOOL, number, name, f"{day:%d/%m/%Y}", 10 * (i + 1) + n, (i + n) % 3])
    _csv(folder / "own_numbers.csv", rows)


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


def results(folder: Path) -> None:
    """Two tests of one subject: a score each, one child absent, one exempt."""
    rows: list[list[object]] = [[
        "School", "Student ID", "Name", "Class", "Subject", "Assessment", "Test Date", "Max Marks",
        "Marks Obtained",
    ]]
    for term, day in (("Term 1", "26/09/2025"), ("Term 2", "20/03/2026")):
        for i, (number, name) in enumerate(CHILDREN):
            mark = {("Term 1", 1): "AB", ("Term 2", 3): "Exempt"}.get((term, i), 22.5 + 4 * i)
            rows.append([SCHOOL, number, name, "4 A", "Mathematics", term, day, 50, mark])
    _csv(folder / "results.csv", rows)


def marksheet(folder: Path) -> None:
    """A title block, two header rows with merged cells, totals, an average and a signature."""
    book = xlsxwriter.Workbook(str(folder / "marksheet.xlsx"))
    book.set_properties({"comments": "Invented.", "created": datetime(2025, 10, 1)})
    sheet = book.add_worksheet("4 A")
    sheet.merge_range(0, 0, 0, 8, "MARK SHEET")
    sheet.write_row(1, 0, (f"School: {SCHOOL}", None, "Class: 4 A", None, "Year: 2025-26"))
    sheet.write(2, 0, "Date: 26/09/2025")
    for column, name in enumerate(("Sl No", "Admission No", "Name")):
        sheet.merge_range(4, column, 5, column, name)
    for column, subject in ((3, "Mathematics"), (6, "Science")):
        sheet.merge_range(4, column, 4, column + 2, subject)
        sheet.write_row(5, column, ("Written (40)", "Oral (10)", "Total"))
    for i, (number, name) in enumerate(CHILDREN):
        written = [20 + 3 * i, "AB" if i == 2 else 31 - i]
        sheet.write_row(6 + i, 0, (i + 1, number, name))
        for column, mark in zip((3, 6), written, strict=True):
            sheet.write_row(6 + i, column, (mark, 6.5, mark if mark == "AB" else mark + 6.5))
    sheet.write_row(11, 2, ("Class average", 26, 6.5, 32.5))
    sheet.write(13, 2, "Signature of headteacher")
    book.close()


def roster(folder: Path) -> None:
    """A class list with groups, a late joiner and one who left."""
    _csv(folder / "roster.csv", [
        [f"School: {SCHOOL}"], ["Academic year: 2025-26"],
        ["Sl No", "Admission No", "Name", "Class", "Section", "Sex", "Date of Birth", "Mother Tongue",
         "CWSN", "Date of Joining", "Date of Leaving", "Reason for Leaving"],
        *([i + 1, number, name, 4, "A", "FMFMF"[i], f"1{i}/06/2015", "Kannada", "No" if i else "Yes",
           "14/07/2025" if i == 3 else "", "28/11/2025" if i == 4 else "",
           "Transfer" if i == 4 else ""] for i, (number, name) in enumerate(CHILDREN)),
    ])


def schools(folder: Path) -> None:
    """Two schools with their codes and the places above them."""
    _csv(folder / "schools.csv", [
        ["UDISE Code", "School Name", "Cluster", "Block", "District"],
        ["99000000101", SCHOOL, "Example Cluster", "Example Block", "Example District"],
        ["99000000102", "GPS Sample Lane", "Example Cluster", "Example Block", "Example District"],
    ])


def sections(folder: Path) -> None:
    """Two sections of one school."""
    _csv(folder / "sections.csv", SECTIONS)


def together(folder: Path) -> None:
    """A roster of several files: ids that only the other files explain, and teachers set aside."""
    folder = folder / "together"
    folder.mkdir(exist_ok=True)
    _csv(folder / "Section.csv", SECTIONS)
    _csv(folder / "Student.csv", [
        ["SIS ID", "School SIS ID", "First Name", "Last Name", "Grade"],
        *([number, "99000000101", *name.split(), 4] for number, name in CHILDREN),
    ])
    _csv(folder / "StudentEnrollment.csv", [
        ["Section SIS ID", "SIS ID"], *(["S1", number] for number, _ in CHILDREN),
    ])
    _csv(folder / "Teacher.csv", [
        ["SIS ID", "School SIS ID", "First Name", "Teacher Number", "Qualification"],
        ["T1", "99000000101", "Example", "1", "B.Ed."],
    ])


def survey(folder: Path) -> None:
    """Six answers of a form that asked for an e-mail address, which is dropped."""
    _csv(folder / "survey.csv", [
        ["Timestamp", "Email Address", "Class", "I feel safe at school.", "I like to read at home.",
         "What should we change?"],
        *([f"{13 + i}/10/2025 10:0{i}:00", f"child{i}@example.org", 4, safe, read, text]
          for i, (safe, read, text) in enumerate((
              ("Strongly agree", "Agree", "More books"), ("Agree", "Disagree", ""),
              ("Don't know", "Strongly agree", "A longer lunch"), ("Disagree", "Agree", ""),
              ("Agree", "Neither agree nor disagree", ""), ("Agree", "Agree", "Nothing")))),
    ])


def enrollment_counts(folder: Path) -> None:
    """A published table with levels mixed: schools, their district, and the state."""
    _csv(folder / "enrollment_counts.csv", [
        ["year", "level", "state", "district", "school_code", "school_type", "headcount"],
        ["2025-26", "State", "Example State", "", "", "Total", 301],
        ["2025-26", "District", "Example State", "Example District", "", "Total", 301],
        ["2025-26", "District", "Example State", "Example District", "", "primary", 180],
        ["2025-26", "School", "Example State", "Example District", "101", "primary", 180],
        ["2025-26", "School", "Example State", "Example District", "102", "secondary", 121],
        ["2025-26", "School", "Example State", "Example District", "103", "secondary", "x"],
    ])


def benchmarks(folder: Path) -> None:
    """Published shares in the form of our own template."""
    _csv(folder / "benchmarks.csv", [
        ["Source", "Year", "Place", "Measure", "Group", "Value in percent", "Of how many"],
        ["Example report", "2024-25", "Example Country", "Chronic absence", "All", "12.5", 4000],
        ["Example report", "2024-25", "Example Country", "Chronic absence", "Girls", "12.1", 2000],
        ["Example report", "2024-25", "Example Country", "Attendance", "All", "91.4", ""],
    ])


def report(folder: Path) -> None:
    """A printed table, which is refused in words that help."""
    folder = folder / "refused"
    folder.mkdir(exist_ok=True)
    _csv(folder / "report.csv", [
        ["Table 3.1 Enrolment by place"], ["Place", "Boys", "Girls", "Total"],
        ["(1)", "(2)", "(3)", "(4)"], ["Example State ........", 150, 151, 301],
        ["Example District .....", 150, 151, 301], ["SOURCE: invented."],
    ])


def held(folder: Path) -> None:
    """One list of our own export: the students, their keys beside their names."""
    _csv(folder / "held_students.csv", [
        ["staffroom students", "student", "namespace", "student_id", "id_kind", "name",
         "birth_date"],
        *([n, 1000 + n, "gps example road", number, "id", name, f"2015-0{n}-14"]
          for n, (number, name) in enumerate(CHILDREN, 1)),
    ])


def outcome_map(folder: Path) -> None:
    """Three outcomes of Class 4 mathematics, what they rest on, and a concept without an outcome."""
    _csv(folder / "outcome_map.csv", [
        ["Learning outcome", "Subject", "Class", "Abilities", "Concepts", "Order", "Skill"],
        ["Subtracts with borrowing", "Mathematics", 4, "Comprehend; Analyse", "Place value", 1, "Basic"],
        ["Halves and quarters", "Mathematics", 4, "Observe", "Fractions", 2, "Basic"],
        ["Word problems in two steps", "Mathematics", 4, "Interpret; Communicate", "", 3, "Advanced"],
        ["", "Mathematics", 4, "", "Angles", "", ""],
    ])


def outcome_grid(folder: Path) -> None:
    """A class by its outcomes: levels, counted questions, one not observed, blanks; its own levels."""
    book = xlsxwriter.Workbook(str(folder / "outcome_grid.xlsx"))
    book.set_properties({"comments": "Invented.", "created": datetime(2025, 10, 1)})
    sheet = book.add_worksheet("4 A")
    sheet.write(0, 0, "Learning outcomes")
    sheet.write_row(1, 0, (f"School: {SCHOOL}", None, "Class: 4 A", None, "Subject: Mathematics"))
    sheet.write(2, 0, "Date: 26/09/2025")
    sheet.write_row(4, 0, ("Admission No", "Name", "Subtracts with borrowing", "Halves and quarters (4)"))
    for i, ((number, name), cells) in enumerate(zip(CHILDREN, (
            ("Reached", 4), ("Nearly", "3 of 4"), ("Not yet", None), ("Not observed", 1),
            (None, None)), strict=True)):
        sheet.write_row(5 + i, 0, (number, name, *cells))
    book.close()


def outcome_list(folder: Path) -> None:
    """Observations row by row: two levels, one count, one blank."""
    _csv(folder / "outcome_list.csv", [
        ["School", "Admission No", "Name", "Class", "Subject", "Learning outcome", "Date", "Level",
         "Correct", "Questions"],
        *([SCHOOL, number, name, "4 A", "Mathematics", "Halves and quarters", "17/10/2025", *cells]
          for (number, name), cells in zip(CHILDREN, (
              ("Reached", "", ""), ("Not yet", "", ""), ("", 3, 5), ("", "", ""), ("Nearly", "", "")),
              strict=True)),
    ])


def outcome_levels(folder: Path) -> None:
    """A school's own three levels."""
    _csv(folder / "outcome_levels.csv", [
        ["Level", "Order", "Reached", "Meaning"], ["Seed", 1, "No", "begins"],
        ["Sprout", 2, "No", "with help"], ["Tree", 3, "Yes", "alone and again"],
    ])


SAMPLES: tuple[Callable[[Path], None], ...] = (
    attendance_daily, register, attendance_totals, calendar, results, marksheet, roster, schools,
    sections, together, survey, enrollment_counts, benchmarks, support, incidents, held,
    own_numbers, report, outcome_map, outcome_grid, outcome_list, outcome_levels,
)


def main(folder: Path = HERE) -> None:
    """Write every sample."""
    folder.mkdir(parents=True, exist_ok=True)
    for sample in SAMPLES:
        sample(folder)


if __name__ == "__main__":
    main()
