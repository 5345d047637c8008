"""The house: opened once, mended after a crash, rebuilt when its shape has changed."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from etl.publish import publish
from school.errors import CannotSave, WrongUse
from school.house import House, open_house
from school.records import loads
from tests.drops import HandDrop, drop, mark, table

ROOT = Path(__file__).parents[2]
MONDAY = date(2025, 6, 2)


def opened(folder: Path) -> House:
    return open_house(folder, least_free=0)


def filled(tmp_path: Path) -> House:
    house = opened(tmp_path / "data")
    rows = {"attendance": table("attendance", [mark(1, MONDAY), mark(2, MONDAY, "A")])}
    publish(house, drop(tmp_path, {"a.csv": rows}), "Head")
    return house


def rows(house: House) -> list[tuple[Any, ...]]:
    return house.store.unsafe_run("select student, date, code from mart.attendance order by all")


def test_a_new_folder_is_made_and_is_healthy(tmp_path: Path) -> None:
    house = opened(tmp_path / "deep" / "data")
    assert house.healthy()
    assert (house.preset, house.notes, house.store.data_version) == (None, (), 0)
    house.close()


def test_the_preset_is_asked_once(tmp_path: Path) -> None:
    house = opened(tmp_path)
    house.choose_preset("india")
    with pytest.raises(WrongUse):
        house.choose_preset("mars")
    house.close()
    again = opened(tmp_path)
    assert again.preset is not None and again.preset.name == "india"
    again.close()


def test_a_second_staffroom_is_told_where_the_first_is(tmp_path: Path) -> None:
    house = opened(tmp_path)
    code = ("import sys; from pathlib import Path; from school.house import open_house; "
            "from school.errors import StoreBusy\n"
            "try: open_house(Path(sys.argv[1]))\n"
            "except StoreBusy as error: print(error.words, '|', error.url)")

    def second() -> str:
        return subprocess.run([sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, timeout=60,
                              capture_output=True, text=True).stdout.strip()

    assert second() == "Staffroom is already open on this data folder. |"
    note = {"url": "http://127.0.0.1:8501", "pid": 1}
    (tmp_path / "open.json").write_text(json.dumps(note), "utf-8")
    assert second() == "Staffroom is open at http://127.0.0.1:8501 | http://127.0.0.1:8501"
    house.close()
    assert second() == ""


def test_a_full_disk_is_said_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(CannotSave, match="the disk is full"):
        open_house(tmp_path / "data", least_free=10**18)
    assert not (tmp_path / "data" / "facts.duckdb").exists()


_FILL = """
import resource, signal, sys
from pathlib import Path
from etl.publish import publish
from school.errors import CannotSave
from school.house import open_house
from tests.school.test_house import many
folder = Path(sys.argv[1])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
house = open_house(folder / "data", least_free=0)
made = many(folder)
resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
try:
    publish(house, made, "Head")
except CannotSave as error:
    print(error.words, house.store.unsafe_run("select count(*) from mart.attendance"))
