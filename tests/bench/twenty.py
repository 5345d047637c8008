"""The grounds of the benches at three sizes, and how time is taken.

`BENCH_GROUNDS` names a folder in which the grounds are kept from one run to the next; the largest
takes minutes to fill.
"""

from __future__ import annotations

import os
import shutil
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from school import schema
from school.fold import set_meta
from school.house import open_house, settle
from school.view import View

# Schools, students a school, school days; marks are their product.
SIZES = {
    "one": (1, 1000, 300),  # one school of 1,000 students, two school years
    "twenty": (20, 100, 300),  # 600,000 marks
    "two hundred": (200, 100, 300),  # 6,000,000 marks
    "thousand": (1000, 100, 300),  # 30,000,000 marks
}
STEP = 50  # schools filled in one transaction
TWO_YEARS = View(date(2024, 4, 1), date(2025, 11, 14), date(2025, 11, 14))


def kept(size: str, otherwise: Path) -> Path:
    """A filled folder of this size: the one kept in `BENCH_GROUNDS`, else one in `otherwise`."""
    place = Path(os.environ.get("BENCH_GROUNDS", otherwise)) / size.replace(" ", "-")
    filled = place / "filled"  # says for which shape of the tables
    if not filled.exists() or filled.read_text("utf-8") != schema.fingerprint():
        shutil.rmtree(place, ignore_errors=True)
        fill(place, size)
        filled.write_text(schema.fingerprint(), "utf-8")
    return place


def fill(place: Path, size: str = "twenty") -> Path:
    """Fill a data folder, straight into the current truth; what is derived is derived."""
    schools, students, days = SIZES[size]
    house = open_house(place)
    house.choose_preset("india")
    lines = Path(__file__).with_name("twenty.sql").read_text("utf-8").splitlines()
    once, each = "\n".join(x for x in lines if not x.startswith("-- ")).split("-" * 8, 1)
    for script, first in [(once, 0), *((each, n) for n in range(0, schools, STEP))]:
        for name, value in {"first": first, "until": min(first + STEP, schools),
                            "schools": schools, "students": students, "days": days}.items():
            script = script.replace(f"${name}", str(value))
        with house.store.writing() as tx:
            for statement in script.split(";"):
                if statement.strip():
                    tx.execute(statement)
    with house.store.writing() as tx:
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


@dataclass(frozen=True)
class Taken:
    """Seconds of the quickest of several runs: by the clock, and of work of all threads."""

    clock: float
    work: float


def side_by_side(*works: Callable[[], object], times: int = 8) -> list[Taken]:
    """Each of several works in turn, again and again, so that a busy moment meets them all."""
    clock: list[list[float]] = [[] for _ in works]
    used: list[list[float]] = [[] for _ in works]
    for _ in range(times):
        for n, work in enumerate(works):
            began, before = time.perf_counter(), time.process_time()
            work()
            clock[n].append(time.perf_counter() - began)
            used[n].append(time.process_time() - before)
    return [Taken(min(c), min(u)) for c, u in zip(clock, used, strict=True)]


def marks(size: str) -> int:
    """How many marks a ground of this size holds."""
    schools, students, days = SIZES[size]
    return schools * students * days


def p95(seconds: list[float]) -> float:
    """The 95th percentile."""
    return statistics.quantiles(seconds, n=20)[-1] if len(seconds) > 1 else seconds[0]
