"""Benches: ratios measured side by side in one run, `python -m pytest tests/bench -m long -n 0 -s`.

Nothing here fails because a machine is slow or busy; what is asserted is a ratio with a wide
margin. The figures go to docs/benchmarks.md.
"""

from __future__ import annotations

import platform
import sys
from pathlib import Path

import psutil

sys.path.insert(0, str(Path(__file__).parent))


def pytest_report_header() -> str:
    """The machine, so that a figure is never without it."""
    memory = psutil.virtual_memory().total / 1024**3
    return (f"bench machine: {psutil.cpu_count()} cores, {memory:.0f} GB, {platform.system()} "
            f"{platform.release()}, Python {platform.python_version()}")
