"""The watched folder from a saved file to its rows: every file once, nothing half, nothing lost.

The clock is moved by hand, and the folder is a real one; the work runs as the job it is.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from etl import desk, guard, jobs, listing, publish, taking, watching
from etl.watching import Watcher
from school.errors import CannotSave, StoreBusy, UnreadableFile
from school.house import House, open_house
from school.records import audit, folder, loads
from school.records import jobs as job_records
from school.records.folder import Entry, Folder
from school.terms import folder as words
from tests import workbooks
from tests.office import Office, marks

WAITS = {"asks", "waiting", "refused"}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    house = open_house(tmp_path / "data", least_free=0)
    house.choose_preset("india")
    (tmp_path / "exports").mkdir()
    made = Office(house, tmp_path / "exports")
    made.watch()
    yield made
    made.house.close()


def snapshot(place: Path) -> dict[str, tuple[bytes, int]]:
    return {p.name: (p.read_bytes(), p.stat().st_mtime_ns) for p in place.iterdir()}


def test_nothing_is_used_without_a_look_unless_that_was_chosen(office: Office) -> None:
    office.save("June.csv", marks(6))
    before = snapshot(office.exports)
    office.rest()
    assert office.states == {"June.csv": "waiting"}
    assert "daily attendance: 12 students" in office.words["June.csv"]
    assert (office.marks, office.left) == (0, [])
    assert snapshot(office.exports) == before, "the folder is never touched"


def test_a_file_that_needs_no_look_is_used_by_itself_if_that_was_chosen(office: Office) -> None:
    office.watch(by_itself=True)
    office.save("June.csv", marks(6))
    before = snapshot(office.exports)
    office.rest()
    assert office.states == {"June.csv": "used"}
    assert (office.marks, office.left) == (36, [])
    load = loads.loads(office.house.records)[0]
    assert (load.file, load.who, load.counts["loaded"]) == ("June.csv", taking.WHO, 36)
    assert "load" in {e.what for e in audit.trail(office.house.records) if e.who == taking.WHO}
    assert snapshot(office.exports) == before
    publish.revert(office.house, load.id, "owner")
    office.rest(rounds=3)
    assert office.marks == 0, "what was undone does not come back by itself"


def test_a_file_is_not_read_before_it_has_rested(office: Office) -> None:
    path = office.save("June.csv", marks(6)[:200])
    office.look()
    office.look(after=watching.AT_REST / 2)
    assert office.jobs == 0
    path.write_bytes(marks(6))
    office.look(after=watching.AT_REST / 2)
    assert office.jobs == 0, "it has changed, so it rests anew"
    office.look(after=watching.AT_REST)
    office.finish()
    assert office.states == {"June.csv": "waiting"}


def test_a_file_that_grows_for_minutes_is_waited_for_and_said(office: Office) -> None:
    path = office.save("June.csv", b"Student ID,School\n")
    for _ in range(30):
        with path.open("ab") as stream:
            stream.write(b"001,Hill School\n")
        office.look(after=5)
    assert (office.jobs, office.states) == (0, {})
    assert watching.status(office.house).growing == 1
    assert words.growing(1).startswith("1 file is still being written")
    path.write_bytes(marks(6))
    office.rest()
    assert office.states == {"June.csv": "waiting"}
    assert watching.status(office.house).growing == 0


def test_a_file_that_changes_just_before_it_is_read_is_read_as_it_is_then(office: Office) -> None:
    path = office.save("June.csv", marks(6)[:200])
    entry = listing.entries(office.exports)[0]
    found = listing.Found(entry, str(listing.digest(office.exports, entry, lambda: False)))
    path.write_bytes(marks(6))
    jobs.start(office.house, "folder", taking.taking(office.house, Folder(office.exports), [found]))
    office.finish()
    assert (office.states, office.left) == ({}, [])
    office.rest()
    assert "12 students" in office.words["June.csv"]


def test_a_file_that_rested_for_hours_is_not_late_when_it_changes(office: Office) -> None:
    path = office.save("June.csv", marks(6))
    office.rest()
    path.write_bytes(marks(6, days=4))
    office.look(after=3600)
    assert watching.status(office.house).growing == 0


def test_files_that_arrive_together_are_compared_together(office: Office) -> None:
    office.save("June.csv", marks(6))
    office.look()
    office.save("July.csv", marks(7))
    office.look(after=watching.AT_REST)
    assert office.jobs == 0, "July is still arriving"
    office.look(after=watching.AT_REST)
    office.finish()
    assert office.states == {"July.csv": "waiting", "June.csv": "waiting"}
    assert office.jobs == 1


def test_a_file_that_never_rests_does_not_hold_up_the_others(office: Office) -> None:
    office.save("June.csv", marks(6))
    log = office.save("log.csv", b"x")
    for _ in range(20):
        with log.open("ab") as stream:
            stream.write(b"x")
        office.look(after=5)
    office.finish()
    assert office.states == {"June.csv": "waiting"}


def test_a_file_is_taken_once_and_a_changed_one_again(office: Office) -> None:
    office.watch(by_itself=True)
    path = office.save("June.csv", marks(6))
    office.rest()
    office.save("Copy of June.csv", marks(6))
    os.utime(path, (1, 1))
    office.rest(rounds=2)
    assert office.jobs == 1, "neither a copy nor a new time is a new file"
    assert len(loads.loads(office.house.records)) == 1
    path.write_bytes(marks(6, days=4))
    office.rest()
    assert office.marks == 48
    assert [x.file for x in loads.loads(office.house.records)] == ["June.csv", "June.csv"]


def test_what_a_person_has_added_already_is_not_taken(office: Office) -> None:
    office.watch(by_itself=True)
    staged, paths = desk.receive([("By hand.csv", marks(6))], office.house.staging)
    from etl.known import check, context
    drop = check(office.house, paths, context(office.house, date(2025, 7, 1)), folder=staged)
    publish.publish(office.house, drop, "owner")
    drop.close()
    office.save("June.csv", marks(6))
    office.rest()
    assert (office.jobs, office.states) == (0, {"June.csv": "known"})


def test_what_needs_an_answer_waits_and_the_rest_is_used(office: Office) -> None:
    office.watch(by_itself=True)
    office.save("June.csv", marks(6))
    office.save("July.csv", marks(7, code="ZZ"))
    office.rest()
    assert office.states == {"July.csv": "asks", "June.csv": "used"}
    assert office.words["July.csv"] == "It needs an answer."
    assert office.marks == 36


def test_what_the_last_upload_had_and_this_one_lacks_waits(office: Office) -> None:
    office.watch(by_itself=True)
    office.save("June.csv", marks(6, students=12))
    office.rest()
    office.save("July.csv", marks(7, students=8))
    office.rest()
    assert office.states == {"June.csv": "used", "July.csv": "asks"}
    assert office.words["July.csv"] == words.LACKS
    assert office.marks == 36


def test_a_file_that_asks_does_not_hide_what_another_one_lacks(office: Office) -> None:
    office.watch(by_itself=True)
    office.save("June.csv", marks(6, students=12))
    office.rest()
    office.save("July.csv", marks(7, students=8))
    office.save("August.csv", marks(8, code="ZZ"))
    office.rest()
    assert office.states["July.csv"] == office.states["August.csv"] == "asks"
    assert office.marks == 36


def test_a_file_of_which_rows_would_be_left_out_waits(office: Office) -> None:
    office.watch(by_itself=True)
    office.save("June.csv", marks(6).replace(b"2025-06-02", b"2099-06-02", 1))
    office.rest()
    assert office.states == {"June.csv": "asks"}
    assert office.words["June.csv"] == "1 row would be left out."
    assert office.marks == 0


def test_hostile_and_empty_files_are_told_and_the_others_go_on(office: Office) -> None:
    office.watch(by_itself=True)
    office.save("locked.xlsx", workbooks.encrypted())
    office.save("bomb.xlsx", workbooks.bomb())
    office.save("empty.csv", b"")
    office.save("picture.csv", b"\x89PNG\r\n\x1a\n" + b"x" * 50)
    office.save("June.csv", marks(6))
    office.rest()
    assert office.states.pop("June.csv") == "used"
    assert {n: s for n, s in office.states.items() if n != "June.csv"} == dict.fromkeys(
        ("bomb.xlsx", "empty.csv", "locked.xlsx", "picture.csv"), "refused")
    assert office.words["locked.xlsx"] == guard.DAMAGED
    assert all(w.endswith(".") for w in office.words.values())


def test_a_file_that_ends_the_whole_reading_is_named_alone(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = taking.known.check

    def ends(house: House, paths: Any, *args: Any, **more: Any) -> Any:
        if any(p.name == "evil.csv" for p in paths):
            shutil.rmtree(more["folder"])
            raise UnreadableFile("We could not read these files.")
        return real(house, paths, *args, **more)

    monkeypatch.setattr(taking.known, "check", ends)
    office.save("evil.csv", b"x")
    office.save("June.csv", marks(6))
    office.rest()
    assert office.states == {"evil.csv": "refused", "June.csv": "waiting"}


def test_a_file_without_a_list_is_set_aside(office: Office) -> None:
    office.save("Empty.xlsx", workbooks.xlsx({"Sheet1": []}))
    office.rest()
    assert office.states == {"Empty.xlsx": "aside"}


def test_a_file_above_the_limit_is_refused_unread(office: Office) -> None:
    huge = office.exports / "huge.csv"
    with huge.open("wb") as stream:
        stream.truncate(guard.FILE_BYTES + 1)
    office.rest()
    assert (office.states, office.words) == ({"huge.csv": "refused"}, {"huge.csv": guard.TOO_BIG})
    assert office.jobs == 0


def test_a_folder_that_goes_away_is_told_and_taken_up_again(office: Office) -> None:
    office.save("June.csv", marks(6))
    office.exports.rename(office.exports.with_name("away"))
    office.rest()
    assert watching.status(office.house).trouble == words.GONE
    office.exports.with_name("away").rename(office.exports)
    office.rest()
    assert watching.status(office.house).trouble == ""
    assert office.states == {"June.csv": "waiting"}


def test_a_folder_that_may_not_be_read_any_more_is_told(office: Office) -> None:
    def shut(place: Path) -> list[Entry]:
        raise PermissionError(13, "no")

    office.lister = shut
    office.start()
    office.look()
    assert watching.status(office.house).trouble == words.NO_RIGHT


def test_a_folder_that_fills_up_is_told(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "MOST", 3)
    for number in range(4):
        office.save(f"{number}.csv", b"x")
    office.rest()
    assert watching.status(office.house).trouble == words.too_many(3)
    assert office.jobs == 0


def test_our_own_data_folder_is_never_read(office: Office) -> None:
    folder.watch(office.house.records, "owner", Folder(office.house.uploads))
    (office.house.uploads / "June.csv").write_bytes(marks(6))
    office.rest()
    assert watching.status(office.house).trouble == words.OUR_OWN
    assert office.jobs == 0


def test_a_network_drive_is_looked_at_more_rarely_and_waited_for_longer(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "shared_by", lambda path: "a network drive")
    office.save("June.csv", marks(6))
    office.look()
    office.look(after=watching.AT_REST)
    assert office.jobs == 0
    assert watching.status(office.house).shared == "a network drive"
    assert words.slow("a network drive").startswith("This folder is on a network drive.")
    office.look(after=watching.AT_REST * watching.SLOW)
    office.finish()
    assert office.states == {"June.csv": "waiting"}


def test_a_file_that_is_open_elsewhere_is_waited_for(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.save("June.csv", marks(6))
    monkeypatch.setattr(watching, "digest", lambda *_: None)
    office.rest()
    assert (office.jobs, watching.status(office.house).growing) == (0, 1)
    monkeypatch.undo()
    office.rest()
    assert office.states == {"June.csv": "waiting"}


def test_a_restart_before_a_file_was_noted_takes_it_again(office: Office) -> None:
    office.save("June.csv", marks(6))
    office.look()
    office.restart()
    office.rest()
    assert office.states == {"June.csv": "waiting"}


def test_a_restart_after_a_file_was_used_and_before_it_was_noted_doubles_nothing(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: Any) -> None:
        raise KeyboardInterrupt

    office.watch(by_itself=True)
    office.save("June.csv", marks(6))
    found = listing.Found(entry := listing.entries(office.exports)[0],
                          str(listing.digest(office.exports, entry, lambda: False)))
    work = taking.taking(office.house, Folder(office.exports, True), [found])
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(taking.records, "note", killed)
        work(jobs.Running(office.house, job_records.add_job(office.house.records, "folder", "")))
    assert office.marks == 36
    office.restart()
    office.rest(rounds=2)
    assert (office.marks, len(loads.loads(office.house.records))) == (36, 1)
    assert office.states == {"June.csv": "known"}


def test_what_waits_is_still_there_after_a_restart_and_is_not_read_again(office: Office) -> None:
    office.save("June.csv", marks(6))
    office.rest()
    office.restart()
    office.rest(rounds=2)
    assert office.states == {"June.csv": "waiting"}
    assert office.jobs == 1


def test_a_full_disk_is_told_tried_again_later_and_leaves_nothing_behind(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any, **__: Any) -> Any:
        raise OSError(28, "no space left on device")

    office.save("June.csv", marks(6))
    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", full)
        office.rest(rounds=3)
    assert office.jobs == 1, "it is not tried every few seconds"
    assert "the disk is full" in watching.status(office.house).trouble
    assert (office.states, office.left) == ({}, [])
    office.look(after=watching.AFTER_FAILURE)
    office.rest()
    assert office.states == {"June.csv": "waiting"}


def test_a_data_folder_that_is_open_elsewhere_or_broken_ends_nothing(office: Office) -> None:
    for error in (StoreBusy("Staffroom is open at another place."), CannotSave("Full."),
                  RuntimeError("0142")):
        def house(error: Exception = error) -> House:
            raise error

        Watcher(house, contextlib.nullcontext()).look()
    Watcher(lambda: None, contextlib.nullcontext()).look()


def test_switched_off_nothing_is_looked_at_and_on_again_it_is_found_again(office: Office) -> None:
    office.save("June.csv", marks(6))
    office.rest()
    folder.watch(office.house.records, "owner", None)
    office.save("July.csv", marks(7))
    office.rest()
    assert (office.jobs, office.states) == (1, {})
    assert watching.status(office.house) == watching.Status()
    office.watch()
    office.rest()
    assert office.states == {"July.csv": "waiting", "June.csv": "waiting"}


def test_a_folder_switched_off_and_on_between_two_looks_is_found_again(office: Office) -> None:
    office.save("June.csv", marks(6))
    office.rest()
    folder.watch(office.house.records, "owner", None)
    office.watch()
    office.look(after=watching.ASK_AGAIN)
    office.finish()
    assert office.states == {"June.csv": "waiting"}


def test_the_thread_ends_with_stop_even_while_the_drive_does_not_answer(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    listing_begun, answers = threading.Event(), threading.Event()

    def hangs(place: Path) -> list[Entry]:
        listing_begun.set()
        assert answers.wait(20)
        return listing.entries(place)

    monkeypatch.setattr(watching, "EVERY", 0.01)
    monkeypatch.setattr(watching, "_JOIN", 0.05)
    office.save("June.csv", marks(6))
    office.lister = hangs
    office.start()
    office.watcher.start()
    thread = office.watcher._thread
    assert listing_begun.wait(20)
    office.watcher.stop()
    answers.set()
    thread.join(20)
    assert not thread.is_alive()
    assert (office.jobs, office.states) == (0, {}), "after the end it does nothing more"


def test_what_waits_is_handed_to_a_person_as_it_lies_in_the_folder(office: Office) -> None:
    for name, month in (("June.csv", 6), ("July.csv", 7), ("August.csv", 8)):
        office.save(name, marks(month))
    office.rest()
    (office.exports / "July.csv").unlink()
    office.save("August.csv", marks(9))
    open_ones = folder.arrived(office.house.records, "2000")
    given, gone = taking.contents(office.house, Folder(office.exports), open_ones)
    assert given == [("June.csv", marks(6))], "August has changed and is read again later"
    assert gone == 1
    assert office.states["July.csv"] == "gone"
    office.rest()
    assert office.states["August.csv"] == "waiting"


def test_a_lost_folder_loses_nothing_that_waits(office: Office) -> None:
    office.save("June.csv", marks(6))
    office.rest()
    office.exports.rename(office.exports.with_name("away"))
    open_ones = folder.arrived(office.house.records, "2000")
    assert taking.contents(office.house, Folder(office.exports), open_ones) == ([], 0)
    assert set(office.states.values()) <= WAITS
