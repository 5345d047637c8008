"""A messy register in a browser: asked about once, read without a click the month after; and the
undo of an upload between two others.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests import messy

STUDENTS = messy.names(20)
MONTHS = {6: "June", 7: "July", 8: "August"}
DAYS = (2, 3, 4)


def test_messy_register_is_asked_about_once_and_the_next_month_needs_no_answer(
    empty_staffroom: Any, tab: Callable[..., Any], tmp_path: Path
) -> None:
    for month, name in MONTHS.items():
        (tmp_path / f"{name}.xlsx").write_bytes(messy.workbook(month, STUDENTS))
    one = tab(empty_staffroom, timezone_id="Asia/Kolkata")
    one.go("/")
    one.drop(tmp_path / "June.xlsx")
    one.see("2 questions are still open.")
    assert one.page.get_by_role("button", name="Use these data").is_disabled()
    one.page.get_by_text("Which column is which").click()
    one.settle()
    one.choose("Register ref.", "The student's number or id")
    one.choose(f"What does “{messy.OWN_MARK}” mean", "On duty or approved activity")
    one.click("Next question")
    one.page.get_by_role("radio", name="Yes").click()
    one.settle()
    one.go_on()
    one.use("20 rows read: 20 new")
    one.drop(tmp_path / "July.xlsx")
    one.see("This is a register: 20 students, 1 school, 1 to 31 Jul 2025.")
    assert one.page.get_by_text("still open").count() == 0
    assert one.page.get_by_text("There is no student id").count() == 0, "the column is known"
    one.use("20 rows read: 20 new")
    one.page.get_by_text("What we remember about your files").click()
    one.see("An empty cell means present.")
    one.see("Column “Register ref.” is the student's number or id.")
    assert STUDENTS[0].split()[0] not in one.page.url


def marks(month: int, away: int) -> str:
    """Three days of twenty students; `away` of them are absent on each."""
    lines = ["Student ID,Student Name,School,Class,Date,Status"]
    lines += [f"{n:03d},{name},Hillside,7,2025-{month:02d}-{day:02d},{'PA'[n < away]}"
              for n, name in enumerate(STUDENTS) for day in DAYS]
    return "\n".join(lines) + "\n"


def test_upload_between_two_others_is_undone_and_its_file_can_be_added_again(
    empty_staffroom: Any, tab: Callable[..., Any], tmp_path: Path
) -> None:
    one = tab(empty_staffroom, timezone_id="Asia/Kolkata")
    one.go("/")
    for month, away in ((6, 1), (7, 10), (8, 1)):
        file = tmp_path / f"{MONTHS[month]}.csv"
        file.write_text(marks(month, away), "utf-8")
        one.drop(file)
        one.use("60 rows read: 60 new")
    one.go("/compare?data=own")
    one.see("Attendance: 80%.")  # 36 of 180 marks are absences
    one.go("/quality?data=own")
    one.page.get_by_role("button", name="Undo").nth(1).click()  # the newest stands first
    dialog = one.page.get_by_role("dialog")
    dialog.get_by_text("July.csv").wait_for()
    dialog.get_by_text("Attendance goes back from 80.0% to 95.0%; 60 marks change back.").wait_for()
    dialog.get_by_role("button", name="Undo it").click()
    one.settle()
    one.see("undone")
    one.go("/compare?data=own")
    one.see("Attendance: 95%.")  # 6 of 120: what June and August say by themselves
    one.go("/upload?data=own")
    one.drop(tmp_path / "July.csv")
    one.use("60 rows read: 60 new")
    one.go("/compare?data=own")
    one.see("Attendance: 80%.")
