"""The Learning page in its states; names only in the dialog of own staff, written down."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import learners
import people
import pytest
from screen import said as told
from streamlit.testing.v1 import AppTest

import server
from pages.look import learning as page
from school.access import Scope
from school.house import open_house
from school.learning import Cell, Goal, Room
from school.records import audit
from school.terms import learning as words

Opener = Callable[..., AppTest]
SIX = [1000 + n for n in range(6)]  # Hillside, 6 A
SEVEN = [1006 + n for n in range(6)]


def said(app: AppTest) -> str:
    """What the page says, without the marks that keep words of a file from being markup."""
    return told(app).replace("\\", "")


def add(folder: Path, tables: dict[str, list[dict[str, Any]]]) -> None:
    """Put rows beside those of the small school house."""
    house = open_house(folder)
    people.fill(house.store, tables)
    house.close()


@pytest.fixture
def learned(filled: Path) -> Path:
    """Hillside: 6 A borrows not yet, 7 A has one blank; abilities behind the outcomes."""
    def at(grade: str) -> dict[str, Any]:
        return {"org_id": "hillside", "grade": grade, "class_name": f"{grade} A"}

    add(filled, {
        "levels": learners.LEVELS,
        "objectives": [
            learners.goal("Adds", 1, tier="basic"), learners.goal("Borrows", 2, tier="advanced"),
            learners.goal("Divides", 1, grade="7"),
            learners.goal("Observe", kind="ability", subject=None)],
        "objective_parts": [*learners.rests_on("Adds", "ability/Observe"),
                            *learners.rests_on("Borrows", "ability/Observe")],
        "observations": [
            *learners.seen(SIX, "Adds", "RRRRRN", **at("6")),
            *learners.seen(SIX, "Borrows", "RNYYY.", **at("6")),
            *learners.seen(SEVEN, "Divides", "RRRRR2", **at("7"))]})
    return filled


def test_full_page_says_what_comes_next_with_grid_panel_and_table(
    learned: Path, open_page: Opener
) -> None:
    app = open_page("learning")
    assert not app.exception
    text = said(app)
    assert "Borrows comes next for Class 6 A: 4 of 6 are not there yet, 1 was not observed." in text
    assert [(m.label, m.value) for m in app.metric] == [
        ("Reached", "11"), ("Nearly", "2"), ("Not yet", "4"), ("Not observed", "1")]
    assert "1 of 5 observed has reached it, likely 4% to 62%. Not observed: 1." in text
    assert "Abilities in it" in text and "Observe: 6 of 11 reached over all its outcomes" in text
    table = next(d.value for d in app.dataframe if "Not observed" in d.value.columns)
    assert list(table["What"]) == ["Adds", "Borrows", "Divides"]
    assert "Invented Child" not in text + str(app.dataframe[0].value)


def test_abilities_count_students_times_outcomes_and_skills_narrow(
    learned: Path, open_page: Opener
) -> None:
    app = open_page("learning", {"kind": "ability"})
    assert "In the outcomes that rest on it students were seen 11 times, and had reached them " \
        "6 times." in said(app)
    assert "Outcomes not yet reached by most: Borrows." in said(app)
    only = open_page("learning", {"skill": "advanced"})
    table = next(d.value for d in only.dataframe if "Not observed" in d.value.columns)
    assert list(table["What"]) == ["Borrows"]


def test_a_link_chooses_the_classes_and_the_cell(learned: Path, open_page: Opener) -> None:
    room = Room("hillside", "Hillside", "7", "7 A", 6)
    app = open_page("learning", {"classes": room.code})
    table = next(d.value for d in app.dataframe if "Not observed" in d.value.columns)
    assert list(table["What"]) == ["Divides"]
    assert "5 of 6 observed have reached it" in said(app)


def test_the_three_lists_open_for_staff_and_are_written_down(
    learned: Path, open_page: Opener
) -> None:
    app = open_page("learning")
    button = next(b for b in app.button if b.label == "See the students in groups")
    app = button.click().run()
    assert not app.exception
    lists = "\n".join(t.value for t in app.text)
    assert "Invented Child 000" in lists and "Not yet: 3" in said(app)
    house = server.house("own")
    assert house is not None
    (entry,) = audit.trail(house.records)
    assert (entry.what, entry.counts) == ("opened the groups of a class", {"students": 6})


def test_present_hides_small_groups_and_names_nobody(learned: Path, open_page: Opener) -> None:
    app = open_page("learning", {"present": "1"})
    assert not app.exception
    text = said(app)
    assert "Hidden to protect students: fewer than 10 were observed." in text
    assert "4 of 6" not in text and not app.metric
    assert not [b for b in app.button if "students" in b.label or "grid" in b.label]


def test_present_counts_people_and_not_how_often_they_were_seen(
    learned: Path, open_page: Opener
) -> None:
    """Six students seen eleven times are still six."""
    shown = str(open_page("learning", {"kind": "ability"}).get("plotly_chart")[0].proto)
    wall = str(open_page("learning", {"kind": "ability", "present": "1"})
               .get("plotly_chart")[0].proto)
    assert "6 of 11" in shown
    assert "6 of 11" not in wall and "hidden" in wall


def test_questions_of_a_test_that_want_a_look_are_named(learned: Path, open_page: Opener) -> None:
    marks = {"Question 1": "0" * 12, "Question 2": "110011001100", "Question 3": "111111000000"}
    add(learned, {
        "assessments": [{"assessment_id": n, "name": "Unit test", "subject": "Mathematics",
                         "item": item, "academic_year": "2025-26", "scale": "points",
                         "max_score": 1.0} for n, item in enumerate(marks, 50)],
        "results": [{"student": s, "assessment_id": n, "date": learners.DAY, "attempt": 1,
                     "org_id": "hillside", "score": float(mark), "status": "scored"}
                    for n, row in enumerate(marks.values(), 50)
                    for s, mark in zip([*SIX, *SEVEN], row, strict=True)]})
    app = open_page("learning")
    assert not app.exception
    assert "Question 1 of Unit test (Mathematics): hardly anybody got it right." in said(app)
    table = next(d.value for d in app.dataframe if "Question" in d.value.columns)
    assert list(table["Goes with the rest"]) == ["too few to say"] * 3


def test_a_plan_without_observations_says_so_and_offers_the_grid(
    filled: Path, open_page: Opener
) -> None:
    add(filled, {"objectives": [learners.goal("Adds", 1)]})
    app = open_page("learning")
    assert "No levels recorded yet." in said(app)
    assert any("Download the grid for Class 6 A" in b.label for b in app.button)


def test_without_any_outcome_the_page_is_not_in_the_menu_and_offers_a_grid(
    filled: Path, open_page: Opener
) -> None:
    app = open_page("learning")
    assert not app.exception
    text = said(app)
    assert "Download a grid, fill it in Excel, drop it back." in text
    assert "Learning" not in [link.proto.label for link in app.get("page_link")]
    assert any("abilities" in b.label for b in app.button)


def test_it_stands_in_the_menu_once_there_are_outcomes(learned: Path, open_page: Opener) -> None:
    app = open_page("overview")
    assert "Learning" in [link.proto.label for link in app.get("page_link")]


def test_filters_that_leave_nobody_offer_to_clear(learned: Path, open_page: Opener) -> None:
    app = open_page("learning", {"subject": "Mathematics", "school": "riverbank", "grade": "7",
                                 "from": "2030-01-01", "to": "2030-02-01", "as_of": "2030-02-01"})
    assert not app.exception
    assert "No student fits" in said(app) or "No levels recorded yet." in said(app)


def test_empty_house_shows_no_grid(folder: Path, open_page: Opener) -> None:
    app = open_page("learning")
    assert not app.exception and not app.get("plotly_chart") and not app.metric


def test_what_breaks_becomes_a_sentence_and_a_code(
    learned: Path, open_page: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("Invented Child 000")

    monkeypatch.setattr(page, "board", broken)
    app = open_page("learning")
    assert "This page could not be drawn. Your data are safe." in said(app)
    assert "Invented Child" not in said(app)


@pytest.mark.parametrize(("reached", "judged", "told"), [
    (6, 15, (0.4, "40%")), (1, 15, (0.2, "0–20%")), (13, 15, (0.8, "80–100%")),
    (4, 9, (None, "hidden")), (0, 0, (None, "–"))])
def test_others_are_told_a_whole_percent_and_never_a_count_of_a_few(
    reached: int, judged: int, told: tuple[float | None, str]
) -> None:
    room = Room("hill", "Hillside", "3", "3 A", 15)
    cell = Cell(Goal("g", "Divides", "outcome"), room, reached=reached, not_yet=judged - reached,
                students=15)
    shown = SimpleNamespace(view=SimpleNamespace(scope=Scope(staff=False)), preset=None)
    assert page._figure(shown, cell) == told  # type: ignore[arg-type]
    line = page._line(shown, cell, {"g": "Divides"}, [room])  # type: ignore[arg-type]
    assert line["Share"] == told[1]
    assert not {"Reached", "Nearly", "Not yet", "Not observed"} & set(line)
    staff = SimpleNamespace(view=SimpleNamespace(scope=Scope()), preset=None)
    if judged:
        assert page._figure(staff, cell)[1] == f"{reached} of {judged}"  # type: ignore[arg-type]


def test_what_comes_next_is_told_to_others_without_counts() -> None:
    assert [words.share_words(*s) for s in ((40, 40), (0, 20), (80, 100))] == [
        "40%", "at most 20%", "at least 80%"]
    told = words.next_share_lead("Subtraction", "Class 3 A", "40%", False)
    assert told.text == "Subtraction comes next for Class 3 A: 40% have reached it."
    test = words.next_share_lead("ASER reading", "Class 3 A", "at most 20%", True)
    assert test.text == "ASER reading in Class 3 A: at most 20% are at the level expected."
