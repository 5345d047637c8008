"""Files made to do harm: each ends in a plain sentence, in bounded time, and sinks no other."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from etl import desk, guard
from etl.model import Context, SheetReport
from tests import workbooks
from tests.bench.test_import import worked

GOOD = workbooks.xlsx({"April": [
    ["Student ID", "Name", "Date", "Status"],
    *[[f"{i:03d}", f"Name {i}", date(2025, 4, 1), "P"] for i in range(30)],
]})
MARKS = [["School", "Student ID", "Date", "Attendance"],
         *(["Hill", f"{i:03d}", "2025-04-01", "P"] for i in range(30))]
ROOT = Path(__file__).parents[2]
SECONDS = 20.0  # of work, a file
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


def assert_plain(state: str, words: str) -> None:
    """A refusal that a secretary can read."""
    assert state in ("refused", "aside"), state
    assert 20 < len(words) < 400
    assert words.endswith(".")
    for jargon in ("Error", "Exception", "Traceback", "xml", "XML", "byte", "0x", "/tmp"):
        assert jargon not in words


HOSTILE = {
    "bomb.xlsx": workbooks.bomb,
    "sparse.xlsx": workbooks.sparse,
    "reach.xlsx": workbooks.hidden_reach,
    "claims.xlsx": workbooks.claims_little,
    "laughs.xlsx": workbooks.laughs,
    "laughs-strings.xlsx": lambda: workbooks.laughs("strings"),
    "outside.xlsx": workbooks.outside,
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
    started, before = time.monotonic(), worked()
    reports = dropped(tmp_path, (name, HOSTILE[name]()), ("good.xlsx", GOOD))
    assert worked() - before < SECONDS and time.monotonic() - started < 60
    bad = [r for r in reports if r.file.startswith(name)]
    assert bad, "the file is not named in the report"
    for report in bad:
        assert_plain(report.state, report.words)
    good = [r for r in reports if r.file == "good.xlsx"]
    assert len(good) == 1
    assert good[0].words != bad[0].words


def test_deeply_merged_sheet_ends_in_bounded_time(tmp_path: Path) -> None:
    started, before = time.monotonic(), worked()
    reports = dropped(tmp_path, ("merges.xlsx", workbooks.deep_merges()))
    assert worked() - before < SECONDS and time.monotonic() - started < 60
    assert len(reports) == 1
    assert_plain(reports[0].state, reports[0].words)


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


# Another process: a house open as the app has it, one drop through the work behind the page.
_APP = """
import json, resource, sys, time
from datetime import date
from pathlib import Path
from etl import intake, jobs
from school.house import open_house
house = open_house(Path(sys.argv[1]), least_free=0)
house.choose_preset("india")
def done(kind, work):
    number = jobs.start(house, kind, work)
    while jobs.status(house, number).open:
        time.sleep(0.05)
    assert jobs.status(house, number).state == "done", jobs.status(house, number).words
    return jobs.result(house, number)
place = house.staging / "drop"
place.mkdir()
paths = [Path(p) for p in sys.argv[2:]]
found = done("check", intake.reading(house, place, paths, date(2025, 11, 14)))
used = done("load", intake.using(house, found, frozenset(), "Head"))
assert house.healthy()
told = {r.file: [c.state, r.words] for c in found.cards for r in c.sheets}
children = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([told, used.count("loaded"), children.ru_maxrss / 1024]))
house.close()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux says so what children filled")
def test_all_of_them_at_once_fill_less_than_a_gibibyte_and_the_app_goes_on(tmp_path: Path) -> None:
    files = {**HOSTILE, "merges.xlsx": workbooks.deep_merges, "echo.xlsx": workbooks.echo,
             "line.csv": lambda: b"ID,Name\n1," + b"x" * 50_000_000,
             "good.csv": lambda: workbooks.text(MARKS)}
    assert len(files) >= 25
    for name, build in files.items():
        (tmp_path / name).write_bytes(build())
    done = subprocess.run(
        [sys.executable, "-c", _APP, str(tmp_path / "data"), *(str(tmp_path / n) for n in files)],
        cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[-500:]
    told, loaded, filled = json.loads(done.stdout)
    assert told.pop("good.csv")[0] == "ready" and loaded == 30
    for name in set(files) - {"good.csv"}:
        said = [v for file, v in told.items() if file.startswith(name)]
        assert said, name
        for state, words in said:
            assert_plain(state, words)
    assert 0 < filled < 1024
    print(f"{len(files)} files, the largest child {filled:.0f} MB")
