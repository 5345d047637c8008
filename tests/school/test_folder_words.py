"""Sentences about the watched folder: none, one, many, and who else keeps it."""

from __future__ import annotations

from school.config import preset
from school.terms import folder as words


def test_what_the_folder_brought_is_told_in_one_breath() -> None:
    assert words.told(0, {}) == ""
    assert words.told(1, {}) == "1 file from the folder was used today."
    assert words.told(2, {"asks": 1}) == \
        "2 files from the folder were used today. 1 file waits for an answer."
    assert words.told(0, {"asks": 2, "waiting": 1, "refused": 3, "left": 9}) == (
        "2 files from the folder wait for an answer. 1 file waits for a look. "
        "3 files could not be used.")
    assert words.told(123456, {}, preset("india")).startswith("1,23,456 files")


def test_why_a_file_waits_is_told_for_one_and_for_many() -> None:
    assert words.asks(1) == "It needs an answer." and words.asks(3) == "It needs 3 answers."
    assert words.rejects(1) == "1 row would be left out."
    assert words.rejects(38) == "38 rows would be left out."
    assert words.holds(["This is a class list."]) == "This is a class list."
    assert words.holds(["a", "b"]) == "It holds 2 lists."
    assert words.gone(1).startswith("1 file is no longer in the folder.")
    assert words.gone(2).startswith("2 files are no longer in the folder.")
    assert words.growing(2).startswith("2 files are still being written")


def test_a_folder_that_others_keep_too_is_named_by_them() -> None:
    assert words.slow("a network drive").startswith("This folder is on a network drive.")
    assert words.slow("OneDrive").startswith("This folder is kept in step by OneDrive.")
