"""Registers: which column is which day, what a mark means, and when a blank means present."""

from datetime import date

import pytest

from etl import workbook
from etl.model import Finding, Recognition, Sheet
from etl.recognise import Aside, recognise
from tests.grids import answered, context, read, real, rows, sheet, taken

MONTH = """
Hillside Primary School||||||||
School: Hillside Primary|||Class: 7 B||||Month: June 2025|
Roll No|Name of Student|2|3|4|5|6|7|8
1|Asha|P|P|A|P|P|P|S
2|Bilal|P|L|P|P|HD|P|S
3|Chitra|P|P|P||P|P|S
|Total present|3|2|2|2|3|3|
Signature of class teacher||||||||
"""


def test_a_month_register_gives_one_mark_a_student_and_day() -> None:
    got = read(sheet(MONTH), context(), "register")
    assert (got.read, got.rejected, got.skipped) == (
        3,
        frozenset(),
        4,
    )  # two title rows, totals, signature
    marks = rows(got.facts["attendance"], "row", "date", "code", "category", "possible", "absent")
    assert len(marks) == 20
    assert (4, date(2025, 6, 4), "A", "absent_unauthorised", 2, 2) in marks
    assert (5, date(2025, 6, 3), "L", "absent_authorised", 2, 2) in marks
    assert (5, date(2025, 6, 6), "HD", "present", 2, 1) in marks
    assert (5, date(2025, 6, 8), "S", "not_possible", 0, 0) in marks
    assert not [m for m in marks if m[:2] == (6, date(2025, 6, 5))]  # the blank is not recorded
    place = rows(got.facts["attendance"], "org_id", "grade", "class", "session")[0]
    assert place == ("hillside primary", "7", "7 B", "DAY")
    assert rows(got.facts["students"], "student_id", "id_kind", "name") == [
        ("2025-26/7 b/1", "roll", "Asha"), ("2025-26/7 b/2", "roll", "Bilal"),
        ("2025-26/7 b/3", "roll", "Chitra"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("title", "name", "file"),
    [
        ("Attendance register for June 2025", "Sheet1", "a.xlsx"),
        ("Session 2025-26", "June", "a.xlsx"),
        ("", "Jun 2025", "a.xlsx"),
        ("", "Sheet1", "folder/hillside 7B June 2025.xlsx"),
        ("", "2025-06", "a.xlsx"),
    ],
)
def test_the_month_is_found_in_title_sheet_or_file_name(title: str, name: str, file: str) -> None:
    text = f"{title}|||||||\nID|Name|2|3|4|5|6|7\nS1|Asha|P|P|P|P|P|A"
    got = read(sheet(text, name, file), context(school="Hillside"), "register")
    assert rows(got.facts["attendance"], "date", "code")[-1] == (date(2025, 6, 7), "A")


def test_a_register_without_month_asks_for_it_and_without_year_for_the_year() -> None:
    text = "ID|Name|2|3|4|5|6|7\nS1|Asha|P|P|P|P|P|A"
    found = taken(sheet(text), context(school="Hillside"))
    assert [(q.about, q.required) for q in found.questions] == [("month", True)]
    found = taken(sheet(text, "June"), context(school="Hillside"))
    assert [q.about for q in found.questions] == ["year"]
    got = read(sheet(text, "June"), context(school="Hillside", year="2025-26"))
    assert rows(got.facts["attendance"], "date")[0] == (date(2025, 6, 2),)
    got = read(sheet(text, "January"), context(school="Hillside", year="2025-26"))
    assert rows(got.facts["attendance"], "date")[0] == (date(2026, 1, 2),)


def test_days_as_real_dates_and_as_day_and_month_run_through_new_year() -> None:
    days = "2025-12-29|2025-12-30|2025-12-31|2026-01-01|2026-01-02"
    got = read(sheet(f"ID|Name|{days}\n007|Asha|P|P|P|P|A"), context(school="Hill"), "register")
    assert rows(got.facts["attendance"], "date")[-1] == (date(2026, 1, 2),)
    assert got.facts["students"]["student_id"].to_pylist() == ["007"]
    short = "29-Dec|30-Dec|31-Dec|1-Jan|2-Jan"
    got = read(
        sheet(f"ID|Name|{short}\n007|Asha|P|P|P|P|A"), context(school="Hill", year="2025-26")
    )
    assert [d for (d,) in rows(got.facts["attendance"], "date")] == [
        date(2025, 12, 29), date(2025, 12, 30), date(2025, 12, 31), date(2026, 1, 1),
        date(2026, 1, 2),
    ]  # fmt: skip


def test_a_month_row_over_the_day_numbers_dates_them() -> None:
    text = """
|||June 2025||||July 2025||
Adm No|Name|Section|27|28|30|1|2|3
A1|Asha|7 B|P|A|P|P|P|P
"""
    got = read(sheet(text), context(school="Hill"), "register")
    assert [d for (d,) in rows(got.facts["attendance"], "date")] == [
        date(2025, 6, 27), date(2025, 6, 28), date(2025, 6, 30),
        date(2025, 7, 1), date(2025, 7, 2), date(2025, 7, 3),
    ]  # fmt: skip


def test_weekday_letters_under_the_days_are_header_not_a_student() -> None:
    text = """
Class: 4|||Month: June 2025||||
Roll|Name|2|3|4|5|6|7
||M|T|W|T|F|S
1|Asha|P|P|P|P|A|P
"""
    got = read(sheet(text), context(school="Hill"), "register")
    assert got.read == 1
    assert len(got.facts["attendance"]) == 6


def test_morning_and_afternoon_columns_count_half_a_day_each() -> None:
    text = """
Registration group: 7R|||||||||||
UPN|Name|02/06/2025||03/06/2025||04/06/2025||05/06/2025||06/06/2025|
||AM|PM|AM|PM|AM|PM|AM|PM|AM|PM
U1|Asha|/|\\|N|\\|/|\\|L|\\|I|I
"""
    got = read(sheet(text), context("england", school="Hill"), "register")
    marks = rows(got.facts["attendance"], "date", "session", "code", "possible", "absent")
    assert len(marks) == 10
    assert (date(2025, 6, 3), "AM", "N", 1, 1) in marks
    assert (date(2025, 6, 3), "PM", "\\", 1, 0) in marks
    assert sum(m[4] for m in marks) == 3


def test_an_unknown_mark_is_asked_and_never_guessed() -> None:
    text = "ID|Name|2|3|4|5|6|7\nS1|Asha|P|X|P|P|P|A\nS2|Bilal|P|P|X|P|P|P"
    base = context(school="Hill", month="June 2025")
    got = read(sheet(text), base)
    (asked,) = [q for q in got.questions if q.required]
    assert asked.about == "code:X" and "Absent with leave" in asked.choices
    assert (got.read, got.rejected) == (2, frozenset())
    assert len(got.facts["attendance"]) == 10
    (odd,) = [f for f in got.findings if f.rule == "unknown mark"]
    assert (odd.row, odd.column, odd.found, odd.count) == (2, "3", "X", 2)
    got = read(sheet(text), answered(base, {"code:X": "Absent with leave"}))
    assert got.facts["attendance"]["category"].to_pylist().count("absent_authorised") == 2


def test_without_a_preset_only_p_and_a_are_read() -> None:
    text = "ID|Name|2|3|4|5|6|7\nS1|Asha|p|A|P|a|L|P"
    got = read(sheet(text), context(None, school="Hill", month="June 2025"))
    assert [q.about for q in got.questions if q.required] == ["code:L"]
    assert got.facts["attendance"]["absent"].to_pylist() == [0, 2, 0, 2, 0]


EXCEPTIONS = """
ID|Name|6|7|8|9|10|11|12|13
S1|Asha||A|||||H|
S2|Bilal||||||A||
"""


def test_an_exceptions_only_register_asks_once_what_a_blank_means() -> None:
    base = context(school="Hill", month="June 2025")
    got = read(sheet(EXCEPTIONS), base)
    assert [q.about for q in got.questions if q.required] == ["blank"]
    assert len(got.facts["attendance"]) == 3
    got = read(sheet(EXCEPTIONS), context(school="Hill", month="June 2025", blank="no"))
    assert not [q for q in got.questions if q.required] and len(got.facts["attendance"]) == 3


def test_a_blank_is_present_on_school_days_only() -> None:
    # 8 June 2025 is a Sunday; on the 12th a holiday stands for one student
    got = read(sheet(EXCEPTIONS), context(school="Hill", month="June 2025", blank="yes"))
    marks = set(rows(got.facts["attendance"], "row", "date", "code", "possible", "absent"))
    days = {d.day for _, d, *_ in marks}
    assert days == {6, 7, 9, 10, 11, 12, 13}
    assert {m for m in marks if m[1].day == 12} == {(2, date(2025, 6, 12), "H", 0, 0)}
    assert (3, date(2025, 6, 7), "(blank)", 2, 0) in marks
    assert sum(m[4] for m in marks) == 4


def test_a_blank_is_never_present_on_a_day_to_come() -> None:
    got = read(
        sheet(EXCEPTIONS),
        context(as_of=date(2025, 6, 10), school="Hill", month="June 2025", blank="yes"),
    )
    assert max(d for (d,) in rows(got.facts["attendance"], "date")) == date(2025, 6, 10)
    assert [f.column for f in got.findings if f.rule == "impossible day"] == ["11", "12"]


def test_a_weekend_with_a_mark_is_a_school_day() -> None:
    text = EXCEPTIONS.replace("S2|Bilal|||", "S2|Bilal|||A", 1)
    got = read(sheet(text), context(school="Hill", month="June 2025", blank="yes"))
    assert (2, date(2025, 6, 8), "(blank)") in rows(got.facts["attendance"], "row", "date", "code")


def test_a_half_finished_register_is_not_an_exceptions_only_one() -> None:
    text = "ID|Name|2|3|4|5|6|7|9|10|11\nS1|Asha|P|P|A||||||\nS2|Bilal|P|P|P||||||"
    got = read(sheet(text), context(school="Hill", month="June 2025"))
    assert not [q for q in got.questions if q.required]


def test_totals_beside_the_days_are_compared_and_not_read() -> None:
    text = """
ID|Name|2|3|4|5|6|Total Present|Total Absent|%
S1|Asha|P|A|P|P|A|3|2|60%
S2|Bilal|P|P|P|P|A|3|2|60%
"""
    got = read(sheet(text), context(school="Hill", month="June 2025"))
    assert len(got.facts["attendance"]) == 10
    (odd,) = [f for f in got.findings if f.rule == "total differs"]
    assert (odd.row, odd.column, odd.found, odd.expected, odd.level) == (
        3,
        "Total Absent",
        "2",
        "1",
        "warns",
    )


def test_a_day_that_the_month_does_not_have_is_named() -> None:
    text = "ID|Name|26|27|28|29|30|31\nS1|Asha|P|P|P|P|P|A"
    got = read(sheet(text), context(school="Hill", month="June 2025"))
    assert len(got.facts["attendance"]) == 5
    assert [(f.rule, f.column) for f in got.findings if f.rule == "impossible day"] == [
        ("impossible day", "31")
    ]


def test_of_two_rows_for_one_student_the_last_stands() -> None:
    text = "ID|Name|2|3|4|5|6\nS1|Asha|P|P|P|P|P\nS2|Bilal|P|P|P|P|P\nS1|Asha|A|P|P|P|P"
    got = read(sheet(text), context(school="Hill", month="June 2025"))
    assert (got.read, got.rejected) == (3, frozenset({2}))
    assert (4, "A") in rows(got.facts["attendance"], "row", "code")
    assert {r for (r,) in rows(got.facts["attendance"], "row")} == {3, 4}


def test_a_row_without_a_student_is_rejected_with_its_row() -> None:
    text = "ID|Name|2|3|4|5|6\nS1|Asha|P|P|P|P|P\n|Bilal|P|P|P|P|P\nS3|Chitra|A|P|P|P|P"
    got = read(sheet(text), context(school="Hill", month="June 2025"))
    assert (got.read, got.rejected) == (3, frozenset({3}))
    assert [(f.rule, f.row) for f in got.findings if f.level == "rejects"] == [("no student", 3)]


def test_a_register_without_marks_is_an_empty_template() -> None:
    text = "ID|Name|2|3|4|5|6\nS1|Asha|||||\nS2|Bilal|||||"
    found = recognise(sheet(text), context(school="Hill", month="June 2025"))
    assert isinstance(found, Aside) and "empty template" in found.words


def test_a_table_of_numbers_under_numbers_is_no_register() -> None:
    text = "Name|1|2|3|4|5|6|7\nAsha|12|14|9|18|20|11|7\nBilal|11|10|8|17|20|12|6"
    found = recognise(sheet(text), context())
    assert not isinstance(found, Recognition) or found.layout != "register"


def _absences() -> Sheet:
    path = real("gradebook-five-sheets", "ExcelGradeBook.xlsx")
    return next(s for s in workbook.read_sheets(path) if s.name == "Absences")


def test_the_real_gradebook_asks_for_school_year_and_blank() -> None:
    grid = _absences()
    found = taken(grid, context("us"))
    got = read(grid, context("us"), "register")
    asked = {q.about for q in (*found.questions, *got.questions) if q.required}
    assert asked == {"school", "year", "blank"}
    assert got.read == 10


def test_the_real_gradebook_counts_blanks_as_present_once_answered() -> None:
    known = context("us", school="Riverside", year="2018-19", blank="yes")
    got = read(_absences(), known, "register")
    assert (got.read, got.rejected) == (10, frozenset())
    table = got.facts["attendance"]
    assert sorted(c for (c,) in rows(table, "code") if c != "(blank)") == ["a", "a", "a", "l"]
    assert sum(table["absent"].to_pylist()) == 6
    days = {d for (d,) in rows(table, "date")}
    assert min(days) == date(2018, 8, 25)  # a Saturday, but somebody is marked
    assert not [
        d for d in days if d.isoweekday() > 5 and d not in (date(2018, 8, 25), date(2018, 8, 26))
    ]
    assert not [f for f in got.findings if f.rule == "total differs"]


def test_the_other_sheets_of_the_real_gradebook_are_set_aside_with_a_reason() -> None:
    path = real("gradebook-five-sheets", "ExcelGradeBook.xlsx")
    found = {s.name: recognise(s, context("us")) for s in workbook.read_sheets(path)}
    for name in ("Options and Things to Try", "Explore", "Printouts"):
        assert isinstance(found[name], Aside), name
    assert not [f for f in found.values() if isinstance(f, Finding) and f.sheet == "Absences"]


def test_two_marks_in_one_cell_are_morning_and_afternoon_in_england() -> None:
    text = "UPN|Name|2|3|4|5|6\nU1|Asha|/\\|N\\|/\\|II|L\\"
    got = read(sheet(text), context("england", school="Hill", month="June 2025"))
    marks = rows(got.facts["attendance"], "date", "session", "code", "absent")
    assert len(marks) == 10
    assert {m for m in marks if m[0].day == 3} == {
        (date(2025, 6, 3), "AM", "N", 1), (date(2025, 6, 3), "PM", "\\", 0)
    }  # fmt: skip
    assert sum(m[3] for m in marks) == 3
    assert [q.about for q in got.questions if q.required] == []


def test_a_month_beside_a_single_year_is_of_that_calendar_year() -> None:
    text = "Month: June|Year: 2025||||||\nID|Name|2|3|4|5|6|7\nS1|Asha|P|P|P|P|P|A"
    got = read(sheet(text), context(school="Hill"), "register")
    assert rows(got.facts["attendance"], "date")[0] == (date(2025, 6, 2),)


def test_a_sheet_named_after_class_seven_is_not_july() -> None:
    text = "ID|Name|2|3|4|5|6|8\nS1|Asha|P|P|P|P|P|A"
    found = taken(sheet(text, "7"), context(school="Hill", year="2025-26"))
    assert [q.about for q in found.questions] == ["month"]
