"""Results: a word is never a number, parts wait beside the whole, what is unsaid is asked."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from etl import workbook
from etl.layouts.results import resolve
from tests.grids import answered, context, read, real, rows, sheet, taken

LIST = """
School|Student ID|Student Name|Class|Section|Subject|Assessment|Test Date|Max Marks|Marks Obtained
Hillside|007|Asha|3|A|Maths|Term 1|27/09/2025|50|31
Hillside|008|Bilal|3|A|Maths|Term 1|27/09/2025|50|AB
Hillside|009|Chitra|3|A|Maths|Term 1|27/09/2025|50|40.5
"""


def test_one_row_is_one_result_with_its_day_and_maximum() -> None:
    got = read(sheet(LIST), context(), "results")
    assert (got.read, got.rejected, got.questions) == (3, frozenset(), ())
    assert rows(got.facts["results"], "row", "date", "score", "status", "class") == [
        (2, date(2025, 9, 27), 31.0, "scored", "3 A"),
        (3, date(2025, 9, 27), None, "absent", "3 A"),
        (4, date(2025, 9, 27), 40.5, "scored", "3 A"),
    ]
    assert rows(
        got.facts["assessments"], "name", "subject", "window", "academic_year", "scale", "max_score"
    ) == [("Term 1", "Maths", "Term 1", "2025-26", "points", 50.0)]
    assert got.facts["students"]["student_id"].to_pylist() == ["007", "008", "009"]


@pytest.mark.parametrize(
    ("cell", "status"),
    [
        ("AB", "absent"),
        ("Absent", "absent"),
        ("Ex", "exempt"),
        ("Tested Out", "tested_out"),
        ("not submitted", "not_submitted"),
        ("Withheld", "unknown"),
        ("", "unknown"),
    ],
)
def test_a_word_for_no_score_is_a_status_and_never_zero(cell: str, status: str) -> None:
    got = read(sheet(LIST.replace("|40.5", f"|{cell}")), context(), "results")
    assert rows(got.facts["results"], "score", "status")[2] == (None, status)
    assert got.rejected == frozenset()


@pytest.mark.parametrize(
    ("cell", "rule", "expected"),
    [
        ("51", "over the maximum", "at most 50"),
        ("-3", "mark below zero", "0 or more"),
        ("good", "mark", "a number, or AB for absent"),
    ],
)
def test_a_wrong_cell_rejects_its_row_and_is_named(cell: str, rule: str, expected: str) -> None:
    got = read(sheet(LIST.replace("|40.5", f"|{cell}")), context(), "results")
    assert got.rejected == {4}
    finding = next(f for f in got.findings if f.rule == rule)
    assert (finding.row, finding.column, finding.found, finding.expected, finding.level) == (
        4,
        "Marks Obtained",
        cell,
        expected,
        "rejects",
    )
    assert got.facts["results"].num_rows == 2


def test_a_bad_date_rejects_its_row() -> None:
    got = read(
        sheet(LIST.replace("Chitra|3|A|Maths|Term 1|27/09/2025", "Chitra|3|A|Maths|Term 1|soon")),
        context(),
        "results",
    )
    assert got.rejected == {4}
    assert any(f.row == 4 and f.found == "soon" for f in got.findings)


def test_two_scores_on_one_day_are_two_attempts_and_an_exact_repeat_is_none() -> None:
    twice = LIST + "Hillside|007|Asha|3|A|Maths|Term 1|27/09/2025|50|35\n"
    got = read(sheet(twice), context(), "results")
    mine = [r for r in rows(got.facts["results"], "row", "attempt", "score") if r[0] in (2, 5)]
    assert mine == [(2, 1, 31.0), (5, 2, 35.0)]
    repeat = LIST + "Hillside|007|Asha|3|A|Maths|Term 1|27/09/2025|50|31\n"
    again = read(sheet(repeat), context(), "results")
    assert (again.read, again.rejected, again.facts["results"].num_rows) == (4, frozenset(), 3)


def test_maximum_and_subject_are_asked_where_nothing_says_them() -> None:
    bare = """
School|Student ID|Class|Test|Date|Marks Obtained
Hillside|1|3|Quiz|2025-09-27|17
Hillside|2|3|Quiz|2025-09-27|9
"""
    got = read(sheet(bare), context(), "results")
    asked = {q.about: q.choices for q in got.questions}
    assert asked["maximum"][0] == "20"
    assert "subject" in asked
    told = answered(context(), {"maximum": "20", "subject": "Science"})
    done = read(sheet(bare), told, "results")
    assert done.questions == ()
    assert rows(done.facts["assessments"], "subject", "max_score") == [("Science", 20.0)]


@pytest.mark.parametrize("header", ["Score (20)", "Marks out of 20", "Marks Obtained [Max 20]"])
def test_a_maximum_in_the_title_or_header_is_not_asked(header: str) -> None:
    grid = sheet(
        [
            ["Maximum marks: 20"],
            ["Subject: Science"],
            [],
            ["School", "Student ID", "Test", "Date", "Score"],
            ["Hillside", "1", "Quiz", "2025-09-27", "17"],
        ]
    )
    got = read(grid, context(), "results")
    assert rows(got.facts["assessments"], "subject", "max_score") == [("Science", 20.0)]
    from etl.scores import header_maximum

    assert header_maximum(header)[1] == 20.0


def test_a_file_without_days_stands_on_the_first_day_of_its_terms() -> None:
    terms = """
