"""One file holds everything: saved here and restored elsewhere all is equal; others are refused."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import threading
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from etl.publish import publish, publish_typed, revert
from school import schema
from school.backup import MANIFEST, RECORDS, save
from school.errors import CannotSave, Stopped, StoreBusy, UnreadableFile
from school.house import House, open_house
from school.records import audit, comments, folder, loads, shapes
from school.restore import DAMAGED, FOREIGN, NEWER, look_into, restore
from tests.drops import drop, mark, table

MONDAY = date(2025, 6, 2)
DAYS = [MONDAY + timedelta(days=n) for n in range(5)]


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    opened = filled(tmp_path)
    yield opened
    opened.close()


def filled(folder: Path) -> House:
    """Three uploads, of which one is undone, one thing typed, a comment and a preset."""
    house = open_house(folder / "data", least_free=0)
    house.choose_preset("india")
    desk = folder / "desk"
    desk.mkdir(exist_ok=True)
    for number, code in enumerate("PAP"):
        marks = [mark(s, d, code if s == number else "P") for s in range(20) for d in DAYS[number:]]
        people = [{"student": s, "namespace": "hill", "student_id": f"{s:04d}", "id_kind": "id",
                   "name": None if number else f"Invented {s}"} for s in range(20)]
        publish(house, drop(desk, {f"{number}.csv": {
            "attendance": table("attendance", marks), "students": table("students", people)}},
            answers={"blank": "yes"}), "Head")
    revert(house, 2, "Head")
    publish_typed(house, "Head", {"organisations": table("organisations", [
        {"org_id": "hill", "name": "Hill School", "type": "school"}])}, "Named it", MONDAY)
    comments.add_comment(house.records, "overview", "{}", "", "Well done.", "Head")
    shapes.remember(house.records, "print", {"blank": "yes"})
    return house


def tables(house: House) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, of the facts and of what is derived of them."""
    out = {}
    for part in (*schema.TABLES, *schema.DERIVED):
        out[f"mart.{part.name}"] = house.store.unsafe_run(
            f"select * from mart.{part.name} order by all")
    for name in (*(t.name for t in schema.TABLES), "loads", "meta"):
        out[f"raw.{name}"] = house.store.unsafe_run(f"select * from raw.{name} order by all")
    return out


def records(path: Path) -> dict[str, list[Any]]:
    """Every row of every table of the records, without the trail of saving and restoring."""
    with sqlite3.connect(path) as db:
        names = [r[0] for r in db.execute(
            "select name from sqlite_master where type = 'table' and name not like 'sqlite%'")]
        out = {n: db.execute(f"select * from {n}").fetchall() for n in names}
    out["audit"] = [r for r in out["audit"] if r[2] not in ("save", "restore")]
    return out


def uploads(house: House) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in house.uploads.iterdir()}


def test_what_is_saved_is_restored_elsewhere_to_the_last_row(house: House, tmp_path: Path) -> None:
    file, other = tmp_path / "everything.zip", tmp_path / "other" / "data"
    save(house, file, "Head")
    before = (tables(house), uploads(house), house.preset)
    kept = records(house.folder / "records.sqlite")
    done = restore(file, other, "Head")
    assert (done.loads, done.aside, done.notes) == (4, None, ())
    assert records(other / "records.sqlite") == kept
    again = open_house(other, least_free=0)
    try:
        assert again.notes == ()
        assert (tables(again), uploads(again), again.preset) == before
        assert len(kept["load"]) == 4 and kept["comment"] and kept["answer"] and before[1]
        assert {e.what for e in audit.trail(again.records)} >= {"restore"}
        assert loads.load(again.records, 4).typed  # type: ignore[union-attr]
        revert(again, 1, "Head")  # it goes on living
        assert [x.state for x in loads.loads(again.records)][-1] == "reverted"
    finally:
        again.close()
    assert sorted(p.name for p in other.iterdir()) == [
        "facts.duckdb", "records.sqlite", "staging", "uploads"]


def test_nothing_of_the_computer_is_in_the_file(house: House, tmp_path: Path) -> None:
    (house.folder / "cookie.secret").write_text("s" * 64)
    folder.watch(house.records, "Head", folder.Folder(tmp_path / "exports", by_itself=True))
    folder.note(house.records, folder.Entry("June.csv", 1, 1), "aa", "asks")
    made = save(house, tmp_path / "e.zip", "Head")
    with zipfile.ZipFile(tmp_path / "e.zip") as archive:
        names = set(archive.namelist())
        assert names == {MANIFEST, *made["files"]}
        whole = b"".join(archive.read(n) for n in names)
    assert b"ssssssss" not in whole and str(tmp_path).encode() not in whole
    assert folder.folder(house.records) is not None, "here it is watched as before"
    assert list(house.staging.iterdir()) == []


