"""Numbers of our own on Data quality: untitled, titled, changed, taken away; then on Compare."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import hillside
import pytest
from screen import said
from streamlit.testing.v1 import AppTest

from school import own
from tests.drops import table

Opener = Callable[..., AppTest]
TITLE = "Minutes in the reading program"


@pytest.fixture
def counted(folder: Path) -> Path:
    """Hillside with minutes of each student, 10 for girls and 40 for boys."""
    house = hillside.fill(folder)
    with house.store.writing() as tx:
        tx.insert("mart.numbers", table("numbers", [
            {"student": p["student"], "name": "Minutes", "date": date(2025, 6, 2),
             "org_id": p["org_id"], "grade": p["grade"], "class": p["class"],
             "value": 10.0 if p["sex"] == "female" else 40.0}
            for p in hillside.people()]).drop_columns(["row"]))
    house.close()
    return folder


def titled(folder: Path, line: float | None = 20) -> None:
    house = hillside.open_house(folder)
    own.define(house, "owner", "Minutes", title=TITLE, unit="minutes", better="higher", minimum=10,
               line=line)
    house.close()


def press(app: AppTest, label: str) -> None:
    next(b for b in app.button if b.label == label).click().run()
    assert not app.exception


def test_without_any_it_says_where_they_come_from(filled: Path, open_page: Opener) -> None:
    text = said(open_page("quality"))
    assert "Numbers of our own" in text and "A number of our own" in text


def test_a_number_without_a_title_is_given_one(counted: Path, open_page: Opener) -> None:
    app = open_page("quality")
    assert "**One number has no title yet.**" in said(app)
    press(app, "Give it a title")
    next(t for t in app.text_input if t.label == "Title").set_value(TITLE)
    next(n for n in app.number_input if n.label.startswith("Our line")).set_value(20.0)
    press(app, "Save")
    assert f"Saved: {TITLE}." in said(app)
    assert f"**{TITLE}**" in said(app) and "our line at 20" in said(app)


def test_a_line_without_a_good_side_is_refused_in_words(
    counted: Path, open_page: Opener
) -> None:
    app = open_page("quality")
    press(app, "Give it a title")
    next(t for t in app.text_input if t.label == "Title").set_value(" ")
    press(app, "Save")
    assert "Give the number a title of at most 60 letters." in said(app)


def test_a_title_taken_away_keeps_the_values(counted: Path, open_page: Opener) -> None:
    titled(counted)
    app = open_page("quality")
    press(app, "Change")
    press(app, "Take the title away")
    assert "**One number has no title yet.**" in said(app)


def test_with_a_title_it_stands_on_compare_and_progress(counted: Path, open_page: Opener) -> None:
    titled(counted)
    app = open_page("compare", {"measure": "own:minutes", "split": "group.sex"})
    assert not app.exception
    assert f"{TITLE}: 25.0." in said(app)
    share = open_page("compare", {"measure": "own:minutes:share", "split": "grade"})
    assert f"{TITLE}: 20 or less: 50%." in said(share)
    over_time = open_page("progress", {"measure": "own:minutes"})
    assert not over_time.exception and over_time.title[0].value.startswith("Is minutes in the")
