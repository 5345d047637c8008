"""A drop is read by one watched child, which may be stopped or ended without harm to the rest."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import psutil
import pyarrow.compute as pc
import pytest

from etl import desk, exchange, spare
from etl.model import Context
from school.errors import Stopped
from tests import workbooks

REAL = Path(__file__).parents[2].parent / "shared" / "real-data"
needs_real = pytest.mark.skipif(not REAL.is_dir(), reason="the real files are not on this machine")
CONTEXT = Context(as_of=date(2025, 11, 14), preset="us")
MARKS = [["Student ID", "School", "Date", "Status"],
         *[[f"{i:03d}", "Hill School", date(2025, 4, 1 + d), "PA"[i % 9 == d]]
           for i in range(40) for d in range(3)]]


@pytest.fixture
def staging(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "staging"
    assert [c for c in psutil.Process().children(recursive=True)
            if "etl.child" in (words := c.cmdline()) and spare.WAITING not in words] == []


def written(tmp_path: Path, name: str, data: bytes) -> Path:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def test_drop_carries_a_report_a_sheet_its_facts_and_the_hash_of_its_bytes(
    tmp_path: Path, staging: Path
) -> None:
    data = workbooks.xlsx({"April": MARKS})
    path = written(tmp_path, "marks.xlsx", data)
    drop = desk.check([path], CONTEXT, staging)
    (report,) = drop.reports
    assert (report.state, report.layout, report.read, report.rejected) == (
        "ready", "attendance_daily", 120, 0)
    assert drop.files[0].sha256 == hashlib.sha256(data).hexdigest()
    assert drop.files[0].size == len(data)
    assert drop.file_of(report) == drop.files[0]
    facts = drop.facts("marks.xlsx|April")
    assert facts["attendance"].num_rows == 120
    assert pc.sum(facts["attendance"].column("absent")).as_py() == 2 * 15
    assert report.facts["attendance"] == 120
    assert report.summary["students"] == 40
    assert len(report.preview["rows"]) == 5


def test_second_look_with_new_answers_reads_no_file_again(tmp_path: Path, staging: Path) -> None:
    rows = [[r[0], r[2], r[3]] for r in MARKS]
    rows[0] = ["Student ID", "Date", "Status"]
    path = written(tmp_path, "marks.xlsx", workbooks.xlsx({"April": rows}))
    drop = desk.check([path], CONTEXT, staging)
    assert drop.reports[0].state == "question"
    assert "school" in [q.about for q in drop.reports[0].questions]
    path.unlink()
    second = desk.again(drop, Context(CONTEXT.as_of, "us", {"school": "Hill School"}))
    assert second.reports[0].state == "ready"
    assert second.facts("marks.xlsx|April")["attendance"].num_rows == 120
    second.close()
    assert list(staging.iterdir()) == []


def test_files_of_one_name_are_told_apart_by_their_folders(tmp_path: Path, staging: Path) -> None:
    paths = [written(tmp_path, f"{folder}/marks.csv", workbooks.text([["ID", "Mark"], ["1", "P"]]))
             for folder in ("north/a", "south/a")]
    drop = desk.check(paths, CONTEXT, staging)
    assert [f.label for f in drop.files] == ["north/a/marks.csv", "south/a/marks.csv"]
    assert [r.file for r in drop.reports] == ["north/a/marks.csv", "south/a/marks.csv"]


def test_uploads_of_one_name_are_numbered(tmp_path: Path, staging: Path) -> None:
    data = workbooks.text([["ID", "Mark"], ["1", "P"]])
    folder, paths = desk.receive([("marks.csv", data), ("../../marks.csv", data)], staging)
    drop = desk.check(paths, CONTEXT, staging, folder=folder)
    assert [f.label for f in drop.files] == ["marks.csv", "marks (2).csv"]
    assert {p.parent.parent for p in paths} == {folder / "files"}


def test_file_that_fills_the_memory_is_named_and_the_next_one_is_read(
    tmp_path: Path, staging: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = b"%09d,a name that takes some room,7 B,2025-06-02,Hill School,P\n"
    big = b"ID,Name,Class,Date,School,Status\n" + b"".join(line % i for i in range(1_200_000))
    paths = [written(tmp_path, "big.csv", big),
             written(tmp_path, "marks.xlsx", workbooks.xlsx({"April": MARKS}))]
    monkeypatch.setattr(desk, "MEMORY", 200 * 1024**2)
    drop = desk.check(paths, CONTEXT, staging)
    states = {r.file: (r.state, r.words) for r in drop.reports}
    assert states["big.csv"] == ("refused", desk.TOO_MUCH)
    assert states["marks.xlsx"][0] == "ready"


def test_file_that_works_in_silence_too_long_is_ended(
    tmp_path: Path, staging: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = b"%09d,a name,7 B,2025-06-02,Hill School,P,x\n"
    ragged = b"Title\n" + b"".join(line % i for i in range(1_500_000))
    monkeypatch.setattr(desk, "SILENT_SECONDS", 1.5)
    drop = desk.check([written(tmp_path, "slow.csv", ragged)], CONTEXT, staging)
    assert [(r.state, r.words) for r in drop.reports] == [("refused", desk.TOO_MUCH)]


def test_stop_ends_the_child_at_once_and_says_so(tmp_path: Path, staging: Path) -> None:
    line = b"%09d,a name,7 B,2025-06-02,Hill School,P\n"
    data = b"ID,Name,Class,Date,School,Status\n" + b"".join(line % i for i in range(1_000_000))
    asked = threading.Event()
    heard: list[str] = []

    def progress(done: int, of: int, words: str) -> None:
        assert 0 <= done <= of
        heard.append(words)
        asked.set()

    with pytest.raises(Stopped) as stop:
        desk.check([written(tmp_path, "long.csv", data)], CONTEXT, staging,
                   progress=progress, stopped=asked.is_set)
    assert stop.value.words == "Stopped. Nothing was changed."
    assert heard[0] == "Reading long.csv (1 of 1)"


def test_missing_file_is_a_sentence_and_no_exception(tmp_path: Path, staging: Path) -> None:
    (report,) = desk.check([tmp_path / "gone.xlsx"], CONTEXT, staging).reports
    assert (report.state, report.words) == (
        "refused", "This file could not be opened. Close it in Excel and try again.")


def test_nothing_but_our_own_places_is_logged(tmp_path: Path, staging: Path) -> None:
    path = written(tmp_path, "secret.xlsx", workbooks.mutated(workbooks.xlsx({"April": MARKS}), 3))
    drop = desk.check([path], CONTEXT, staging)
    log = (drop.folder / spare.LOG).read_text()
    assert "Hill School" not in log
    assert "secret" not in log


def test_report_survives_its_journey_between_the_processes(tmp_path: Path, staging: Path) -> None:
    path = written(tmp_path, "marks.xlsx", workbooks.xlsx({"April": MARKS}))
    drop = desk.check([path], CONTEXT, staging)
    (report,) = drop.reports
    assert exchange.report_from_json(exchange.report_to_json(report)) == report
    assert exchange.context_from_json(exchange.context_to_json(CONTEXT)) == CONTEXT


@needs_real
def test_one_sheet_that_nobody_can_use_does_not_sink_the_gradebook(staging: Path) -> None:
    drop = desk.check([REAL / "gradebook-five-sheets" / "ExcelGradeBook.xlsx"], CONTEXT, staging)
    states = {r.sheet: r.state for r in drop.reports}
    assert len(states) == 5
    assert states["Explore"] == "aside"
    assert states["Data Entry"] in ("aside", "refused")


@needs_real
def test_of_overlapping_count_files_one_is_used_and_the_others_say_which(staging: Path) -> None:
    drop = desk.check([REAL / "enrolment-242k-zip" / "schpupnum.zip"], CONTEXT, staging)
    states = {r.sheet: r for r in drop.reports}
    assert states["schpupnum_geoglevels"].state == "ready"
    for sheet in ("schpupnum_lacharacteristics", "schpupnum_natcharacteristics"):
        assert states[sheet].state == "aside"
        assert "schpupnum_geoglevels.csv" in states[sheet].words
    assert {drop.file_of(r).label for r in drop.reports} == {"schpupnum.zip"}
