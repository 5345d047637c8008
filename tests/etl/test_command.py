"""The command line: its JSON is a contract, its exit codes are promises."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from etl.commands import main
from etl.handed import PIPED
from school.house import House, open_house
from school.records import folder, loads, shapes

ROOT = Path(__file__).parents[2]
REAL = ROOT.parent / "shared" / "real-data"
CONTRACT = (ROOT / "docs" / "command-line.md").read_text("utf-8")
real = pytest.mark.skipif(not REAL.exists(), reason="the folder of real files is not here")

MARKS = "Student ID,School,Date,Attendance\n0142,Hill,2025-06-02,P\n0143,Hill,2025-06-02,A\n"


class Shell:
    """Runs commands on one data folder and keeps what they print."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.data = folder / "data"
        self._capsys = capsys
        self.errors = ""

    def __call__(self, *words: object) -> tuple[int, Any]:
        command = str(words[0])
        place = [] if command == "check" else ["--data", str(self.data)]
        self._capsys.readouterr()
        code = main([*map(str, words), *place, "--json"])
        out, self.errors = self._capsys.readouterr()
        return code, json.loads(out) if out else None

    def sheets(self, *words: object) -> tuple[int, list[dict[str, Any]]]:
        code, found = self(*words)
        for sheet in found["sheets"]:
            assert sheet["read"] == sum(
                sheet[n] for n in ("loaded", "unchanged", "changed", "rejected"))
        return code, found["sheets"]

    def house(self) -> House:
        return open_house(self.data, least_free=0)


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(tmp_path, capsys)