def test_old_data_are_moved_aside_and_kept(house: House, tmp_path: Path) -> None:
    file, other = tmp_path / "e.zip", tmp_path / "other"
    save(house, file, "Head")
    there = open_house(other, least_free=0)
    (tmp_path / "desk2").mkdir()
    publish(there, drop(tmp_path / "desk2", {"mine.csv": {
        "attendance": table("attendance", [mark(77, MONDAY)])}}), "Head")
    there.close()
    (other / "samples").mkdir()
    done = restore(file, other, "Head")
    assert done.aside is not None and (other / "samples").exists()
    old = open_house(done.aside, least_free=0)
    assert old.store.unsafe_run("select student from mart.attendance") == [(77,)]
    assert len(uploads(old)) == 1
    old.close()


def test_a_folder_that_is_open_is_not_replaced(house: House, tmp_path: Path) -> None:
    save(house, tmp_path / "e.zip", "Head")
    before = tables(house)
    with pytest.raises((StoreBusy, UnreadableFile, CannotSave)) as error:
        _elsewhere(tmp_path / "e.zip", house.folder)
    assert isinstance(error.value, StoreBusy)
    assert tables(house) == before
    assert not list(house.folder.glob("restoring*"))


def _elsewhere(file: Path, folder: Path) -> None:
    """Restore in another process, as the command line would; its error as it was."""
    import subprocess
    import sys
    done = subprocess.run([sys.executable, "-m", "etl", "restore", str(file), "--data",
                           str(folder)], cwd=Path(__file__).parents[2], timeout=60,
                          capture_output=True, text=True)
    if done.returncode == 3:
        raise StoreBusy(done.stderr)
    raise UnreadableFile(done.stderr)


def test_a_copy_made_while_loads_run_is_one_moment(house: House, tmp_path: Path) -> None:
    stop = threading.Event()
    failed: list[BaseException] = []

    def go_on() -> None:
        number = 0
        try:
            while not stop.is_set():
                number += 1
                publish(house, drop(tmp_path / "desk", {f"more{number}.csv": {
                    "attendance": table("attendance", [
                        mark(1000 + number, d, row=i) for i, d in enumerate(DAYS, 2)])}}), "Head")
        except BaseException as error:
            failed.append(error)

    thread = threading.Thread(target=go_on)
    thread.start()
    files = [tmp_path / f"{n}.zip" for n in range(3)]
    for file in files:
        save(house, file, "Head")
    stop.set()
    thread.join(60)
    assert not failed
    for number, file in enumerate(files):
        restore(file, tmp_path / f"r{number}", "Head")
        again = open_house(tmp_path / f"r{number}", least_free=0)
        try:
            assert again.notes == ()
            rows = again.store.unsafe_run("select load_id from raw.loads")
            assert {r[0] for r in rows} == {x.id for x in loads.loads(again.records)}
            assert again.store.unsafe_run(
                "select student from mart.attendance where student >= 1000 group by student "
                "having count(*) <> 5") == []
            assert {x.kept_sha256 for x in loads.loads(again.records) if not x.typed} == {
                p.name for p in again.uploads.iterdir()}
        finally:
            again.close()


def changed(file: Path, target: Path, name: str, content: bytes | None) -> Path:
    """The same archive with one member replaced, or left out."""
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(target, "w") as new:
        for info in old.infolist():
            data = content if info.filename == name else old.read(info.filename)
            if data is not None:
                new.writestr(info.filename, data)
    return target


