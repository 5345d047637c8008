"""Files with a few bytes wrong, ours and real ones: each ends in a report, in bounded time."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from etl.desk import SILENT_SECONDS
from tests import documents, workbooks
from tests.bench.test_import import worked
from tests.etl.test_hostile import GOOD, assert_plain, dropped
from tests.grids import REAL

_ROWS = [["Student ID", "Name", "Date", "Status"],
         *([f"{i:03d}", f"नाम {i}", "2025-04-01", "P"] for i in range(30))]
_TEXT = workbooks.text(_ROWS)
_ZIP = workbooks.zipped({"a.csv": _TEXT, "b.xlsx": GOOD})
_ODS = documents.simple({"April": _ROWS})
_NAMES = ("n.xlsx", "n.xls", "n.ods", "n.csv", "n.txt", "n.zip")
MOST = 300_000  # bytes of a real file
DROP = 25

Mutant = tuple[str, bytes]


def noise(seed: int) -> Mutant:
    """Any bytes under the name of a list; half of them begin as such a file does."""
    chance = random.Random(seed)
    name = chance.choice(_NAMES)
    begin = chance.choice([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe"])
    return name, begin + chance.randbytes(chance.randint(1, 20_000))


KINDS: dict[str, Callable[[int], Mutant]] = {
    "workbook": lambda seed: ("m.xlsx", workbooks.mutated(GOOD, seed)),
    "part of a workbook": lambda seed: ("m.xlsx", workbooks.mutated_inside(GOOD, seed)),
    "text": lambda seed: ("m.csv", workbooks.mutated(_TEXT, seed)),
    "ods": lambda seed: ("m.ods", workbooks.mutated_inside(_ODS, seed)),
    "zip": lambda seed: ("m.zip", workbooks.mutated(_ZIP, seed)),
    "file of a zip": lambda seed: ("m.zip", workbooks.mutated_inside(_ZIP, seed)),
    "noise": noise,
}


def real_files() -> list[Path]:
    """Real files that are small enough to be mutated often."""
    return sorted(p for p in REAL.rglob("*") if p.suffix in (".csv", ".xls", ".xlsx", ".zip")
                  and 0 < p.stat().st_size < MOST)


def of_real(path: Path, seed: int) -> Mutant:
    """A real file mutated; a workbook every other time in one of its parts."""
    data = path.read_bytes()
    if path.suffix == ".xlsx" and seed % 2:
        return path.name, workbooks.mutated_inside(data, seed)
    return path.name, workbooks.mutated(data, seed)


def mutants(made: list[Mutant], tmp_path: Path) -> None:
    """Drops of 25: each file gets a report, a refusal is plain, and nothing escapes or hangs."""
    ended: Counter[str] = Counter()
    longest = 0.0
    for start in range(0, len(made), DROP):
        files = [(f"{start + n} {name}", data)
                 for n, (name, data) in enumerate(made[start : start + DROP])]
        began, before = time.monotonic(), worked()
        reports = dropped(tmp_path, *files)
        took = time.monotonic() - began
        longest = max(longest, took)
        assert worked() - before < DROP * SILENT_SECONDS
        for name, _ in files:
            mine = [r for r in reports if r.file == name or r.file.startswith(f"{name}/")]
            assert mine, name
            for report in mine:
                ended[report.state] += 1
                assert report.words or report.questions
                if report.state == "refused":
                    assert_plain(report.state, report.words)
    print(f"{len(made)} mutants: {dict(ended)}; the longest drop of {DROP} took {longest:.1f} s")


def ours(count: int) -> list[Mutant]:
    """So many mutants of our own files, of every kind in turn."""
    kinds = list(KINDS.values())
    return [kinds[seed % len(kinds)](seed) for seed in range(count)]


def test_a_hundred_mutants_of_every_kind_end_in_reports(tmp_path: Path) -> None:
    mutants(ours(75), tmp_path)
    mutants([KINDS["workbook"](seed) for seed in range(25)], tmp_path)


@pytest.mark.long
def test_two_thousand_mutants_end_in_reports(tmp_path: Path) -> None:
    mutants(ours(2000), tmp_path)


@pytest.mark.long
def test_a_thousand_mutants_of_real_files_end_in_reports(tmp_path: Path) -> None:
    files = real_files()
    if not files:
        pytest.skip("the real files are not on this machine")
    mutants([of_real(files[seed % len(files)], seed) for seed in range(1000)], tmp_path)
