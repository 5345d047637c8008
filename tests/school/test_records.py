"""Records: nothing typed is lost, a late save keeps both texts, and migrations only go forward."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select, update

from school.errors import CannotSave, Stale, StoreDamaged
from school.records import Records, audit, comments, loads, settings, shapes, targets
from school.records.tables import METADATA, MIGRATIONS, SETTING

NOON = datetime(2025, 11, 14, 12, 0)


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    opened = Records(tmp_path / "records.sqlite", clock=lambda: NOON)
    yield opened
    opened.close()


def test_the_migrations_add_up_to_the_tables(records: Records) -> None:
    with records.reading() as connection:
        for table in METADATA.sorted_tables:
            there = connection.exec_driver_sql(f"pragma table_info({table.name})").all()
            assert [r[1] for r in there] == [c.name for c in table.columns]
    assert records.version == len(MIGRATIONS)


def test_read_then_write_from_many_threads_loses_nothing(records: Records) -> None:
    settings.set_setting(records, "count", "0")

    def add() -> None:
        for _ in range(10):
            with records.writing() as connection:
                value = connection.scalar(select(SETTING.c.value).where(SETTING.c.name == "count"))
                connection.execute(
                    update(SETTING).where(SETTING.c.name == "count")
                    .values(value=str(int(value or 0) + 1)))

    threads = [threading.Thread(target=add) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert settings.setting(records, "count") == "60"


def test_an_error_rolls_back_everything_in_the_block(records: Records) -> None:
    with pytest.raises(ZeroDivisionError), records.writing() as connection:
        connection.execute(SETTING.insert().values(name="preset", value="india"))
        raise ZeroDivisionError
    assert settings.setting(records, "preset") is None


def test_a_setting_is_kept_changed_and_forgotten(records: Records) -> None:
    settings.set_setting(records, "preset", "india")
    settings.set_setting(records, "preset", "us")
    assert settings.setting(records, "preset") == "us"
    settings.set_setting(records, "preset", None)
    assert settings.setting(records, "preset") is None


def test_the_answer_for_a_shape_goes_before_the_one_for_everywhere(records: Records) -> None:
    shapes.remember(records, shapes.EVERYWHERE, {"code:OD": "present", "blank": "no"})
    shapes.remember(records, "abc", {"blank": "yes"})
    assert shapes.remembered(records, "abc") == {"code:OD": "present", "blank": "yes"}
    assert shapes.remembered(records, "other") == {"code:OD": "present", "blank": "no"}
    shapes.forget(records, "abc", "blank")
    assert shapes.remembered(records, "abc")["blank"] == "no"


def test_a_target_is_kept_for_its_measure_and_view(records: Records) -> None:
    targets.set_target(records, "attendance_rate", "school=hill", 0.95, date(2026, 3, 31), "Head")
    kept = targets.target(records, "attendance_rate", "school=hill")
    assert kept is not None
    assert (kept.value, kept.due, kept.who, kept.at, kept.version) == (
        0.95, date(2026, 3, 31), "Head", "2025-11-14T12:00:00", 1)
    assert targets.target(records, "attendance_rate", "school=lake") is None
    targets.clear_target(records, "attendance_rate", "school=hill")
    assert targets.target(records, "attendance_rate", "school=hill") is None


def test_a_target_that_comes_too_late_keeps_both(records: Records) -> None:
    due = date(2026, 3, 31)
    targets.set_target(records, "m", "v", 0.9, due, "Head")
    targets.set_target(records, "m", "v", 0.93, due, "Deputy", version=1)
    with pytest.raises(Stale) as error:
        targets.set_target(records, "m", "v", 0.95, due, "Head", version=1)
    assert "0.93" in error.value.words and "0.95" in error.value.words
    kept = targets.target(records, "m", "v")
    assert kept is not None and (kept.value, kept.version) == (0.93, 2)


def test_a_comment_keeps_its_view_and_is_answered(records: Records) -> None:
    number = comments.add_comment(records, "needs", "grade=7&from=2025-04-01", "Absence, Class 7",
                                  "Mondays again", "Asha's teacher")
    comments.answer_comment(records, number, "The bus is late on Mondays", "Head", version=1)
    comments.add_comment(records, "progress", "grade=6", "Absence, Class 6", "Better", "Head")
    newest, first = comments.comments(records)
    assert newest.page == "progress"
    assert (first.view, first.about, first.answer) == (
        "grade=7&from=2025-04-01", "Absence, Class 7", "The bus is late on Mondays")
    assert [c.id for c in comments.comments(records, page="needs")] == [number]
    assert comments.comments(records, view="grade=8") == []


def test_a_comment_edited_twice_at_once_keeps_both_texts(records: Records) -> None:
    number = comments.add_comment(records, "needs", "v", "about", "first", "Head")
    comments.edit_comment(records, number, "theirs", version=1)
    with pytest.raises(Stale) as error:
        comments.edit_comment(records, number, "mine", version=1)
    assert "theirs" in error.value.words and "mine" in error.value.words
    assert comments.comments(records)[0].text == "theirs"
    with pytest.raises(Stale, match="no longer here"):
        comments.edit_comment(records, 99, "mine", version=1)


def test_a_withdrawn_load_number_is_not_given_again(records: Records) -> None:
    def announce(file: str) -> int:
        new = loads.NewLoad(file, "aa", "bb", {})
        number, = loads.announce(records, "d", [new], who="Head", as_of=date(2025, 11, 14),
                                 preset=None, answers={})
        return number

    first = announce("a.csv")
    loads.withdraw(records, [first])
    second = announce("b.csv")
    assert second == first + 1
    loads.set_state(records, [second], "standing")
    loads.withdraw(records, [second])
    assert [x.id for x in loads.loads(records)] == [second]


def test_the_trail_names_who_what_when_and_how_many(records: Records) -> None:
    audit.note(records, "Head", "opened the list of students", {"students": 26})
    entry, = audit.trail(records)
    assert (entry.who, entry.what, entry.at, entry.counts) == (
        "Head", "opened the list of students", "2025-11-14T12:00:00", {"students": 26})


def test_records_of_a_newer_version_are_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "records.sqlite"
    Records(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute(f"pragma user_version = {len(MIGRATIONS) + 1}")
    before = path.read_bytes()
    with pytest.raises(StoreDamaged, match="newer Staffroom"):
        Records(path)
    assert path.read_bytes() == before


def test_a_file_that_is_no_records_file_is_named_and_left(tmp_path: Path) -> None:
    path = tmp_path / "records.sqlite"
    path.write_bytes(b"this is no database " * 100)
    with pytest.raises(StoreDamaged, match="left as it is"):
        Records(path)
    assert path.read_bytes().startswith(b"this is no database")


def test_a_folder_that_cannot_be_written_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(CannotSave, match="may not write in this folder"):
        Records(tmp_path / "not there" / "records.sqlite")


def test_what_was_written_is_there_after_reopening(tmp_path: Path) -> None:
    path = tmp_path / "records.sqlite"
    first = Records(path)
    settings.set_setting(first, "preset", "england")
    first.close()
    second = Records(path)
    assert settings.setting(second, "preset") == "england"
    assert second.healthy()
    second.close()
