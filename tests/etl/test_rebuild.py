"""Reading every kept upload again gives the very same tables; what cannot be read is taken over."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from etl.commands import main
from etl.loading import load_into
from etl.publish import publish_typed, revert
from etl.rebuild import DIFFERS, GONE, LOST, SAME, TYPED, rebuild_from_uploads
from school import schema
from school.house import House, open_house
from school.records import loads
from tests.drops import table

SAMPLES = Path(__file__).parents[2] / "data" / "samples" / "layouts"
AS_OF = date(2025, 11, 14)
MARKS = "Student ID,School,Date,Attendance\n0142,Hill,2025-06-02,{}\n0143,Hill,2025-06-03,A\n"


def truth(house: House) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, with the number of the upload it came from."""
    return {t.name: house.store.unsafe_run(f"select * from mart.{t.name} order by all")
            for t in (*schema.TABLES, *schema.DERIVED)}


def opened(folder: Path) -> House:
    return open_house(folder / "data", least_free=0)


def marks(folder: Path, name: str, code: str = "P") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(MARKS.format(code), "utf-8")
    return path


def small(folder: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Three uploads, the middle one undone, and a name that was typed; what then stands."""
    house = opened(folder)
    try:
        for name, code in (("a.csv", "P"), ("b.csv", "A"), ("c.csv", "A")):
            load_into(house, [marks(folder, name, code)], AS_OF, preset="us")
        revert(house, 2, "Head")
        publish_typed(house, "Head", {"organisations": table("organisations", [
            {"org_id": "hill", "name": "Hill School", "type": "school"}])}, "Named it", AS_OF)
        return truth(house)
    finally:
        house.close()


def now(folder: Path) -> dict[str, list[tuple[Any, ...]]]:
    house = opened(folder)
    try:
        assert house.notes == ()
        return truth(house)
    finally:
        house.close()


def test_every_kind_of_file_read_again_gives_identical_tables(tmp_path: Path) -> None:
    house = opened(tmp_path)
    answers = {"blank": "yes", "school": "Hillside", "year": "2025-26"}
    files = [p for p in sorted(SAMPLES.rglob("*")) if p.is_file() and p.suffix in (
        ".csv", ".xlsx", ".zip", ".tsv")]
    half = len(files) // 2
    reports = load_into(house, files[:half], AS_OF, preset="india", answers=answers)
    reports += load_into(house, files[half:], AS_OF, answers=answers)
    standing = [x for x in loads.loads(house.records) if x.state == "standing"]
    redacted = [x for x in standing if x.kept_sha256 != x.sha256]
    revert(house, standing[len(standing) // 2].id, "Head")
    before = truth(house)
    version = house.store.data_version
    house.close()
    done = rebuild_from_uploads(tmp_path / "data")
    assert [x.file for x in done.loads if not x.same] == []
    assert done.identical and done.whole and done.notes == ()
    assert len(done.loads) == len(standing) - 1 and len(standing) >= 8
    assert redacted, "no sample holds what may not be kept"
    again = opened(tmp_path)
    try:
        assert truth(again) == before
        assert again.store.data_version == version + 1
        assert again.notes == () and list(again.staging.iterdir()) == []
    finally:
        again.close()


def test_what_was_undone_stays_undone_and_what_was_typed_stays(tmp_path: Path) -> None:
    before = small(tmp_path)
    done = rebuild_from_uploads(tmp_path / "data")
    assert [(x.load_id, x.same, x.words) for x in done.loads] == [
        (1, True, SAME), (3, True, SAME), (4, True, TYPED)]
    assert now(tmp_path) == before
    house = opened(tmp_path)
    assert [x.state for x in loads.loads(house.records)] == [
        "standing", "standing", "reverted", "standing"]
    revert(house, 3, "Head")  # undo goes on working
    assert {r[0] for r in house.store.unsafe_run("select code from mart.attendance")} == {"P", "A"}
    house.close()


def test_a_kept_file_that_is_gone_is_taken_over(tmp_path: Path) -> None:
    before = small(tmp_path)
    house = opened(tmp_path)
    kept = loads.load(house.records, 3)
    assert kept is not None
    house.close()
    (tmp_path / "data" / "uploads" / str(kept.kept_sha256)).unlink()
    done = rebuild_from_uploads(tmp_path / "data")
    assert [x.words for x in done.loads] == [SAME, GONE, TYPED]
    assert done.identical and not done.whole
    assert now(tmp_path) == before


def test_broken_tables_are_mended_and_the_old_ones_kept(tmp_path: Path) -> None:
    before = small(tmp_path)
    house = opened(tmp_path)
    with house.store.writing() as tx:
        tx.execute("delete from mart.attendance where student in "
                   "(select min(student) from mart.attendance)")
        tx.execute("update raw.attendance set code = 'X' where load_id = 1")
    house.close()
    done = rebuild_from_uploads(tmp_path / "data")
    assert not done.identical and all(x.same for x in done.loads)
    assert now(tmp_path) == before
    assert len(list((tmp_path / "data").glob("facts-before-rebuild-*.duckdb"))) == 1
    assert rebuild_from_uploads(tmp_path / "data").identical


def test_rows_that_come_out_otherwise_are_said(tmp_path: Path) -> None:
    small(tmp_path)
    house = opened(tmp_path)
    kept = loads.load(house.records, 3)
    assert kept is not None
    (house.uploads / str(kept.kept_sha256)).write_text(MARKS.format("P"), "utf-8")
    house.close()
    done = rebuild_from_uploads(tmp_path / "data")
    assert [x.words for x in done.loads] == [SAME, DIFFERS, TYPED]
    assert not done.identical and not done.whole


def test_a_data_file_that_does_not_open_is_built_again_from_the_uploads(tmp_path: Path) -> None:
    before = small(tmp_path)
    facts = tmp_path / "data" / "facts.duckdb"
    damaged = facts.read_bytes()[:5000]
    facts.write_bytes(damaged)
    done = rebuild_from_uploads(tmp_path / "data")
    assert [x.words for x in done.loads] == [SAME, SAME, LOST]  # what was typed had no file
    kept, = (tmp_path / "data").glob("facts-damaged-*.duckdb")
    assert kept.read_bytes() == damaged and done.notes
    house = opened(tmp_path)
    try:
        after = truth(house)
        assert after["attendance"] == before["attendance"]
        assert [x.state for x in loads.loads(house.records)] == [
            "lost", "standing", "reverted", "standing"]
    finally:
        house.close()


def test_files_of_one_name_in_two_folders_are_told_apart(tmp_path: Path) -> None:
    house = opened(tmp_path)
    both = [marks(tmp_path / "x", "june.csv"), marks(tmp_path / "y", "june.csv", "A")]
    load_into(house, both, AS_OF, preset="us")
    before = truth(house)
    assert {x.file for x in loads.loads(house.records)} == {"x/june.csv", "y/june.csv"}
    house.close()
    assert rebuild_from_uploads(tmp_path / "data").whole
    assert now(tmp_path) == before


def test_the_command_says_what_became_of_each_upload(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    small(tmp_path)
    capsys.readouterr()
    assert main(["rebuild", "--data", str(tmp_path / "data"), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["identical"] is True and len(found["loads"]) == 3
    assert found["loads"][0] == {"load_id": 1, "file": "a.csv", "same": True, "words": SAME}
    assert main(["rebuild", "--data", str(tmp_path / "data")]) == 0
    assert "Every table is as it was." in capsys.readouterr().out
    assert main(["rebuild", "--data", str(tmp_path / "nowhere")]) == 2


def test_save_and_restore_by_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = small(tmp_path)
    file, other = tmp_path / "everything.zip", tmp_path / "other"
    capsys.readouterr()
    assert main(["save", str(file), "--data", str(tmp_path / "data"), "--json"]) == 0
    saved = json.loads(capsys.readouterr().out)
    assert saved["loads"] == 4 and saved["bytes"] == file.stat().st_size and not saved["missing"]
    assert main(["save", str(file), "--data", str(tmp_path / "data")]) == 2
    capsys.readouterr()
    assert main(["restore", str(file), "--data", str(other / "data"), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["loads"] == 4 and found["aside"] is None and found["notes"] == []
    assert now(other) == before
    assert main(["restore", str(file), "--data", str(other / "data")]) == 0
    assert "What was here before is kept in before-restore-" in capsys.readouterr().out
    assert now(other) == before
    assert main(["restore", str(marks(tmp_path, "no.zip")), "--data", str(other / "data")]) == 1
    assert "not a file that Staffroom saved" in capsys.readouterr().err
    assert rebuild_from_uploads(other / "data").whole  # the uploads came along
