"""The loss alarm in a browser: refused at first, then expected, and the reason stays in view."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any


def attendance(classes: dict[str, int], month: int) -> str:
    lines = ["Student ID,Student Name,School,Class,Date,Status"]
    lines += [f"{c}-{n},Invented Child {n},Hillside,{c},2025-{month:02d}-{day:02d},P"
              for c, many in classes.items() for n in range(many) for day in (2, 3, 4)]
    return "\n".join(lines) + "\n"


def dropped(one: Any, file: Path) -> None:
    one.page.locator('input[type="file"]').set_input_files(str(file))
    one.page.get_by_role("button", name="Use these data").wait_for(timeout=60_000)
    one.settle()


def test_class_that_is_missing_waits_for_a_reason_that_the_history_keeps(
    empty_staffroom: Any, tab: Callable[..., Any], tmp_path: Path
) -> None:
    june, july = tmp_path / "june.csv", tmp_path / "july.csv"
    june.write_text(attendance({"7 A": 20, "7 B": 18}, 6), "utf-8")
    july.write_text(attendance({"7 A": 20}, 7), "utf-8")
    one = tab(empty_staffroom, timezone_id="Asia/Kolkata")
    one.go("/upload?data=own")
    dropped(one, june)
    one.click("Use these data")
    one.page.get_by_text("rows read").first.wait_for(timeout=60_000)
    one.settle()
    dropped(one, july)
    one.see("Class 7 B, 18 students, was in the last upload and is not in this one.")
    use = one.page.get_by_role("button", name="Use these data")
    assert use.is_disabled()
    one.click("Stop, leave this out")
    assert one.page.get_by_role("alert").filter(has_text="18 students").count() == 0
    assert use.is_disabled(), "nothing is left to use"
    one.page.get_by_text("Leave this out", exact=True).click()
    one.settle()
    one.page.get_by_text("This is expected", exact=True).click()
    one.settle()
    one.page.get_by_label("Why? It is kept with this upload.").fill("7 B has a file of its own")
    one.click("Go on with these answers")
    one.page.get_by_text("Ready.").first.wait_for(timeout=60_000)
    one.settle()
    one.click("Use these data")
    one.page.get_by_text("60 rows read").first.wait_for(timeout=60_000)
    one.settle()
    one.go("/quality?data=own")
    one.see("Expected: 7 B has a file of its own.")
    assert "7 B has" not in one.page.url
