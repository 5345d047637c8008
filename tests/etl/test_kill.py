"""A load killed at any moment is whole or not there, and the house opens again.

Another process loads a second file over a first one and kills itself without warning at a chosen
step (or after a chosen time), so nothing can tidy up after it.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from etl.publish import publish
from school.house import House, open_house
from school.records import loads
from tests.drops import HandDrop, drop, mark, table

ROOT = Path(__file__).parents[2]
DAYS = [date(2025, 6, 2) + timedelta(days=n) for n in range(5)]
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


def prepared(folder: Path) -> None:
    rows = [mark(n, day) for n in range(20) for day in DAYS]
    house = open_house(folder / "data", least_free=0)
    publish(house, drop(folder, {"first.csv": {"attendance": table("attendance", rows)}}), "Head")
    house.close()


def attendance(house: House) -> tuple[Any, ...]:
    return house.store.unsafe_run(
        "select count(*), count(*) filter (where code = 'A'), count(distinct load_id) "
        "from mart.attendance")[0]


def check(folder: Path, *, whole: bool | None = None) -> bool:
    """Open what is left: the first file alone, or both whole. Which of the two it is."""
    house = open_house(folder / "data", least_free=0)
    try:
        stands = attendance(house) == (500, 100, 1)
        assert stands or attendance(house) == (100, 0, 1)
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
    finally:
        house.close()
    return stands


def start(folder: Path, deadly: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", SCRIPT, str(folder), str(deadly)], cwd=ROOT,
                            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)


@pytest.mark.parametrize("step", range(STEPS))
def test_a_load_killed_at_any_step_is_whole_or_not_there(tmp_path: Path, step: int) -> None:
    prepared(tmp_path)
    process = start(tmp_path, step)
    process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL
    check(tmp_path, whole=step == STEPS - 1)


def test_a_load_that_nobody_kills_ends_well(tmp_path: Path) -> None:
    prepared(tmp_path)
    process = start(tmp_path, 999)
    told, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert len(told.splitlines()) == STEPS
    check(tmp_path, whole=True)


@pytest.mark.long
def test_thirty_kills_at_any_time_leave_no_half_load(tmp_path: Path) -> None:
    seen = []
    for number in range(30):
        folder = tmp_path / str(number)
        folder.mkdir()
        prepared(folder)
        process = start(folder, 999)
        assert process.stdout is not None
        process.stdout.readline()  # it has opened the house and begun
        time.sleep(number * 0.02)
        process.kill()
        process.communicate(timeout=60)
        seen.append(check(folder))
    print(f"{sum(seen)} of {len(seen)} loads stood, none of them half")
