"""Marksheets: subjects, parts and windows come from headers; totals and averages stay out."""

from __future__ import annotations

from datetime import date

import pytest

from etl import workbook
from etl.model import Sheet
from etl.recognise import Aside, recognise
from tests.grids import answered, context, read, real, rows, sheet, taken

SHEET = """
MARK SHEET|||||||
School: Hillside|||||||
Examination: Term 1|||Year: 2025-26||||
Date: 27/09/2025|||||||

Sl No|Student ID|Student Name|Class|Section|Maths (50)|Science (25)|Total
1|1|Asha|3|A|31|20|51
2|2|Bilal|3|A|AB|6.5|6.5
3|3|Chitra|3|A||12|12
||Class average|||31|12.8|
"""


def test_a_cell_is_a_result_a_blank_says_nothing_and_the_average_is_no_student() -> None:
    got = read(sheet(SHEET), context(), "marksheet")
    assert (got.read, got.rejected, got.questions) == (3, frozenset(), ())
    subject = dict(rows(got.facts["assessments"], "assessment_id", "subject"))
    assert [
        (subject[a], *rest)
        for a, *rest in rows(
            got.facts["results"], "assessment_id", "row", "score", "status", "date"
        )
    ] == [
        ("Maths", 7, 31.0, "scored", date(2025, 9, 27)),
        ("Maths", 8, None, "absent", date(2025, 9, 27)),
        ("Science", 7, 20.0, "scored", date(2025, 9, 27)),
        ("Science", 8, 6.5, "scored", date(2025, 9, 27)),
        ("Science", 9, 12.0, "scored", date(2025, 9, 27)),
    ]
    assert sorted(rows(got.facts["assessments"], "subject", "name", "window", "max_score")) == [
        ("Maths", "Term 1", "Term 1", 50.0),
        ("Science", "Term 1", "Term 1", 25.0),
    ]


def test_a_mark_over_its_column_s_maximum_rejects_the_row_and_names_the_cell() -> None:
    got = read(sheet(SHEET.replace("|6.5|", "|26|")), context(), "marksheet")
    assert got.rejected == {8}
    finding = next(f for f in got.findings if f.level == "rejects")
    assert (finding.row, finding.column, finding.found, finding.expected) == (
        8,
        "Science (25)",
        "26",
        "at most 25",
    )


def test_a_header_with_subject_term_and_kind_of_test_is_about_the_subject() -> None:
    got = read(sheet([
        ["Pupil", "UPN", "Reg Group", "Maths Autumn Test", "Maths Spring Test",
         "Reading Autumn TA"],
        ["Asha", "A1", "4A", "31", "33", "40"], ["Bilal", "A2", "4A", "28", "N/A", "44"],
    ]), context(maximum="50", school="Hillside", year="2025-26"), "marksheet")
    assert sorted(rows(got.facts["assessments"], "window", "subject", "item")) == [
        ("Autumn", "Maths", "Test"), ("Autumn", "Reading", "TA"), ("Spring", "Maths", "Test")]


def test_two_header_rows_give_window_and_subject() -> None:
    grid = sheet(
        [
            ["School: Hillside", None, "Session: 2025-26"],
            [],
            ["Roll No", "Name", "Class", "Term 1", None, "Term 2", None],
            [None, None, None, "Maths", "English", "Maths", "English"],
            ["1", "Asha", "5 B", "40", "30", "45", "35"],
            ["2", "Bilal", "5 B", "20", "25", "30", "ML"],
        ],
        merged=[(2, 3, 2, 4), (2, 5, 2, 6), (2, 0, 3, 0), (2, 1, 3, 1), (2, 2, 3, 2)],
    )
    got = read(grid, context(maximum="50"), "marksheet")
    assert sorted(rows(got.facts["assessments"], "window", "subject", "max_score")) == [
        ("Term 1", "English", 50.0),
        ("Term 1", "Maths", 50.0),
        ("Term 2", "English", 50.0),
        ("Term 2", "Maths", 50.0),
    ]
    days = sorted(set(got.facts["results"]["date"].to_pylist()))
    assert len(days) == 2
    assert got.facts["results"].num_rows == 8


