"""A load killed at any moment is whole or not there, and the house opens again.

Another process loads a second file over a first one and kills itself without warning at a chosen
step (or after a chosen time), so nothing can tidy up after it.
"""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from etl.publish import publish, revert
from school.house import House, open_house
from school.records import loads
from tests.drops import HandDrop, drop, mark, table
from tests.etl.test_kill_care import tables

ROOT = Path(__file__).parents[2]
DAYS = [date(2025, 6, 2) + timedelta(days=n) for n in range(5)]
ROUNDS = 100  # of a long test
STEPS = 5  # so many times one load of one table tells how far it is; the last is after the commit

# Runs in the other process: load, and die at step argv[2] (or never, for a kill from outside).
SCRIPT = """
import os, signal, sys
from pathlib import Path
from tests.etl.test_kill import second_file
from etl.publish import publish
from school.house import open_house
folder, deadly = Path(sys.argv[1]), int(sys.argv[2])
steps = iter(range(1000))
def progress(done, of, words):
    print(words, flush=True)
    if next(steps) == deadly:
        os.kill(os.getpid(), signal.SIGKILL)
house = open_house(folder / "data", least_free=0)
publish(house, second_file(folder), "Head", progress=progress)
house.close()
"""

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this system")


def second_file(folder: Path) -> HandDrop:
    """Changes 100 of the first file's marks and adds 400 of other students."""
    rows = [mark(n, day, "A" if n < 20 else "P") for n in range(100) for day in DAYS]
    return drop(folder, {"second.csv": {"attendance": table("attendance", rows)}})


Tables = dict[str, list[tuple[Any, ...]]]


def prepared(folder: Path) -> Tables:
    rows = [mark(n, day) for n in range(20) for day in DAYS]
    house = open_house(folder / "data", least_free=0)
    publish(house, drop(folder, {"first.csv": {"attendance": table("attendance", rows)}}), "Head")
    found = tables(house)
    house.close()
    return found


def attendance(house: House) -> tuple[Any, ...]:
    return house.store.unsafe_run(
        "select count(*), count(*) filter (where code = 'A'), count(distinct load_id) "
        "from mart.attendance")[0]


def check(folder: Path, before: Tables, *, whole: bool | None = None) -> tuple[bool, float]:
    """Open what is left: the first file alone, or both whole; and both can be had, and undone.

    Whether both stood, and how many seconds the opening took.
    """
    began = time.monotonic()
    house = open_house(folder / "data", least_free=0)
    took = time.monotonic() - began
    try:
        stands = attendance(house) == (500, 100, 1)
        assert stands or tables(house) == before
        if whole is not None:
            assert stands is whole
        numbers = house.store.unsafe_run("select count(*) from raw.attendance")
        assert numbers == [(600 if stands else 100,)]
        assert [x.state for x in loads.loads(house.records)] == ["standing"] * (1 + stands)
        assert house.store.data_version == 1 + stands
        for load in loads.loads(house.records):
            assert load.counts["read"] in (100, 500)
        report, = publish(house, second_file(folder), "Head")
        assert report.state == ("known" if stands else "loaded")
        assert attendance(house) == (500, 100, 1)
        assert report.load_id is not None
        revert(house, report.load_id, "Head")
        assert tables(house) == before
    finally:
        house.close()
    return stands, took


def start(folder: Path, deadly: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", SCRIPT, str(folder), str(deadly)], cwd=ROOT,
                            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)


@pytest.mark.parametrize("step", range(STEPS))
def test_a_load_killed_at_any_step_is_whole_or_not_there(tmp_path: Path, step: int) -> None:
    before = prepared(tmp_path)
    process = start(tmp_path, step)
    process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL
    check(tmp_path, before, whole=step == STEPS - 1)


def test_a_load_that_nobody_kills_ends_well(tmp_path: Path) -> None:
    before = prepared(tmp_path)
    process = start(tmp_path, 999)
    told, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert len(told.splitlines()) == STEPS
    check(tmp_path, before, whole=True)


@pytest.mark.long
def test_a_hundred_kills_at_random_moments_leave_no_half_load(tmp_path: Path) -> None:
    """What was said to be saved is there after the kill, every folder opens, none holds a half."""
    chance = random.Random(20)
    before = prepared(tmp_path / "before")
    longest, stood, opened = 0.0, 0, []
    for number in range(ROUNDS + 1):
        folder = tmp_path / str(number)
        shutil.copytree(tmp_path / "before", folder)
        process = start(folder, 999)
        assert process.stdout is not None
        process.stdout.readline()  # it has opened the house and begun
        began = time.monotonic()
        if number:
            time.sleep(chance.random() * longest)
            process.kill()
        said, _ = process.communicate(timeout=60)
        longest = longest or time.monotonic() - began  # nobody kills the first
        stands, took = check(folder, before, whole=True if b"Saved" in said else None)
        stood += stands
        opened.append(took)
        shutil.rmtree(folder)
    print(f"{ROUNDS} kills: {stood - 1} loads stood, {ROUNDS + 1 - stood} were not there, none was "
          f"half; opened within {max(opened):.1f} s")
