"""Looks into the watched folder every few seconds, and takes each file once it has come to rest.

One thread a process, begun and ended by the lifespan of the server. It lists names, sizes and
times, and reads a file only when these have not changed for a while; the work itself is a job like
any other. It holds the house no longer than a record takes to be read or written.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from etl import guard, jobs
from etl.listing import Found, Lister, batch, digest, look
from school.errors import StaffroomError, WrongUse
from school.house import House
from school.records import folder as records
from school.records.folder import Entry, Folder
from school.whereabouts import shared_by

EVERY = 5.0  # seconds between two looks
AT_REST = 8.0  # seconds without a change before a file is read
TOGETHER = 60.0  # a file at rest waits so long for others that are still arriving
GROWING = 30.0  # seconds before it is said that a file does not come to rest
ASK_AGAIN = 60.0
AFTER_FAILURE = 600.0
SLOW = 6  # times as long, where the folder is not on this computer alone
_JOIN = 3.0
_log = logging.getLogger("staffroom.folder")


@dataclass(frozen=True)
class Status:
    """How the watching stands: why it cannot be done, and how many files do not come to rest."""

    trouble: str = ""
    growing: int = 0
    shared: str | None = None  # who else keeps this folder


_STATUS: dict[Path, Status] = {}


def status(house: House) -> Status:
    """How it stood at the last look of this process."""
    return _STATUS.get(house.folder, Status())


@dataclass
class _Seen:
    entry: Entry
    first: float  # when it began to change
    since: float  # when it last changed


class Watcher:
    """What is remembered between two looks, and the thread that looks."""

    def __init__(
        self, house: Callable[[], House | None], lock: AbstractContextManager[Any], *,
        lister: Lister | None = None, clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._house = house
        self._lock = lock  # nobody closes or replaces the house while it is held
        self._lister = lister
        self._clock = clock
        self._folder: Folder | None = None
        self._shared: str | None = None
        self._seen: dict[str, _Seen] = {}
        self._done: set[Entry] = set()  # nothing to do about these, asked anew once in a while
        self._asked = 0.0
        self._job: int | None = None
        self._rest_until = 0.0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="staffroom-folder", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self) -> None:
        """End the thread; one that hangs in a dead drive does nothing more once that answers."""
        self._ended.set()
        if self._thread.is_alive():
            self._thread.join(_JOIN)

    def _run(self) -> None:
        while not self._ended.wait(EVERY * (SLOW if self._shared else 1)):
            self.look()

    def look(self) -> None:
        """One look. Whatever goes wrong, the next one comes."""
        try:
            self._look()
        except StaffroomError as error:  # the data folder is busy, full, or being replaced
            _log.warning("a look failed: %s %s", type(error).__name__, error.detail)
        except Exception as error:  # no name of a file gets into the log
            _log.error("a look failed: %s", type(error).__name__)

    def _look(self) -> None:
        with self._lock:
            house = self._house()
            if house is None or self._ended.is_set():
                return
            own = house.folder
            folder = records.folder(house.records)
            if not self._free(house):
                return
        if folder is None or self._folder is None or folder.path != self._folder.path:
            self._begin_with(folder)
        self._folder = folder
        if folder is None:
            _STATUS.pop(own, None)
            return
        try:
            listed = look(folder.path, own, self._lister)
        except WrongUse as error:
            self._tell(own, trouble=error.words)
            return
        if not self._ended.is_set():
            self._arrivals(folder, own, listed)

    def _begin_with(self, folder: Folder | None) -> None:
        self._seen, self._done = {}, set()
        self._shared = shared_by(folder.path) if folder else None

    def _free(self, house: House) -> bool:
        """Whether the last files are dealt with; after a failure there is a pause."""
        job = jobs.status(house, self._job) if self._job is not None else None
        if job is not None and job.open:
            return False
        if job is not None and job.state in ("failed", "stopped"):
            self._rest_until = self._clock() + AFTER_FAILURE
            self._tell(house.folder, trouble=job.words)
        self._job = None
        return True

    def _tell(self, own: Path, trouble: str = "", growing: int = 0) -> None:
        _STATUS[own] = Status(trouble, growing, self._shared)

    def _arrivals(self, folder: Folder, own: Path, listed: Sequence[Entry]) -> None:
        if self._clock() < self._rest_until:
            return
        if self._clock() - self._asked >= ASK_AGAIN:
            self._done, self._asked = set(), self._clock()
        settled, moving = self._sorted(listed)
        with self._lock:
            house = self._house()
            if house is None or self._ended.is_set():
                return
            fresh = records.fresh(house.records, settled)
        self._done |= set(settled) - set(fresh)
        late = sum(self._clock() - self._seen[e.name].first > GROWING for e in moving)
        found, shut = self._read(folder, fresh) if self._patient(fresh, moving) else ([], 0)
        self._tell(own, growing=late + shut)
        self._hand_over(folder, found)

    def _sorted(self, listed: Sequence[Entry]) -> tuple[list[Entry], list[Entry]]:
        """Files that have not changed for a while, and those that have; without those done."""
        now, rest = self._clock(), AT_REST * (SLOW if self._shared else 1)
        before, self._seen = self._seen, {}
        settled, moving = list[Entry](), list[Entry]()
        for entry in listed:
            seen = before.get(entry.name)
            if seen is None or (now - seen.since >= rest and seen.entry != entry):
                seen = _Seen(entry, now, now)
            elif seen.entry != entry:
                seen = _Seen(entry, seen.first, now)
            self._seen[entry.name] = seen
            if entry not in self._done:
                (settled if now - seen.since >= rest else moving).append(entry)
        self._done &= set(listed)
        return settled, moving

    def _patient(self, fresh: Sequence[Entry], moving: Sequence[Entry]) -> bool:
        """Whether to take them: files that arrive together are compared together."""
        now = self._clock()
        return not moving or any(now - self._seen[e.name].since >= TOGETHER for e in fresh)

    def _read(self, folder: Folder, fresh: Sequence[Entry]) -> tuple[list[Found], int]:
        """The first files with their hashes, and how many could not be opened."""
        found, shut = list[Found](), 0
        for entry in fresh:
            large = entry.size > guard.FILE_BYTES
            sha256 = "" if large else digest(folder.path, entry, self._ended.is_set)
            if sha256 is None:
                shut += 1
            else:
                found.append(Found(entry, sha256))
            if len(found) > len(batch(found)):
                break
        return found, shut

    def _hand_over(self, folder: Folder, found: Sequence[Found]) -> None:
        """Write down what is known or too large, and begin a job for the rest."""
        if not found:
            return
        from etl.taking import taking  # the readers are heavy, and most starts need none

        with self._lock:
            house = self._house()
            if house is None or self._ended.is_set() or records.folder(house.records) != folder:
                return
            fresh = self._unknown(house, found)
            if fresh:
                self._job = jobs.start(house, "folder", taking(house, folder, batch(fresh)))

    def _unknown(self, house: House, found: Sequence[Found]) -> list[Found]:
        fresh: dict[str, Found] = {}
        for one in found:
            came = records.taken(house.records, one.sha256)
            if not one.sha256:
                records.note(house.records, one.entry, "", "refused", guard.TOO_BIG)
            elif came == "known":
                records.note(house.records, one.entry, one.sha256, "known")
            elif came == "open" or one.sha256 in fresh:  # a copy of one that waits
                self._done.add(one.entry)
            else:
                fresh[one.sha256] = one
        return list(fresh.values())