"""


def many(folder: Path) -> HandDrop:
    """A file of 40,000 marks, kept as few bytes."""
    days = [MONDAY + timedelta(days=n) for n in range(100)]
    made = drop(folder, {"a.csv": {"attendance": table(
        "attendance", [mark(n * 7919, day) for n in range(400) for day in days])}})
    made.files[0].path.write_bytes(b"few")
    return made


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on the size of a file here")
def test_a_disk_that_fills_during_a_load_keeps_nothing_of_it(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", _FILL, str(tmp_path)], cwd=ROOT, timeout=60,
                          capture_output=True, text=True)
    assert done.stdout.strip() == (
        "We could not save here: the disk is full. Free about 200 MB, then try again. [(0,)]")
    house = opened(tmp_path / "data")
    assert (rows(house), loads.loads(house.records), house.healthy()) == ([], [], True)
    house.close()


def test_a_place_that_is_no_folder_is_said_plainly(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    with pytest.raises(CannotSave, match="may not write in this folder"):
        open_house(tmp_path / "data")


def test_a_load_whose_rows_never_came_is_withdrawn(tmp_path: Path) -> None:
    house = filled(tmp_path)
    loads.announce(house.records, "d", [loads.NewLoad("b.csv", "aa", "bb", {})], who="Head",
                   as_of=MONDAY, preset=None, answers={})
    house.close()
    again = opened(tmp_path / "data")
    assert [x.file for x in loads.loads(again.records)] == ["a.csv"]
    assert again.notes == ("An upload of “b.csv” was cut off. Nothing of it was kept.",)
    again.close()


def test_a_load_whose_rows_came_and_whose_record_waited_stands(tmp_path: Path) -> None:
    house = filled(tmp_path)
    loads.set_state(house.records, [1], "pending")
    house.close()
    again = opened(tmp_path / "data")
    assert [x.state for x in loads.loads(again.records)] == ["standing"]
    assert again.notes == ()
    again.close()


def test_the_rows_decide_whether_a_load_stands(tmp_path: Path) -> None:
    house = filled(tmp_path)
    loads.set_state(house.records, [1], "reverted")
    house.close()
    again = opened(tmp_path / "data")
    assert [x.state for x in loads.loads(again.records)] == ["standing"]
    assert "corrected" in again.notes[0]
    again.close()


def test_a_load_without_its_rows_and_rows_without_a_load_are_named(tmp_path: Path) -> None:
    house = filled(tmp_path)
    with house.store.writing() as tx:
        tx.execute("update raw.loads set load_id = 7, position = 7")
    house.close()
    again = opened(tmp_path / "data")
    assert {(x.id, x.state) for x in loads.loads(again.records)} == {(1, "lost"), (7, "standing")}
    assert len(again.notes) == 2
    number, = loads.announce(again.records, "d", [loads.NewLoad("c.csv", "a", "b", {})],
                             who="Head", as_of=MONDAY, preset=None, answers={})
    assert number == 8
    again.close()
    third = opened(tmp_path / "data")
    assert third.notes == ("An upload of “c.csv” was cut off. Nothing of it was kept.",)
    third.close()


def test_facts_of_another_shape_are_rebuilt_beside_and_swapped(tmp_path: Path) -> None:
    house = filled(tmp_path)
    before, version = rows(house), house.store.data_version
    with house.store.writing() as tx:  # as an older Staffroom would have left it
        for schema in ("raw", "mart"):
            tx.execute(f"alter table {schema}.attendance drop column minutes_late")
            tx.execute(f"alter table {schema}.attendance add column mood TEXT")
        tx.execute("update raw.meta set value = 'older' where name = 'fingerprint'")
    house.close()
    again = opened(tmp_path / "data")
    assert rows(again) == before
    assert again.store.data_version == version + 1
    assert again.store.unsafe_run("select minutes_late from mart.attendance limit 1") == [(None,)]
    assert again.notes == ("The data were rebuilt for this version of Staffroom.",)
    again.close()
    assert sorted(p.name for p in (tmp_path / "data").glob("facts*")) == ["facts.duckdb"]
    third = opened(tmp_path / "data")
    assert (rows(third), third.notes) == (before, ())
    third.close()


def test_a_rebuild_cut_off_before_leaves_the_old_file(tmp_path: Path) -> None:
    house = filled(tmp_path)
    before = rows(house)
    house.close()
    (tmp_path / "data" / "facts-new.duckdb").write_bytes(b"half written")
    again = opened(tmp_path / "data")
    assert rows(again) == before
    with again.store.writing() as tx:
        tx.execute("update raw.meta set value = 'older' where name = 'fingerprint'")
    again.close()
    third = opened(tmp_path / "data")
    assert rows(third) == before
    third.close()


def test_a_closed_house_may_be_opened_again(tmp_path: Path) -> None:
    house = filled(tmp_path)
    house.close()
    again = opened(tmp_path / "data")
    assert len(rows(again)) == 2
    again.close()
