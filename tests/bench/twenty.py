"""The ground of the benches: twenty schools with 600,000 marks, and how time is taken."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from school.fold import set_meta
from school.house import open_house, settle
from school.view import View

SIZES = {"schools": 20, "students": 100, "days": 300}
TWO_YEARS = View(date(2024, 4, 1), date(2025, 11, 14), date(2025, 11, 14))


def fill(place: Path) -> Path:
    """Fill a data folder, straight into the current truth; what is derived is derived."""
    house = open_house(place)
    house.choose_preset("india")
    lines = Path(__file__).with_name("twenty.sql").read_text("utf-8").splitlines()
    script = "\n".join(line for line in lines if not line.startswith("--"))
    for name, size in SIZES.items():
        script = script.replace(f"${name}", str(size))
    with house.store.writing() as tx:
        for statement in script.split(";"):
            if statement.strip():
                tx.execute(statement)
        settle(tx, None, house.preset)
        set_meta(tx, "data_version", "1")
    house.close()
    return place


def best(work: Callable[[], object], times: int = 5) -> float:
    """Seconds of the quickest of several runs: the one least disturbed by the machine."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return min(taken)


def p95(seconds: list[float]) -> float:
    """The 95th percentile."""
    return statistics.quantiles(seconds, n=20)[-1] if len(seconds) > 1 else seconds[0]
