"""Daily attendance: one row a student and day; what it says, what is asked, what is refused."""

from datetime import date

import pytest

from etl import workbook
from etl.model import Finding, Known
from etl.recognise import recognise
from tests.grids import answered, context, read, real, rows, sheet, taken

DAILY = """
School|Student ID|Name|Class|Date|Status|Minutes Late
Hillside|001|Asha|7 B|02/06/2025|P|
Hillside|002|Bilal|7 B|02/06/2025|A|
Hillside|001|Asha|7 B|23/06/2025|L|
Hillside|002|Bilal|7 B|23/06/2025|P|12
Total||||||
"""


def test_each_row_is_one_mark_of_one_student() -> None:
    got = read(sheet(DAILY), context(), "attendance_daily")
    assert (got.read, got.rejected, got.skipped) == (4, frozenset(), 1)
    marks = rows(
        got.facts["attendance"], "row", "date", "category", "possible", "absent", "minutes_late"
    )
    assert marks == [
        (2, date(2025, 6, 2), "present", 2, 0, None),
        (3, date(2025, 6, 2), "absent_unauthorised", 2, 2, None),
        (4, date(2025, 6, 23), "absent_authorised", 2, 2, None),
        (5, date(2025, 6, 23), "present", 2, 0, 12),
    ]
    assert rows(got.facts["students"], "namespace", "student_id", "id_kind", "name", "row") == [
        ("hillside", "001", "id", "Asha", 2), ("hillside", "002", "id", "Bilal", 3),
    ]  # fmt: skip
    assert rows(got.facts["organisations"], "org_id", "name", "type") == [
        ("hillside", "Hillside", "school")
    ]


def test_l_is_leave_in_india_and_late_in_the_united_states() -> None:
    text = DAILY.replace("02/06", "06/02").replace("23/06", "06/23")
    us = read(sheet(text), context("us"))
    assert us.facts["attendance"]["category"].to_pylist()[2] == "present"
    assert us.facts["attendance"]["date"].to_pylist()[2] == date(2025, 6, 23)


def test_the_same_student_has_the_same_key_in_two_files_and_another_in_another_school() -> None:
    one = read(sheet(DAILY), context()).facts["students"]["student"].to_pylist()
    two = read(sheet(DAILY), context()).facts["students"]["student"].to_pylist()
    other = read(sheet(DAILY.replace("Hillside", "Lakeside")), context()).facts["students"]
    assert one == two and not set(one) & set(other["student"].to_pylist())
    shared = [
        read(sheet(DAILY.replace("Hillside", name)), context(ids="shared")).facts["students"]
        for name in ("Hillside", "Lakeside")
    ]
    assert shared[0]["student"].to_pylist() == shared[1]["student"].to_pylist()
    assert shared[0]["namespace"].to_pylist() == ["*", "*"]


def test_bad_cells_are_named_with_row_column_found_and_expected() -> None:
    text = """
ID|School|Date|Mark
1|Hill|02/06/2025|P
2|Hill|31/02/2025|P
|Hill|03/06/2025|P
4||03/06/2025|P
5|Hill|15/06/2099|P
6|Hill||P
7|Hill|yesterday|A
"""
    got = read(sheet(text), context())
    assert (got.read, got.rejected) == (7, frozenset({3, 4, 5, 6, 7, 8}))
    told = {f.row: (f.rule, f.column, f.found) for f in got.findings if f.level == "rejects"}
    assert told == {
        3: ("date", "Date", "31/02/2025"),
        4: ("no student", "ID", None),
        5: ("no school", "School", None),
        6: ("date outside", "Date", "2099-06-15"),
        7: ("no date", "Date", None),
        8: ("date", "Date", "yesterday"),
    }  # fmt: skip
    assert [f.expected for f in got.findings if f.row == 3] == ["day/month/year"]
    assert len(got.facts["attendance"]) == 1


def test_of_two_marks_for_one_day_the_last_stands_and_a_repeat_is_no_fault() -> None:
    text = """
ID|School|Date|Mark
1|Hill|02/06/2025|A
1|Hill|02/06/2025|P
2|Hill|02/06/2025|P
2|Hill|02/06/2025|P
"""
    got = read(sheet(text), context())
    assert got.rejected == frozenset({2})
    assert rows(got.facts["attendance"], "row", "code") == [(3, "P"), (4, "P"), (5, "P")]
    assert {f.rule: f.count for f in got.findings if f.rule != "date order"} == {
        "said twice": 1,
        "repeated": 1,
    }


