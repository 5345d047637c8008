"""Journeys in a real Chromium: one Staffroom a folder on a free port, waited on by its state.

Without a Chromium on this machine the journeys are skipped, and say so.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from etl import samples

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests" / "pages"))
import hillside  # noqa: E402

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
SETTLED = '[data-testid="stApp"][data-test-script-state="notRunning"]'
WAIT = 30_000


def chromium() -> str | None:
    """The Chromium of this machine, or None."""
    found = (shutil.which(name) for name in NAMES)
    mac = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
    return next((f for f in found if f), str(mac) if mac.exists() else None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = [i for i in items if Path(i.path).is_relative_to(Path(__file__).parent)]
    for item in here:
        item.add_marker(pytest.mark.browser)
        if chromium() is None:
            item.add_marker(pytest.mark.skip(reason="no Chromium found on this machine"))


@dataclass
class Staffroom:
    """A running app: where it is, and its folder."""

    url: str
    folder: Path
    process: subprocess.Popen[bytes]


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def start(folder: Path) -> Staffroom:
    """Start the app as a person does, and wait until it answers."""
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py"),
               "--server.headless", "true", "--server.port", str(port)]
    with (folder.parent / "out.txt").open("wb") as out:
        process = subprocess.Popen(command, cwd=folder.parent, stdout=out, stderr=out,
                                   env={**os.environ, "STAFFROOM_DATA": str(folder)})
    app = Staffroom(f"http://127.0.0.1:{port}", folder, process)
    for _ in range(300):
        try:
            with urllib.request.urlopen(f"{app.url}/health", timeout=2) as answer:
                if answer.status == 200:
                    return app
        except OSError:
            time.sleep(0.1)
        if process.poll() is not None:
            break
    raise AssertionError((folder.parent / "out.txt").read_text("utf-8", "replace"))


def stop(app: Staffroom) -> None:
    """End the app that `start` started, and nothing else."""
    app.process.terminate()
    try:
        app.process.wait(15)
    except subprocess.TimeoutExpired:
        app.process.kill()
        app.process.wait(5)


@pytest.fixture(scope="session")
def staffroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Staffroom]:
    """One app over the small school house, shared by the journeys that change nothing."""
    folder = tmp_path_factory.mktemp("house") / "data"
    hillside.fill(folder).close()
    app = start(folder)
    yield app
    stop(app)


@pytest.fixture
def empty_staffroom(tmp_path: Path) -> Iterator[Staffroom]:
    """An app without any data."""
    app = start(tmp_path / "data")
    yield app
    stop(app)


@pytest.fixture(scope="session")
def invented_staffroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Staffroom]:
    """One app over the sixteen invented schools, which take half a minute to load."""
    folder = tmp_path_factory.mktemp("invented") / "data"
    samples.build(folder / "sample")
    app = start(folder)
    yield app
    stop(app)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """The driver, once."""
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """One browser for all journeys."""
    made = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
    yield made
    made.close()


@dataclass
class Tab:
    """One tab of one person: goes, waits, and hears what the console says."""

    page: Page
    base: str
    console: list[str] = field(default_factory=list)

    def go(self, path: str = "/") -> None:
        """Open an address of this app and wait until it is drawn."""
        self.page.goto(self.base + path)
        self.settle()

    def settle(self) -> None:
        """Wait until the script has run and the address has stopped moving."""
        self.page.wait_for_timeout(150)
        self.page.wait_for_selector(SETTLED, timeout=WAIT)
        self.page.wait_for_timeout(150)
        self.page.wait_for_selector(SETTLED, timeout=WAIT)

    def see(self, text: str) -> None:
        """Wait until the main part of the page shows these words."""
        found = self.page.locator('[data-testid="stMain"]').get_by_text(text).first
        found.wait_for(state="visible", timeout=WAIT)

    def click(self, name: str, role: Any = "button") -> None:
        """Press a button (or a link) of the main part by its name."""
        main = self.page.locator('[data-testid="stMain"]')
        main.get_by_role(role, name=name).first.click(timeout=WAIT)
        self.settle()

    def drop(self, file: Path) -> None:
        """Drop a file on Upload (or the first page) and wait for its card."""
        self.page.locator('input[type="file"]').first.set_input_files(str(file))
        self.page.get_by_text(file.name).last.wait_for(timeout=2 * WAIT)
        self.page.get_by_role("button", name="Use these data").wait_for(timeout=2 * WAIT)
        self.settle()

    def use(self, words: str = "rows read") -> None:
        """Use what was dropped and wait for its counts."""
        self.click("Use these data")
        self.page.get_by_text(words).first.wait_for(timeout=2 * WAIT)
        self.settle()

    def choose(self, label: str, value: str) -> None:
        """Pick a value of the select box whose label begins so."""
        box = self.page.get_by_role("combobox", name=label).first
        box.click(timeout=WAIT)
        box.press_sequentially(value)  # narrows a list of which only a part is drawn
        box.press("Enter")
        self.settle()
        assert box.input_value() == value

    def watch_folder(self, folder: Path) -> None:
        """Name on Upload the folder that exports are saved to."""
        self.go("/upload?data=own")
        self.page.get_by_text("Watch a folder").click()
        self.page.get_by_label("Whole path of the folder").fill(str(folder))
        self.click("Watch this folder")
        self.see(f"This folder is watched now: {folder.name}.")

    def go_on(self) -> None:
        """Read again with the answers given, until nothing is open."""
        self.click("Go on with these answers")
        self.page.get_by_text("Ready.").first.wait_for(timeout=2 * WAIT)
        self.settle()


@pytest.fixture
def tab(browser: Browser) -> Iterator[Callable[..., Tab]]:
    """Open a tab in a browser of its own: its own cookies, its own session."""
    open_contexts: list[BrowserContext] = []

    def opened(app: Staffroom, **context: Any) -> Tab:
        made = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **context})
        open_contexts.append(made)
        page = made.new_page()
        mine = Tab(page, app.url)
        page.on("console", lambda m: mine.console.append(f"{m.type}: {m.text}"))
        page.on("pageerror", lambda e: mine.console.append(f"pageerror: {e}"))
        return mine

    yield opened
    for context in open_contexts:
        context.close()
