"""A table copied in Excel and pasted into the page, as a person does it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

ROWS = [["Student ID", "Student Name", "School", "Class", "Date", "Status"],
        *[[f"{n:03d}", f"Rao, Child {n}", "Hillside", "7", f"2025-06-0{day}",
           "A" if n == day == 2 else "P"] for n in range(15) for day in (2, 3)]]


def test_table_pasted_from_excel_becomes_data_and_is_undone(
    empty_staffroom: Any, tab: Callable[..., Any]
) -> None:
    one = tab(empty_staffroom, timezone_id="Asia/Kolkata")
    one.go("/")
    one.click("Paste a table instead")
    one.page.wait_for_url("**/upload?**")
    one.settle()
    field = one.page.get_by_label("The cells, with their column names in the first row")
    field.fill("\n".join("\t".join(row) for row in ROWS))
    one.click("Read this table")
    use = one.page.get_by_role("button", name="Use these data")
    use.wait_for(timeout=60_000)
    one.settle()
    one.see("15 students, 1 school")
    use.click()
    one.see("30 rows read: 30 new")
    one.settle()
    assert "Rao" not in one.page.url
    one.click("Undo")
    one.page.get_by_role("dialog").get_by_role("button", name="Undo it").click()
    one.see("This upload was undone.")
