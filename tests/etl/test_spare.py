"""A child that waits reads a drop as any other does, and none is left behind."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import psutil
import pytest

from etl import desk, spare
from etl.model import Context
from etl.spare import Spare
from tests import workbooks

ROOT = Path(__file__).parents[2]
CONTEXT = Context(as_of=date(2025, 11, 14), preset="us")
MARKS = [["Student ID", "School", "Date", "Status"],
         *[[f"{i:03d}", "Hill School", date(2025, 4, 1), "PA"[i % 2]] for i in range(9)]]


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> Iterator[Spare]:
    """A spare of its own in the place of the process's, kept as in the app."""
    made = Spare()
    for name in ("ready", "take"):
        monkeypatch.setattr(spare, name, getattr(made, name))
    made.keep()
    yield made
    made.close()


def waiting() -> list[int]:
    return [c.pid for c in psutil.Process().children() if spare.WAITING in c.cmdline()]


def read(tmp_path: Path) -> desk.Drop:
    path = tmp_path / "marks.xlsx"
    path.write_bytes(workbooks.xlsx({"April": MARKS}))
    return desk.check([path], CONTEXT, tmp_path / "staging")


def test_the_waiting_child_reads_the_drop_and_ends(
    tmp_path: Path, kept: Spare, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = read(tmp_path)
    assert waiting() == []
    kept.ready()
    kept.ready()
    (pid,) = waiting()
    taken: list[int] = []

    def noting(folder: Path) -> subprocess.Popen[str]:
        child = kept.take(folder)
        taken.append(child.pid)
        return child

    monkeypatch.setattr(spare, "take", noting)
    again = read(tmp_path)
    assert taken == [pid]
    assert again.reports == plain.reports
    assert again.facts("marks.xlsx|April")["attendance"].equals(
        plain.facts("marks.xlsx|April")["attendance"])
    assert waiting() == [] and not psutil.pid_exists(pid)


def test_none_waits_where_nobody_keeps_one(tmp_path: Path) -> None:
    alone = Spare()
    alone.ready()
    assert waiting() == []


def test_what_a_waiting_child_says_of_itself_goes_into_the_log_of_its_drop(
    tmp_path: Path, kept: Spare
) -> None:
    kept.ready()
    child = kept.take(tmp_path)  # there is no request in this folder
    assert child.wait(60) != 0
    assert "request.json" in (tmp_path / spare.LOG).read_text("utf-8")


def test_one_that_has_died_or_waited_too_long_is_not_used(
    tmp_path: Path, kept: Spare, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept.ready()
    (first,) = waiting()
    psutil.Process(first).kill()
    psutil.Process(first).wait(10)
    kept.ready()
    (second,) = waiting()
    assert second != first
    monkeypatch.setattr(spare, "WAITS", spare.MARGIN)
    assert kept.take(tmp_path).wait(60) != 0
    assert not psutil.pid_exists(second)


def test_a_child_that_nobody_needs_ends_by_itself(tmp_path: Path) -> None:
    code = "from etl import child, spare; spare.WAITS = 0.1; child.waited()"
    process = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdin=subprocess.PIPE)
    assert process.wait(60) == 0
    if process.stdin is not None:
        process.stdin.close()


def test_it_ends_when_the_process_that_started_it_ends(tmp_path: Path) -> None:
    code = ("import time; from etl import spare; spare.keep(); spare.ready(); "
            "print(spare._SPARE._waiting.pid, flush=True); time.sleep(60)")
    parent = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE,
                              text=True)
    assert parent.stdout is not None
    pid = int(parent.stdout.readline())
    parent.kill()
    parent.communicate()
    until = time.monotonic() + 60
    while psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE:
        assert time.monotonic() < until, "it still waits"
        time.sleep(0.1)
