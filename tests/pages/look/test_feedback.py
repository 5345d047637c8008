"""The Feedback page: full, empty, hidden, filtered to nothing, broken; comments are answered."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import hillside
import people
import pytest
from streamlit.testing.v1 import AppTest

sys.path.insert(0, str(Path(__file__).parents[2] / "school"))
import surveys

from school.records import comments

Opener = Callable[..., AppTest]
SAFE, ACT = "I feel safe at school.", "Adults act on what we say."


def said(app: AppTest) -> str:
    """Everything the page says, as text."""
    parts = [*app.markdown, *app.caption, *app.title, *app.header, *app.error, *app.text]
    found = [str(p.value) for p in parts] + [str(h.proto.body) for h in app.get("html")]
    return "\n".join(found)


def ask(folder: Path, answers: dict[str, str], **more: str) -> None:
    """A house with one survey wave."""
    house = hillside.fill(folder)
    tables = surveys.wave(answers, **more)  # type: ignore[arg-type]
    for row in tables["survey_responses"]:
        row["org_id"] = "hillside"
    people.fill(house.store, tables)
    house.close()


def test_full_page_shows_agreement_who_answered_and_the_table(
    folder: Path, open_page: Opener
) -> None:
    ask(folder, {SAFE: "SSSSSSAAAANNDX", ACT: "SAAANNNNDDDDXX"})
    app = open_page("feedback")
    assert not app.exception
    text = said(app)
    assert "71% of students agree with “I feel safe at school” (10 of 14)." in text
    assert "Fewest agree with “Adults act on what we say”: 29%." in text
    assert [(m.label, m.value) for m in app.metric] == [
        ("Answered", "14"), ("Agree most", "71%"), ("Agree least", "29%"),
        ("Comments waiting", "0")]
    assert len(app.get("plotly_chart")) == 1
    table = next(d.value for d in app.dataframe if "Question" in d.value.columns)
    assert list(table["Question"]) == [ACT, SAFE]
    assert list(table["Strongly agree"]) == [1, 6]


def test_a_chosen_question_is_split_by_groups_of_ten(folder: Path, open_page: Opener) -> None:
    ask(folder, {SAFE: "S" * 12 + "D" * 11}, segments="f" * 12 + "m" * 11)
    app = open_page("feedback", {"question": "spring-0"})
    assert not app.exception
    assert "left out" not in said(app), "the page's own part of the link is no filter"
    table = next(d.value for d in app.dataframe if "Group" in d.value.columns)
    assert list(table["Agree"]) == ["All 12 answers", "None of the 11 answers"]


def test_three_answers_stay_hidden(folder: Path, open_page: Opener) -> None:
    ask(folder, {SAFE: "SAD"})
    app = open_page("feedback")
    assert not app.exception
    assert "Only 3 people answered, so answers stay hidden from everyone." in said(app)
    assert not app.get("plotly_chart")
    table = next(d.value for d in app.dataframe if "Question" in d.value.columns)
    assert "Hidden to protect people" in str(table["In short"][0])


def test_without_survey_a_comment_opens_the_page_and_can_be_answered(
    filled: Path, open_page: Opener
) -> None:
    house = hillside.open_house(filled)
    comments.add_comment(house.records, "needs", "school=hillside", "Needs, Hillside",
                         "Is the bus late on Mondays?", "owner")
    house.close()
    app = open_page("feedback")
    assert not app.exception
    text = said(app)
    assert "No survey yet." in text and "One comment waits for an answer." in text
    assert "Is the bus late on Mondays?" in text
    app.text_input[-1].set_value("We asked the driver.")
    next(b for b in app.button if b.label == "Keep this answer").click().run()
    assert not app.exception
    assert "Answer: We asked the driver." in said(app)
    assert "waits for an answer" not in said(app)


def test_a_survey_of_other_dates_is_named_and_led_to(folder: Path, open_page: Opener) -> None:
    ask(folder, {SAFE: "SSSSSSAAAANNDX"})
    app = open_page("feedback", {"data": "own", "from": "2025-06-01", "to": "2025-06-05",
                                 "as_of": "2025-06-23"})
    assert not app.exception
    assert "No survey yet." not in said(app)
    assert "No survey in these dates." in said(app)
    assert "Show all dates" in [str(p.proto.label) for p in app.get("page_link")]


def test_a_school_that_did_not_answer_offers_to_clear(folder: Path, open_page: Opener) -> None:
    ask(folder, {SAFE: "SSSSSSAAAANNDX"})
    app = open_page("feedback", {"school": "riverbank"})
    assert not app.exception
    assert "No student fits" in said(app) or "Nobody" in said(app)
    assert any(b.label == "Clear filters" for b in app.button)


def test_what_breaks_becomes_a_sentence_and_a_code(folder: Path, open_page: Opener) -> None:
    ask(folder, {SAFE: "SSSSSSAAAANNDX"})
    house = hillside.open_house(folder)
    with house.store.writing() as tx:
        tx.execute("alter table mart.survey_items drop column reversed")
    house.close()
    app = open_page("feedback")
    assert not app.exception, "the guard keeps the traceback from the screen"
    assert "This page could not be drawn. Your data are safe." in said(app)


@pytest.mark.parametrize("present", ["0", "1"])
def test_nothing_of_few_answers_in_present_either(
    folder: Path, open_page: Opener, present: str
) -> None:
    ask(folder, {SAFE: "SADS", ACT: "SSSSSSAAAANNDX"})
    app = open_page("feedback", {"present": present})
    assert not app.exception
    assert SAFE not in said(app)
