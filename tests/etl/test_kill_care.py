"""Undo, rebuild, save and restore killed at any moment: the old state or the new one, never half.

Another process does the work and is killed without warning; then the folder is opened again.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from etl.publish import publish
from etl.rebuild import rebuild_from_uploads
from school import schema
from school.backup import save
from school.house import House, open_house
from school.records import loads
from school.restore import look_into, restore
from tests.etl.test_rebuild import small
from tests.school.test_backup import filled

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this system")

WORK = {
    "undo": """
house = open_house(folder / "data", least_free=0)
print("begun", flush=True)
revert(house, 1, "Head")
""",
    "rebuild": """
print("begun", flush=True)
rebuild_from_uploads(folder / "data")
""",
    "save": """
house = open_house(folder / "data", least_free=0)
print("begun", flush=True)
save(house, folder / "copy.zip", "Head")
""",
    "restore": """
print("begun", flush=True)
restore(folder / "before.zip", folder / "data", "Head")
""",
}
SCRIPT = """
import sys
from pathlib import Path
from etl.publish import revert
from etl.rebuild import rebuild_from_uploads
from school.backup import save
from school.house import open_house
from school.restore import restore
folder = Path(sys.argv[1])
"""


def tables(house: House) -> dict[str, list[tuple[Any, ...]]]:
    return {t.name: house.store.unsafe_run(f"select * from mart.{t.name} order by all")
            for t in (*schema.TABLES, *schema.DERIVED)}


def seen(folder: Path) -> tuple[Any, ...]:
    """Everything of a folder that must be one or the other: rows and the states of uploads."""
    house = open_house(folder / "data", least_free=0)
    try:
        assert house.healthy()
        states = [(x.id, x.state) for x in loads.loads(house.records)]
        rows = dict(house.store.unsafe_run("select load_id, standing from raw.loads"))
        assert all(rows[n] is (s == "standing") for n, s in states)
        return tables(house), states, sorted(p.name for p in house.uploads.iterdir())
    finally:
        house.close()


def prepared(folder: Path, work: str) -> tuple[Any, ...]:
    """The folder before the work, and for a restore the file of an older state."""
    folder.mkdir(parents=True, exist_ok=True)
    if work == "rebuild":  # the files must be ones that can be read again
        small(folder)
        return seen(folder)
    house = filled(folder)
    if work == "restore":
        save(house, folder / "before.zip", "Head")
        from tests.drops import drop, mark, table
        from tests.school.test_backup import MONDAY
        publish(house, drop(folder / "desk", {"late.csv": {
            "attendance": table("attendance", [mark(77, MONDAY)])}}), "Head")
    house.close()
    return seen(folder)


def killed_after(folder: Path, work: str, seconds: float) -> float | None:
    """Run the work and kill it so long after it has begun; how long it took, if it was quicker."""
    process = subprocess.Popen([sys.executable, "-c", SCRIPT + WORK[work], str(folder)], cwd=ROOT,
                               stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert process.stdout is not None
    process.stdout.readline()
    began = time.monotonic()
    try:
        process.wait(timeout=seconds)
        return time.monotonic() - began
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(timeout=30)
        return None


def check(folder: Path, work: str, before: tuple[Any, ...]) -> str:
    """Whether the old state stands, or the whole new one; and that everything goes on working."""
    after = seen(folder)
    if work in ("save", "rebuild"):  # neither changes what stands
        assert after == before
    if work == "save":
        if (folder / "copy.zip").exists():
            assert look_into(folder / "copy.zip")["loads"] == 4
            return "done"
        house = open_house(folder / "data", least_free=0)
        save(house, folder / "copy.zip", "Head")
        house.close()
        return "not done"
    if work == "rebuild":
        assert rebuild_from_uploads(folder / "data").whole
        return "as before"
    if after == before:
        return "not done"
    if work == "undo":
        assert (1, "reverted") in after[1]
    else:
        assert [n for n, _ in after[1]] == [4, 3, 2, 1]
        aside, = (folder / "data").glob("before-restore-*")
        old = open_house(aside, least_free=0)
        assert len(loads.loads(old.records)) == 5
        old.close()
        restore(folder / "before.zip", folder / "data", "Head")
    return "done"


@pytest.mark.parametrize("work", WORK)
def test_care_of_the_data_killed_at_any_moment_is_done_or_not_done(
    tmp_path: Path, work: str
) -> None:
    before = prepared(tmp_path, work)
    killed_after(tmp_path, work, 0.15)
    check(tmp_path, work, before)


@pytest.mark.long
@pytest.mark.parametrize("work", WORK)
def test_thirty_kills_of_each_leave_nothing_half(tmp_path: Path, work: str) -> None:
    ended = []
    longest = 1.0
    for number in range(30):
        folder = tmp_path / str(number)
        before = prepared(folder, work)
        took = killed_after(folder, work, longest * number / 29 if number else 30)
        longest = took or longest  # the first one shows how long the whole of it takes
        ended.append(check(folder, work, before))
    print(f"{work}: {({e: ended.count(e) for e in ended})}")


_STEP = """
import os, signal, sys
from pathlib import Path
import school.swap
from school.restore import restore
folder, deadly = Path(sys.argv[1]), int(sys.argv[2])
moved = iter(range(100))
real = Path.replace
def replace(self, target):
    if next(moved) == deadly:
        os.kill(os.getpid(), signal.SIGKILL)
    return real(self, target)
Path.replace = replace
restore(folder / "before.zip", folder / "data", "Head")
"""


@pytest.mark.parametrize("step", [1, 2, 4, 6])
def test_a_restore_killed_between_two_moves_is_finished_at_the_next_start(
    tmp_path: Path, step: int
) -> None:
    before = prepared(tmp_path, "restore")
    subprocess.run([sys.executable, "-c", _STEP, str(tmp_path), str(step)], cwd=ROOT, timeout=60,
                   capture_output=True)
    assert (tmp_path / "data" / "restoring.json").exists()
    house = open_house(tmp_path / "data", least_free=0)
    assert "A restore that was cut off was finished." in house.notes
    house.close()
    assert check(tmp_path, "restore", before) == "done"
