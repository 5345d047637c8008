"""The Progress page in its five states, and a target that is typed on it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import hillside
import pytest
from screen import said
from streamlit.testing.v1 import AppTest

from school.records import targets

Opener = Callable[..., AppTest]


def test_full_page_gives_verdict_tiles_chart_and_table(filled: Path, open_page: Opener) -> None:
    app = open_page("progress")
    assert not app.exception
    text = said(app)
    assert '<p role="status" class="lead">' in text
    assert "Attendance, by week" in text
    assert [m.label for m in app.metric] == ["Latest week", "Usual range", "Target"]
    assert app.metric[0].value == "97.5%"
    assert app.metric[2].value == "90%"
    assert "90% is reached every week" in text
    assert len(app.get("plotly_chart")) == 1


def test_a_short_week_is_hollow_in_the_caption_in_the_table_and_for_the_ear(
    filled: Path, open_page: Opener
) -> None:
    app = open_page("progress")
    text = said(app)
    assert "Hollow dot: a short week, not judged." in text
    assert ("A change is named only where chance shows as much in fewer than 5 of 100 charts this "
            "long.") in text
    assert "A week is judged where at least three quarters of the usual school days" in text
    assert "A change is looked for by four rules (Making Data Count)" in text
    table = next(d.value for d in app.dataframe if "Week" in d.value.columns)
    assert dict(zip(table["Week"], table["Note"], strict=True))["Week of 23 Jun"] == (
        "short week, not judged")
    assert "13 weeks, 1 of them not judged" in app.get("plotly_chart")[0].proto.alt


def test_the_title_names_what_is_followed(filled: Path, open_page: Opener) -> None:
    assert [t.value for t in open_page("progress").title] == ["Is attendance getting better?"]
    app = open_page("progress", {"measure": "headcount"})
    assert [t.value for t in app.title] == ["Is the number of students changing?"]


def test_the_students_behind_a_week_are_listed_for_staff(
    filled: Path, open_page: Opener
) -> None:
    app = open_page("progress", {"point": "2025-04-14"})
    labels = [b.label for b in app.button]
    assert "See the students" in labels
    next(b for b in app.button if b.label == "See the students of the week of 14 Apr").click().run()
    listed = next(d.value for d in app.dataframe if "Name" in d.value.columns)
    assert len(listed) == 24
    wall = open_page("progress", {"point": "2025-04-14", "present": "1"})
    assert not any("students" in b.label for b in wall.button)


def test_the_measure_and_the_rhythm_come_from_the_link(filled: Path, open_page: Opener) -> None:
    app = open_page("progress", {"measure": "headcount", "every": "month"})
    assert not app.exception
    text = said(app)
    assert "Number of students" in text or "The number of students, by month" in text
    assert "Too early to say: 3 months so far, 12 are needed" in text


def test_tests_are_dots_with_their_range(filled: Path, open_page: Opener) -> None:
    app = open_page("progress", {"measure": "mean_score"})
    assert not app.exception
    text = said(app)
    assert "The mean score, by test" in text
    assert "Too early to say: 1 test so far, 2 are needed." in text
    table = next(d.value for d in app.dataframe if "Test" in d.value.columns)
    assert list(table["The mean score"]) == ["40.0%"]


def test_empty_house_shows_the_first_page(folder: Path, open_page: Opener) -> None:
    app = open_page("progress")
    assert not app.exception
    assert not app.get("plotly_chart")


def test_filters_that_leave_nobody_offer_to_clear(filled: Path, open_page: Opener) -> None:
    app = open_page("progress", {"school": "riverbank", "grade": "7", "measure": "share_at_level"})
    assert not app.exception
    assert "No student fits" in said(app)
    assert any(b.label == "Clear filters" for b in app.button)


def test_too_little_marked_shows_no_rate(folder: Path, open_page: Opener) -> None:
    house = hillside.fill(folder)
    with house.store.writing() as tx:
        tx.execute("delete from mart.attendance where hash(student * 1000 + day(date)) % 2 = 0")
        hillside.derive(tx, None)
        hillside.set_meta(tx, "data_version", "2")
    house.close()
    app = open_page("progress")
    assert not app.exception
    text = said(app)
    assert "Below 70% a rate would mislead" in text
    assert not app.get("plotly_chart")
    assert not app.metric


def test_what_breaks_becomes_a_sentence_and_a_code(
    filled: Path, open_page: Opener
) -> None:
    house = hillside.open_house(filled)
    with house.store.writing() as tx:
        tx.execute("alter table mart.levels drop column reached")
    house.close()
    app = open_page("progress", {"measure": "share_at_level"})
    assert not app.exception, "the guard keeps the traceback from the screen"
    assert "This page could not be drawn. Your data are safe." in said(app)


def test_a_target_is_kept_and_judged(filled: Path, open_page: Opener) -> None:
    app = open_page("progress")
    app.number_input[0].set_value(99.5)
    next(b for b in app.button if b.label == "Keep this target").click().run()
    assert not app.exception
    assert "99.5%" in said(app)
    import server

    house = server.house("own")
    assert house is not None
    kept = targets.target(house.records, "attendance_rate", "all")
    assert kept is not None and kept.value == pytest.approx(0.995)
    next(b for b in app.button if b.label == "Take it away").click().run()
    assert targets.target(house.records, "attendance_rate", "all") is None


def test_a_chosen_week_opens_its_days(filled: Path, open_page: Opener) -> None:
    app = open_page("progress", {"point": "2025-04-14"})
    assert not app.exception
    assert "Week of 14 Apr" in said(app)
    days = next(d.value for d in app.dataframe if "Day" in d.value.columns)
    assert list(days["Students"]) == [24] * 5