def test_mornings_and_afternoons_stand_as_sessions() -> None:
    text = "UPN|School|Date|Session|Mark\nU1|Hill|02/06/2025|AM|/\nU1|Hill|02/06/2025|PM|N"
    got = read(sheet(text), context("england"))
    assert rows(got.facts["attendance"], "session", "possible", "absent") == [
        ("AM", 1, 0),
        ("PM", 1, 1),
    ]
    wide = "UPN|School|Date|AM|PM\nU1|Hill|02/06/2025|/|N"
    got = read(sheet(wide), context("england"))
    assert rows(got.facts["attendance"], "row", "session", "possible", "absent") == [
        (2, "AM", 1, 0), (2, "PM", 1, 1),
    ]  # fmt: skip


def test_periods_count_through_the_day_they_add_up_to() -> None:
    text = """
ID|School|Date|Period|Code
1|Hill|06/02/2025|1|A
1|Hill|06/02/2025|2|A
1|Hill|06/02/2025|3|P
1|Hill|06/02/2025|4|P
2|Hill|06/02/2025|1|E
2|Hill|06/02/2025|2|P
2|Hill|06/02/2025|3|P
"""
    got = read(sheet(text), context("us"))
    table = got.facts["attendance"]
    assert len(table) == 9 and got.read == 7
    days = [
        r for r in rows(table, "session", "code", "category", "possible", "absent") if r[0] == "DAY"
    ]
    assert days == [
        ("DAY", "2 of 4 periods", "absent_unauthorised", 2, 2),
        ("DAY", "2 of 3 periods", "present", 2, 0),
    ]  # fmt: skip
    assert {r[1:] for r in rows(table, "session", "possible", "absent") if r[0] != "DAY"} == {
        (0, 0)
    }


def test_one_and_zero_are_read_only_under_a_header_that_says_so() -> None:
    flag = "ID|School|Date|PresenceFlag\n1|Hill|06/02/2025|1\n2|Hill|06/02/2025|0"
    got = read(sheet(flag), context("us"))
    assert got.facts["attendance"]["absent"].to_pylist() == [0, 2]
    turned = flag.replace("PresenceFlag", "Absent")
    assert read(sheet(turned), context("us")).facts["attendance"]["absent"].to_pylist() == [2, 0]
    words = "ID|School|Date|Attendance Status\n1|Hill|06/02/2025|Present\n2|Hill|06/02/2025|Excused"
    got = read(sheet(words), context(None))
    assert got.facts["attendance"]["category"].to_pylist() == ["present", "absent_authorised"]


def test_an_unknown_code_waits_for_its_answer() -> None:
    text = "ID|School|Date|Code\n1|Hill|06/02/2025|P\n2|Hill|06/02/2025|ZZ"
    got = read(sheet(text), context("us"))
    assert [q.about for q in got.questions if q.required] == ["code:ZZ"]
    assert got.rejected == frozenset({3}) and len(got.facts["attendance"]) == 1
    got = read(sheet(text), answered(context("us"), {"code:ZZ": "absent_authorised"}))
    assert got.rejected == frozenset() and got.facts["attendance"]["absent"].to_pylist() == [0, 2]


def test_an_answer_changes_what_a_column_is_taken_for() -> None:
    text = "ID|School|Date|Code|Own\n1|Hill|06/02/2025|P|A\n2|Hill|06/02/2025|P|P"
    got = read(
        sheet(text), answered(context("us"), {"column:Own": "code", "column:Code": "ignore"})
    )
    assert got.facts["attendance"]["absent"].to_pylist() == [2, 0]


def test_a_blank_mark_is_not_recorded_and_not_present() -> None:
    text = "ID|School|Date|Code\n1|Hill|06/02/2025|P\n2|Hill|06/02/2025|"
    got = read(sheet(text), context("us"))
    assert (got.read, got.rejected, len(got.facts["attendance"])) == (2, frozenset(), 1)
    assert [f.count for f in got.findings if f.rule == "no mark"] == [1]


def test_a_file_without_a_school_asks_and_gives_no_facts_before_the_answer() -> None:
    text = "ID|Date|Code\n1|06/13/2025|P\n2|06/13/2025|A"
    known = Known({"hill school": "hill", "lake": "lake"}, {"hill": "Hill School", "lake": "Lake"})
    got = read(sheet(text), context("us", known=known))
    assert [(q.about, q.choices) for q in got.questions] == [("school", ("Hill School", "Lake"))]
    assert not got.facts and got.read == 2 and got.rejected == frozenset()
    got = read(sheet(text), context("us", known=known, school="Hill School"))
    assert set(got.facts["attendance"]["org_id"].to_pylist()) == {"hill"}


