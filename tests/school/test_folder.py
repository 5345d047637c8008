"""The watched folder on record: set, changed and switched off, and each file known again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from school.records import Records, audit, folder, loads
from school.records.folder import Entry, Folder

NOON = datetime(2025, 11, 14, 12, 0)
JUNE = Entry("June.xlsx", 900, 1_750_000_000_123_456_789)


@pytest.fixture
def records() -> Iterator[Records]:
    opened = Records(clock=lambda: NOON)
    folder.watch(opened, "owner", Folder(Path("/exports")))
    yield opened
    opened.close()


def states(records: Records) -> dict[str, str]:
    return {one.name: one.state for one in folder.arrived(records, "2025")}


def added(records: Records, sha256: str) -> int:
    new = loads.NewLoad("June.xlsx", sha256, "digest", {})
    return loads.announce(records, "drop", [new], who="owner", as_of=date(2025, 11, 14),
                          preset=None, answers={})[0]


def test_a_folder_is_set_changed_and_switched_off_and_each_time_written_down(
    records: Records,
) -> None:
    folder.watch(records, "owner", Folder(Path("/exports"), by_itself=True))
    assert folder.folder(records) == Folder(Path("/exports"), True)
    folder.watch(records, "owner", None)
    assert folder.folder(records) is None
    assert [(e.what, dict(e.counts)) for e in audit.trail(records)] == [
        ("watch no folder", {}), ("watch a folder", {"by_itself": 1}),
        ("watch a folder", {"by_itself": 0})]


def test_a_file_is_known_again_until_it_changes(records: Records) -> None:
    assert folder.fresh(records, [JUNE]) == [JUNE]
    folder.note(records, JUNE, "aa", "used")
    assert folder.fresh(records, [JUNE]) == []
    later = Entry(JUNE.name, JUNE.size, JUNE.changed + 1)
    assert folder.fresh(records, [later]) == [later]


def test_the_same_bytes_are_known_from_the_folder_and_from_a_person(records: Records) -> None:
    folder.note(records, JUNE, "aa", "asks")
    assert folder.taken(records, "aa") == "open"
    number = added(records, "aa")
    assert folder.taken(records, "aa") == "open", "what is being saved may still fail"
    loads.set_state(records, [number], "standing")
    assert folder.taken(records, "aa") == "known"
    loads.set_state(records, [number], "reverted")
    assert folder.taken(records, "aa") == "known", "what was undone does not come back by itself"
    assert folder.taken(records, "bb") is None


def test_what_a_person_has_added_waits_no_more(records: Records) -> None:
    folder.note(records, JUNE, "aa", "asks", "It needs an answer.")
    assert states(records) == {"June.xlsx": "asks"}
    loads.set_state(records, [added(records, "aa")], "standing")
    assert states(records) == {"June.xlsx": "known"}


def test_a_changed_file_takes_the_place_of_the_one_that_waited(records: Records) -> None:
    folder.note(records, JUNE, "aa", "waiting")
    folder.note(records, Entry("June.xlsx", 901, 2), "bb", "waiting")
    assert [(a.sha256, a.state) for a in folder.arrived(records, "2025")] == [
        ("bb", "waiting"), ("aa", "replaced")]
    assert folder.taken(records, "aa") is None
    assert folder.fresh(records, [JUNE]) == [JUNE], "if it comes back, it is read again"


def test_a_file_that_went_away_is_read_again_when_it_comes_back(records: Records) -> None:
    folder.note(records, JUNE, "aa", "waiting")
    folder.settle(records, [a.id for a in folder.arrived(records, "2025")], "gone")
    assert folder.taken(records, "aa") is None
    assert folder.fresh(records, [JUNE]) == [JUNE]


def test_what_waits_is_always_told_and_what_is_over_only_since_a_day(records: Records) -> None:
    folder.note(records, JUNE, "aa", "used")
    folder.note(records, Entry("July.xlsx", 1, 1), "bb", "refused")
    assert {a.name for a in folder.arrived(records, "2025-11-14")} == {"June.xlsx", "July.xlsx"}
    assert {a.name for a in folder.arrived(records, "2025-11-15")} == {"July.xlsx"}


def test_what_waited_in_another_folder_is_forgotten_and_what_was_used_is_not(
    records: Records,
) -> None:
    folder.note(records, JUNE, "aa", "used")
    july = Entry("July.xlsx", 1, 1)
    folder.note(records, july, "bb", "waiting")
    folder.watch(records, "owner", Folder(Path("/exports"), by_itself=True))
    assert states(records)["July.xlsx"] == "waiting", "the folder is the same"
    folder.watch(records, "owner", None)
    assert states(records) == {"June.xlsx": "used"}
    assert folder.fresh(records, [july]) == [july]
