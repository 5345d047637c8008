"""The Enrolment page: steps, empty, nobody, Present, and what breaks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import hillside
import pytest
from screen import said
from streamlit.testing.v1 import AppTest

from pages.look import enrolment as page

Opener = Callable[..., AppTest]


@pytest.fixture
def two_years(folder: Path) -> Path:
    """The small house with last year's class list: 12 in Class 5 and 6 a school, two left."""
    house = hillside.fill(folder)
    with house.store.writing() as tx:
        tx.execute("insert into mart.enrollment select * replace (date '2024-04-01' as begin_date, "
                   "'2024-25' as academic_year, (grade::integer - 1)::text as grade) "
                   "from mart.enrollment")
        tx.execute("update mart.enrollment set end_date = '2025-01-10', exit_type = 'transfer' "
                   "where student = 1000 and academic_year = '2024-25'")
        tx.execute("delete from mart.enrollment where student in (1000, 1001) "
                   "and academic_year = '2025-26'")
        tx.execute("delete from mart.attendance where student in (1000, 1001)")
        hillside.derive(tx, None)
        hillside.set_meta(tx, "data_version", "2")
    house.close()
    return folder


def test_full_page_tells_steps_tiles_and_what_became_of_each_grade(
    two_years: Path, open_page: Opener
) -> None:
    app = open_page("enrolment")
    assert not app.exception
    text = said(app)
    assert "22 students on" in text and "2 fewer than last year: 0 joined, 2 left" in text
    assert "1 of them we do not know where to." in text
    assert [m.label for m in app.metric] == ["On roll", "Joined", "Left", "Place unknown"]
    assert "Dropped out: between 0 and 1 of 23 students" in text
    assert any("Moved up" in d.value.columns for d in app.dataframe)


def test_one_class_list_tells_the_number_alone(filled: Path, open_page: Opener) -> None:
    app = open_page("enrolment")
    assert not app.exception
    assert "Who left needs a class list of both years." in said(app)
    assert not app.get("plotly_chart")


def test_a_promise_to_grow_is_told_against_its_line(two_years: Path, open_page: Opener) -> None:
    app = open_page("enrolment")
    app.date_input(key="growth:from").set_value(date(2024, 7, 1)).run()
    assert "From 24 to 32 by 1 Jul 2026" in said(app)


def test_filters_that_leave_nobody_offer_to_clear(filled: Path, open_page: Opener) -> None:
    app = open_page("enrolment", {"school": "riverbank", "grade": "7", "from": "2035-01-01",
                                  "to": "2035-02-01", "as_of": "2035-02-01"})
    assert not app.exception
    assert any(b.label == "Clear filters" for b in app.button)


def test_in_present_small_steps_are_not_told_apart(two_years: Path, open_page: Opener) -> None:
    app = open_page("enrolment", {"present": "1"})
    assert not app.exception
    assert "Moved to another school" not in said(app)
    assert not [b for b in app.button if "See who" in b.label]


def test_what_breaks_becomes_a_sentence_and_a_code(
    filled: Path, open_page: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("Invented Child 000")

    monkeypatch.setattr(page, "enrolment", broken)
    app = open_page("enrolment")
    assert "This page could not be drawn. Your data are safe." in said(app)
    assert "Invented Child" not in said(app)
