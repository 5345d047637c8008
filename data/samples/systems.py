"""Writes small exports in the shapes of well known systems into data/samples/layouts/systems.

Run `python data/samples/systems.py` to write them again. Invented children; one folder a country.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path

HERE = Path(__file__).parent / "layouts" / "systems"
Rows = Sequence[Sequence[str]]

_CATEGORY = "uri://ed-fi.org/AttendanceEventCategoryDescriptor#"
_EDFI = "uri://ed-fi.org/"
_PERIOD = f"{_EDFI}GradingPeriodDescriptor#First Six Weeks"
_GRADE = f"{_EDFI}GradeTypeDescriptor#Grading Period"
_PLACE = ("School", "E92000001", "England", "E12000007", "London", "E09000007", "Camden", "202")
_PLACED = ("geographic_level", "country_code", "country_name", "region_code", "region_name",
           "new_la_code", "la_name", "old_la_code")

FILES: dict[str, Rows] = {
    "us/powerschool attendance.csv": [
        ("Student_Number", "LastFirst", "SchoolID", "Grade_Level", "Att_Date", "Att_Code"),
        ("1001", "Example, Asha", "100", "4", "09/02/2025", "A"),
        ("1002", "Example, Bilal", "100", "4", "09/22/2025", "T"),
        ("1003", "Example, Chitra", "100", "4", "09/22/2025", "P"),
    ],
    "us/infinite campus attendance.csv": [
        ("student.studentNumber", "student.lastName", "student.firstName", "student.grade",
         "cal.schoolID", "attendanceDay.date", "attendanceDay.status"),
        ("1001", "Example", "Asha", "04", "100", "09/02/2025", "A"),
        ("1002", "Example", "Bilal", "04", "100", "09/22/2025", "P"),
        ("1003", "Example", "Chitra", "04", "100", "09/22/2025", "P"),
    ],
    "us/ed-fi attendance events.csv": [
        ("studentUniqueId", "schoolId", "sessionName", "schoolYear", "eventDate",
         "attendanceEventCategoryDescriptor"),
        ("604821", "255901001", "2025-2026 Fall", "2026", "2025-09-02",
         f"{_CATEGORY}Unexcused Absence"),
        ("604822", "255901001", "2025-2026 Fall", "2026", "2025-09-02",
         f"{_CATEGORY}In Attendance"),
        ("604823", "255901001", "2025-2026 Fall", "2026", "2025-09-02", f"{_CATEGORY}Tardy"),
    ],
    "us/ed-fi grades.csv": [
        ("studentUniqueId", "schoolId", "localCourseCode", "schoolYear", "gradingPeriodDescriptor",
         "numericGradeEarned"),
        ("604821", "255901001", "Algebra 1", "2026", _PERIOD, "82"),
        ("604822", "255901001", "Algebra 1", "2026", _PERIOD, "91"),
        ("604823", "255901001", "Algebra 1", "2026", _PERIOD, "71"),
    ],
    "us/ed-fi letter grades.csv": [
        ("studentUniqueId", "schoolId", "localCourseCode", "sectionIdentifier", "schoolYear",
         "sessionName", "gradeTypeDescriptor", "gradingPeriodDescriptor", "letterGradeEarned"),
        ("604821", "255901001", "Algebra 1", "2559010", "2026", "2025-2026 Fall", _GRADE, _PERIOD,
         "B"),
        ("604822", "255901001", "Algebra 1", "2559010", "2026", "2025-2026 Fall", _GRADE, _PERIOD,
         "A"),
    ],
    "us/ed-fi student assessments.csv": [
        ("studentUniqueId", "schoolId", "gradeLevelDescriptor", "assessmentIdentifier",
         "assessmentTitle", "academicSubjectDescriptor", "schoolYear", "administrationDate",
         "assessmentReportingMethodDescriptor", "scoreResult", "performanceLevelDescriptor"),
        ("604821", "255901001", f"{_EDFI}GradeLevelDescriptor#Fourth grade", "EX-M4", "State test",
         f"{_EDFI}AcademicSubjectDescriptor#Mathematics", "2026", "2026-05-06",
         f"{_EDFI}AssessmentReportingMethodDescriptor#Scale score", "1510",
         f"{_EDFI}PerformanceLevelDescriptor#Proficient"),
        ("604822", "255901001", f"{_EDFI}GradeLevelDescriptor#Fourth grade", "EX-M4", "State test",
         f"{_EDFI}AcademicSubjectDescriptor#Mathematics", "2026", "2026-05-06",
         f"{_EDFI}AssessmentReportingMethodDescriptor#Scale score", "1610",
         f"{_EDFI}PerformanceLevelDescriptor#Advanced"),
    ],
    "us/powerschool stored grades 2025-26.csv": [
        ("Student_Number", "LastFirst", "SchoolID", "Grade_Level", "Course_Name", "Section_Number",
         "StoreCode", "TermID", "Grade", "Percent", "EarnedCrHrs"),
        ("1001", "Example, Asha", "100", "4", "Mathematics 4", "1", "Q1", "3500", "A", "93",
         "0.25"),
        ("1002", "Example, Bilal", "100", "4", "Mathematics 4", "1", "Q1", "3500", "B", "84.5",
         "0.25"),
        ("1003", "Example, Chitra", "100", "4", "Mathematics 4", "1", "Q1", "3500", "", "", "0"),
    ],
    "us/powerschool assignment scores.csv": [
        ("Student_Number", "LastFirst", "SchoolID", "Course_Name", "Assignment Name", "Category",
         "Due Date", "Points Possible", "Score Points", "Is Exempt", "Is Missing"),
        ("1001", "Example, Asha", "100", "Mathematics 4", "Fractions quiz", "Quiz", "09/22/2025",
         "20", "18", "0", "0"),
        ("1002", "Example, Bilal", "100", "Mathematics 4", "Fractions quiz", "Quiz", "09/22/2025",
         "20", "0", "1", "0"),
        ("1003", "Example, Chitra", "100", "Mathematics 4", "Fractions quiz", "Quiz", "09/22/2025",
         "20", "0", "0", "1"),
    ],
    "us/infinite campus grades 2025-26.csv": [
        ("student.studentNumber", "student.lastName", "student.firstName", "student.grade",
         "cal.schoolID", "grading.courseName", "grading.task", "grading.termName",
         "grading.score", "grading.percent"),
        ("1001", "Example", "Asha", "04", "100", "Mathematics 4", "Quarter Grade", "Q1", "A",
         "93"),
        ("1002", "Example", "Bilal", "04", "100", "Mathematics 4", "Quarter Grade", "Q1", "B",
         "84.5"),
        ("1003", "Example", "Chitra", "04", "100", "Mathematics 4", "Quarter Grade", "Q1", "I",
         ""),
    ],
    "england/arbor assessment marks.csv": [
        ("Student", "Arbor Student ID", "School URN", "Year Group", "Registration Form", "Subject",
         "Assessment Name", "Assessment Period", "Assessment Date", "Mark", "Max Mark"),
        ("Asha Example", "1", "100049", "Year 4", "4A", "Maths", "Autumn test", "Autumn Term",
         "12 Nov 2025", "31", "40"),
        ("Bilal Example", "2", "100049", "Year 4", "4A", "Maths", "Autumn test", "Autumn Term",
         "12 Nov 2025", "Abs", "40"),
        ("Chitra Example", "3", "100049", "Year 4", "4A", "Maths", "Autumn test", "Autumn Term",
         "12 Nov 2025", "22", "40"),
    ],
    "england/arbor teacher assessment 2025-26.csv": [
        ("Student", "Arbor Student ID", "School URN", "Year Group", "Subject", "Assessment",
         "Term", "Grade"),
        ("Asha Example", "1", "100049", "4", "Reading", "Teacher assessment", "Autumn", "EXS"),
        ("Bilal Example", "2", "100049", "4", "Reading", "Teacher assessment", "Autumn", "WTS"),
        ("Chitra Example", "3", "100049", "4", "Reading", "Teacher assessment", "Autumn", "GDS"),
    ],
    "england/sims assessment results.csv": [
        ("Legal Surname", "Legal Forename", "UPN", "Reg Group", "Year Group", "School URN",
         "Aspect Name", "Resultset", "Result Date", "Result"),
        ("Example", "Asha", "A123", "4A", "4", "100049", "Maths Test Score", "Autumn",
         "22/11/2025", "31"),
        ("Example", "Bilal", "A124", "4A", "4", "100049", "Maths Test Score", "Autumn",
         "22/11/2025", "28"),
        ("Example", "Chitra", "A125", "4A", "4", "100049", "Maths Test Score", "Autumn",
         "22/11/2025", "N/A"),
    ],
    "england/arbor attendance.csv": [
        ("Student", "Arbor Student ID", "School URN", "Registration Form", "Date", "AM Mark",
         "PM Mark"),
        ("Asha Example", "1", "100049", "4A", "02 Sep 2025", "/", "\\"),
        ("Bilal Example", "2", "100049", "4A", "02 Sep 2025", "O", "O"),
        ("Chitra Example", "3", "100049", "4A", "02 Sep 2025", "/", "\\"),
    ],
    "england/sims attendance.csv": [
        ("Legal Surname", "Legal Forename", "UPN", "Reg Group", "Year Group", "Mark Date",
         "Session", "Mark", "School URN"),
        ("Example", "Asha", "A123", "4A", "4", "02/09/2025", "AM", "/", "100049"),
        ("Example", "Bilal", "A124", "4A", "4", "22/09/2025", "AM", "O", "100049"),
        ("Example", "Chitra", "A125", "4A", "4", "22/09/2025", "PM", "\\", "100049"),
    ],
    "england/pupil characteristics.csv": [
        ("time_period", *_PLACED, "school_urn", "school_name", "headcount of pupils",
         "headcount girls", "headcount boys", "fsm eligible"),
        ("202425", *_PLACE, "100049", "Hill School", "401", "190", "211", "80"),
        ("202425", *_PLACE, "100050", "Dale School", "201", "100", "101", "z"),
    ],
    "england/absence by school.csv": [
        ("time_period", *_PLACED, "school_urn", "school_name", "enrolments", "sess_possible",
         "sess_overall"),
        ("202324", *_PLACE, "100049", "Hill School", "401", "120000", "6000"),
        ("202324", *_PLACE, "100050", "Dale School", "201", "60000", "3000"),
    ],
    "england/absence national.csv": [  # the published figures of METHODS 2, KAT-2
        ("time_period", "time_identifier", *_PLACED[:3], "school_type", "characteristic",
         "enrolments", "sess_possible", "sess_overall", "sess_overall_percent",
         "enrolments_pa_10_exact", "enrolments_pa_10_exact_percent"),
        ("201617", "Six half terms", "National", *_PLACE[1:3], "Total", "Total", "6899770",
         "2440216810", "113475287", "4.7", "744275", "10.8"),
        ("201617", "Six half terms", "National", *_PLACE[1:3], "Total", "Gender Male", "3530570",
         "1247454277", "58531430", "4.7", "386570", "10.9"),
    ],
    "india/udise enrolment by age 2025-26.csv": [
        ("UDISE Code", "School Name", "Age", "Class 1 Boys", "Class 1 Girls", "Class 2 Boys",
         "Class 2 Girls"),
        ("99000000101", "GPS Example Road", "5", "3", "2", "0", "0"),
        ("99000000101", "GPS Example Road", "6", "5", "4", "2", "1"),
        ("99000000102", "GPS Example Hill", "6", "4", "4", "1", "1"),
    ],
    "india/udise enrolment of five years.csv": [
        ("UDISE Code", "School Name", "2021-22", "20222023", "AY 23/24", "2024-25", "2025-26",
         "Total", "% change"),
        ("99000000101", "GPS Example Road", "31", "30", "29", "28", "27", "145", "-13"),
        ("99000000102", "GPS Example Hill", "12", "14", "15", "15", "16", "72", "33"),
    ],
    "india/monthly attendance 2025-26.csv": [
        ("UDISE Code", "Adm No", "Name", "Class", "Apr Working Days", "Apr Present",
         "Jun Working Days", "Jun Present", "Apr-Jun", "Total Present"),
        ("99000000101", "1", "Asha Example", "4 A", "20", "18", "22", "22", "40", "40"),
        ("99000000101", "2", "Bilal Example", "4 A", "20", "20", "22", "11", "31", "31"),
    ],
    "india/udise enrolment 2025-26.csv": [
        ("UDISE Code", "School Name", "Class", "General Boys", "General Girls", "SC Boys",
         "SC Girls", "Total Boys", "Total Girls", "Total"),
        ("99000000101", "GPS Example Road", "1", "5", "4", "3", "2", "8", "6", "14"),
        ("99000000101", "GPS Example Road", "2", "6", "4", "1", "2", "7", "6", "13"),
        ("99000000102", "GPS Example Hill", "1", "7", "3", "0", "2", "7", "5", "12"),
    ],
}
_META = ("sourcedId", "status", "dateLastModified")
ONE_ROSTER: dict[str, Rows] = {
    "manifest.csv": [("propertyName", "value"), ("oneroster.version", "1.1"),
                     ("file.users", "bulk")],
    "orgs.csv": [(*_META, "name", "type", "identifier", "parentSourcedId"),
                 ("D1", "active", "", "Example District", "district", "", ""),
                 ("S1", "active", "", "Hill School", "school", "9901", "D1")],
    "academicSessions.csv": [
        (*_META, "title", "type", "startDate", "endDate", "parentSourcedId", "schoolYear"),
        ("Y1", "active", "", "2025-2026", "schoolYear", "2025-08-18", "2026-06-12", "", "2026")],
    "users.csv": [
        (*_META, "enabledUser", "orgSourcedIds", "role", "username", "givenName", "familyName",
         "grades", "password"),
        ("U1", "active", "", "true", "S1", "student", "a1", "Asha", "Example", "04", "secret-1"),
        ("U2", "active", "", "true", "S1", "student", "a2", "Bilal", "Example", "04", "secret-2"),
        ("U3", "tobedeleted", "", "false", "S1", "student", "a3", "Gone", "Example", "04", "x"),
        ("U9", "active", "", "true", "S1", "teacher", "t9", "Tara", "Teacher", "", "x")],
    "classes.csv": [
        (*_META, "title", "grades", "courseSourcedId", "classType", "schoolSourcedId",
         "termSourcedIds", "subjects"),
        ("K1", "active", "", "Mathematics 4 A", "04", "C1", "scheduled", "S1", "Y1",
         "Mathematics")],
    "enrollments.csv": [
        (*_META, "classSourcedId", "schoolSourcedId", "userSourcedId", "role", "beginDate",
         "endDate"),
        ("E1", "active", "", "K1", "S1", "U1", "student", "2025-08-18", "2026-06-13"),
        ("E2", "active", "", "K1", "S1", "U2", "student", "", ""),
        ("E3", "tobedeleted", "", "K1", "S1", "U3", "student", "", "")],
    "demographics.csv": [(*_META, "birthDate", "sex"),
                         ("U1", "active", "", "2015-05-05", "female"),
                         ("U2", "active", "", "2015-06-05", "male")],
}
_USERS = [(*_META, "enabledUser", "givenName", "familyName", "grades"),
          *((r[0], r[1], r[2], r[3], r[7], r[8], r[9]) for r in ONE_ROSTER["users.csv"][1:])]
ONE_ROSTER_2: dict[str, Rows] = {
    **ONE_ROSTER,
    "manifest.csv": [("propertyName", "value"), ("oneroster.version", "1.2")],
    "users.csv": _USERS,
    "roles.csv": [
        (*_META, "userSourcedId", "roleType", "role", "beginDate", "endDate", "orgSourcedId"),
        ("R1", "active", "", "U1", "primary", "student", "2025-08-18", "2026-06-13", "S1"),
        ("R2", "active", "", "U2", "primary", "student", "2025-08-18", "", "S1"),
        ("R3", "tobedeleted", "", "U3", "primary", "student", "2025-08-18", "", "S1"),
        ("R9", "active", "", "U9", "primary", "teacher", "2025-08-18", "", "S1")],
    "userProfiles.csv": [
        (*_META, "userSourcedId", "profileType", "username", "password"),
        ("P1", "active", "", "U1", "app", "a1", "secret-1")],
}


_WORK = ("title", "assignDate", "dueDate", "classSourcedId", "categorySourcedId",
         "gradingPeriodSourcedId", "resultValueMin", "resultValueMax")
_CHANGED = "2025-11-03T09:30:00.000Z"
# A gradebook beside its roster, and a file of changes that comes after it.
ONE_ROSTER_GRADEBOOK: dict[str, Rows] = {
    **ONE_ROSTER,
    "academicSessions.csv": [
        *ONE_ROSTER["academicSessions.csv"],
        ("Q1", "active", "", "Quarter 1", "gradingPeriod", "2025-08-18", "2025-10-31", "Y1",
         "2026")],
    "categories.csv": [(*_META, "title"), ("T", "active", "", "Tests")],
    "lineItems.csv": [
        (*_META, *_WORK),
        ("L1", "active", "", "Fractions", "2025-09-01", "2025-09-12", "K1", "T", "Q1", "0", "20"),
        ("L2", "active", "", "Decimals", "2025-10-01", "2025-10-10", "K1", "T", "Q1", "0", "50"),
        ("L3", "active", "", "Angles", "2025-10-20", "2025-10-30", "K1", "T", "Q1", "0", "10")],
    "results.csv": [
        (*_META, "lineItemSourcedId", "studentSourcedId", "scoreStatus", "score", "scoreDate",
         "comment"),
        ("R1", "active", "", "L1", "U1", "fully graded", "18", "2025-09-12", "well done"),
        ("R2", "active", "", "L1", "U2", "exempt", "0", "2025-09-12", ""),
        ("R3", "active", "", "L2", "U1", "not submitted", "0", "", ""),
        ("R4", "active", "", "L2", "U2", "partially graded", "12.5", "2025-10-10", "")],
}
# The same in the words of 1.2, with pieces of work that are marked in letters.
ONE_ROSTER_LETTERS: dict[str, Rows] = {
    **ONE_ROSTER_2,
    "categories.csv": ONE_ROSTER_GRADEBOOK["categories.csv"],
    "lineItems.csv": [
        (*_META, "title", "description", "assignDate", "dueDate", "classSourcedId",
         "categorySourcedId", "academicSessionSourcedId", "resultValueMin", "resultValueMax",
         "schoolSourcedId"),
        ("L1", "active", "", "Essay", "", "2025-09-01", "2025-09-12", "K1", "T", "Y1", "", "",
         "S1"),
        ("L2", "active", "", "Talk", "", "2025-10-01", "2025-10-10", "K1", "T", "Y1", "0", "20",
         "S1")],
    "scoreScales.csv": [
        (*_META, "title", "type", "orgSourcedId", "courseSourcedId", "classSourcedId",
         "scoreScaleValue"),
        ("G1", "active", "", "Letters", "letter", "S1", "C1", "K1",
         "{A:90},{B:80},{C:60},{F:0}")],
    "lineItemScoreScales.csv": [
        (*_META, "title", "lineItemSourcedId", "scoreScaleSourcedId"),
        ("X1", "active", "", "Letters", "L1", "G1")],
    "resultScoreScales.csv": [
        (*_META, "title", "resultSourcedId", "scoreScaleSourcedId"),
        ("Y1", "active", "", "Letters", "R3", "G1")],
    "lineItemLearningObjectiveIds.csv": [
        (*_META, "lineItemSourcedId", "source", "learningObjectiveId"),
        ("Z1", "active", "", "L1", "unknown", "W.4.1")],
    "results.csv": [
        (*_META, "lineItemSourcedId", "studentSourcedId", "scoreStatus", "score", "scoreDate",
         "comment", "textScore", "classSourcedId", "inProgress", "incomplete", "late", "missing"),
        ("R1", "active", "", "L1", "U1", "fully graded", "", "2025-09-12", "", "b", "K1", "", "",
         "", ""),
        ("R2", "active", "", "L1", "U2", "fully graded", "", "2025-09-12", "", "A+", "K1", "", "",
         "", ""),
        ("R3", "active", "", "L2", "U1", "fully graded", "19", "2025-10-10", "", "A", "K1", "", "",
         "", "")],
}
ONE_ROSTER_CHANGES: dict[str, Rows] = {
    "manifest.csv": [("propertyName", "value"), ("oneroster.version", "1.1"),
                     ("file.enrollments", "delta"), ("file.users", "absent")],
    "enrollments.csv": [ONE_ROSTER["enrollments.csv"][0],
                        ("E2", "tobedeleted", _CHANGED, "K1", "S1", "U2", "student", "", "")],
}


def _text(rows: Iterable[Iterable[str]]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


ZIPS = {
    "oneroster 1.1.zip": ONE_ROSTER, "oneroster 1.2.zip": ONE_ROSTER_2,
    "oneroster 1.1 gradebook.zip": ONE_ROSTER_GRADEBOOK,
    "oneroster 1.1 changes.zip": ONE_ROSTER_CHANGES,
    "oneroster 1.2 letters.zip": ONE_ROSTER_LETTERS,
}


def main(folder: Path = HERE) -> None:
    """Write every sample below `folder`."""
    for name, rows in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_text(rows), "utf-8", newline="")
    for name, files in ZIPS.items():
        with zipfile.ZipFile(folder / "us" / name, "w", zipfile.ZIP_DEFLATED) as archive:
            for member, rows in files.items():
                when = zipfile.ZipInfo(member, (2025, 9, 1, 0, 0, 0))
                archive.writestr(when, _text(rows), zipfile.ZIP_DEFLATED)


if __name__ == "__main__":
    main()