def test_subject_over_parts_gives_items_and_leaves_the_part_total_out() -> None:
    grid = sheet(
        [
            ["Roll No", "Name", "Class", "Maths", None, None, "Science", None, None],
            [None, None, None, "Theory", "Practical", "Total", "Theory", "Practical", "Total"],
            ["Max Marks", None, None, "70", "30", "100", "70", "30", "100"],
            ["1", "Asha", "9 A", "60", "25", "85", "50", "20", "70"],
        ],
        merged=[(0, 3, 0, 5), (0, 6, 0, 8), (0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 1, 2)],
    )
    got = read(grid, context(school="Hillside", year="2025-26"), "marksheet")
    assert sorted(rows(got.facts["assessments"], "subject", "item", "max_score")) == [
        ("Maths", "Practical", 30.0),
        ("Maths", "Theory", 70.0),
        ("Science", "Practical", 30.0),
        ("Science", "Theory", 70.0),
    ]
    assert got.read == 1


def test_a_letter_grade_column_is_no_class_and_no_mark() -> None:
    grid = sheet("""
Student ID|Name|Class|Maths|English|Percentage|Grade|Rank
1|Asha|5|40|30|70|B1|1
2|Bilal|5|20|25|45|C2|2
""")
    got = read(grid, context(school="Hillside", year="2025-26", maximum="50"), "marksheet")
    assert sorted(got.facts["assessments"]["subject"].to_pylist()) == ["English", "Maths"]
    assert set(got.facts["results"]["grade"].to_pylist()) == {"5"}


def test_unknown_columns_can_be_called_marks_on_the_card() -> None:
    grid = sheet("""
Marks of the term
Student ID|Name|Class|Maths|Craft year 1
1|Asha|5|40|30
2|Bilal|5|20|25
""")
    told = answered(
        context(school="Hillside", year="2025-26", maximum="50"), {"column:Craft year 1": "mark"}
    )
    subjects = read(grid, told, "marksheet").facts["assessments"]["subject"].to_pylist()
    assert sorted(subjects) == ["Craft year 1", "Maths"]


def test_a_class_list_with_ages_is_no_marksheet() -> None:
    grid = sheet("""
Student ID|Name|Class|Age|Phone|Siblings
1|Asha|5|10|9840012345|2
2|Bilal|5|11|9840054321|1
""")
    assert taken(grid, context(school="Hillside")).layout == "roster"


@pytest.fixture(scope="module")
def official() -> Sheet:
    return workbook.read_sheets(real("marksheet-title-block", "MAT-examples.xlsx"))[0]


def test_real_marksheet_asks_the_maximum_and_suggests_ten(official: Sheet) -> None:
    got = read(official, context(None), "marksheet")
    asked = {q.about: q.choices for q in got.questions}
    assert asked["maximum"][0] == "10"
    assert {"school", "year"} <= asked.keys()


def test_real_marksheet_has_ten_students_with_three_parts_and_notes_the_weights(
    official: Sheet,
) -> None:
    got = read(official, context(None, school="HUS", year="2025-26", maximum="10"), "marksheet")
    assert (got.read, got.rejected, got.questions) == (10, frozenset(), ())
    assert got.facts["students"].num_rows == 10
    assert sorted(got.facts["assessments"]["item"].to_pylist()) == ["CC", "CK", "GK"]
    assert got.facts["results"].num_rows == 30
    assert {5.3, 4.4, 6.2} == {s for r, s in rows(got.facts["results"], "row", "score") if r == 12}
    weights = next(f.words for f in got.findings if f.rule == "weights")
    assert "0.2" in weights and "0.6" in weights


def test_real_gradebook_of_single_tasks_is_set_aside_with_the_reason() -> None:
    sheets = workbook.read_sheets(real("gradebook-five-sheets", "ExcelGradeBook.xlsx"))
    found = recognise(next(s for s in sheets if s.name == "Data Entry"), context(None))
    assert isinstance(found, Aside)
    assert "single pieces of work" in found.words


def test_level_columns_of_two_windows_are_results_of_one_subject() -> None:
    grid = sheet("""
Student ID|Name|Class|Baseline Reading Level|Endline Reading Level
1|Asha|3|Letter|Story
2|Bilal|3|Word|Paragraph
""")
    got = read(grid, context(school="Hillside", year="2025-26"), "marksheet")
    assert rows(got.facts["assessments"], "subject", "window", "scale") == [
        ("Reading", "Baseline", "ASER reading"),
        ("Reading", "Endline", "ASER reading"),
    ]
    days = got.facts["results"]["date"].to_pylist()
    assert days[0] < days[2]
