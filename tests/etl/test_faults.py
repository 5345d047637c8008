"""Full and read-only disks, ten people at once, damaged files: said plainly, nothing damaged."""

from __future__ import annotations

import ctypes
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from etl import desk, intake, jobs
from etl.commands import main
from etl.loading import load_into
from etl.publish import publish
from etl.rebuild import rebuild_from_uploads
from school.backup import save
from school.errors import CannotSave, StoreDamaged
from school.house import House, open_house
from school.records import loads
from school.restore import restore
from tests.drops import drop, mark, table

ROOT = Path(__file__).parents[2]
AS_OF = date(2025, 11, 14)
MONDAY = date(2025, 6, 2)
FULL, LOCKED = "the disk is full", "may not write in this folder"
MEGABYTE = 1024**2


def _mount(source: str, place: Path, kind: str, flags: int, options: str) -> None:
    """Mount through the system's own call; skips where this is not permitted."""
    libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None
    if libc is None or libc.mount(source.encode(), str(place).encode(), kind.encode(),
                                  ctypes.c_ulong(flags), options.encode()) != 0:
        pytest.skip("no disk of our own can be mounted here")


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 24 MB of its own."""
    place = tmp_path / "disk"
    place.mkdir()
    _mount("tmpfs", place, "tmpfs", 0, "size=24m")
    yield place
    ctypes.CDLL(None).umount2(str(place).encode(), 2)


def filling(place: Path, leave: int) -> Path:
    """Fill a disk up to the last `leave` bytes."""
    ballast = place / "ballast"
    room = os.statvfs(place)
    with suppress(OSError), ballast.open("wb") as file:
        file.write(b"\0" * max(0, room.f_bavail * room.f_frsize - leave))
    return ballast


def small(folder: Path, name: str = "a.csv", first: int = 0) -> Any:
    folder.mkdir(exist_ok=True)
    return drop(folder, {name: {"attendance": table(
        "attendance", [mark(first + n, MONDAY) for n in range(20)])}})


def big(folder: Path) -> Any:
    """60,000 marks, whose file is few bytes."""
    days = [MONDAY + timedelta(days=n) for n in range(150)]
    made = drop(folder, {"big.csv": {"attendance": table(
        "attendance", [mark(n * 7919, d) for n in range(400) for d in days])}})
    made.files[0].path.write_bytes(b"few")
    return made


def test_a_disk_that_is_full_says_so_keeps_everything_and_works_again(
    disk: Path, tmp_path: Path
) -> None:
    house = open_house(disk / "data", least_free=0)
    publish(house, small(tmp_path / "desk"), "Head")
    save(house, disk / "early.zip", "Head")
    ballast = filling(disk, 256 * 1024)
    said: list[str] = []
    for work in (lambda: publish(house, big(tmp_path / "desk"), "Head"),
                 lambda: save(house, disk / "late.zip", "Head")):
        for _ in range(2):  # the first may still find a last free page
            with suppress(CannotSave):
                work()
                continue
            said.append("refused")
            break
    assert house.healthy()
    ballast.unlink()
    states = {x.file: x.state for x in loads.loads(house.records)}
    assert states["a.csv"] == "standing" and "pending" not in states.values()
    rows = house.store.unsafe_run("select count(*) from mart.attendance")[0][0]
    assert rows in (20, 60_020)
    assert "refused" in said
    publish(house, small(tmp_path / "desk", "b.csv", 100), "Head")
    house.close()
    again = open_house(disk / "data", least_free=0)
    assert again.notes == () and again.healthy()
    assert again.store.unsafe_run("select count(*) from mart.attendance") == [(rows + 20,)]
    assert not list(disk.glob(".late*"))
    again.close()


def test_a_full_disk_refuses_a_restore_in_words_and_leaves_the_data(
    disk: Path, tmp_path: Path
) -> None:
    house = open_house(disk / "data", least_free=0)
    publish(house, small(tmp_path / "desk"), "Head")
    save(house, tmp_path / "copy.zip", "Head")
    house.close()
    ballast = filling(disk, 64 * 1024)
    with pytest.raises(CannotSave) as error:
        restore(tmp_path / "copy.zip", disk / "data", "Head")
    assert "disk" in error.value.words
    ballast.unlink()
    assert not list((disk / "data").glob("restoring*"))
    house = open_house(disk / "data", least_free=0)
    assert len(loads.loads(house.records, "standing")) == 1
    house.close()
    restore(tmp_path / "copy.zip", disk / "data", "Head")


def test_a_read_only_disk_says_so_and_changes_nothing(
    disk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    house = open_house(disk / "data", least_free=0)
    publish(house, small(tmp_path / "desk"), "Head")
    save(house, tmp_path / "copy.zip", "Head")
    house.close()
    before = {p.name: p.read_bytes() for p in (disk / "data").iterdir() if p.is_file()}
    path = tmp_path / "marks.csv"
    path.write_text("Student ID,School,Date,Attendance\n1,Hill,2025-06-02,P\n", "utf-8")
    _mount("tmpfs", disk, "tmpfs", 1 | 32, "")  # MS_RDONLY | MS_REMOUNT
    data = str(disk / "data")
    for words in (["load", str(path), "--preset", "us"], ["revert", "1"], ["rebuild"],
                  ["restore", str(tmp_path / "copy.zip")]):
        assert main([*words, "--data", data]) == 1, words
        assert LOCKED in capsys.readouterr().err, words
    assert {p.name: p.read_bytes() for p in (disk / "data").iterdir() if p.is_file()} == before
    _mount("tmpfs", disk, "tmpfs", 32, "size=400m")  # a load wants 200 MB free
    assert main(["load", str(path), "--preset", "us", "--data", data]) == 0


def ended(house: House, number: int) -> Any:
    """What a job returned, once it is done; it fails in words if it did not end well."""
    wait = threading.Event()
    while (job := jobs.status(house, number)) is not None and job.open:
        wait.wait(0.05)
    assert job is not None and job.state == "done", job
    return jobs.result(house, number)


def test_ten_people_in_one_staffroom_all_succeed(tmp_path: Path) -> None:
    house = open_house(tmp_path / "data", least_free=0)
    house.choose_preset("us")
    head = "Student ID,School,Date,Attendance\n"
    files = [head + "".join(f"{100 * n + i},Hill,2025-06-02,P\n" for i in range(20))
             for n in range(10)]
    used: list[tuple[int, int]] = []

    def person(n: int) -> None:
        folder, paths = desk.receive([(f"{n}.csv", files[n].encode())], house.staging)
        found = ended(house, jobs.start(
            house, "check", intake.reading(house, folder, paths, AS_OF)))
        assert [c.state for c in found.cards] == ["ready"]
        done = ended(house, jobs.start(
            house, "load", intake.using(house, found, frozenset(), f"Person {n}")))
        used.append((n, done.count("loaded")))

    together = [threading.Thread(target=person, args=(n,)) for n in range(10)]
    for thread in together:
        thread.start()
    for thread in together:
        thread.join(120)
    assert sorted(used) == [(n, 20) for n in range(10)]
    assert house.store.unsafe_run("select count(*) from mart.attendance") == [(200,)]
    assert {x.who for x in loads.loads(house.records, "standing")} == {
        f"Person {n}" for n in range(10)}
    assert [p for p in house.staging.iterdir() if p.name != "spill"] == []
    house.close()


def test_ten_threads_that_publish_at_once_all_succeed(tmp_path: Path) -> None:
    house = open_house(tmp_path / "data", least_free=0)
    (tmp_path / "desk").mkdir()
    made = [small(tmp_path / "desk", f"{n}.csv", 100 * n) for n in range(10)]
    failed: list[BaseException] = []

    def person(n: int) -> None:
        try:
            publish(house, made[n], f"Person {n}")
        except BaseException as error:
            failed.append(error)

    together = [threading.Thread(target=person, args=(n,)) for n in range(10)]
    for thread in together:
        thread.start()
    for thread in together:
        thread.join(60)
    assert failed == []
    assert house.store.unsafe_run("select count(*) from mart.attendance") == [(200,)]
    house.close()


def test_ten_command_lines_at_once_load_or_are_told(tmp_path: Path) -> None:
    data = tmp_path / "data"
    running = []
    for n in range(10):
        path = tmp_path / f"{n}.csv"
        path.write_text(f"Student ID,School,Date,Attendance\n{n},Hill,2025-06-02,P\n", "utf-8")
        running.append(subprocess.Popen(
            [sys.executable, "-m", "etl", "load", str(path), "--preset", "us", "--as-of",
             "2025-11-14", "--data", str(data), "--json"],
            cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True))
    done = [(p.communicate(timeout=120), p.returncode) for p in running]
    assert {code for _, code in done} <= {0, 3}, [err for (_, err), _ in done]
    assert 0 in {code for _, code in done}
    for (out, err), code in done:
        if code == 0:
            assert json.loads(out)["sheets"][0]["state"] == "loaded"
        else:
            assert err.strip() == "Staffroom is already open on this data folder."
    house = open_house(data, least_free=0)
    loaded = sum(code == 0 for _, code in done)
    assert len(loads.loads(house.records, "standing")) == loaded
    assert house.store.unsafe_run("select count(*) from mart.attendance") == [(loaded,)]
    assert house.notes == ()
    house.close()


def left_by_a_kill(folder: Path) -> bytes:
    """A folder whose last upload stands in the log alone; the bytes of the data file."""
    code = ("import os, sys\nfrom pathlib import Path\nfrom etl.publish import publish\n"
            "from school.house import open_house\nfrom tests.etl.test_faults import small\n"
            "folder = Path(sys.argv[1])\nhouse = open_house(folder / 'data', least_free=0)\n"
            "publish(house, small(folder / 'desk', 'b.csv', 100), 'Head')\n"
            "os.kill(os.getpid(), 9)\n")
    house = open_house(folder / "data", least_free=0)
    publish(house, small(folder / "desk"), "Head")
    house.close()
    subprocess.run([sys.executable, "-c", code, str(folder)], cwd=ROOT, timeout=60,
                   capture_output=True)
    assert (folder / "data" / "facts.duckdb.wal").stat().st_size > 0
    return (folder / "data" / "facts.duckdb").read_bytes()


@pytest.mark.parametrize("whole", [True, False])
def test_a_damaged_log_is_put_aside_and_the_rest_opens(tmp_path: Path, whole: bool) -> None:
    left_by_a_kill(tmp_path)
    log = tmp_path / "data" / "facts.duckdb.wal"
    half = bytearray(log.read_bytes())
    half[len(half) // 2] ^= 0xFF
    damaged = b"\xde\xad" * (log.stat().st_size // 2) if whole else bytes(half)
    log.write_bytes(damaged)
    house = open_house(tmp_path / "data", least_free=0)
    try:
        assert any("is kept as facts.duckdb.wal-damaged-" in n for n in house.notes)
        assert any("b.csv" in n and "Add this file again" in n for n in house.notes)
        kept, = (tmp_path / "data").glob("facts.duckdb.wal-damaged-*")
        assert kept.read_bytes() == damaged
        assert house.store.unsafe_run("select count(*) from mart.attendance") == [(20,)]
        report, = publish(house, small(tmp_path / "desk", "b.csv", 100), "Head")
        assert report.state == "loaded"
    finally:
        house.close()
    again = open_house(tmp_path / "data", least_free=0)
    assert again.notes == ()
    again.close()


@pytest.mark.parametrize("size", [0.5, 0.02, 0])
def test_a_truncated_data_file_is_said_in_words_and_kept(tmp_path: Path, size: float) -> None:
    house = open_house(tmp_path / "data", least_free=0)
    path = tmp_path / "marks.csv"
    path.write_text("Student ID,School,Date,Attendance\n1,Hill,2025-06-02,P\n", "utf-8")
    load_into(house, [path], AS_OF, preset="us")
    house.close()
    facts = tmp_path / "data" / "facts.duckdb"
    cut = facts.read_bytes()[: int(facts.stat().st_size * size)]
    facts.write_bytes(cut)
    try:
        house = open_house(tmp_path / "data", least_free=0)
    except StoreDamaged as error:
        assert "left as it is" in error.words and facts.read_bytes() == cut
    else:  # an empty file opens as an empty store, and says that its rows are missing
        assert any("are missing" in n for n in house.notes)
        house.close()
    done = rebuild_from_uploads(tmp_path / "data")
    assert [x.same for x in done.loads] == [True]
    house = open_house(tmp_path / "data", least_free=0)
    assert house.store.unsafe_run("select count(*) from mart.attendance") == [(1,)]
    house.close()
