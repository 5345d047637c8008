"""The file given back in a real browser: marked, mended, dropped again, and nothing is left out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

from tests import workbooks

ROWS = [["School", "Student ID", "Name", "Class", "Date", "Attendance"],
        *(["Hillside", f"{n:03d}", f"Invented {n}", "7 B", date(2025, 6, day), "P"]
          for n in range(20) for day in (2, 3, 4))]
WRONG = {"E4": "soon", "B9": None, "E14": "31/02/2025"}


def cell(address: str) -> tuple[int, int]:
    row, column = openpyxl.utils.cell.coordinate_to_tuple(address)
    return int(row), int(column)


def take(one: Any, button: str, link: str, place: Path) -> Path:
    """Press the button, wait for its link, and save what is behind it."""
    one.click(button)
    found = one.page.get_by_role("link", name=link)
    found.wait_for(timeout=60_000)
    with one.page.expect_download() as download:
        found.click()
    path = place / download.value.suggested_filename
    download.value.save_as(path)
    return path


def test_marked_file_is_mended_and_added_again_with_nothing_left_out(
    empty_staffroom: Any, tab: Callable[..., Any], tmp_path: Path
) -> None:
    rows = [list(r) for r in ROWS]
    for address, value in WRONG.items():
        row, column = cell(address)
        rows[row - 1][column - 1] = value
    file = tmp_path / "June.xlsx"
    file.write_bytes(workbooks.xlsx({"June": rows}))
    one = tab(empty_staffroom, timezone_id="Asia/Kolkata")
    one.go("/upload?data=own")
    one.page.locator('input[type="file"]').first.set_input_files(str(file))
    one.page.get_by_role("button", name="Use these data").wait_for(timeout=90_000)
    one.settle()
    one.click("Use these data")
    one.page.get_by_text("3 left out").first.wait_for(timeout=60_000)
    one.settle()
    back = take(one, "Get the 3 rows back, marked", "Save the marked file", tmp_path)
    assert back.name == "June to mend.xlsx" and "Invented" not in one.page.url
    book = openpyxl.load_workbook(back)
    marked = {c.coordinate for row in book["June"].iter_rows() for c in row if c.comment}
    assert marked == set(WRONG)
    for address in marked:
        row, column = cell(address)
        book["June"][address].value = ROWS[row - 1][column - 1]
    book.save(back)
    one.page.locator('input[type="file"]').first.set_input_files(str(back))
    one.page.get_by_text("June to mend.xlsx").first.wait_for(timeout=90_000)
    use = one.page.get_by_role("button", name="Use these data")
    use.wait_for(timeout=90_000)
    one.settle()
    use.click()
    one.page.get_by_text("60 rows read: 3 new, 57 the same, 0 changed, 0 left out.").first.wait_for(
        timeout=60_000)
