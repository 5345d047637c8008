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


def test_weights_are_decided_while_the_order_is_out_of_sight(
    filled: Path, open_page: Opener
) -> None:
    app = open_page("needs")
    app.button(key="needs:weigh").click().run()
    text = said(app)
    assert "The order is out of sight while you weigh." in text
    assert "below pass" not in text
    assert not app.get("plotly_chart") and not app.metric and not app.dataframe
    labels = [s.label for s in app.slider]
    assert labels == sorted(labels) and "Below pass in Mathematics" in labels
    keep = next(b for b in app.button if b.label == "Keep these weights")
    keep.click().run()
    assert "Write who decided this." in said(app)
    app.text_input(key="needs:weights:who").input("Ada")
    next(s for s in app.slider if "Mathematics" in s.label).set_value(2.0)
    next(b for b in app.button if b.label == "Keep these weights").click().run()
    assert not app.exception
    text = said(app)
    assert "decided by Ada." in text and "Order with your weights of" in text
    table = next(d.value for d in app.dataframe if "Weight" in d.value.columns)
    assert set(table["Weight"]) == {"1", "2"}


def test_what_the_team_can_act_on_is_kept_with_who_and_when(
    filled: Path, open_page: Opener
) -> None:
    app = open_page("needs", {"need": "chronic_absence"})
    next(g for g in app.button_group if g.label == "Can we act on it?").set_value("partly")
    keep = next(b for b in app.button if b.label == "Keep this")
    keep.click().run()
    assert "Write who decided this." in said(app)
    who = next(t for t in app.text_input if t.label == "Decided by")
    who.input("Ada")
    next(b for b in app.button if b.label == "Keep this").click().run()
    assert "Partly, decided by Ada on" in said(app)
    again = open_page("needs", {"need": "chronic_absence"})
    assert "Partly, decided by Ada on" in said(again)


def test_panel_says_where_since_when_and_what_to_ask(filled: Path, open_page: Opener) -> None:
    app = open_page("needs", {"need": "chronic_absence"})
    text = said(app)
    assert [t.label for t in app.tabs] == ["Where", "Since when"]
    assert "Absent 1 day in 10 or more, by school" in [s.value for s in app.subheader]
    assert "Ask first:" in text and "Is it the way to school" in text
    assert "3 of 24 students · the 10% line" in text


def test_present_shows_neither_panel_nor_weights(filled: Path, open_page: Opener) -> None:
    app = open_page("needs", {"present": "1"})
    assert not app.exception
    assert "Ask first:" not in said(app) and not app.slider
    assert not [b for b in app.button if b.label == "Set weights"]


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


def test_in_present_it_is_said_how_many_needs_are_too_small_to_show(
    filled: Path, open_page: Opener
) -> None:
    staff = open_page("needs", {"school": "hillside"})
    assert "staff only" not in said(staff)
    shown = open_page("needs", {"school": "hillside", "grade": "7", "present": "1"})
    assert not shown.exception
    # the six students of grade 7 have two needs: absence, and mathematics
    assert "needs are about fewer than 10 students; staff only." in said(shown)
    assert "We need attendance or marks" not in said(shown)
