"""Benches: ratios measured side by side in one run, `python -m pytest tests/bench -m long -n 0 -s`.

Nothing here fails because a machine is slow or busy; what is asserted is a ratio with a wide
margin. The figures go to docs/benchmarks.md.
"""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

sys.path.insert(0, str(Path(__file__).parent))
import twenty

from school.house import House, open_house


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with twenty schools and 600,000 marks."""
    return twenty.kept("twenty", tmp_path_factory.mktemp("grounds"))


@pytest.fixture
def house(folder: Path) -> Iterator[House]:
    """The same, open."""
    opened = open_house(folder)
    yield opened
    opened.close()


def pytest_report_header() -> str:
    """The machine, so that a figure is never without it."""
    memory = psutil.virtual_memory().total / 1024**3
    return (f"bench machine: {psutil.cpu_count()} cores, {memory:.0f} GB, {platform.system()} "
            f"{platform.release()}, Python {platform.python_version()}")
