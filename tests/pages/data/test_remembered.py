"""What we remember about your files, on Upload: told, changed, forgotten, read anew if wanted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from screen import said
from streamlit.testing.v1 import AppTest

import server
from etl.loading import load_into
from school.house import House
from school.records import loads, shapes
from tests import messy
from tests.pages.data.test_upload import button, settled

Opener = Callable[..., AppTest]
CODE = f"code:{messy.OWN_MARK}"


@pytest.fixture
def house(folder: Path, tmp_path: Path) -> House:
    """A house that has one month of a register, read with three answers."""
    made = server.house("own")
    assert made is not None
    made.choose_preset("india")
    path = tmp_path / "June.xlsx"
    path.write_bytes(messy.workbook(6, messy.names(8)))
    load_into(made, [path], date(2025, 7, 1), answers={
        "blank": "yes", CODE: "approved_activity", "column:Register ref.": "student_id"})
    return made


def changing(app: AppTest, fingerprint: str) -> AppTest:
    """Press the button of one kind of file."""
    next(b for b in app.button if b.key == f"remembered:{fingerprint}").click()
    return app.run()


def register(house: House) -> str:
    return next(f for f in shapes.everything(house.records) if f != shapes.EVERYWHERE)


def choice(app: AppTest, begins: str) -> object:
    return next(s for s in app.selectbox if s.label == begins)


def test_every_kind_of_file_is_told_with_its_answers(house: House, open_page: Opener) -> None:
    app = open_page("upload")
    assert not app.exception
    words = said(app)
    for part in ("Register", "Such as June.xlsx. Columns: Register ref., Name of student, "
                 "Total A.", "An empty cell means present.", "All files",
                 f"“{messy.OWN_MARK}” means on duty or approved activity."):
        assert part in words, part


def test_changed_answer_names_the_upload_and_reads_it_anew_where_wanted(
    house: House, open_page: Opener
) -> None:
    app = changing(open_page("upload"), register(house))
    asked = choice(app, "An empty cell means")
    assert asked.options == ["Present", "No mark", "Forget it: ask me next time"]
    asked.set_value("no")
    button(app, "Save").click().run()
    assert "1 answer changed." in said(app)
    assert "1 upload stands as read with the answer of then." in said(app)
    marked = "select count(*) from mart.attendance where category = 'present'"
    before = house.store.unsafe_run(marked)[0][0]
    assert before > 0
    button(app, "Undo and add again").click()
    settled(app)
    assert "June.xlsx" in said(app) and "Ready." in said(app)
    button(app, "Use these data").click()
    settled(app)
    assert house.store.unsafe_run(marked)[0][0] == 0
    assert [load.state for load in loads.loads(house.records)] == ["standing", "reverted"]


def test_one_answer_is_forgotten_or_all_of_a_kind(house: House, open_page: Opener) -> None:
    app = changing(open_page("upload"), shapes.EVERYWHERE)
    choice(app, f"“{messy.OWN_MARK}” means").set_value("")
    button(app, "Save").click().run()
    assert "1 answer forgotten." in said(app)
    assert shapes.remembered(house.records) == {}
    app = changing(app, register(house))
    button(app, "Forget all of these").click().run()
    assert "2 answers forgotten." in said(app)
    assert "Nothing yet." in said(app)


def test_answers_are_saved_as_a_file_and_a_wrong_file_is_refused(
    house: House, open_page: Opener
) -> None:
    app = open_page("upload")
    button(app, "Save these answers as a file").click().run()
    assert "Save the answers" in said(app)
    button(app, "Add answers from a file").click().run()
    file = next(f for f in app.file_uploader if f.label == "Choose a file of answers")
    file.set_value([("x.json", b"{}", "application/json")])
    app.run()
    assert "This is no file of remembered answers. Nothing was added." in said(app)
