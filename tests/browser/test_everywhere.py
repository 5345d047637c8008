"""What holds on every page: on a phone, under axe, by the policy of the browser, offline."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe

from pages import PAGES

URLS = ["", *(p.url for p in PAGES[1:])]
SHOWN = [p.url for p in PAGES if p.section != "Data"]  # on the wall too
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
KNOWN_NOISE = ("404 (Not Found)",)  # Streamlit looks below the page for its base, then above


@pytest.mark.parametrize("url", URLS)
def test_page_is_sound_on_a_desk_and_on_a_phone(
    staffroom: Any, tab: Callable[..., Any], url: str
) -> None:
    one = tab(staffroom, color_scheme="light")
    outside: list[str] = []
    one.page.on("request", lambda r: outside.append(r.url)
                if urlsplit(r.url).hostname not in ("127.0.0.1", None) else None)
    one.go(f"/{url}?data=own")
    one.page.wait_for_timeout(1500)
    assert serious(one) == []
    one.page.set_viewport_size(PHONE["viewport"])
    one.page.wait_for_timeout(700)
    assert one.page.evaluate("document.documentElement.scrollWidth") <= 390
    assert outside == []
    errors = [m for m in one.console if m.startswith(("error", "pageerror"))
              and not any(n in m for n in KNOWN_NOISE)]
    assert errors == []


def test_every_page_is_accessible_in_the_dark_on_a_phone_and_on_a_wall(
    staffroom: Any, tab: Callable[..., Any]
) -> None:
    one = tab(staffroom, color_scheme="dark", **PHONE)
    faults = {}
    for url in [*URLS, *(f"{url}?present=1&data=own" for url in SHOWN)]:
        one.go(f"/{url}" if "?" in url else f"/{url}?data=own")
        one.page.wait_for_timeout(900)
        faults[url] = serious(one)
        assert one.page.evaluate("document.documentElement.scrollWidth") <= 390
        assert not one.page.locator('[data-testid="stSidebar"]').is_visible()
    assert {url: found for url, found in faults.items() if found} == {}


def test_long_line_on_a_phone_shows_its_newest_weeks_and_slides(
    staffroom: Any, tab: Callable[..., Any]
) -> None:
    one = tab(staffroom, **PHONE)
    one.go("/progress?data=own")
    course = one.page.locator(".st-key-slide")
    if course.count():  # only where there are more weeks than a phone can hold
        inner, outer, left = course.evaluate("e => [e.scrollWidth, e.clientWidth, e.scrollLeft]")
        assert inner > outer
        assert left == 0  # its right end, for it is drawn from there


def test_what_takes_long_says_so_and_links_look_like_links(
    staffroom: Any, tab: Callable[..., Any]
) -> None:
    one = tab(staffroom)
    one.go("/?data=own")
    link = one.page.locator('[data-testid="stMain"] [data-testid="stPageLink"] p').first
    assert "underline" in link.evaluate("e => getComputedStyle(e).textDecorationLine")
    link.locator("xpath=ancestor::a").focus()
    assert one.page.evaluate("document.activeElement.tagName") == "A"
    app = one.page.locator('[data-testid="stApp"]')
    app.evaluate("e => e.setAttribute('data-test-script-state', 'running')")
    body = one.page.locator(".st-key-body")
    assert body.evaluate("e => getComputedStyle(e, '::before').content") == '"Counting…"'
    one.page.wait_for_timeout(1400)
    assert body.evaluate("e => getComputedStyle(e, '::before').opacity") == "1"


def serious(tab: Any) -> list[str]:
    """Serious and critical faults: rule, and where."""
    found = Axe().run(tab.page).response["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html'][:200]}" for v in found
            if v["impact"] in ("serious", "critical")]


def test_first_page_is_accessible(empty_staffroom: Any, tab: Callable[..., Any]) -> None:
    one = tab(empty_staffroom, timezone_id="Asia/Kolkata", color_scheme="dark")
    one.go("/")
    one.see("What would you like to do first?")
    assert serious(one) == []
    chosen = one.page.get_by_role("radio", name="India")
    assert chosen.get_attribute("aria-checked") == "true"


def test_filter_can_be_reached_and_set_by_keyboard(
    staffroom: Any, tab: Callable[..., Any]
) -> None:
    one = tab(staffroom)
    one.go("/compare?data=own")
    one.page.get_by_role("button", name="School:").focus()
    one.page.keyboard.press("Enter")
    one.page.get_by_role("button", name="Hillside").focus()
    one.page.keyboard.press("Space")
    one.settle()
    assert "school=hillside" in one.page.url


def test_the_row_looked_at_is_chosen_by_keyboard(staffroom: Any, tab: Callable[..., Any]) -> None:
    one = tab(staffroom)
    one.go("/needs?data=own")
    chosen = one.page.get_by_role("combobox", name="Look closer at")
    before = one.page.locator(".st-key-panel h2").inner_text()
    chosen.focus()
    one.page.keyboard.press("ArrowDown")
    one.page.keyboard.press("ArrowDown")
    one.page.keyboard.press("Enter")
    one.settle()
    assert "need=" in one.page.url
    assert one.page.locator(".st-key-panel h2").inner_text() != before
