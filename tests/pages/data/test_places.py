"""The Places page: full, empty, nameless, filters without effect, broken; what is typed counts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import hillside
from screen import said
from streamlit.testing.v1 import AppTest

import server
from school.directory import Directory, directory
from school.house import House
from tests.drops import mark, table

Opener = Callable[..., AppTest]
MONDAY = date(2025, 6, 2)


def known() -> Directory:
    house = server.house("own")
    assert isinstance(house, House)
    return directory(house.store)


def press(app: AppTest, label: str) -> None:
    next(b for b in app.button if b.label == label).click().run()
    assert not app.exception


def test_full_page_lists_schools_clusters_and_days(filled: Path, open_page: Opener) -> None:
    app = open_page("places")
    assert not app.exception
    assert "Two schools, and all have their names." in said(app)
    assert "No holidays are known, so school days are read from the marks." in said(app)
    schools = next(d.value for d in app.dataframe if "School" in d.value.columns)
    assert list(schools["School"]) == ["Hillside", "Riverbank"]
    assert list(schools["Cluster"]) == ["North cluster", "North cluster"]
    assert list(schools["Students"]) == [12, 12]
    assert [(m.label, m.value) for m in app.metric][:2] == [
        ("Schools", "2"), ("Without a name", "none")]


def test_without_data_it_offers_to_drop_a_file(folder: Path, open_page: Opener) -> None:
    app = open_page("places")
    assert not app.exception
    assert "There are no schools here yet." in said(app)


def test_a_school_that_is_only_a_number_comes_first_and_is_named(
    filled: Path, open_page: Opener
) -> None:
    house = hillside.open_house(filled)
    with house.store.writing() as tx:
        rows = table("attendance", [mark(1, MONDAY, org_id="29-1234-5678")]).drop_columns(["row"])
        tx.insert("mart.attendance", rows)
    house.close()
    app = open_page("places")
    assert not app.exception
    assert "1 of 3 schools has no name yet, only a number." in said(app)
    field = next(t for t in app.text_input if t.label == "Name")
    assert (field.value, field.key) == ("", "place:29-1234-5678:name")
    field.set_value("Lake School")
    press(app, "Save")
    assert "Saved for Lake School. Undo is under Data quality." in said(app)
    assert [s.name for s in known().schools] == ["Hillside", "Lake School", "Riverbank"]


def test_cluster_and_year_start_are_typed_and_a_wrong_day_is_refused_in_words(
    filled: Path, open_page: Opener
) -> None:
    app = open_page("places", {"place": "riverbank"})
    inputs = {t.label: t for t in app.text_input}
    inputs["Cluster"].set_value("South cluster")
    inputs["School year starts (month-day)"].set_value("1 June")
    press(app, "Save")
    assert "Write the first day of the school year as month and day" in said(app)
    inputs = {t.label: t for t in app.text_input}
    inputs["School year starts (month-day)"].set_value("06-01")
    press(app, "Save")
    river = known().school("riverbank")
    assert river is not None
    assert (river.cluster, river.year_start) == ("South cluster", "06-01")


def test_saving_what_stood_already_says_so(filled: Path, open_page: Opener) -> None:
    app = open_page("places")
    press(app, "Save")
    assert "Nothing changes: this stood already." in said(app)


def test_holidays_are_added_for_all_schools(filled: Path, open_page: Opener) -> None:
    app = open_page("places")
    start, end = app.date_input
    start.set_value(date(2025, 4, 14))
    end.set_value(date(2025, 4, 15))
    next(t for t in app.text_input if t.key == "days:name").set_value("Spring feast")
    press(app, "Add these days")
    assert "2 days added." in said(app)
    assert [(h.org_id, h.day, h.kind, h.name) for h in known().holidays] == [
        ("*", date(2025, 4, 14), "holiday", "Spring feast"),
        ("*", date(2025, 4, 15), "holiday", "Spring feast")]
    assert "2 holidays and closed days are known." in said(app)


def test_days_that_run_backwards_are_refused_in_words(filled: Path, open_page: Opener) -> None:
    app = open_page("places")
    start, end = app.date_input
    start.set_value(date(2025, 4, 15))
    end.set_value(date(2025, 4, 14))
    press(app, "Add these days")
    assert "Choose a first and a last day, at most 120 days." in said(app)
    assert known().holidays == ()


def test_two_spellings_are_joined_with_one_press(filled: Path, open_page: Opener) -> None:
    house = hillside.open_house(filled)
    with house.store.writing() as tx:
        tx.insert("mart.organisations", table("organisations", [
            {"org_id": "hilside", "name": "Hilside", "type": "school"}]).drop_columns(["row"]))
    house.close()
    app = open_page("places")
    assert not app.exception
    assert "One school, or two?" in said(app)
    press(app, "They are one school")
    assert "Hilside is now Hillside." in said(app)
    assert [s.name for s in known().schools] == ["Hillside", "Riverbank"]
    assert "One school, or two?" not in said(app)


def test_filters_say_nothing_here_and_no_school_is_lost(filled: Path, open_page: Opener) -> None:
    app = open_page("places", {"school": "hillside", "from": "1999-01-01", "to": "1999-02-01"})
    assert not app.exception
    schools = next(d.value for d in app.dataframe if "School" in d.value.columns)
    assert len(schools) == 2


def test_what_breaks_becomes_a_sentence_and_a_code(filled: Path, open_page: Opener) -> None:
    house = hillside.open_house(filled)
    with house.store.writing() as tx:
        tx.execute("alter table mart.organisations drop column code")
    house.close()
    app = open_page("places")
    assert not app.exception
    assert "This page could not be drawn. Your data are safe." in said(app)
