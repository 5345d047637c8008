"""The Overview in its five states: figures, three lists, and where each line leads."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from screen import half_marked, said
from streamlit.testing.v1 import AppTest

from pages.look import overview as page

Opener = Callable[..., AppTest]


def test_full_page_gives_four_figures_and_their_months(filled: Path, open_page: Opener) -> None:
    app = open_page("")
    assert not app.exception
    assert [m.label for m in app.metric] == [
        "Attendance", "Absent 1 day in 10+", "At or above pass", "On roll"]
    assert app.metric[0].value == "97.5%"
    assert app.metric[3].value == "24"
    table = next(d.value for d in app.dataframe if "Month" in d.value.columns)
    assert list(table["On roll"]) == ["24"] * len(table)


def test_the_students_behind_each_figure_are_in_one_place(
    filled: Path, open_page: Opener
) -> None:
    app = open_page("")
    named = ["Attendance", "Absent 1 day in 10+", "At or above pass", "On roll"]
    assert [b.label for b in app.button if b.label in named] == named
    next(b for b in app.button if b.label == "On roll").click().run()
    listed = next(d.value for d in app.dataframe if "Name" in d.value.columns)
    assert len(listed) == 24
    wall = open_page("", {"present": "1"})
    assert len(wall.metric) == 4, "the figures are the chart of this page"
    assert not any(b.label in named for b in wall.button)


def test_the_lead_begins_with_what_needs_attention_in_two_sentences_at_most(
    filled: Path, open_page: Opener
) -> None:
    lead = next(str(h.proto.body) for h in open_page("").get("html")
                if 'class="lead"' in str(h.proto.body))
    assert "<b>" in lead and ("attention" in lead or "Nothing" in lead)
    assert lead.count(". ") <= 2  # the last full stop stands before the closing tag


def test_empty_house_shows_the_first_page(folder: Path, open_page: Opener) -> None:
    app = open_page("")
    assert not app.exception
    assert not app.metric
    assert "What would you like to do first?" in said(app)


def test_filters_that_leave_nobody_offer_to_clear(filled: Path, open_page: Opener) -> None:
    app = open_page("", {"from": "2030-01-01", "to": "2030-02-01", "as_of": "2030-02-01"})
    assert not app.exception
    assert "No student fits" in said(app)


def test_too_little_marked_shows_no_attendance_figure(folder: Path, open_page: Opener) -> None:
    half_marked(folder)
    app = open_page("")
    assert not app.exception
    assert "too little to judge attendance" in said(app)
    assert app.metric[0].value == "not shown"


def test_what_breaks_becomes_a_sentence_and_a_code(
    filled: Path, open_page: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("Invented Child 000")

    monkeypatch.setattr(page, "overview", broken)
    app = open_page("")
    assert "This page could not be drawn. Your data are safe." in said(app)
    assert "Invented Child" not in said(app)
