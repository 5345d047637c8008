"""What an address promises: a cold link, the filters in it, Back, and a second person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

PAGE = "/compare"
SEVEN = "?data=own&from=2025-04-01&to=2025-05-30&as_of=2025-06-23&grade=7&by=none&period=none" \
        "&compare=preset&measure=attendance_rate&split=group.sex"


def query(tab: Any) -> dict[str, list[str]]:
    return parse_qs(urlsplit(tab.page.url).query)


def choose_boys(tab: Any) -> None:
    tab.page.get_by_role("button", name="Group:").first.click()
    tab.page.get_by_role("button", name="boys").or_(
        tab.page.get_by_role("button", name="male", exact=True)).first.click()
    tab.settle()
    tab.page.keyboard.press("Escape")
    tab.settle()


def test_cold_link_shows_its_view(staffroom: Any, tab: Callable[..., Any]) -> None:
    one = tab(staffroom)
    one.go(PAGE + SEVEN)
    one.see("90%")  # grade 7 boys of Hillside miss every fifth day; half of the grade's boys
    assert query(one)["grade"] == ["7"]
    assert query(one)["to"] == ["2025-05-30"]
    one.see("12 students")


def test_every_value_of_the_view_stands_in_the_address(
    staffroom: Any, tab: Callable[..., Any]
) -> None:
    one = tab(staffroom)
    one.go(PAGE)
    wanted = {"data", "from", "to", "as_of", "by", "period", "compare", "measure", "split"}
    assert set(query(one)) == wanted
    choose_boys(one)
    assert query(one)["group.sex"] == ["male"]
    one.see("12 students")


def test_back_forward_and_reload_keep_the_filters(
    staffroom: Any, tab: Callable[..., Any]
) -> None:
    one = tab(staffroom)
    one.go(PAGE)
    choose_boys(one)
    one.page.go_back()
    one.settle()
    assert "group.sex" not in query(one)
    one.see("of 24 students")
    one.page.go_forward()
    one.settle()
    assert query(one)["group.sex"] == ["male"]
    one.see("of 12 students")
    one.page.reload()
    one.settle()
    assert query(one)["group.sex"] == ["male"]
    one.see("of 12 students")


def test_another_page_keeps_the_filters(staffroom: Any, tab: Callable[..., Any]) -> None:
    one = tab(staffroom)
    one.go(PAGE + SEVEN)
    one.page.locator('[data-testid="stSidebar"]').get_by_role("link", name="Needs").click()
    one.settle()
    one.page.wait_for_url("**/needs?**")
    assert query(one)["grade"] == ["7"]
    assert "split" not in query(one)
    one.page.go_back()
    one.settle()
    assert urlsplit(one.page.url).path == PAGE
    assert query(one)["grade"] == ["7"]
    assert query(one)["split"] == ["group.sex"]


def test_second_browser_sees_the_view_of_the_link(
    staffroom: Any, tab: Callable[..., Any]
) -> None:
    one, two = tab(staffroom), tab(staffroom)
    one.go(PAGE)
    choose_boys(one)
    two.go(PAGE + "?" + urlsplit(one.page.url).query)
    two.see("of 12 students")
    assert query(two) == query(one)


def test_copy_link_says_that_it_works_here_only(
    staffroom: Any, tab: Callable[..., Any]
) -> None:
    one = tab(staffroom)
    one.go(PAGE + SEVEN)
    one.click("Copy link")
    shown = one.page.locator('[data-testid="stPopoverBody"] code').first.inner_text()
    assert parse_qs(urlsplit(shown).query) == query(one)
    assert urlsplit(shown).path == PAGE
    one.page.get_by_text("works on this computer only").first.wait_for()


def test_unknown_values_and_keys_of_a_link_are_left_out(
    staffroom: Any, tab: Callable[..., Any]
) -> None:
    one = tab(staffroom)
    one.go(PAGE + "?data=own&school=elsewhere&student=1006&grade=7")
    one.see("It was left out")
    assert "student" not in query(one)
    assert "school" not in query(one)
    assert query(one)["grade"] == ["7"]
