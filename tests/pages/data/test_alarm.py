"""The loss alarm on its card, and who did not come back: asked, answered, kept, undone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from screen import button, said, settled
from streamlit.testing.v1 import AppTest

import server
from school.house import House
from school.records import loads
from tests import workbooks

Opener = Callable[..., AppTest]


def attendance(classes: dict[str, int], month: int) -> bytes:
    rows: list[list[Any]] = [["Student ID", "Name", "School", "Class", "Date", "Status"]]
    rows += [[f"{c}-{n}", f"Invented {c} {n}", "Hill School", c, date(2025, month, d), "P"]
             for c, many in classes.items() for n in range(many) for d in (2, 3)]
    return workbooks.xlsx({"Marks": rows})


def class_list(year: str, classes: dict[str, range]) -> bytes:
    rows: list[list[Any]] = [["Student ID", "Name", "School", "Class", "Academic year"]]
    rows += [[f"{n:03d}", f"Invented {n}", "Hill School", c, year]
             for c, many in classes.items() for n in many]
    return workbooks.xlsx({"Students": rows})


def dropped(app: AppTest, name: str, data: bytes) -> AppTest:
    app.file_uploader[0].set_value([(name, data, "application/octet-stream")])
    return settled(app)


def used(open_page: Opener, name: str, data: bytes) -> AppTest:
    app = dropped(open_page("upload"), name, data)
    button(app, "Use these data").click()
    return settled(app)


@pytest.fixture
def house(folder: Path) -> House:
    made = server.house("own")
    assert made is not None
    made.choose_preset("india")
    return made


LOST = "Class 7 B, 38 students, was in the last upload and is not in this one."


def test_card_says_what_is_new_changed_and_the_same(house: House, open_page: Opener) -> None:
    june = attendance({"7 A": 10}, 6)
    app = dropped(open_page("upload"), "June.xlsx", june)
    assert "20 rows are new." in said(app)
    assert "stand" not in said(app).partition("20 rows are new.")[2].partition("</p>")[0]
    button(app, "Use these data").click()
    settled(app)
    app = dropped(open_page("upload"), "Copy.xlsx", june)
    assert "All 20 rows stand here already. Nothing would change." in said(app)


def test_loss_is_asked_refused_and_then_expected_with_its_reason(
    house: House, open_page: Opener
) -> None:
    used(open_page, "June.xlsx", attendance({"7 A": 40, "7 B": 38}, 6))
    app = dropped(open_page("upload"), "July.xlsx", attendance({"7 A": 40}, 7))
    assert LOST in said(app) and "Left out on purpose?" in said(app)
    assert button(app, "Use these data").disabled
    expected = next(c for c in app.checkbox if c.label == "This is expected")
    expected.check().run()
    button(app, "Go on with these answers").click().run()
    assert "Choose an answer first." in said(app), "without a reason it still waits"
    app.text_input[0].set_value("7 B comes from its own teacher").run()
    button(app, "Go on with these answers").click()
    settled(app)
    assert not button(app, "Use these data").disabled
    button(app, "Use these data").click()
    settled(app)
    assert "80 rows read: 80 new" in said(app)
    history = open_page("quality")
    assert not history.exception
    assert "7 B comes from its own teacher" in said(history)


def test_stop_leaves_the_card_out(house: House, open_page: Opener) -> None:
    used(open_page, "June.xlsx", attendance({"7 A": 40, "7 B": 38}, 6))
    app = dropped(open_page("upload"), "July.xlsx", attendance({"7 A": 40}, 7))
    button(app, "Stop, leave this out").click().run()
    assert not app.exception
    assert LOST not in said(app)
    assert button(app, "Use these data").disabled
    assert len(loads.loads(house.records)) == 1


def test_who_did_not_come_back_is_asked_class_by_class_and_undone_among_the_uploads(
    house: House, open_page: Opener
) -> None:
    used(open_page, "2024.xlsx", class_list(
        "2024-25", {"1": range(0, 10), "2": range(10, 20), "3": range(20, 30)}))
    assert "Who did not come back" not in said(open_page("quality"))
    app = dropped(open_page("upload"), "2025.xlsx", class_list(
        "2025-26", {"2": range(0, 8), "3": range(10, 19)}))
    assert "13 students of the list of 2024-25 are not on this one." in said(app)
    button(app, "Use these data").click()
    settled(app)
    app = open_page("quality")
    assert not app.exception
    assert "13 students of the lists of 2024-25" in said(app)
    one, two = (s for s in app.selectbox if s.label.startswith("Invented"))
    assert (one.label, one.value, two.label) == ("Invented 8", "unknown", "Invented 9")
    one.set_value("transfer")
    button(app, "Keep these answers").click().run()
    assert not app.exception
    assert "Kept for 2 students." in said(app)
    assert "11 students of the lists of 2024-25" in said(app)
    assert house.store.unsafe_run(
        "select exit_type, count(*) from mart.enrollment where exit_type is not null "
        "group by all order by 1") == [("transfer", 1), ("unknown", 1)]
    shown = open_page("quality", {"present": "1"})
    assert "Invented 20" not in "".join(s.label for s in shown.selectbox)
