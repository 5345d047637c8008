"""The shell: first run, menu, filters, view, the guard, and what Present takes away."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import hillside
import pytest
from streamlit.testing.v1 import AppTest

import server
from pages import PAGES
from pages.data.first import guessed
from pages.parts import filters
from school.records import audit, comments
from school.view import View


def html(app: AppTest) -> str:
    return " ".join(e.proto.body for e in app.get("html"))


def words(app: AppTest) -> str:
    parts = [*app.markdown, *app.caption, *app.title, *app.header, *app.error, *app.text]
    return " ".join(str(e.value) for e in parts) + html(app)


def links(app: AppTest) -> list[str]:
    return [e.proto.label for e in app.get("page_link")]


def test_without_data_the_first_page_offers_two_ways_in(folder: Path, open_page: Any) -> None:
    app = open_page()
    assert [t.value for t in app.title] == ["What would you like to do first?"]
    assert [h.value for h in app.header] == ["Use our own files", "Look around first"]
    assert links(app) == ["Restore from a saved file"]  # no menu yet
    assert not app.exception


def test_country_is_guessed_from_the_time_zone() -> None:
    assert [guessed(z) for z in ("Asia/Kolkata", "Europe/London", "America/Chicago",
                                 "Europe/Paris", None)] == ["india", "england", "us", "", ""]


def test_menu_holds_only_pages_that_have_something_to_show(filled: Path, open_page: Any) -> None:
    app = open_page("compare")
    shown = links(app)
    assert "Compare" in shown
    assert "Needs" in shown
    assert "Feedback" not in shown  # no survey and no comment yet


def test_feedback_enters_the_menu_with_the_first_comment(filled: Path, open_page: Any) -> None:
    own = server.house("own")
    assert own is not None
    comments.add_comment(own.records, "needs", "data=own", "Needs", "Ask the parents", "owner")
    assert "Feedback" in links(open_page("compare"))


def test_link_narrows_the_view_and_the_filter_shows_it(filled: Path, open_page: Any) -> None:
    app = open_page("compare", {"data": "own", "grade": "7", "from": "2025-04-01",
                                "to": "2025-05-30", "as_of": "2025-06-23"})
    assert app.session_state["view"].values("grade") == ("7",)
    assert app.session_state["f:grade"] == ["7"]
    assert app.session_state["f:period"] == "Dates"
    assert next(m.value for m in app.metric) == "95%"  # six of twelve are never away


def test_changed_filter_changes_the_view(filled: Path, open_page: Any) -> None:
    app = open_page("compare")
    app.button_group(key="f:school").set_value(["hillside"]).run()
    assert app.session_state["view"].values("school") == ("hillside",)
    app.button(key="f:clear").click().run()
    assert app.session_state["view"].where == ()
    assert app.session_state["f:school"] == []


def test_filter_with_one_value_is_not_drawn(filled: Path, open_page: Any) -> None:
    app = open_page("compare")
    keys = {w.key for w in app.button_group}
    assert "f:school" in keys
    assert "f:cluster" not in keys
    assert "f:subject" not in keys


def test_what_a_page_cannot_use_stays_in_the_view_and_is_said(
    filled: Path, open_page: Any
) -> None:
    app = open_page("feedback", {"data": "own", "class": "7 A"})
    assert "This page cannot be narrowed by: section" in words(app)
    assert app.session_state["view"].values("class") == ("7 A",)


def test_unknown_values_of_a_link_are_left_out_without_repeating_them(
    filled: Path, open_page: Any
) -> None:
    app = open_page("compare", {"data": "own", "school": "<b>evil</b>", "from": "yesterday"})
    assert "It was left out" in words(app)
    assert "evil" not in words(app)
    assert app.session_state["view"].where == ()


def test_fault_in_a_page_becomes_a_sentence_and_a_code(
    filled: Path, open_page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pages.look.closer

    def broken(_: object) -> None:
        raise ValueError("Invented Child 007 has a bad cell")

    monkeypatch.setattr(pages.look.closer, "draw", broken)
    app = open_page("compare")
    assert "This page could not be drawn. Your data are safe." in words(app)
    code = app.code[-1].value
    log = (filled / "staffroom.log").read_text()
    assert code in log
    assert "ValueError" in log
    assert "Invented Child" not in log + words(app)
    assert not app.exception


def test_present_hides_filters_names_and_the_menu(filled: Path, open_page: Any) -> None:
    app = open_page("compare", {"data": "own", "present": "1", "measure": "attendance_rate"})
    assert links(app) == []
    assert [b.label for b in app.button if b.label != "Clear"] == ["Back", "Leave", "Next"]
    assert not app.button_group
    assert not app.expander
    assert app.session_state["view"].scope.staff is False


def test_small_group_is_hidden_in_present(filled: Path, open_page: Any) -> None:
    query = {"data": "own", "grade": "7", "group.sex": "male", "school": "hillside"}
    shown = open_page("compare", query)
    assert "of 3 students" in str([m.proto for m in shown.metric])
    hidden = open_page("compare", {**query, "present": "1"})
    assert "90%" not in words(hidden)
    assert "3 students" not in words(hidden)


def test_list_of_students_is_written_down_without_names(filled: Path, open_page: Any) -> None:
    app = open_page("compare", {"data": "own", "grade": "7", "school": "hillside"})
    next(b for b in app.button if b.label == "See the students").click().run()
    own = server.house("own")
    assert own is not None
    entry = audit.trail(own.records)[0]
    assert (entry.what, entry.counts) == ("opened the list of students", {"students": 6})
    listed = next(d.value for d in app.dataframe if "Name" in d.value.columns)
    assert sorted(listed["Name"]) == [f"Invented Child 0{i:02d}" for i in range(6, 12)]


def test_comment_keeps_its_view(filled: Path, open_page: Any) -> None:
    app = open_page("compare", {"data": "own", "grade": "7"})
    app.text_area[0].set_value("Ask the bus company").run()
    next(b for b in app.button if b.label == "Keep this comment").click().run()
    own = server.house("own")
    assert own is not None
    made = comments.comments(own.records)[0]
    assert (made.page, made.text) == ("compare", "Ask the bus company")
    assert "grade=7" in made.view
    assert "student" not in made.view
    assert "Ask the bus company" in words(app)


def test_list_of_more_than_300_values_is_narrowed_by_typing() -> None:
    app = AppTest.from_function(_many_schools).run()
    assert filters.MOST == 300
    assert len(app.multiselect[0].options) == 300
    app.text_input[0].set_value("school 77").run()
    assert app.multiselect[0].options == ["School 77", *[f"School 77{i}" for i in range(10)]]


def _many_schools() -> None:
    from datetime import date

    from pages import PAGES
    from pages.parts import filters
    from school.measures import Value
    from school.view import View

    day = date(2025, 4, 1)
    known = {"school": [Value(f"s{i}", f"School {i}") for i in range(1000)]}
    place = filters.Place(next(p for p in PAGES if p.url == "compare"), known, day, day, None)
    view = View(day, day, day)
    filters.draw(view, view, place)


def test_new_data_move_the_dates_of_a_fresh_view_but_not_of_a_chosen_one() -> None:
    before = View(date(2025, 4, 1), date(2025, 6, 23), date(2025, 6, 23))
    now = View(date(2025, 4, 1), date(2025, 7, 31), date(2025, 7, 31))
    assert filters.moved_on(before, before, now) == now
    chosen = before.with_(start=date(2025, 5, 1), end=date(2025, 5, 31))
    assert filters.moved_on(chosen, before, now) == chosen.with_(as_of=date(2025, 7, 31))


def test_every_page_has_its_own_address_and_question() -> None:
    assert len({p.url for p in PAGES}) == len({p.title for p in PAGES}) == len(PAGES)
    assert all(p.question.endswith("?") for p in PAGES)


def test_two_houses_never_meet(folder: Path, open_page: Any) -> None:
    hillside.fill(folder).close()
    hillside.fill(folder / "sample").close()
    own, sample = server.house("own"), server.house("sample")
    assert own is not None and sample is not None
    assert own.folder != sample.folder
    assert "Nothing here is real" in words(open_page("compare", {"data": "sample"}))
    assert "Nothing here is real" not in words(open_page("compare", {"data": "own"}))


def test_shapes_stand_in_for_a_page_until_its_finding_is_there(
    filled: Path, open_page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once a page and view and data: what is worked out already comes without them."""
    import streamlit as st

    from pages.look import closer
    from pages.parts import frame

    steps: list[str] = []
    drawn, heading, shapes = closer.draw, frame.Frame.heading, st.skeleton

    def skeleton(**how: Any) -> Any:
        steps.append("shapes")
        made = shapes(**how)
        away = made.empty

        def gone() -> Any:
            steps.append("away")
            return away()

        made.empty = gone
        return made

    def draw(page: Any) -> None:
        steps.append("page")
        drawn(page)

    def head(*args: Any, **more: Any) -> None:
        heading(*args, **more)
        steps.append("finding")

    monkeypatch.setattr(st, "skeleton", skeleton)
    monkeypatch.setattr(closer, "draw", draw)
    monkeypatch.setattr(frame.Frame, "heading", head)
    app = open_page("compare")
    assert not app.exception
    assert steps[:4] == ["shapes", "page", "away", "finding"]
    assert not app.get("skeleton")
    steps.clear()
    app.run()
    assert steps == ["page", "finding"]
