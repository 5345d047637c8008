"""A school office: a data folder, a folder that exports are saved to, and the watcher between them.

The clock is moved by hand; the folders, the stores and the work are real.
"""

from __future__ import annotations

import contextlib
import time
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from etl import jobs, listing, watching
from etl.watching import Watcher
from school.house import House, open_house
from school.records import folder
from school.records import jobs as job_records
from school.records.folder import Folder
from tests import workbooks


def marks(month: int, *, students: int = 12, code: str = "P", days: int = 3) -> bytes:
    """Daily marks of one class, in a file that needs no answer."""
    rows = [["Student ID", "School", "Class", "Date", "Status"],
            *[[f"{i:03d}", "Hill School", "7 B", date(2025, month, day + 1),
               code if i == day == 1 else "P"]
              for i in range(students) for day in range(1, days + 1)]]
    return workbooks.text(rows)


@dataclass
class Office:
    """A data folder, a folder that somebody saves exports to, a clock, and the watcher."""

    house: House
    exports: Path
    now: float = 1000.0
    lister: listing.Lister | None = None
    watcher: Watcher = field(init=False)

    def __post_init__(self) -> None:
        self.start()

    def start(self) -> None:
        self.watcher = Watcher(lambda: self.house, contextlib.nullcontext(),
                               lister=self.lister, clock=lambda: self.now)

    def restart(self) -> None:
        """Close Staffroom and open it again."""
        self.house.close()
        self.house = open_house(self.house.folder, least_free=0)
        self.start()

    def watch(self, *, by_itself: bool = False) -> None:
        folder.watch(self.house.records, "owner", Folder(self.exports, by_itself))

    def save(self, name: str, data: bytes) -> Path:
        path = self.exports / name
        path.write_bytes(data)
        return path

    def look(self, *, after: float = 0.0) -> None:
        self.now += after
        self.watcher.look()

    def rest(self, rounds: int = 1) -> None:
        """Look, let the time pass that a file has to rest, look again, and wait for the work."""
        for _ in range(rounds):
            self.look()
            self.look(after=watching.AT_REST)
            self.finish()

    def finish(self) -> None:
        until = time.monotonic() + 60
        while jobs.current(self.house, "folder") is not None:
            assert time.monotonic() < until, "the job did not end"
            time.sleep(0.02)
        self.look()

    @property
    def states(self) -> dict[str, str]:
        return {a.name: a.state for a in reversed(folder.arrived(self.house.records, "2000"))}

    @property
    def words(self) -> dict[str, str]:
        return {a.name: a.words for a in reversed(folder.arrived(self.house.records, "2000"))}

    @property
    def marks(self) -> int:
        return int(self.house.store.unsafe_run("select count(*) from mart.attendance")[0][0])

    @property
    def jobs(self) -> int:
        return len(job_records.jobs(self.house.records, "folder"))

    @property
    def left(self) -> list[str]:
        """What lies in staging."""
        return [p.name for p in self.house.staging.iterdir() if p.name != "spill"]
