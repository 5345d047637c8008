"""From a file to a chart: the first page, the cards, the load that goes on alone, and Undo."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

SCHOOL_DAYS = [d for d in (date(2025, 6, 2) + timedelta(days=i) for i in range(28))
               if d.isoweekday() <= 5]


def attendance(students: int = 30) -> str:
    """Daily marks of one school: the first three students miss every other day."""
    lines = ["Student ID,Student Name,School,Class,Date,Status"]
    for n in range(students):
        for i, day in enumerate(SCHOOL_DAYS):
            away = n < 3 and i % 2 == 0
            lines.append(f"{1000 + n},Invented Child {n},Hillside,7,{day.isoformat()},"
                         f"{'A' if away else 'P'}")
    return "\n".join(lines) + "\n"


def test_file_dropped_on_the_first_page_becomes_a_chart(
    empty_staffroom: Any, tab: Callable[..., Any], tmp_path: Path
) -> None:
    file = tmp_path / "attendance.csv"
    file.write_text(attendance(), "utf-8")
    one = tab(empty_staffroom, timezone_id="Asia/Kolkata")
    one.go("/")
    one.see("What would you like to do first?")
    one.page.locator('input[type="file"]').set_input_files(str(file))
    one.page.wait_for_url("**/upload?**")
    use = one.page.get_by_role("button", name="Use these data")
    use.wait_for(timeout=60_000)
    one.settle()
    use.click()
    one.page.get_by_text("rows read").first.wait_for(timeout=60_000)
    one.settle()
    assert "Invented Child" not in one.page.url
    one.page.locator('[data-testid="stSidebar"]').get_by_role("link", name="Compare").click()
    one.settle()
    one.see("30 students")
    one.page.locator(".js-plotly-plot").first.wait_for()
    # 3 of 30 students missed half of 20 days: 30 of 600 marks
    one.see("95")


def test_on_a_phone_buttons_are_as_wide_as_the_page_and_the_preview_has_three_columns(
    empty_staffroom: Any, tab: Callable[..., Any], tmp_path: Path
) -> None:
    file = tmp_path / "attendance.csv"
    file.write_text(attendance(), "utf-8")
    one = tab(empty_staffroom, viewport={"width": 390, "height": 800})
    one.go("/upload?data=own")
    one.drop(file)
    card = one.page.locator('[class*="st-key-card-"]').bounding_box()
    for name in ("Use these data", "Not now"):
        button = one.page.get_by_role("button", name=name).bounding_box()
        assert button["width"] >= card["width"] - 2
    shown = [h.inner_text() for h in one.page.locator(".few th").all() if h.is_visible()]
    assert shown == ["Student", "Date", "Mark"]
    wide = one.page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 390


def test_leaving_neither_stops_nor_doubles_a_load(
    empty_staffroom: Any, tab: Callable[..., Any], tmp_path: Path
) -> None:
    file = tmp_path / "attendance.csv"
    file.write_text(attendance(600), "utf-8")
    one, two = tab(empty_staffroom, timezone_id="Asia/Kolkata"), tab(empty_staffroom)
    one.go("/upload?data=own")
    one.page.locator('input[type="file"]').set_input_files(str(file))
    use = one.page.get_by_role("button", name="Use these data")
    use.wait_for(timeout=90_000)
    one.settle()
    use.click()
    one.page.wait_for_timeout(100)
    one.page.close()
    two.go("/quality?data=own")
    for _ in range(60):
        two.go("/compare?data=own")
        if two.page.get_by_text("600 students").count():
            break
        two.page.wait_for_timeout(1000)
    two.see("600 students")
    two.go("/upload?data=own")
    assert two.page.get_by_role("progressbar").count() == 0
    assert len(loads(two)) == 1


def loads(tab: Any) -> list[str]:
    """The uploads that Data quality lists."""
    tab.go("/quality?data=own")
    tab.page.wait_for_timeout(500)
    words = tab.page.locator('[data-testid="stMain"]').inner_text()
    return [line for line in words.splitlines() if "attendance.csv" in line]


def test_invented_schools_open_and_go_away_again(
    empty_staffroom: Any, tab: Callable[..., Any]
) -> None:
    one = tab(empty_staffroom, timezone_id="Asia/Kolkata")
    one.go("/")
    one.click("Open 16 invented schools")
    stop = one.page.get_by_role("button", name="Stop")
    stop.wait_for(timeout=30_000)
    bar = one.page.get_by_role("progressbar").first
    bar.wait_for()
    assert one.page.locator('[data-testid="stProgress"]').inner_text().strip(), "how far, in words"
    stop.click()
    again = one.page.get_by_role("button", name="Open 16 invented schools")
    again.wait_for(timeout=60_000)
    one.settle()
    again.click()
    one.page.get_by_text("Nothing here is real").first.wait_for(timeout=240_000)
    one.settle()
    assert (empty_staffroom.folder / "sample" / "facts.duckdb").exists()
    one.click("Start with our own data")
    one.page.get_by_role("dialog").get_by_role("button", name="Remove them").click()
    one.see("What would you like to do first?")
    assert not (empty_staffroom.folder / "sample" / "facts.duckdb").exists()
    assert json.loads((empty_staffroom.folder / "open.json").read_text())["pid"]
