"""Pages in process: the shell as a script, over a real house in a temporary folder.

`open_page` gives a drawn page; the five states are reached by what is in the house and in the link.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

import server

sys.path.insert(0, str(Path(__file__).parent))
import hillside

SHELL = Path(__file__).parents[2] / "pages" / "shell.py"
SECONDS = 60
Opener = Callable[..., AppTest]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty data folder that the pages look at."""
    place = tmp_path / "data"
    monkeypatch.setenv("STAFFROOM_DATA", str(place))
    yield place
    server.close_houses()


@pytest.fixture
def filled(folder: Path) -> Path:
    """A data folder with the small school house of `hillside`."""
    hillside.fill(folder).close()
    return folder


@pytest.fixture
def open_page() -> Opener:
    """Open a page by its url, with a link's query parameters, and draw it once."""

    def opened(url: str = "", query: Mapping[str, str | list[str]] | None = None) -> AppTest:
        app = AppTest.from_file(str(SHELL), default_timeout=SECONDS)
        for name, value in (query or {}).items():
            app.query_params[name] = value
        if url:
            # A page made of a function has no file that `switch_page` could be given.
            app._page_hash = calc_hash(url)
        return app.run()

    return opened