def test_a_list_of_absences_alone_is_refused_and_no_presence_invented() -> None:
    text = (
        "ID|School|Date|Code|Reason\n1|Hill|06/02/2025|A|flu\n"
        "2|Hill|06/03/2025|E|\n3|Hill|06/03/2025|T|bus"
    )
    found = recognise(sheet(text), context("us"))
    assert isinstance(found, Finding) and found.rule == "absences only" and found.level == "stops"
    with_present = text + "\n4|Hill|06/03/2025|P|"
    assert taken(sheet(with_present), context("us")).layout == "attendance_daily"


def test_scores_under_mark_are_no_attendance() -> None:
    text = "ID|Date|Subject|Mark\n1|06/02/2025|Maths|17\n2|06/02/2025|Maths|12"
    found = recognise(sheet(text), context("us"))
    assert getattr(found, "layout", None) != "attendance_daily"


def test_a_day_outside_the_stated_year_is_rejected() -> None:
    text = (
        "ID|School|School Year|Date|Code\n1|Hill|2024-25|13/06/2024|P\n2|Hill|2024-25|13/06/2019|P"
    )
    got = read(sheet(text), context())
    assert got.rejected == frozenset({3})
    assert [f.rule for f in got.findings if f.level == "rejects"] == ["other year"]


def test_three_hundred_thousand_rows_extract_in_a_few_seconds() -> None:
    import time

    days = [f"2025-{m:02d}-{d:02d}" for m in range(1, 11) for d in range(1, 26)]
    lines = [[f"S{i:04d}", "Hill", day, "A" if (i * 7 + n) % 11 == 0 else "P"]
             for i in range(1200) for n, day in enumerate(days)]  # fmt: skip
    grid = sheet([["Student ID", "School", "Date", "Code"], *lines])
    known = context("us")
    before = time.process_time()
    got = read(grid, known)
    spent = time.process_time() - before
    assert got.read == 300_000 and len(got.facts["attendance"]) == 300_000
    assert spent < 8, f"{spent:.1f} s of processor time"


@pytest.mark.parametrize("preset", [None, "us", "india"])
def test_the_real_daily_file_has_its_published_numbers(preset: str | None) -> None:
    (grid,) = workbook.read_sheets(real("attendance-daily-long", "studentattendance.csv"))
    got = read(grid, context(preset), "attendance_daily")
    table = got.facts["attendance"]
    assert (got.read, got.rejected, len(table)) == (12_000, frozenset(), 12_000)
    assert (len(got.facts["students"]), len(got.facts["organisations"])) == (600, 5)
    assert table["category"].to_pylist().count("present") == 10_715
    assert sum(table["absent"].to_pylist()) == 2 * 1_285
    days = set(table["date"].to_pylist())
    assert (min(days), max(days), len(days)) == (date(2022, 1, 3), date(2022, 1, 28), 20)
    assert not [q for q in got.questions if q.required]


def test_the_real_absence_dump_is_refused_in_words() -> None:
    (grid,) = workbook.read_sheets(real("attendance-daily-long", "attendance_dump.csv"))
    found = recognise(grid, context("us"))
    assert isinstance(found, Finding) and found.rule == "absences only"


def test_a_status_that_is_no_attendance_does_not_make_an_attendance_file() -> None:
    text = (
        "Student ID|Name|School|Date|Status\n"
        "1|Asha|Hill|13/06/2024|Active\n2|Bilal|Hill|14/06/2024|Inactive"
    )
    assert getattr(recognise(sheet(text), context()), "layout", None) != "attendance_daily"
    spoken = text.replace("Status", "Attendance Status")
    got = read(sheet(spoken), context(), "attendance_daily")
    assert [q.about for q in got.questions if q.required] == ["code:Active", "code:Inactive"]


def test_a_number_beside_a_presence_flag_is_no_mark() -> None:
    text = "ID|School|Date|Mark|Present\n1|Hill|06/02/2025|17|Y\n2|Hill|06/02/2025|12|N"
    got = read(sheet(text), context("us"), "attendance_daily")
    assert got.facts["attendance"]["absent"].to_pylist() == [0, 2]
