"""`python -m school`: what it prints is a contract, and its exit codes say how it went."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import people
import pytest

from school.__main__ import main
from school.house import open_house
from school.measures import catalogue

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder with the cast."""
    house = open_house(tmp_path / "data", least_free=0)
    people.fill(house.store, people.cast())
    house.close()
    return tmp_path / "data"


def ask(folder: Path, capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, object]:
    assert main(["answer", *words, "--data", str(folder), "--json"]) == 0
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def rows(found: dict[str, object]) -> list[dict[str, object]]:
    listed = found["rows"]
    assert isinstance(listed, list)
    return listed


def test_measures_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["measures", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)["measures"]
    assert [m["measure"] for m in listed] == sorted(catalogue())
    assert main(["measures"]) == 0
    assert "chronic_absence" in capsys.readouterr().out


def test_an_answer_has_the_promised_fields(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = ask(folder, capsys, "absence_rate")
    assert {"measure", "version", "kind", "unit", "better", "view", "as_of", "card",
            "rows"} <= set(found)
    row = rows(found)[0]
    assert set(row) == {"period", "segments", "value", "low", "high", "people", "n", "numerator",
                        "denominator", "completeness", "hidden", "coded"}
    assert (row["value"], row["people"], row["n"], row["completeness"]) == (0.09, 5, 50, 1.0)
    assert found["as_of"] == "2025-06-13"


def test_split_by_a_bare_group_and_a_school_by_name(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    by_sex = ask(folder, capsys, "absence_rate", "--by", "school,sex")
    assert [r["segments"] for r in rows(by_sex)] == [
        {"school": "Hill", "sex": s} for s in ("female", "male", "unknown")]


def test_narrowed_by_words_on_screen(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = ask(folder, capsys, "absence_rate", "--where", "school=HILL", "--where", "sex=female",
                "--where", "group.sex=male", "--from", "2025-06-02", "--to", "2025-06-06",
                "--period", "week")
    assert [(r["people"], r["denominator"]) for r in rows(found)] == [(4, 40)]


@pytest.mark.parametrize("words", [
    ["answer", "happiness"], ["answer", "absence_rate", "--by", "student"], ["answer"], [],
    ["answer", "absence_rate", "--by", "grade,class,school"],
    ["answer", "absence_rate", "--by", "subject"], ["answer", "absence_rate", "--period", "decade"],
    ["answer", "absence_rate", "--where", "grade"],
    ["answer", "absence_rate", "--where", "grade=99"],
    ["answer", "absence_rate", "--from", "yesterday"],
    ["answer", "absence_rate", "--from", "2025-07-01", "--to", "2025-06-01"]])
def test_wrong_usage_ends_with_2(
    folder: Path, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    extra = ["--data", str(folder)] if len(words) > 1 else []
    assert main([*words, *extra]) == 2
    said = capsys.readouterr()
    assert said.err.strip() and not said.out


def test_a_folder_without_data_is_not_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["answer", "headcount", "--data", str(tmp_path / "nothing")]) == 2
    assert not (tmp_path / "nothing").exists()
    assert "no data in this folder" in capsys.readouterr().err


def test_a_folder_open_elsewhere_ends_with_3(folder: Path) -> None:
    house = open_house(folder, least_free=0)
    try:
        (folder / "open.json").write_text('{"url": "http://127.0.0.1:8501", "pid": 1}')
        done = subprocess.run(
            [sys.executable, "-m", "school", "answer", "headcount", "--data", str(folder)],
            cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    finally:
        house.close()
    assert done.returncode == 3
    assert done.stderr.strip() == "Staffroom is open at http://127.0.0.1:8501"


def test_plain_words_for_a_person(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["answer", "absence_rate", "--by", "grade", "--data", str(folder)]) == 0
    out = capsys.readouterr().out
    assert "grade 6" in out and "8.75%" in out
    assert main(["answer", "headcount", "--where", "grade=7", "--data", str(folder)]) == 0
    assert main(["answer", "mean_score", "--data", str(folder)]) == 0
    assert "left out: 1 (no score: absent)" in capsys.readouterr().out


def test_pages_are_written_where_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["docs", "--folder", str(tmp_path)]) == 0
    assert "## chronic_absence" in (tmp_path / "measures.md").read_text()


def test_a_value_that_is_not_shown_always_says_why(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    house = open_house(folder, least_free=0)
    with house.store.writing() as tx:
        tx.execute("delete from mart.attendance where day(date) > 5")
        tx.execute("delete from raw.meta where name = 'data_version'")
        tx.execute("insert into raw.meta values ('data_version', '99')")
        tx.execute("update mart.register_days set had = 0 where day(date) > 5")
    house.close()
    found = ask(folder, capsys, "absence_rate")
    assert rows(found)[0]["value"] is None
    assert "Below 70% a rate would mislead" in str(rows(found)[0]["hidden"])
