"""Early attention and the page of one student: listed, noted, opened, and never in a link."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import hillside
import pytest
from screen import said
from streamlit.testing.v1 import AppTest

from pages.look import attention as page
from school.records import audit

Opener = Callable[..., AppTest]
STUDENT = 2000


@pytest.fixture
def failing(folder: Path) -> Path:
    """The small house in which one girl of Riverbank also misses every fourth day."""
    house = hillside.fill(folder)
    with house.store.writing() as tx:
        tx.execute("update mart.attendance set absent = 2, category = 'absent_unauthorised' "
                   "where student = ? and day(date) % 4 = 0", [STUDENT])
        hillside.derive(tx, None)
        hillside.set_meta(tx, "data_version", "2")
    house.close()
    return folder


def test_the_list_names_the_student_her_signs_and_what_was_done(
    failing: Path, open_page: Opener
) -> None:
    app = open_page("attention")
    assert not app.exception
    text = said(app)
    assert "1 student shows two or more signs" in text
    assert "Invented Child 100" in text
    assert "below pass in Mathematics" in text
    assert "Nobody has talked with this student yet." in text
    assert [m.label for m in app.metric] == ["New", "Not yet talked with", "Off the list"]
    assert not app.dataframe  # no table that could be taken along


def test_names_can_be_hidden_by_one_switch(failing: Path, open_page: Opener) -> None:
    app = open_page("attention")
    app.toggle(key="attention:hidden").set_value(True).run()
    assert "Invented Child" not in said(app)
    assert "Student 1" in said(app)


def test_a_note_is_kept_and_an_empty_one_is_not(failing: Path, open_page: Opener) -> None:
    app = open_page("attention")
    keep = f"attention:note:{STUDENT}:keep"
    app.button(key=keep).click().run()
    assert "Write what was done." in said(app)
    app.text_area(key=f"attention:note:{STUDENT}").input("Talked with the family")
    app.button(key=keep).click().run()
    text = said(app)
    assert "Talked with the family" in text
    assert "Someone has talked with each of them." in text or "Nobody has talked" not in text


def test_taken_off_by_a_note_a_student_is_not_listed(failing: Path, open_page: Opener) -> None:
    app = open_page("attention")
    app.text_area(key=f"attention:note:{STUDENT}").input("All is well again")
    app.checkbox(key=f"attention:note:{STUDENT}:off").set_value(True)
    app.button(key=f"attention:note:{STUDENT}:keep").click().run()
    assert "No student shows two or more signs." in said(app)


def test_in_present_there_is_no_list_and_no_name(failing: Path, open_page: Opener) -> None:
    app = open_page("attention", {"present": "1"})
    assert not app.exception
    assert "Invented Child" not in said(app)
    assert not [b for b in app.button if b.label == "Open"]
    assert "This list is for staff of this school." in said(app)
    assert "No student shows" not in said(app)


def test_whether_the_list_works_is_told_or_refused(failing: Path, open_page: Opener) -> None:
    app = open_page("attention")
    app.toggle(key="attention:worth").set_value(True).run()
    assert not app.exception
    assert "Nobody was on roll a year ago" in said(app)


def test_filters_that_leave_nobody_offer_to_clear(failing: Path, open_page: Opener) -> None:
    app = open_page("attention", {"grade": "7", "from": "2030-01-01", "to": "2030-02-01",
                                  "as_of": "2030-02-01"})
    assert not app.exception
    assert any(b.label == "Clear filters" for b in app.button)


def test_what_breaks_becomes_a_sentence_and_a_code(
    failing: Path, open_page: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("Invented Child 000")

    monkeypatch.setattr(page, "attention", broken)
    app = open_page("attention")
    assert "This page could not be drawn. Your data are safe." in said(app)
    assert "Invented Child" not in said(app)


def _student(open_page: Opener) -> AppTest:
    app = open_page("student")
    app.session_state["student"] = STUDENT
    return app.run()


def test_the_page_of_a_student_asks_again_where_none_is_chosen(
    failing: Path, open_page: Opener
) -> None:
    app = open_page("student")
    assert not app.exception
    assert "Choose a student again." in said(app)


def test_the_page_of_a_student_tells_days_and_results_and_is_recorded(
    failing: Path, open_page: Opener
) -> None:
    app = _student(open_page)
    assert not app.exception
    text = said(app)
    assert "Invented Child 100" in text and "Riverbank" in text
    assert "Opening this page is recorded. You see it because you use Staffroom" in text
    assert [m.label for m in app.metric] == ["Days attended", "Latest result", "Support"]
    app.run()
    import server
    from school.house import open_house

    server.close_houses()
    house = open_house(failing)
    opened = [e for e in audit.trail(house.records) if e.what == "opened a student"]
    house.close()
    assert len(opened) == 1 and opened[0].counts == {"students": 1}


def test_the_page_of_a_student_says_which_days_and_results_are_counted(
    failing: Path, open_page: Opener
) -> None:
    text = said(_student(open_page))
    assert "Days counted: 60 school days on roll that were marked" in text
    assert "Left out: no school days that nobody marked." in text
    assert "Results drawn: 1 of 1" in text


def test_neither_page_of_students_puts_anyone_into_the_menu_or_the_link(
    failing: Path, open_page: Opener
) -> None:
    app = _student(open_page)
    labels = [link.proto.label for link in app.get("page_link")]
    assert "Student" not in labels
    assert str(STUDENT) not in str(dict(app.query_params))
