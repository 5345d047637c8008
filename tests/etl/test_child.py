"""The child opens files and nothing else: it starts quickly and loads neither store nor pages."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

from etl import desk, exchange
from etl.model import Context
from tests import workbooks

ROOT = Path(__file__).parents[2]
CONTEXT = Context(as_of=date(2025, 11, 14), preset="india")


def test_child_imports_no_store_no_page_and_no_statistics() -> None:
    code = ("import sys, etl.child; etl.child._begin(); "
            "import etl.reading, etl.sorting, etl.layouts; etl.layouts.layouts(); "
            "print([m for m in ('duckdb','streamlit','plotly','pandas','sqlalchemy','scipy',"
            "'statsmodels','openpyxl') if m in sys.modules])")
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True,
                          timeout=60, check=True)
    assert done.stdout.strip() == "[]"


def test_child_says_where_it_is_before_each_piece_of_work(tmp_path: Path) -> None:
    data = workbooks.text([["ID", "Mark"], ["1", "P"]])
    folder, paths = desk.receive([("a.csv", data), ("b.csv", data)], tmp_path)
    exchange.write_json(folder / exchange.REQUEST, {
        "files": [{"path": str(p), "label": p.name} for p in paths],
        "context": exchange.context_to_json(CONTEXT), "failed": {}})
    done = subprocess.run([sys.executable, "-m", "etl.child", str(folder)], cwd=ROOT,
                          capture_output=True, text=True, timeout=60, check=True)
    said = [json.loads(line) for line in done.stdout.splitlines()]
    assert [s["stage"] for s in said if s["stage"] not in ("settle", "extract")] == [
        "start", "read", "read", "read", "read", "recognise", "recognise", "done"]
    assert [s["file"] for s in said if s["stage"] == "read"] == [0, 0, 1, 1]
    reports = exchange.read_json(folder / exchange.REPORT)
    assert [r["file"] for r in reports] == ["a.csv", "b.csv"]


def test_file_that_ended_an_earlier_child_is_not_opened_again(tmp_path: Path) -> None:
    folder, paths = desk.receive([("a.csv", workbooks.text([["ID"], ["1"]]))], tmp_path)
    exchange.write_json(folder / exchange.REQUEST, {
        "files": [{"path": str(p), "label": p.name} for p in paths],
        "context": exchange.context_to_json(CONTEXT), "failed": {"read:0": "It was too much."}})
    subprocess.run([sys.executable, "-m", "etl.child", str(folder)], cwd=ROOT,
                   capture_output=True, timeout=60, check=True)
    (report,) = exchange.read_json(folder / exchange.REPORT)
    assert (report["state"], report["words"]) == ("refused", "It was too much.")
