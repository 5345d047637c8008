"""The pages of docs/pages-in-pictures.md, over the invented schools; on request drawn anew.

`STAFFROOM_PICTURES=1 pytest -m long tests/browser/test_pages_in_pictures.py` writes docs/pictures;
without the variable the same walk leaves its pictures in a folder of the test.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
LARGEST = 100_000  # bytes of one picture
SIZES = {1280: 1000, 390: 1100}
COLOURS = 128
GAP_SCHOOL = "99260100102"  # GHPS Belagudi has six classes
# Page -> its address, and words that stand on it when it is whole.
PAGES = {
    "needs": ("/needs?data=sample", "Within the line"),
    "equity": ("/equity?data=sample", "support reaches some less often"),
    "learning": ("/learning?data=sample", "comes next for Class 3 A"),
    "enrolment": ("/enrolment?data=sample", "From last year to this year"),
    "within": (f"/within?data=sample&in={GAP_SCHOOL}", "Where the differences in gain lie"),
    "attention": ("/attention?data=sample", "The list"),
    "student": ("", "Days at school"),
}


def last_of_the_list(one: Any) -> None:
    """Open the student at the end of the list of Early attention."""
    one.go("/attention?data=sample")
    found = one.page.get_by_role("button", name="Open", exact=True).last
    found.scroll_into_view_if_needed()
    assert height(one) > 1000, "the list is long"
    found.click()
    one.settle()


def height(one: Any) -> float:
    """How far down the page is scrolled to, in pixels."""
    return float(one.page.locator('[data-testid="stMain"]').evaluate("e => e.scrollTop"))


def draw(one: Any, name: str) -> None:
    """Open one page, with all that it asks first answered."""
    address, words = PAGES[name]
    if name == "student":
        last_of_the_list(one)
    else:
        one.go(address)
    several = one.page.get_by_role("button", name="No, several")
    if several.count():
        several.click()
        one.settle()
    one.see(words)
    one.page.mouse.move(0, 0)
    one.page.wait_for_timeout(800)


def picture(one: Any, target: Path) -> None:
    """Keep what the window shows, in few colours."""
    image = Image.open(io.BytesIO(one.page.screenshot())).convert("RGB")
    image.quantize(COLOURS).save(target, optimize=True)
    assert 5_000 < target.stat().st_size < LARGEST, target.name


@pytest.mark.long
@pytest.mark.parametrize("width", SIZES)
def test_every_page_is_drawn_wide_and_on_a_phone(
    width: int, invented_staffroom: Any, tab: Callable[..., Any], tmp_path: Path
) -> None:
    folder = PICTURES if os.environ.get("STAFFROOM_PICTURES") else tmp_path
    one = tab(invented_staffroom, timezone_id="Asia/Kolkata", color_scheme="light",
              viewport={"width": width, "height": SIZES[width]})
    for name in PAGES:
        draw(one, name)
        wider = one.page.evaluate("document.documentElement.scrollWidth") - width
        assert wider <= 0, f"{name} is {wider} pixels wider than the window"
        picture(one, folder / f"page-{name}-{width}.png")
    if width == 1280:  # the first page of the README is the same one
        draw(one, "needs")
        picture(one, folder / "needs.png")


@pytest.mark.long
@pytest.mark.parametrize("width", SIZES)
def test_a_student_opened_from_far_down_a_list_begins_at_the_top(
    width: int, invented_staffroom: Any, tab: Callable[..., Any]
) -> None:
    one = tab(invented_staffroom, viewport={"width": width, "height": 900})
    last_of_the_list(one)
    one.see("Days at school")
    assert height(one) == 0


def test_every_picture_of_the_pages_has_its_walk() -> None:
    drawn = {f"page-{name}-{width}.png" for name in PAGES for width in SIZES}
    assert drawn == {p.name for p in PICTURES.glob("page-*.png")}
