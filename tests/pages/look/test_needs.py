"""The Needs page in its five states, the chosen need, and what a link brings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from screen import half_marked, said
from streamlit.testing.v1 import AppTest

from pages.look import needs as page

Opener = Callable[..., AppTest]


def test_full_page_gives_finding_tiles_chart_panel_and_table(
    filled: Path, open_page: Opener
) -> None:
    app = open_page("needs")
    assert not app.exception
    text = said(app)
    # In `hillside` the 12 girls are below pass and the 12 boys are not.
    assert "Mathematics for girls comes first: all 12 students are below pass in" in text
    assert "all 12 students · the 20% line used in India (convention) allows 20%" in text
    assert [m.label for m in app.metric][:2] == ["First need", "Needs beyond chance"]
    assert [s.label for s in app.selectbox] == ["Look closer at"]
    table = next(d.value for d in app.dataframe if "Certainty" in d.value.columns)
    assert set(table["Certainty"]) <= {"Clear", "Close call", "Could be chance", "Too few to say"}
    assert table["Need"].iloc[0].startswith(("Absent", "Below", "Not yet"))


def test_the_chosen_need_comes_from_the_link(filled: Path, open_page: Opener) -> None:
    first = open_page("needs")
    options = first.selectbox[0].options
    last = open_page("needs", {"need": "pass_rate:Mathematics"})
    assert not last.exception
    assert last.selectbox[0].value in ("pass_rate:Mathematics", first.selectbox[0].value)
    assert len(options) == len(last.selectbox[0].options)


def test_empty_house_shows_no_chart(folder: Path, open_page: Opener) -> None:
    app = open_page("needs")
    assert not app.exception
    assert not app.get("plotly_chart")
    assert not app.metric


def test_filters_that_leave_nobody_offer_to_clear(filled: Path, open_page: Opener) -> None:
    app = open_page("needs", {"school": "riverbank", "grade": "7", "from": "2030-01-01",
                              "to": "2030-02-01", "as_of": "2030-02-01"})
    assert not app.exception
    assert "No student fits" in said(app)
    assert any(b.label == "Clear filters" for b in app.button)


def test_too_little_marked_withholds_the_absence_need(folder: Path, open_page: Opener) -> None:
    half_marked(folder)
    app = open_page("needs")
    assert not app.exception
    text = said(app)
    assert "Below 70% a rate would mislead" in text
    assert "missed 1 day in 10" not in text


def test_what_breaks_becomes_a_sentence_and_a_code(
    filled: Path, open_page: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("Invented Child 000")

    monkeypatch.setattr(page, "needs", broken)
    app = open_page("needs")
    assert not app.exception
    assert "This page could not be drawn. Your data are safe." in said(app)
    assert "Invented Child" not in said(app)
