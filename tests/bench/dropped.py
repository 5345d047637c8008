"""A file dropped on the open Upload page: `python tests/bench/dropped.py FOLDER FILE`.

The house is open and a child waits, as they do while somebody is at the page; then the file is
received, read, looked at and published by the page's own jobs. Prints JSON: `seconds` on the clock
from the file's bytes to the commit, `work` of this process and the child in it, and the `rows`.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import pandas  # noqa: F401  # the server has warmed up with it before anybody drops a file
import psutil

from etl import desk, intake, jobs, spare
from school.house import House, open_house


def main(folder: Path, file: Path) -> None:
    """Open, drop, publish, print."""
    house = open_house(folder, least_free=0)
    house.choose_preset("india")
    spare.keep()
    spare.ready()
    _settled()
    name, content = file.name, file.read_bytes()
    before, began = _work(), time.perf_counter()
    place, paths = desk.receive([(name, content)], house.staging)
    found = _done(house, "check", intake.reading(house, place, paths, date(2025, 12, 31)))
    used = _done(house, "load", intake.using(house, found, frozenset(), "Head"))
    seconds, work = time.perf_counter() - began, _work() - before
    assert used.loads, [c.state for c in found.cards]
    print(json.dumps({"seconds": seconds, "work": work, "rows": used.count("loaded")}))
    spare.close()
    house.close()


def _done(house: House, kind: str, work: Any) -> Any:
    number = jobs.start(house, kind, work)
    while (now := jobs.status(house, number)) and now.state in ("waiting", "running"):
        time.sleep(0.01)
    assert now is not None and now.state == "done", now
    return jobs.result(house, number)


def _work() -> float:
    """Seconds of processor time of this process, of the children that ended and of those that run.
    """
    mine = psutil.Process()
    times = mine.cpu_times()
    living = [c.cpu_times() for c in mine.children()]
    return sum((times.user, times.system, times.children_user, times.children_system,
                *(t.user + t.system for t in living)))


def _settled() -> None:
    """Wait until the child has imported everything: it has not worked for a while."""
    worked = -1.0
    while (now := _work()) != worked:
        worked = now
        time.sleep(1.0)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
