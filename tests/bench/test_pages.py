"""Pages at three sizes, server side, and the first page after `streamlit run`.

`BENCH_GROUNDS` keeps the grounds from one run to the next; the largest takes minutes to fill.
"""

from __future__ import annotations

import gc
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
import twenty
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash
from twenty import p95

import server
from pages import PAGES

ROOT = Path(__file__).parents[2]
TURNS = 12
pytestmark = pytest.mark.long


SHELL = str(ROOT / "pages" / "shell.py")
SIZES = {"one": "one school of 1,000 students", "twenty": "20 schools", "thousand": "1,000 schools"}


@pytest.fixture(scope="module", params=SIZES)
def size(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory,
         ) -> Iterator[str]:
    """One of the grounds, where the app looks for its data."""
    place = twenty.kept(request.param, tmp_path_factory.mktemp("grounds"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STAFFROOM_DATA", str(place))
        server._warm_up()  # as at the start of the app: the collector is kept off what is imported
        yield request.param
        server.close_houses()
        gc.unfreeze()


@pytest.mark.parametrize("url", [p.url for p in PAGES if p.section != "Data"])
def test_a_page_the_first_time_and_again(
    size: str, url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The first time nothing is worked out already: the house is opened anew for each page."""
    server.close_houses()
    app = AppTest.from_file(SHELL, default_timeout=300)
    app._page_hash = calc_hash(url)
    clock, work = [], []
    for turn in range(TURNS + 1):
        began, before = time.perf_counter(), time.process_time()
        app.run()
        clock.append(time.perf_counter() - began)
        work.append(time.process_time() - before)
        if app.exception:
            pytest.skip(f"{url} does not draw yet: {app.exception[0].message[:80]}")
        assert turn == 0 or app.title, url
    with capsys.disabled():
        print(f"\n{SIZES[size]}, {url}: first {clock[0] * 1e3:7.0f} ms ({work[0] * 1e3:6.0f} of "
              f"work), again p95 {p95(clock[1:]) * 1e3:6.0f} ms (work {p95(work[1:]) * 1e3:5.0f}, "
              f"best {min(clock[1:]) * 1e3:5.0f})")


def _port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def test_the_first_page_after_streamlit_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sync_api = pytest.importorskip("playwright.sync_api")
    sys.path.insert(0, str(ROOT / "tests" / "browser"))
    import shutil

    chrome = next((c for c in ("chromium", "chromium-browser", "google-chrome")
                   if shutil.which(c)), None)
    if chrome is None:
        pytest.skip("no Chromium found on this machine")
    port = _port()
    with sync_api.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which(chrome),
                                         args=["--no-sandbox"])
        page = browser.new_page()
        began = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless", "true",
             "--server.port", str(port)], cwd=ROOT, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, env={**os.environ, "STAFFROOM_DATA": str(tmp_path / "data")})
        try:
            answered = _answers(port, process)
            page.goto(f"http://127.0.0.1:{port}/")
            page.wait_for_selector("h1", timeout=60_000)
            drawn = time.perf_counter() - began
        finally:
            process.terminate()
            process.wait(20)
            browser.close()
    with capsys.disabled():
        print(f"\nfirst page after `streamlit run`: answers after {answered - began:4.1f} s, "
              f"drawn after {drawn:4.1f} s")
    assert drawn < 60


def _answers(port: int, process: subprocess.Popen[bytes]) -> float:
    for _ in range(600):
        assert process.poll() is None, "the app ended"
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=2):
                return time.perf_counter()
        except OSError:
            time.sleep(0.05)
    raise AssertionError("the app did not answer")
