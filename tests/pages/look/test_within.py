"""Within our school: gains first, one question, causes, and nothing that ranks or can be taken."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import hillside
import pyarrow as pa
import pytest
from screen import said
from streamlit.testing.v1 import AppTest

from pages.look import within as page

Opener = Callable[..., AppTest]


@pytest.fixture
def retested(folder: Path) -> Path:
    """The small house with a second test, ten points up."""
    house = hillside.fill(folder)
    with house.store.writing() as tx:
        tx.insert("mart.assessments", pa.table({
            "assessment_id": [2], "name": ["Term 2"], "subject": ["Mathematics"],
            "academic_year": ["2025-26"], "scale": ["points"], "max_score": [100.0]}))
        tx.execute("insert into mart.results select * replace (2 as assessment_id, "
                   "date '2025-06-20' as date, score + 10 as score) from mart.results")
        hillside.derive(tx, None)
        hillside.set_meta(tx, "data_version", "2")
    house.close()
    return folder


def test_few_classes_are_not_compared_and_causes_come_first(
    retested: Path, open_page: Opener
) -> None:
    app = open_page("within")
    assert not app.exception
    text = said(app)
    assert "so we do not draw it." in text
    assert not app.get("plotly_chart")
    assert any("Timetable" in c.label for c in app.checkbox)
    assert next(s for s in app.selectbox if s.label == "Inside which school")


def test_the_question_of_one_teacher_is_not_asked_where_it_would_change_nothing(
    retested: Path, open_page: Opener
) -> None:
    assert "taught by one teacher?" not in said(open_page("within"))


def test_the_question_of_one_teacher_is_asked_once_and_kept(
    folder: Path, open_page: Opener
) -> None:
    house = hillside.fill(folder)
    with house.store.writing() as tx:
        tx.insert("mart.assessments", pa.table({
            "assessment_id": [2], "name": ["Term 2"], "subject": ["Mathematics"],
            "academic_year": ["2025-26"], "scale": ["points"], "max_score": [100.0]}))
        for table in ("enrollment", "results"):  # six classes of eight, in one school
            tx.execute(f"insert into mart.{table} select * replace (student + 5000 as student) "
                       f"from mart.{table}")
            tx.execute(f"update mart.{table} set org_id = 'hillside', "
                       "class = (student % 6)::text || ' A', grade = '6'")
        tx.execute("insert into mart.results select * replace (2 as assessment_id, "
                   "date '2025-06-20' as date, score + 10 as score) from mart.results")
        tx.execute("delete from mart.attendance")
        hillside.derive(tx, None)
        hillside.set_meta(tx, "data_version", "2")
    house.close()
    app = open_page("within")
    assert "Is each class here taught by one teacher?" in said(app)
    app.button(key="within:teacher:yes").click().run()
    assert "Where a class is one teacher this would compare people" in said(app)
    assert "Is each class here taught by one teacher?" not in said(open_page("within"))


def test_causes_that_were_ticked_stay(retested: Path, open_page: Opener) -> None:
    app = open_page("within")
    next(c for c in app.checkbox if "Cover" in c.label).set_value(True).run()
    again = open_page("within")
    assert [c.value for c in again.checkbox if "Cover" in c.label] == [True]


def test_one_test_is_too_little(filled: Path, open_page: Opener) -> None:
    app = open_page("within")
    assert not app.exception
    assert "Needs marks from two tests." in said(app)


def test_present_shows_no_checklist_and_no_class(retested: Path, open_page: Opener) -> None:
    app = open_page("within", {"present": "1"})
    assert not app.exception
    assert not app.checkbox and not app.dataframe


def test_what_breaks_becomes_a_sentence_and_a_code(
    retested: Path, open_page: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("Invented Child 000")

    monkeypatch.setattr(page, "within", broken)
    app = open_page("within")
    assert "This page could not be drawn. Your data are safe." in said(app)
    assert "Invented Child" not in said(app)

