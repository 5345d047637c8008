"""The tour of docs/uploading.md, walked with invented files; on request its pictures are made anew.

`STAFFROOM_PICTURES=1 pytest -m long tests/browser/test_tour.py` writes docs/pictures; without the
variable the same walk leaves its pictures in a folder of the test.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests import messy, workbooks

DOCS = Path(__file__).parents[2] / "docs"
PICTURES = tuple(f"upload-{part}.png" for part in (
    "drop", "card", "used", "alarm", "marked", "history", "remembered", "folder"))
LARGEST = 200_000  # bytes of one picture
STUDENTS = messy.names(30)


@dataclass
class Tour:
    """The browser tab of the tour, and the folder its pictures go to."""

    tab: Any
    files: Path
    pictures: Path

    def drop(self, name: str, content: bytes) -> None:
        """Drop a file and wait for its card."""
        path = self.files / name
        path.write_bytes(content)
        self.tab.drop(path)

    def picture(self, name: str, top: str, height: int) -> None:
        """Keep what the main part shows from the element `top` on, in few colours."""
        page = self.tab.page
        page.mouse.move(0, 0)
        page.wait_for_timeout(600)
        page.locator(top).first.evaluate("e => e.scrollIntoView({block: 'start'})")
        page.wait_for_timeout(300)
        main = page.locator('[data-testid="stMain"]').bounding_box()
        start = max(main["y"], page.locator(top).first.bounding_box()["y"] - 12)
        height = min(height, int(main["y"] + main["height"] - start))
        shot = page.screenshot(clip={"x": main["x"], "y": start, "width": main["width"],
                                     "height": height})
        image = Image.open(io.BytesIO(shot)).convert("RGB")
        image.quantize(128).save(self.pictures / f"upload-{name}.png", optimize=True)


@pytest.mark.long
def test_tour_of_the_upload_desk(
    empty_staffroom: Any, tab: Callable[..., Any], tmp_path: Path
) -> None:
    asked = os.environ.get("STAFFROOM_PICTURES")
    one = tab(empty_staffroom, timezone_id="Asia/Kolkata", color_scheme="light",
              viewport={"width": 1240, "height": 1500})
    tour = Tour(one, tmp_path, DOCS / "pictures" if asked else tmp_path)
    one.go("/")
    tour.picture("drop", "h1", 560)
    first(tour)
    july(tour)
    marked(tour)
    one.go("/quality?data=own")
    one.see("Uploads")
    tour.picture("history", 'h2:has-text("Uploads")', 560)
    one.go("/upload?data=own")
    one.page.get_by_text("What we remember about your files").click()
    one.settle()
    tour.picture("remembered", 'summary:has-text("What we remember")', 560)
    saved(tour)
    for name in PICTURES:
        assert 5_000 < (tour.pictures / name).stat().st_size < LARGEST, name


def first(tour: Tour) -> None:
    """The first register: two things are asked, and it is used."""
    tour.drop("Register June.xlsx", messy.workbook(6, STUDENTS))
    tour.picture("card", "h1", 1150)
    one = tour.tab
    one.page.get_by_text("Which column is which").click()
    one.settle()
    one.choose("Register ref.", "The student's number or id")
    one.choose("What does “SD” mean", "On duty or approved activity")
    one.click("Next question")
    one.page.get_by_role("radio", name="Yes").click()
    one.settle()
    one.go_on()
    one.use()
    tour.picture("used", "h1", 430)


def july(tour: Tour) -> None:
    """The second one lacks six students, and waits."""
    tour.drop("Register July.xlsx", messy.workbook(7, STUDENTS[:24]))
    tour.picture("alarm", '[role="alert"]', 330)
    tour.tab.page.get_by_text("This is expected", exact=True).click()
    tour.tab.settle()
    tour.tab.page.get_by_label("Why? It is kept with this upload.").fill("Six moved to 7 C")
    tour.tab.go_on()
    tour.tab.use()


def marked(tour: Tour) -> None:
    """A list with cells that cannot be read, offered back with its marks."""
    rows: list[list[object]] = [["School", "Student ID", "Name", "Class", "Date", "Attendance"]]
    rows += [["Hillside", f"{n:03d}", name, "8 A", date(2025, 8, day), "P"]
             for n, name in enumerate(STUDENTS[:20]) for day in (4, 5, 6)]
    rows[3][4], rows[8][1], rows[13][4] = "soon", None, "31/02/2025"
    tour.drop("August 8 A.xlsx", workbooks.xlsx({"August": rows}))
    tour.picture("marked", 'h2:has-text("Daily attendance")', 900)
    tour.tab.use()


def saved(tour: Tour) -> None:
    """An export saved to the watched folder is found and waits."""
    folder = tour.files / "exports"
    folder.mkdir()
    tour.tab.watch_folder(folder)
    (folder / "Register August.xlsx").write_bytes(messy.workbook(8, STUDENTS))
    tour.tab.page.get_by_role("button", name="Look at what waits").wait_for(timeout=60_000)
    tour.tab.settle()
    tour.tab.see("Register August.xlsx")
    tour.picture("folder", "h1", 430)


def test_every_picture_of_the_docs_is_there_and_small() -> None:
    told = set()
    for path in (*DOCS.glob("*.md"), DOCS.parent / "README.md"):
        told |= {(path.parent / p).resolve()
                 for p in re.findall(r"!\[[^\]]+\]\(([^)]+\.png)\)", path.read_text("utf-8"))}
    assert told == {p.resolve() for p in (DOCS / "pictures").glob("*.png")}
    assert all(p.stat().st_size < LARGEST for p in told)
