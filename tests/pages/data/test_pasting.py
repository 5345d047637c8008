"""A pasted table on the Upload page: the way of every file, from the card to Undo."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from screen import button, said, settled
from streamlit.testing.v1 import AppTest

import server
from etl import pasted
from school.house import House
from school.records import loads

Opener = Callable[..., AppTest]
HEAD = "Student ID\tName\tSchool\tClass\tDate\tStatus"
TABLE = "\r\n".join([HEAD, *(f"{i:03d}\tRao, Child {i}\tHill School\t7 B\t2025-06-0{d}\tP"
                             for i in range(12) for d in (2, 3))]) + "\r\n"


@pytest.fixture
def house(folder: object) -> House:
    made = server.house("own")
    assert made is not None
    made.choose_preset("india")
    return made


def paste(app: AppTest, text: str) -> AppTest:
    app.text_area[0].set_value(text)
    button(app, "Read this table").click()
    return settled(app)


def marks(house: House) -> int:
    return int(house.store.unsafe_run("select count(*) from mart.attendance")[0][0])


def test_a_pasted_table_loads_like_a_file_and_is_undone_like_one(
    house: House, open_page: Opener
) -> None:
    app = paste(open_page("upload"), TABLE)
    assert not app.exception
    assert "This is daily attendance: 12 students, 1 school, 2 to 3 Jun 2025." in said(app)
    assert "Pasted table" in said(app)
    assert marks(house) == 0
    button(app, "Use these data").click()
    settled(app)
    assert "24 rows read: 24 new, 0 the same, 0 changed, 0 left out." in said(app)
    load = loads.loads(house.records)[0]
    assert load.file.startswith("Pasted table, ") and load.file.endswith(".tsv")
    assert (house.uploads / str(load.kept_sha256)).read_bytes().startswith(b"sep=\t\n")
    assert app.text_area[0].value == "", "the field is empty again"
    button(app, "Undo").click().run()
    button(app, "Undo it").click().run()
    assert marks(house) == 0


def test_a_pasted_table_is_asked_about_like_a_file(house: House, open_page: Opener) -> None:
    app = paste(open_page("upload"), TABLE.replace("\tP\r\n", "\tZZ\r\n", 1))
    next(s for s in app.selectbox if "ZZ" in s.label).set_value("Absent")
    button(app, "Go on with these answers").click()
    settled(app)
    button(app, "Use these data").click()
    settled(app)
    assert "24 rows read: 24 new" in said(app)


def test_the_same_table_pasted_again_changes_nothing(house: House, open_page: Opener) -> None:
    app = paste(open_page("upload"), TABLE)
    button(app, "Use these data").click()
    app = paste(settled(app), TABLE.replace("\r\n", "\n"))
    button(app, "Use these data").click()
    assert "You have already added this file on" in said(settled(app))
    assert len(loads.loads(house.records)) == 1


def test_what_is_no_table_gets_words_and_stays_in_the_field(
    house: House, open_page: Opener
) -> None:
    app = open_page("upload")
    for text, words in (("", pasted.NOTHING), ("Asha\nRavi", pasted.ONE_COLUMN),
                        ("a\tb\n" * 2001, "These are 2,001 rows.")):
        app.text_area[0].set_value(text)
        button(app, "Read this table").click().run()
        assert words in said(app)
        assert app.text_area[0].value == text
    assert "Reading your files." not in said(app)
    paste(app, TABLE)
    assert "daily attendance" in said(app)


def test_the_first_page_leads_to_the_field_and_keeps_the_country(
    folder: object, open_page: Opener
) -> None:
    app = open_page("")
    next(g for g in app.get("button_group") if g.key == "first:country").set_value("england")
    button(app, "Paste a table instead").click().run()
    own = server.house("own")
    assert own is not None and own.preset is not None and own.preset.name == "england"
    assert len(app.text_area) == 1
