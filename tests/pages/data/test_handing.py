"""Files that the pages hand out: marked rows, empty templates, and all that is held."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from screen import settled
from streamlit.testing.v1 import AppTest

import server
from etl.model import GUIDE
from etl.templates import templates
from school.config import preset
from school.records import audit
from tests import workbooks

Opener = Callable[..., AppTest]
MARKS = [["Student ID", "Name", "School", "Class", "Date", "Status"],
         *[[f"{i:03d}", f"Invented {i}", "Hill School", "7 B", date(2025, 4, day), "P"]
           for i in range(20) for day in (1, 2, 3)]]
WRONG = {"E4": "soon", "A7": None, "E9": "31/02/2025"}


def wrong() -> bytes:
    rows = [list(r) for r in MARKS]
    for address, value in WRONG.items():
        row, column = openpyxl.utils.cell.coordinate_to_tuple(address)
        rows[row - 1][column - 1] = value
    return workbooks.xlsx({"April": rows})


def press(app: AppTest, label: str) -> AppTest:
    found = [b for b in app.button if b.label == label]
    assert found, [b.label for b in app.button]
    return found[0].click().run()


def collected(app: AppTest, folder: Path) -> Any:
    """The workbook behind the link on the page."""
    return openpyxl.load_workbook(io.BytesIO(content(app)))


def content(app: AppTest) -> bytes:
    """The bytes behind the link on the page."""
    bodies = " ".join(str(h.proto.body) for h in app.get("html"))
    (token,) = set(re.findall(r'href="/export/([\w-]+)"', bodies))
    return (server.data_folder() / "exports" / token / "content").read_bytes()


def commented(page: Any) -> set[str]:
    return {c.coordinate for row in page.iter_rows() for c in row if c.comment}


@pytest.fixture
def house(folder: Path) -> None:
    made = server.house("own")
    assert made is not None
    made.choose_preset("india")


def test_bad_rows_are_given_back_marked_on_the_card_after_use_and_on_data_quality(
    house: None, folder: Path, open_page: Opener
) -> None:
    app = open_page("upload")
    app.file_uploader[0].set_value([("April.xlsx", wrong(), "application/octet-stream")])
    app = press(settled(app), "Get the rows back, marked")
    assert not app.exception
    assert commented(collected(app, folder)["April"]) == set(WRONG)
    app = settled(press(app, "Use these data"))
    app = press(app, "Get the 3 rows back, marked")
    assert not app.exception
    assert commented(collected(app, folder)["April"]) == set(WRONG)
    quality = press(open_page("quality"), "Get the 3 rows back, marked")
    assert not quality.exception
    assert commented(collected(quality, folder)["April"]) == set(WRONG)


def test_a_file_that_was_not_kept_is_said_plainly(
    house: None, folder: Path, open_page: Opener
) -> None:
    app = open_page("upload")
    app.file_uploader[0].set_value([("April.xlsx", wrong(), "application/octet-stream")])
    app = settled(press(settled(app), "Use these data"))
    for kept in (folder / "uploads").iterdir():
        kept.unlink()
    quality = press(open_page("quality"), "Get the 3 rows back, marked")
    assert not quality.exception
    assert any("was not kept" in m.value for m in quality.markdown)


def test_a_file_without_faults_offers_nothing_to_mend(house: None, open_page: Opener) -> None:
    app = open_page("upload")
    app.file_uploader[0].set_value([
        ("April.xlsx", workbooks.xlsx({"April": MARKS}), "application/octet-stream")])
    assert not [b for b in settled(app).button if "back, marked" in b.label]


def test_every_template_on_upload_can_be_taken_along(house: None, open_page: Opener) -> None:
    for title in [t.title for t in templates(preset("india"))]:
        app = press(open_page("upload"), title)
        assert not app.exception
        book = openpyxl.load_workbook(io.BytesIO(content(app)))
        assert book.sheetnames == [title, GUIDE]


def test_what_we_hold_is_a_zip_of_lists(filled: Path, open_page: Opener) -> None:
    app = press(open_page("quality"), "Make the lists")
    assert not app.exception
    names = zipfile.ZipFile(io.BytesIO(content(app))).namelist()
    assert {"students.csv", "attendance.csv", "results.csv", "schools.csv"} <= set(names)
    made = server.house("own")
    assert made is not None
    assert "export what is held" in [line.what for line in audit.trail(made.records)]
