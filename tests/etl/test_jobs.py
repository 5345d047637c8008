"""Long work: one at a time, seen from anywhere, stopped when asked, closed after a crash."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from etl import jobs
from school.errors import CannotSave, Stopped
from school.house import House, open_house
from school.records import jobs as records


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    opened = open_house(tmp_path / "data", least_free=0)
    yield opened
    opened.close()


def wait(true: Callable[[], bool]) -> None:
    until = time.monotonic() + 20
    while not true():
        assert time.monotonic() < until, "waited too long"
        time.sleep(0.02)


def ended(house: House, job_id: int) -> records.Job:
    wait(lambda: not jobs.status(house, job_id).open)  # type: ignore[union-attr]
    job = jobs.status(house, job_id)
    assert job is not None
    return job


def test_a_job_runs_in_another_thread_and_leaves_its_result(house: House) -> None:
    job_id = jobs.start(house, "check", lambda running: threading.current_thread().name)
    assert ended(house, job_id).state == "done"
    assert jobs.result(house, job_id) == "staffroom-jobs"


def test_a_second_start_waits_for_the_first(house: House) -> None:
    gate = threading.Event()
    order: list[str] = []

    def first(running: jobs.Running) -> None:
        gate.wait(20)
        order.append("first")

    one = jobs.start(house, "load", first)
    two = jobs.start(house, "load", lambda running: order.append("second"))
    wait(lambda: jobs.status(house, one).state == "running")  # type: ignore[union-attr]
    waiting = jobs.status(house, two)
    assert waiting is not None and waiting.state == "waiting"
    assert jobs.current(house, "load").id == one  # type: ignore[union-attr]
    gate.set()
    ended(house, two)
    assert order == ["first", "second"]
    assert jobs.current(house) is None


def test_progress_is_seen_while_it_runs(house: House) -> None:
    gate = threading.Event()

    def work(running: jobs.Running) -> None:
        running.progress(3, 12, "Reading register 3 of 12")
        gate.wait(20)

    job_id = jobs.start(house, "check", work)
    wait(lambda: jobs.status(house, job_id).of == 12)  # type: ignore[union-attr]
    job = jobs.status(house, job_id)
    assert job is not None
    assert (job.done, job.words) == (3, "Reading register 3 of 12")
    gate.set()
    ended(house, job_id)


def test_stop_ends_the_work_at_its_next_step(house: House) -> None:
    def work(running: jobs.Running) -> None:
        while not running.stopped():
            time.sleep(0.01)
        raise Stopped("Stopped. Nothing of it was used.")

    job_id = jobs.start(house, "load", work)
    wait(lambda: jobs.status(house, job_id).state == "running")  # type: ignore[union-attr]
    jobs.stop(house, job_id)
    job = ended(house, job_id)
    assert (job.state, job.words) == ("stopped", "Stopped. Nothing of it was used.")


def test_a_job_stopped_while_it_waits_never_begins(house: House) -> None:
    gate = threading.Event()
    begun: list[int] = []
    jobs.start(house, "load", lambda running: gate.wait(20))
    second = jobs.start(house, "load", lambda running: begun.append(1))
    jobs.stop(house, second)
    gate.set()
    assert ended(house, second).state == "stopped"
    assert begun == []


def test_a_failure_speaks_plainly_and_the_next_job_runs(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    def breaks(running: jobs.Running) -> None:
        raise ValueError("row of Asha, 0142")

    def full(running: jobs.Running) -> None:
        raise CannotSave("We could not save here: the disk is full.")

    with caplog.at_level(logging.DEBUG):
        first, second = jobs.start(house, "load", breaks), jobs.start(house, "load", full)
        third = jobs.start(house, "check", lambda running: 7)
        assert ended(house, first).words == jobs.FAILED
        assert ended(house, second).words == "We could not save here: the disk is full."
        assert ended(house, third).state == "done"
    assert "Asha" not in caplog.text and "0142" not in caplog.text


def test_jobs_left_open_by_a_crash_are_closed_at_the_next_start(tmp_path: Path) -> None:
    house = open_house(tmp_path / "data", least_free=0)
    job_id = records.add_job(house.records, "load", "Using the data")
    records.mark(house.records, job_id, state="running")
    house.close()
    opened = open_house(tmp_path / "data", least_free=0)
    job = jobs.status(opened, job_id)
    assert job is not None
    assert job.state == "lost" and "Nothing of it was kept" in job.words
    assert opened.notes == ("1 unfinished job was closed.",)
    opened.close()
