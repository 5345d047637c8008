"""What lies in a watched folder, and why a folder cannot be watched, in words."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from etl import listing
from school.errors import WrongUse
from school.records.folder import Entry
from school.terms import folder as words


@pytest.fixture
def exports(tmp_path: Path) -> Path:
    place = tmp_path / "exports"
    place.mkdir()
    return place


@pytest.fixture
def own(tmp_path: Path) -> Path:
    place = tmp_path / "data"
    (place / "uploads").mkdir(parents=True)
    return place


def why(text: object, own: Path) -> str:
    with pytest.raises(WrongUse) as refused:
        listing.chosen(str(text), own)
    return refused.value.words


def test_files_that_a_program_keeps_for_itself_are_left_alone(exports: Path) -> None:
    for name in ("~$June.xlsx", "June.xlsx.part", "June.xlsx.crdownload", ".June.xlsx", "~June.csv",
                 "June.tmp", "notes.docx", "June"):
        (exports / name).write_bytes(b"x")
    (exports / "Older").mkdir()
    (exports / "Older" / "May.xlsx").write_bytes(b"x")
    for name in ("June.xlsx", "MARKS.CSV", "all.zip"):
        (exports / name).write_bytes(b"abc")
    found = listing.entries(exports)
    assert [e.name for e in found] == ["June.xlsx", "MARKS.CSV", "all.zip"]
    assert found[0] == Entry("June.xlsx", 3, (exports / "June.xlsx").stat().st_mtime_ns)


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own on this system")
def test_links_pipes_and_names_that_are_no_text_are_passed_over(exports: Path, own: Path) -> None:
    (exports / os.fsdecode(b"J\xfcne.csv")).touch()
    secret = own / "secret.csv"
    secret.write_text("a,b")
    (exports / "link.csv").symlink_to(secret)
    os.mkfifo(exports / "pipe.csv")
    assert listing.entries(exports) == []


def test_a_folder_of_ten_thousand_files_is_not_watched(exports: Path, own: Path) -> None:
    for number in range(10_000):
        (exports / f"{number}.csv").touch()
    assert why(exports, own) == words.TOO_MANY.format(most="5,000")


def test_every_folder_that_cannot_be_watched_is_refused_in_words(exports: Path, own: Path) -> None:
    file = exports / "June.xlsx"
    file.write_bytes(b"x")
    other = exports / "Other Staffroom"
    other.mkdir()
    (other / "facts.duckdb").touch()
    assert why("exports", own) == why("", own) == why("~nobody-of-this-name/x", own) == \
        words.NOT_WHOLE
    assert why(exports / "not here", own) == words.NO_FOLDER
    assert why(file, own) == words.A_FILE
    assert why(own, own) == why(own / "uploads", own) == why(other, own) == words.OUR_OWN
    assert why(own / "uploads" / "..", own) == words.OUR_OWN
    assert why(f"{exports}\0", own) == words.NO_FOLDER


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0,
                    reason="this user may look into every folder")
def test_a_folder_without_the_right_to_read_is_refused_in_words(exports: Path, own: Path) -> None:
    exports.chmod(0o000)
    try:
        assert why(exports, own) == words.NO_RIGHT
    finally:
        exports.chmod(0o700)


def test_no_right_and_a_drive_that_went_away_have_words(exports: Path, own: Path) -> None:
    def shut(folder: Path) -> list[Entry]:
        raise PermissionError(13, "no")

    def dead(folder: Path) -> list[Entry]:
        raise OSError(5, "input/output error")

    for lister, said in ((shut, words.NO_RIGHT), (dead, words.GONE)):
        with pytest.raises(WrongUse) as refused:
            listing.look(exports, own, lister)
        assert refused.value.words == said


def test_a_path_copied_with_its_quotes_is_understood(exports: Path, own: Path) -> None:
    assert listing.chosen(f'  "{exports}" ', own) == exports


def test_a_file_is_read_only_as_it_was_listed(exports: Path) -> None:
    path = exports / "June.csv"
    path.write_text("a,b\n")
    listed = listing.entries(exports)[0]
    sha256 = listing.digest(exports, listed, lambda: False)
    assert sha256 is not None and listing.content(exports, "June.csv", sha256) == b"a,b\n"
    assert listing.digest(exports, listed, lambda: True) is None, "it is asked to stop"
    path.write_text("a,b\n1,2\n")
    assert listing.digest(exports, listed, lambda: False) is None
    assert listing.content(exports, "June.csv", sha256) is None
    path.unlink()
    assert listing.digest(exports, listed, lambda: False) is None
    assert listing.content(exports, "June.csv", sha256) is None


def test_only_so_many_files_and_bytes_go_together() -> None:
    def found(count: int, size: int) -> list[listing.Found]:
        return [listing.Found(Entry(f"{n}.csv", size, 1), str(n)) for n in range(count)]

    assert len(listing.batch(found(50, 1))) == listing.AT_ONCE
    assert len(listing.batch(found(3, 60 * 1024**2))) == 1
    assert len(listing.batch(found(1, 200 * 1024**2))) == 1
