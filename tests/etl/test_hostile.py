"""Files made to do harm: each ends in a plain sentence, in bounded time, and sinks no other."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest

from etl import desk, guard
from etl.model import Context, SheetReport
from tests import workbooks

GOOD = workbooks.xlsx({"April": [
    ["Student ID", "Name", "Date", "Status"],
    *[[f"{i:03d}", f"Name {i}", date(2025, 4, 1), "P"] for i in range(30)],
]})
CONTEXT = Context(as_of=date(2025, 11, 14), preset="india")


def dropped(tmp_path: Path, *files: tuple[str, bytes]) -> tuple[SheetReport, ...]:
    """Reports of a drop of these files."""
    folder, paths = desk.receive(files, tmp_path / "staging")
    drop = desk.check(paths, CONTEXT, tmp_path / "staging", folder=folder)
    try:
        return drop.reports
    finally:
        drop.close()
        assert not folder.exists()


def assert_plain(report: SheetReport) -> None:
    """A refusal that a secretary can read."""
    assert report.state in ("refused", "aside"), report.state
    assert 20 < len(report.words) < 400
    assert report.words.endswith(".")
    for jargon in ("Error", "Exception", "Traceback", "xml", "XML", "byte", "0x", "/tmp"):
        assert jargon not in report.words


HOSTILE = {
    "bomb.xlsx": workbooks.bomb,
    "sparse.xlsx": workbooks.sparse,
    "reach.xlsx": workbooks.hidden_reach,
    "laughs.xlsx": workbooks.laughs,
    "laughs-strings.xlsx": lambda: workbooks.laughs("strings"),
    "lying.xlsx": workbooks.lying,
    "fat.xlsx": workbooks.fat_cell,
    "sheets.xlsx": workbooks.many_sheets,
    "locked.xlsx": workbooks.encrypted,
    "locked.xls": workbooks.encrypted,
    "old.xls": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(range(256)) * 64,
    "older.xls": lambda: b"\x09\x08" + bytes(range(256)) * 64,
    "empty.xlsx": lambda: b"",
    "empty.csv": lambda: b"",
    "blank.csv": lambda: b"\r\n \r\n",
    "picture.xlsx": lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8,
    "picture.csv": lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8,
    "zeros.csv": lambda: b"\x00" * 100_000,
    "zeros-and-text.csv": lambda: (b"a,b\x00\x00\x01\n" * 20_000),
    "page.xls": lambda: b"<html><body><table><tr><td>1</td></tr></table></body></html>",
    "commas.csv": lambda: b"," * 2_000_000,
    "quote.csv": lambda: b'"' + b"a,b\n" * 100_000,
    "nested.zip": lambda: workbooks.zipped({"a.zip": workbooks.zipped({
        "b.zip": workbooks.zipped({"c.zip": b"x", "d.csv": b"a,b\n1,2\n"})})}),
    "up.zip": lambda: workbooks.zipped({"../../evil.csv": b"a,b\n1,2\n"}),
    "absolute.zip": lambda: workbooks.zipped({"/etc/evil.csv": b"a,b\n1,2\n"}),
    "nothing.zip": lambda: workbooks.zipped({"readme.md": b"hello"}),
    "hollow.zip": lambda: workbooks.zipped({}),
    "zeros.zip": lambda: workbooks.zipped({f"{i}.csv": b"\x00" * 90_000_000 for i in range(4)}),
    "program.exe": lambda: b"MZ" + bytes(200),
    "binary.xlsx": lambda: workbooks.zipped({"xl/workbook.bin": b"x"}),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file_is_refused_in_words_and_the_file_beside_it_is_still_read(
    name: str, tmp_path: Path
) -> None:
    started = time.monotonic()
    reports = dropped(tmp_path, (name, HOSTILE[name]()), ("good.xlsx", GOOD))
    assert time.monotonic() - started < 60
    bad = [r for r in reports if r.file.startswith(name)]
    assert bad, "the file is not named in the report"
    for report in bad:
        assert_plain(report)
    good = [r for r in reports if r.file == "good.xlsx"]
    assert len(good) == 1
    assert good[0].words != bad[0].words


def test_deeply_merged_sheet_ends_in_bounded_time(tmp_path: Path) -> None:
    started = time.monotonic()
    reports = dropped(tmp_path, ("merges.xlsx", workbooks.deep_merges()))
    assert time.monotonic() - started < 60
    assert len(reports) == 1
    assert_plain(reports[0])


@pytest.mark.parametrize("tenth", range(10))
def test_workbook_cut_short_is_called_damaged(tenth: int, tmp_path: Path) -> None:
    cut = GOOD[: len(GOOD) * tenth // 10 + 3]
    (report,) = dropped(tmp_path, ("cut.xlsx", cut))
    assert report.state == "refused"
    assert report.words == guard.DAMAGED


def test_truncated_zip_of_lists_is_called_damaged(tmp_path: Path) -> None:
    whole = workbooks.zipped({"a.csv": workbooks.text([["ID", "Name"], ["1", "x"]] * 50)})
    (report,) = dropped(tmp_path, ("cut.zip", whole[: len(whole) - 30]))
    assert report.words == guard.DAMAGED


def mutants(count: int, tmp_path: Path) -> None:
    """Every mutant in one drop of 25: whatever they are, each gets a report and nothing escapes."""
    for start in range(0, count, 25):
        seeds = range(start, start + 25)
        files = [(f"m{seed}.xlsx", workbooks.mutated(GOOD, seed)) for seed in seeds]
        reports = dropped(tmp_path, *files)
        named = {r.file for r in reports}
        assert named == {name for name, _ in files}
        assert all(r.words for r in reports)


def test_a_hundred_mutated_workbooks_end_in_reports(tmp_path: Path) -> None:
    mutants(100, tmp_path)


@pytest.mark.long
def test_two_thousand_mutated_workbooks_end_in_reports(tmp_path: Path) -> None:
    mutants(2000, tmp_path)
