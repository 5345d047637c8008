"""The page stays responsive while a load runs: how late a thread of the app's process wakes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench.test_import import ROWS, written

ROOT = Path(__file__).parents[2]
HEART = str(Path(__file__).with_name("heart.py"))

pytestmark = pytest.mark.long


def test_the_heart_beats_on_while_a_long_file_is_checked_and_published(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [str(written(tmp_path / "first.xlsx", ROWS)),
             str(written(tmp_path / "second.xlsx", ROWS - 10_000))]
    command = [sys.executable, HEART]
    around = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen([*command, "beat"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                          text=True) as alone:
        busy = subprocess.run([*command, "load", str(tmp_path / "data"), *files], cwd=ROOT,
                              env=around, stdout=subprocess.PIPE, text=True, timeout=900)
        out, _ = alone.communicate(timeout=60)
    assert busy.returncode == 0
    idle, loading = json.loads(out), json.loads(busy.stdout)
    with capsys.disabled():
        print(f"\nbeats of 5 ms beside {ROWS:,} rows; in an idle process meanwhile: "
              f"p99 {idle['p99']:.1f} ms late, worst {idle['worst']:.0f} ms")
        for name, beat in loading.items():
            print(f"  {name:<20} {beat['seconds']:5.1f} s  p99 {beat['p99']:5.1f} ms "
                  f"({beat['p99'] / idle['p99']:.1f} x)  worst {beat['worst']:4.0f} ms "
                  f"({beat['worst'] / idle['worst']:.1f} x)  over 100 ms: {beat['over']}  "
                  f"of it held {beat['held']:.0f} ms")
            for late, held, where in beat["found"]:
                print(f"      {late:4.0f} ms, of it held {held:4.0f}, at {' '.join(where)}")
    assert {b["rows"] for b in loading.values() if "rows" in b} == {ROWS, ROWS - 10_000}