School|Student ID|Academic Year|Subject|Term|Max Marks|Marks Obtained
Hillside|1|2025-26|Maths|Term 1|50|20
Hillside|1|2025-26|Maths|Term 2|50|30
"""
    got = read(sheet(terms), context(), "results")
    days = got.facts["results"]["date"].to_pylist()
    assert days[0] == date(2025, 4, 1) < days[1] < date(2026, 4, 1)
    assert any(f.rule == "no test date" for f in got.findings)


def test_levels_alone_are_results_on_a_level_scale() -> None:
    grid = sheet("""
School|Student ID|Class|Test Date|Reading Level (ASER)
Hillside|1|3|2025-09-27|Story
Hillside|2|3|2025-09-27|std i text
""")
    got = read(grid, context(), "results")
    assert rows(got.facts["results"], "score", "status", "level") == [
        (None, "scored", "Story"),
        (None, "scored", "Paragraph"),
    ]
    assert rows(got.facts["assessments"], "scale", "subject") == [("ASER reading", "Reading")]
    reached = [r for r in rows(got.facts["levels"], "level", "level_order", "reached") if r[2]]
    assert reached == [("Story", 5, True)]


def test_real_math_file_has_1002_rows_of_499_students_and_a_gain_of_13_65() -> None:
    grid = workbook.read_sheets(real("assessment-windows", "math", "math.csv"))[0]
    got = read(grid, context("us"), "results")
    assert (got.read, got.rejected, got.facts["students"].num_rows) == (1002, frozenset(), 499)
    whole = {
        a for a, item in rows(got.facts["assessments"], "assessment_id", "item") if item is None
    }
    taken_by: dict[int, dict[date, list[float]]] = {}
    lines = rows(got.facts["results"], "student", "assessment_id", "date", "attempt", "score")
    main = [x for x in lines if x[1] in whole]
    assert len(main) == 1002
    assert sum(x[3] == 2 for x in main) == 4
    for student, _, day, _, score in main:
        taken_by.setdefault(student, {}).setdefault(day, []).append(score)
    gains = [d[max(d)][-1] - d[min(d)][0] for d in taken_by.values() if len(d) > 1]
    assert len(gains) == 474
    assert round(sum(gains) / len(gains), 2) == 13.65
    assert Counter(a for a in got.facts["assessments"]["scale"].to_pylist()).keys() == {
        "scale_score"
    }


def test_real_ela_file_keeps_tested_out_as_a_status() -> None:
    grid = workbook.read_sheets(real("assessment-windows", "ela", "ela.csv"))[0]
    got = read(grid, context("us"), "results")
    assert got.read == 1022
    items = dict(rows(got.facts["assessments"], "assessment_id", "item"))
    out = [
        (items[a], s, score)
        for a, s, score in rows(got.facts["results"], "assessment_id", "status", "score")
        if s == "tested_out"
    ]
    assert Counter(i for i, _, _ in out) == {
        "Phonological Awareness": 779,
        "Phonics": 392,
        "High-Frequency Words": 614,
    }
    assert {score for _, _, score in out} == {None}


def test_real_section_marks_lose_nothing_and_say_that_ids_do_not_join() -> None:
    grid = workbook.read_sheets(real("attendance-daily-long", "studentsectionmark.csv"))[0]
    marks = workbook.read_sheets(real("attendance-daily-long", "studentattendance.csv"))[0]
    told = context("us", school="Sample High")
    got = read(grid, told, "results")
    assert (got.read, got.rejected, got.facts["results"].num_rows) == (1044, frozenset(), 1044)
    assert got.facts["students"].num_rows == 99
    beside = read(marks, context("us"), "attendance_daily")
    drop = {
        grid.key: (grid, taken(grid, told), got),
        marks.key: (marks, taken(marks, context("us")), beside),
    }
    said = resolve(drop, told)[grid.key]
    assert [f.count for f in said.findings if f.rule == "ids do not join"] == [99]
    assert said.facts["results"].num_rows == 1044


def test_a_rit_score_is_a_scale_score_and_asks_no_maximum() -> None:
    grid = sheet("""
TermName|StudentID|SchoolName|Grade|MeasurementScale|TestRITScore|TestStartDate
Fall 2023-2024|1|Oak|3|Mathematics|201|09/12/2023
Spring 2023-2024|1|Oak|3|Mathematics|210|05/22/2024
""")
    got = read(grid, context("us"), "results")
    assert got.questions == ()
    assert set(rows(got.facts["assessments"], "subject", "scale")) == {
        ("Mathematics", "scale_score")
    }
    assert got.facts["results"]["date"].to_pylist() == [date(2023, 9, 12), date(2024, 5, 22)]