@pytest.fixture
def marks(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "marks.csv"
    path.write_text(MARKS, "utf-8")
    yield path


def blocks(kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", CONTRACT, re.DOTALL)


def test_the_example_of_the_contract_is_what_is_printed(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "marks.csv"
    path.write_text(blocks("csv")[0], "utf-8")
    code, found = shell("load", path, "--preset", "us", "--as-of", "2025-11-14")
    promised = json.loads(blocks("json")[-1])
    assert code == 0
    assert found["sheets"][0].pop("words")
    assert promised["sheets"][0].pop("words")
    assert found == promised


def test_every_field_of_the_json_is_in_the_contract(shell: Shell, marks: Path) -> None:
    _, sheets = shell.sheets("check", marks)
    rows = re.findall(r"^\| (`[^|]+) \|", CONTRACT, re.MULTILINE)
    told = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    assert set(sheets[0]) == told


def test_check_writes_nothing_and_needs_no_data_folder(shell: Shell, marks: Path) -> None:
    code, sheets = shell.sheets("check", marks, "--preset", "us")
    assert (code, sheets[0]["state"], sheets[0]["read"], sheets[0]["load_id"]) == (
        0, "ready", 2, None)
    assert sorted(p.name for p in marks.parent.iterdir()) == ["marks.csv"]


def test_loading_twice_changes_nothing_and_revert_takes_it_back(shell: Shell, marks: Path) -> None:
    code, first = shell.sheets("load", marks, "--preset", "us")
    assert (code, first[0]["loaded"], first[0]["load_id"]) == (0, 2, 1)
    code, again = shell.sheets("load", marks, "--as-of", "2025-12-01")
    assert (code, again[0]["state"], again[0]["unchanged"], again[0]["load_id"]) == (
        0, "known", 2, 1)
    code, back = shell("revert", 1)
    assert (code, back["load_id"], back["file"]) == (0, 1, "marks.csv")
    assert back["facts"]["attendance"] == 2
    house = shell.house()
    assert house.store.unsafe_run("select count(*) from mart.attendance") == [(0,)]
    house.close()
    code, anew = shell.sheets("load", marks)
    assert (code, anew[0]["loaded"], anew[0]["load_id"]) == (0, 2, 2)


def test_the_preset_of_the_first_load_is_remembered(shell: Shell, marks: Path) -> None:
    shell("load", marks, "--preset", "us")
    house = shell.house()
    assert house.preset is not None and house.preset.name == "us"
    house.close()


def test_a_mark_nobody_knows_is_asked_refused_and_remembered(
    shell: Shell, marks: Path, tmp_path: Path
) -> None:
    marks.write_text(MARKS.replace(",A\n", ",Q7\n"), "utf-8")
    code, sheets = shell.sheets("load", marks, "--preset", "us")
    assert (code, sheets[0]["state"], sheets[0]["load_id"]) == (1, "question", None)
    assert [q["about"] for q in sheets[0]["questions"]] == ["code:Q7"]
    answers = tmp_path / "answers.json"
    answers.write_text('{"code:Q7": "absent_authorised"}', "utf-8")
    code, sheets = shell.sheets("load", marks, "--answers", answers)
    assert (code, sheets[0]["loaded"]) == (0, 2)
    later = tmp_path / "july.csv"
    later.write_text(MARKS.replace(",A\n", ",Q7\n").replace("-06-", "-07-"), "utf-8")
    code, sheets = shell.sheets("load", later)
    assert (code, sheets[0]["loaded"], sheets[0]["questions"]) == (0, 2, [])
    house = shell.house()
    assert shapes.remembered(house.records) == {"code:Q7": "absent_authorised"}
    house.close()


def test_a_refused_row_is_left_out_and_makes_the_exit_one(shell: Shell, marks: Path) -> None:
    more = "".join(f"{n},Hill,2025-06-{day:02},P\n" for n in range(9) for day in range(3, 6))
    marks.write_text(MARKS + more + "0144,Hill,not a day,P\n", "utf-8")
    code, sheets = shell.sheets("load", marks, "--preset", "us")
    assert (code, sheets[0]["read"], sheets[0]["loaded"], sheets[0]["rejected"]) == (1, 30, 29, 1)
    finding = next(f for f in sheets[0]["findings"] if f["level"] == "rejects")
    assert (finding["row"], finding["found"]) == (31, "not a day")


def test_a_picture_in_the_drop_is_refused_and_the_rest_is_loaded(
    shell: Shell, marks: Path
) -> None:
    (marks.parent / "photo.xlsx").write_bytes(b"\x89PNG\r\n\x1a\n" + b"0" * 100)
    code, sheets = shell.sheets("load", marks, marks.parent / "photo.xlsx", "--preset", "us")
    assert code == 1
    assert {s["file"]: s["state"] for s in sheets} == {
        "marks.csv": "loaded", "photo.xlsx": "refused"}


@pytest.mark.parametrize("words", [
    ["load", "not there.csv"],
    ["revert", "99"],
])
def test_what_makes_no_sense_ends_with_two(shell: Shell, words: list[str]) -> None:
    code, found = shell(*words)
    assert (code, found) == (2, None)
    assert shell.errors.strip().endswith(".")


@pytest.mark.parametrize("words", [
    [], ["fly"], ["load"], ["load", "a.csv", "--preset", "mars"],
    ["load", "a.csv", "--as-of", "yesterday"], ["revert", "first"],
])
def test_wrong_usage_ends_with_two(words: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2


def test_answers_that_are_no_json_end_with_two(shell: Shell, marks: Path) -> None:
    for text in ("{", "[1]"):
        (marks.parent / "answers.json").write_text(text, "utf-8")
        code, _ = shell("load", marks, "--answers", marks.parent / "answers.json")
        assert code == 2
    assert not shell.data.exists()


def test_an_open_staffroom_is_named_and_nothing_is_written(shell: Shell, marks: Path) -> None:
    house = shell.house()
    note = {"url": "http://127.0.0.1:8501", "pid": 1}
    (shell.data / "open.json").write_text(json.dumps(note), "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "etl", "load", str(marks), "--data", str(shell.data)],
        cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (3, "Staffroom is open at http://127.0.0.1:8501\n")
    assert loads.loads(house.records) == []
    assert house.store.data_version == 0
    house.close()


def test_without_json_a_person_is_told_in_sentences(
    tmp_path: Path, marks: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["load", str(marks), "--preset", "us", "--data", str(tmp_path / "data")]) == 0
    said = capsys.readouterr().out
    assert "2 rows read: 2 new, 0 the same, 0 changed, 0 left out. Upload 1." in said


def test_staging_is_empty_afterwards(shell: Shell, marks: Path) -> None:
    shell("load", marks, "--preset", "us")
    assert [p for p in (shell.data / "staging").rglob("*") if p.is_file()] == []


def test_a_list_that_is_handed_in_loads_like_a_file(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(MARKS.encode())))
    code, sheets = shell.sheets("load", "-", "--preset", "us")
    assert (code, sheets[0]["file"], sheets[0]["loaded"]) == (0, PIPED, 2)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"")))
    code, sheets = shell.sheets("check", "-")
    assert (code, sheets[0]["state"]) == (1, "refused")


def test_the_watched_folder_is_set_and_switched_off(shell: Shell, tmp_path: Path) -> None:
    exports = tmp_path / "exports"
    exports.mkdir()
    assert shell("watch", exports, "--by-itself") == (
        0, {"folder": str(exports), "by_itself": True})
    house = shell.house()
    assert folder.folder(house.records) == folder.Folder(exports, True)
    house.close()
    assert shell("watch", "--off") == (0, {"folder": None, "by_itself": False})
    for words in ([], [exports, "--off"], [tmp_path / "nothing"], [shell.data]):
        assert shell("watch", *words)[0] == 2
        assert shell.errors.strip().endswith(".")


@real
def test_twelve_thousand_real_marks(shell: Shell) -> None:
    path = REAL / "attendance-daily-long" / "studentattendance.csv"
    code, sheets = shell.sheets("load", path, "--preset", "us")
    assert (code, sheets[0]["read"], sheets[0]["loaded"]) == (0, 12_000, 12_000)
    house = shell.house()
    assert house.store.unsafe_run(
        "select count(*), sum(absent) * 1.0 / sum(possible), count(distinct student), "
        "count(distinct org_id), min(date)::text, max(date)::text from mart.attendance"
    ) == [(12_000, 1285 / 12_000, 600, 5, "2022-01-03", "2022-01-28")]
    house.close()


@real
def test_rosters_leave_no_password_anywhere(shell: Shell) -> None:
    code, _ = shell.sheets("load", REAL / "roster-dialects", "--preset", "us",
                           "--year", "2018-19", "--as-of", "2018-10-01")
    assert code in (0, 1)
    house = shell.house()
    house.close()
    held = [p for p in shell.data.rglob("*") if p.is_file()]
    assert any(p.parent.name == "uploads" for p in held)
    for path in held:
        data = path.read_bytes()
        for secret in (b"P@ssword", b"P@ssw0rd", b"P@ssword123"):
            assert secret not in data, path.name
