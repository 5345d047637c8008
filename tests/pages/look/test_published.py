"""Published totals are seen on the pages, named as what they are and with their table."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from etl import known
from etl.publish import publish
from school.house import open_house
from tests.grids import real
from tests.pages.look.test_closer import words

Opener = Callable[..., AppTest]
TABLE = ("School: Hill\nAttendance percentage by class\nClass,Apr,May,June\n"
         "7 A,92.5,91,90\n7 B,80,,83.5\n")


@pytest.fixture
def load(folder: Path) -> Callable[..., None]:
    """Use a file as a person does, in a house of its own."""

    def used(path: Path, country: str = "india") -> None:
        house = open_house(folder, least_free=0)
        house.choose_preset(country)
        drop = known.check(house, [path], known.context(house, date(2026, 3, 31)))
        publish(house, drop, "owner")
        house.close()

    return used


@pytest.fixture
def table(tmp_path: Path, load: Callable[..., None]) -> None:
    path = tmp_path / "Attendance by class 2025-26.csv"
    path.write_text(TABLE, "utf-8")
    load(path)


def test_the_first_page_shows_them_and_says_what_they_are(table: None, open_page: Opener) -> None:
    app = open_page("overview")
    said = words(app)
    assert "Only published totals are here." in said
    assert "published totals, from “Attendance by class 2025-26”" in said
    assert [(m.label, m.value) for m in app.metric] == [("Attendance", "87.4%")]


def test_compare_splits_them_by_class_without_a_range(table: None, open_page: Opener) -> None:
    app = open_page("compare", {"measure": "published_attendance", "split": "class"})
    said = words(app)
    assert "Attendance, published totals: 87.4%." in said
    assert "published totals, from “Attendance by class 2025-26”" in said
    assert "where it likely lies" not in said
    shown = next(d.value for d in app.dataframe if "Section" in d.value.columns)
    assert list(shown["Section"]) == ["7 A", "7 B"]
    assert list(shown["Attendance, published totals"]) == ["91.2%", "81.8%"]
    assert list(shown["Published figures"]) == [3, 2]
    assert "See the students" not in str([b.label for b in app.button])


def test_the_real_published_counts_are_seen_with_their_table(
    load: Callable[..., None], open_page: Opener
) -> None:
    load(real("enrolment-242k-zip", "schpupnum.zip"), "england")
    app = open_page("enrolment")
    assert "8,025,073 students" in words(app)
    assert "published totals, from “schpupnum_geoglevels”" in words(app)
    app = open_page("overview")
    assert [m.label for m in app.metric] == ["On roll"]
    assert "published totals, from “schpupnum_geoglevels”" in words(app)
