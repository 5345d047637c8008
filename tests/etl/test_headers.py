"""Where a table begins and ends, and what stands above it."""

import numpy as np

from etl import workbook
from etl.fields import is_known
from etl.headers import data_rows, find_header
from etl.hints import read_hints
from tests.grids import real, sheet


def test_the_header_is_found_below_a_title_block_and_its_facts_are_hints() -> None:
    header = find_header(
        sheet("""
Green Valley School
School: Green Valley   Class: 7 B||
Month|June 2025|
Academic Year: 2025-26|Teacher: [Your name]|

Roll No|Student Name|Date of Birth
1|Asha|01/02/2013
"""),
        is_known,
    )
    assert header is not None and (header.row, header.first_row) == (5, 6)
    assert header.names == ("Roll No", "Student Name", "Date of Birth")
    assert dict(header.hints) == {
        "school": "Green Valley", "class": "7 B", "month": "June 2025", "academic_year": "2025-26",
        "title": "Green Valley School",
    }  # fmt: skip


def test_a_merged_group_is_joined_with_its_parts() -> None:
    text = "Roll|Name|Term 1||Term 2|\n||Maths|Science|Maths|Science\n1|Asha|10|11|12|13"
    merged = ((0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3), (0, 4, 0, 5))
    for areas in (merged, ()):  # the same from a csv file, which has no merged areas
        header = find_header(sheet(text, merged=areas), is_known)
        assert header is not None and header.first_row == 2
        assert header.names == (
            "Roll", "Name", "Term 1 / Maths", "Term 1 / Science", "Term 2 / Maths",
            "Term 2 / Science",
        )  # fmt: skip


def test_a_group_row_above_the_names_is_joined_too() -> None:
    text = "||Term 1||Term 2|\nRoll|Name|Maths|Science|Maths|Science\n1|Asha|10|11|12|13"
    header = find_header(sheet(text), is_known)
    assert header is not None and header.row == 1
    assert header.names[2:] == (
        "Term 1 / Maths",
        "Term 1 / Science",
        "Term 2 / Maths",
        "Term 2 / Science",
    )


def test_a_newline_in_a_header_is_a_space() -> None:
    grid = sheet(
        [["Student\nID", "Total Parent \nResponse Rate %", "School  Name"], ["1", "2", "3"]]
    )
    header = find_header(grid, is_known)
    assert header is not None
    assert header.names == ("Student ID", "Total Parent Response Rate %", "School Name")


def test_totals_signatures_and_a_repeated_header_are_skipped_and_counted() -> None:
    grid = sheet("""
Roll No|Name|Maths|Science
1|Asha|10|12
2|Bilal|11|
Roll No|Name|Maths|Science
3|Chitra|12|13

Average||11|12
|Class teacher's signature||Principal
Note: marks out of 20|||
""")
    header = find_header(grid, is_known)
    assert header is not None
    found = data_rows(grid, header, [0, 1])
    assert found.index.tolist() == [1, 2, 4]
    assert found.skipped == 4


def test_a_student_without_a_single_mark_below_a_gap_is_still_read() -> None:
    grid = sheet("Roll No|Name|Maths\n1|Asha|10\n2|Bilal|11\n\n3|Chitra|")
    header = find_header(grid, is_known)
    assert header is not None
    assert data_rows(grid, header, [0, 1]).index.tolist() == [1, 2, 4]


def test_a_sheet_without_known_words_has_no_header() -> None:
    assert find_header(sheet("Alpha|Beta\n1|2"), is_known) is None


def test_labels_and_values_may_stand_in_one_cell_or_in_two() -> None:
    assert read_hints([["Class : 4", "Section-", "B"], ["Subject:", "Maths", "Max Marks: 50"]]) == {
        "class": "4", "subject": "Maths", "maximum": "50", "title": "Section-\nB",
    }  # fmt: skip
    assert read_hints([["BẢNG ĐIỂM năm học 2024-2025"], ["Lớp HP:", None, "ABC"]]) == {
        "title": "BẢNG ĐIỂM năm học 2024-2025", "academic_year": "2024-2025", "class": "ABC",
    }  # fmt: skip


def test_the_real_marksheet_has_ten_students_under_nine_title_rows() -> None:
    (grid,) = workbook.read_sheets(real("marksheet-title-block", "MAT-examples.xlsx"))
    header = find_header(grid, is_known)
    assert header is not None and header.top == 9
    assert header.names[5:8] == ("Điểm học phần / CC", "Điểm học phần / GK", "Điểm học phần / CK")
    assert header.hints["trọng số điểm ck"] == "0.6"
    found = data_rows(grid, header, [1, 2])
    assert np.array_equal(found.index, np.arange(11, 21))


def test_a_child_with_a_name_like_a_footer_word_is_not_lost() -> None:
    grid = sheet("ID|Name|Maths\n1|Sum Ling|10\n2|Note Adams|11\n3|Total Recall|12\n|Total|33")
    header = find_header(grid, is_known)
    assert header is not None
    assert data_rows(grid, header, [0, 1]).index.tolist() == [1, 2, 3]


def test_a_class_named_in_a_title_line_is_a_hint() -> None:
    assert read_hints([["Attendance register of Class VII B, June 2025"]])["class"] == "VII B"
    assert read_hints([["Class 3"]])["class"] == "3"
    assert "class" not in read_hints([["Classroom register, Grade report"], ["Grade: 4"]])
