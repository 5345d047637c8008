"""Into the meeting: Present by keyboard, and an export that is collected by its own address."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

VIEW = "/compare?data=own&from=2025-04-01&to=2025-06-23&as_of=2025-06-23&grade=7" \
       "&measure=chronic_absence&split=group.sex"


def test_present_shows_the_sentence_large_and_esc_leaves(
    staffroom: Any, tab: Callable[..., Any]
) -> None:
    one = tab(staffroom)
    one.go(VIEW)
    one.click("Present")
    assert parse_qs(urlsplit(one.page.url).query)["present"] == ["1"]
    assert not one.page.locator('[data-testid="stSidebar"]').is_visible()
    size = one.page.locator("p.lead").evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
    assert size >= 36
    assert "Invented Child" not in one.page.locator("body").inner_text()
    assert one.page.get_by_role("button", name="See the students").count() == 0
    one.page.keyboard.press("Escape")
    one.settle()
    assert "present" not in urlsplit(one.page.url).query
    one.page.get_by_role("button", name="See the students").wait_for()
    assert parse_qs(urlsplit(one.page.url).query)["grade"] == ["7"]


def test_every_page_of_a_meeting_is_one_large_sentence_without_names_or_cut_words(
    staffroom: Any, tab: Callable[..., Any]
) -> None:
    one = tab(staffroom)
    for url in ("", "needs", "progress", "compare"):
        one.go(f"/{url}?data=own&present=1")
        one.page.wait_for_timeout(800)
        lead = one.page.locator("p.lead")
        assert lead.evaluate("e => parseFloat(getComputedStyle(e).fontSize)") >= 36, url
        assert one.page.locator('[data-testid="stSidebar"]').is_visible() is False
        body = one.page.locator("body").inner_text()
        assert "Invented Child" not in body and "See the students" not in body, url
        assert one.page.get_by_role("button", name="Leave").count() == 1
        cut = one.page.evaluate(CUT)
        assert cut == [], url


# Words of a chart that reach over its edge, left or right.
CUT = """() => [...document.querySelectorAll('.js-plotly-plot')].flatMap(p => {
  const box = p.getBoundingClientRect();
  return [...p.querySelectorAll('.annotation-text, .xtick text, .ytick text')]
    .filter(t => { const b = t.getBoundingClientRect();
                   return b.width && (b.left < box.left - 1 || b.right > box.right + 1); })
    .map(t => t.textContent); })"""


def test_arrow_keys_walk_through_the_questions(staffroom: Any, tab: Callable[..., Any]) -> None:
    one = tab(staffroom)
    one.go("/needs?data=own&grade=7&present=1")
    one.page.keyboard.press("ArrowRight")
    one.page.wait_for_url("**/progress?**")
    one.settle()
    query = parse_qs(urlsplit(one.page.url).query)
    assert query["present"] == ["1"]
    assert query["grade"] == ["7"]
    one.page.keyboard.press("ArrowLeft")
    one.page.wait_for_url("**/needs?**")


def test_list_of_students_opens_and_is_not_in_the_address(
    staffroom: Any, tab: Callable[..., Any]
) -> None:
    one = tab(staffroom)
    one.go(VIEW)
    before = one.page.url
    one.click("See the students")
    one.page.get_by_role("dialog").get_by_text("Opening this list is recorded").wait_for()
    assert one.page.url == before


def collected(tab: Any, kind: str, link: str, folder: Path) -> bytes:
    tab.click("Export")
    body = tab.page.locator('[data-testid="stPopoverBody"]')
    body.get_by_role("button", name=kind, exact=True).click()
    tab.settle()
    with tab.page.expect_download() as waiting:
        body.get_by_role("link", name=link).click()
    target = folder / waiting.value.suggested_filename
    waiting.value.save_as(target)
    return target.read_bytes()


def test_picture_is_collected_as_png(
    staffroom: Any, tab: Callable[..., Any], tmp_path: Path
) -> None:
    one = tab(staffroom)
    one.go(VIEW)
    content = collected(one, "Picture", "Save the picture", tmp_path)
    assert content.startswith(b"\x89PNG")
    assert int.from_bytes(content[16:20], "big") == 1600


def test_workbook_holds_no_names_unless_ticked(
    staffroom: Any, tab: Callable[..., Any], tmp_path: Path
) -> None:
    one = tab(staffroom)
    one.go(VIEW)
    plain = collected(one, "Excel", "Save the Excel file", tmp_path)
    assert "Invented Child" not in _text(plain)
    body = one.page.locator('[data-testid="stPopoverBody"]')
    assert body.get_by_text("Put the names").count() == 0  # nobody outside the staff gets names
    body.get_by_text("Staff of this school").click()
    one.settle()
    body.get_by_text("Put the names").click()
    body.get_by_role("button", name="Excel", exact=True).click()
    one.settle()
    with one.page.expect_download() as waiting:
        body.get_by_role("link", name="Save the Excel file").click()
    waiting.value.save_as(tmp_path / "named.xlsx")
    assert "Invented Child" in _text((tmp_path / "named.xlsx").read_bytes())


def test_an_export_for_others_hides_small_groups_and_one_for_staff_does_not(
    staffroom: Any, tab: Callable[..., Any], tmp_path: Path
) -> None:
    one = tab(staffroom)
    one.go(VIEW)  # 6 girls and 6 boys of Class 7 a school
    others = _text(collected(one, "Excel", "Save the Excel file", tmp_path))
    assert "Hidden to protect students" in others
    assert one.page.get_by_text("As others will see it.").count() == 1
    body = one.page.locator('[data-testid="stPopoverBody"]')
    body.get_by_text("Staff of this school").click()
    one.settle()
    assert one.page.get_by_text("As others will see it.").count() == 0
    body.get_by_role("button", name="Excel", exact=True).click()
    one.settle()
    with one.page.expect_download() as waiting:
        body.get_by_role("link", name="Save the Excel file").click()
    waiting.value.save_as(tmp_path / "staff.xlsx")
    assert "Hidden to protect students" not in _text((tmp_path / "staff.xlsx").read_bytes())


def _text(workbook: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(workbook)) as parts:
        return "".join(parts.read(n).decode("utf-8", "replace") for n in parts.namelist())
