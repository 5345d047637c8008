"""Long work in one worker thread a process: it outlives the page that began it, and can be stopped.

A job is a row of the records, so a page, a second tab or a restart all see the same state. Jobs of
all houses wait in one line; what a job returns stays in memory until the process ends.
"""

from __future__ import annotations

import atexit
import logging
import queue
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Any

from school.errors import StaffroomError, Stopped
from school.house import House
from school.records import jobs as records

KINDS: Mapping[str, str] = {
    "check": "Reading the files",
    "load": "Using the data",
    "sample": "Opening the invented schools",
    "save": "Saving everything",
    "folder": "Reading files of the watched folder",
}
FAILED = "This could not be finished. Your data are as they were."
_KEPT = 20  # results in memory
_EVERY = 0.2  # seconds between two notes of progress
_log = logging.getLogger("staffroom.jobs")


class Running:
    """What a job is given: it says how far it is, and asks whether it should stop."""

    def __init__(self, house: House, job_id: int) -> None:
        self._house = house
        self._job_id = job_id
        self._told = 0.0
        self._asked = 0.0
        self._stop = False

    def progress(self, done: int, of: int, words: str) -> None:
        """Write down how far the work is; the steps in between two notes are skipped."""
        now = time.monotonic()
        if done < of and now - self._told < _EVERY:
            return
        self._told = now
        records.mark(self._house.records, self._job_id, done=done, of=of, words=words)

    def stopped(self) -> bool:
        """Whether somebody has pressed Stop."""
        now = time.monotonic()
        if not self._stop and now - self._asked >= _EVERY:
            self._asked = now
            job = records.job(self._house.records, self._job_id)
            self._stop = job is not None and job.stop
        return self._stop


Work = Callable[[Running], Any]


class Worker:
    """The one thread that does long work, and what came of it."""

    def __init__(self) -> None:
        self._line: queue.SimpleQueue[tuple[House, int, Work] | None] = queue.SimpleQueue()
        self._results: OrderedDict[tuple[str, int], Any] = OrderedDict()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def start(self, house: House, kind: str, work: Work) -> int:
        """Put work at the end of the line; its number."""
        job_id = records.add_job(house.records, kind, KINDS[kind])
        self._line.put((house, job_id, work))
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(
                    target=self._run, name="staffroom-jobs", daemon=True)
                self._thread.start()
                atexit.register(self.close)
        return job_id

    def result(self, house: House, job_id: int) -> Any:
        """What the job returned, while this process lives; None if it has not, or is long ago."""
        with self._lock:
            return self._results.get((str(house.folder), job_id))

    def _run(self) -> None:
        while (item := self._line.get()) is not None:
            self._do(*item)

    def _do(self, house: House, job_id: int, work: Work) -> None:
        running = Running(house, job_id)
        try:
            if running.stopped():
                raise Stopped("Stopped before it began.")
            records.mark(house.records, job_id, state="running")
            result = work(running)
            with self._lock:
                self._results[str(house.folder), job_id] = result
                while len(self._results) > _KEPT:
                    self._results.popitem(last=False)
            _end(house, job_id, "done", "Done.")
        except Stopped as error:
            _end(house, job_id, "stopped", error.words)
        except StaffroomError as error:
            _log.warning("job %s failed: %s %s", job_id, type(error).__name__, error.detail)
            _end(house, job_id, "failed", error.words)
        except Exception as error:  # whatever it is, the line must go on; no cell gets into the log
            _log.error("job %s failed: %s", job_id, type(error).__name__)
            _end(house, job_id, "failed", FAILED)

    def close(self) -> None:
        """Let the thread end after the work in hand; a process that ends waits a moment for it."""
        self._line.put(None)
        thread = self._thread
        if thread is not None:
            thread.join(timeout=2)


def _end(house: House, job_id: int, state: records.State, words: str) -> None:
    try:
        records.end(house.records, job_id, state, words, {})
    except StaffroomError as error:  # the records are gone: a later start closes the job
        _log.error("job %s could not be closed: %s", job_id, error.detail)


_WORKER = Worker()


def start(house: House, kind: str, work: Work) -> int:
    """Begin long work of a kind ('check', 'load', 'sample'), or queue it; the job's number."""
    return _WORKER.start(house, kind, work)


def status(house: House, job_id: int) -> records.Job | None:
    """How a job stands, or None for a number nobody gave."""
    return records.job(house.records, job_id)


def current(house: House, kind: str | None = None) -> records.Job | None:
    """The job of this house that runs or waits, the oldest first."""
    open_ones = records.jobs(house.records, kind, only_open=True)
    return open_ones[-1] if open_ones else None


def result(house: House, job_id: int) -> Any:
    """What a finished job returned, while this process lives."""
    return _WORKER.result(house, job_id)


def stop(house: House, job_id: int) -> None:
    """Ask a job to stop; nothing of it is kept."""
    records.ask_to_stop(house.records, job_id)