def test_a_damaged_or_foreign_file_is_refused_and_nothing_is_touched(
    house: House, tmp_path: Path
) -> None:
    file, other = tmp_path / "e.zip", tmp_path / "other"
    made = save(house, file, "Head")
    open_house(other, least_free=0).close()
    stood = {p.name: p.read_bytes() for p in other.iterdir() if p.is_file()}
    text = tmp_path / "notes.txt"
    text.write_text("hello")
    with zipfile.ZipFile(tmp_path / "photos.zip", "w") as archive:
        archive.writestr("a.jpg", b"x")
    cut = tmp_path / "cut.zip"
    cut.write_bytes(file.read_bytes()[:-500])
    flipped = bytearray(file.read_bytes())
    flipped[len(flipped) // 3] ^= 0xFF
    (tmp_path / "flip.zip").write_bytes(flipped)
    upload = next(n for n in made["files"] if n.startswith("uploads/"))
    newer = json.dumps({**made, "version": 99}).encode()
    odd = json.dumps({**made, "files": {**made["files"], "../../evil": {
        "sha256": "0" * 64, "size": 1}}}).encode()
    cases = {
        text: FOREIGN, tmp_path / "photos.zip": FOREIGN, cut: FOREIGN,
        tmp_path / "nothing.zip": FOREIGN, tmp_path / "flip.zip": DAMAGED,
        changed(file, tmp_path / "less.zip", upload, None): DAMAGED,
        changed(file, tmp_path / "other.zip", upload, b"x" * made["files"][upload]["size"]):
            DAMAGED,
        changed(file, tmp_path / "new.zip", MANIFEST, newer): NEWER,
        changed(file, tmp_path / "odd.zip", MANIFEST, odd): DAMAGED,
        changed(file, tmp_path / "list.zip", MANIFEST, b"[1]"): FOREIGN,
    }
    for path, words in cases.items():
        with pytest.raises(UnreadableFile) as error:
            restore(path, other, "Head")
        assert error.value.words == words, path.name
    assert {p.name: p.read_bytes() for p in other.iterdir() if p.is_file()} == stood
    assert not list(other.glob("restoring*")) and not list(other.glob("before*"))


def forged(house: House, place: Path, statement: str, *values: str) -> Path:
    """A saved file whose records somebody has changed, with the hashes that go with them."""
    made = save(house, place / "e.zip", "Head")
    path = place / "r.sqlite"
    with zipfile.ZipFile(place / "e.zip") as archive:
        path.write_bytes(archive.read(RECORDS))
    with sqlite3.connect(path) as db:
        db.execute(statement, values)
    db.close()
    data = path.read_bytes()
    made["files"][RECORDS] = {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
    changed(place / "e.zip", place / "a.zip", RECORDS, data)
    return changed(place / "a.zip", place / "b.zip", MANIFEST, json.dumps(made).encode())


def test_a_restored_copy_watches_no_folder_whoever_wrote_it(house: House, tmp_path: Path) -> None:
    file = forged(house, tmp_path, "insert into setting values ('folder', ?)",
                  json.dumps({"path": str(tmp_path), "by_itself": True}))
    restore(file, tmp_path / "other", "Head")
    opened = open_house(tmp_path / "other", least_free=0)
    assert folder.folder(opened.records) is None
    opened.close()


def test_records_that_could_act_by_themselves_are_refused(house: House, tmp_path: Path) -> None:
    file = forged(house, tmp_path,
                  "create trigger t after insert on audit begin delete from load; end")
    with pytest.raises(UnreadableFile, match="damaged"):
        restore(file, tmp_path / "other", "Head")


def test_stopping_leaves_nothing_behind(house: House, tmp_path: Path) -> None:
    asked = iter([False, False, True])
    with pytest.raises(Stopped):
        save(house, tmp_path / "e.zip", "Head", stopped=lambda: next(asked, True))
    assert not list(tmp_path.glob("*.zip*")) and not list(tmp_path.glob(".*"))
    save(house, tmp_path / "e.zip", "Head")
    asked = iter([False] * 5 + [True])
    with pytest.raises(Stopped):
        restore(tmp_path / "e.zip", tmp_path / "other", "Head", stopped=lambda: next(asked, True))
    assert list((tmp_path / "other").iterdir()) == []


def test_progress_rises_to_its_end_and_the_file_says_what_it_holds(
    house: House, tmp_path: Path
) -> None:
    told: list[tuple[int, int, str]] = []
    save(house, tmp_path / "e.zip", "Head", progress=lambda *step: told.append(step))
    assert [t[0] for t in told] == sorted(t[0] for t in told) and told[-1][0] == told[-1][1]
    assert look_into(tmp_path / "e.zip")["loads"] == 4


def test_a_place_that_cannot_be_written_is_said(house: House, tmp_path: Path) -> None:
    with pytest.raises(CannotSave, match="may not write"):
        save(house, tmp_path / "no" / "such" / "e.zip", "Head")
