"""A folder that exports are saved to: what comes is told, looked at, used, and left as it was."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests import workbooks

ROWS = [["Student ID", "Student Name", "School", "Class", "Date", "Status"],
        *[[f"{n:03d}", f"Invented {n}", "Hillside", "7", f"2025-06-0{day}", "P"]
          for n in range(15) for day in (2, 3)]]


def test_file_saved_to_the_watched_folder_waits_and_is_used_from_the_page(
    empty_staffroom: Any, tab: Callable[..., Any], tmp_path: Path
) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    one = tab(empty_staffroom, timezone_id="Asia/Kolkata")
    one.watch_folder(folder)
    content = workbooks.xlsx({"June": ROWS})
    (folder / "June.xlsx").write_bytes(content)
    look = one.page.get_by_role("button", name="Look at what waits")
    look.wait_for(timeout=60_000)
    one.see("June.xlsx")
    one.settle()
    look.click()
    one.page.get_by_role("button", name="Use these data").wait_for(timeout=60_000)
    one.settle()
    one.use("30 rows read: 30 new")
    assert [p.name for p in folder.iterdir()] == ["June.xlsx"]
    assert (folder / "June.xlsx").read_bytes() == content
    assert str(folder) not in one.page.url and "exports" not in one.page.url
