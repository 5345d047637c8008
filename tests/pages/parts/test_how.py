"""How this is computed: closed, opened, and another system's figure typed beside ours."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import hillside
import pytest
from screen import said
from streamlit.testing.v1 import AppTest

from school import counted
from school.derive import derive

Opener = Callable[..., AppTest]
ABSENCE = {"measure": "absence_rate"}
LABEL = "Another system says"


@pytest.fixture
def halved(folder: Path) -> Path:
    """Hillside in which each missed day of the boys of grade 7 is half a day."""
    house = hillside.fill(folder)
    with house.store.writing() as tx:
        tx.execute("update mart.attendance set absent = 1, category = 'present' where absent = 2")
        derive(tx)
        hillside.set_meta(tx, "data_version", "2")
    house.close()
    return folder


def typed(app: AppTest, figure: str) -> str:
    next(t for t in app.text_input if t.label == LABEL).set_value(figure).run()
    assert not app.exception
    return said(app)


def test_closed_it_asks_nothing_more_than_the_page(
    halved: Path, open_page: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object) -> None:
        raise AssertionError("counted although nobody opened it")

    monkeypatch.setattr("pages.parts.how.closely", never)
    monkeypatch.setattr("pages.parts.how.explain", never)
    app = open_page("compare", ABSENCE)
    assert not app.exception
    assert "Counted: 24" in said(app) and "Half days missed" not in said(app)


def test_opened_it_says_who_is_counted_more_closely(halved: Path, open_page: Opener) -> None:
    app = open_page("compare", ABSENCE)
    app.session_state["how:compare"] = True
    app.run()
    assert not app.exception
    assert "Half days missed: 36. Each counts as half a day absent." in said(app)


def test_a_typed_figure_is_explained(halved: Path, open_page: Opener) -> None:
    """Three boys miss half of every fifth day of 60: 36 of 2,880 half days, 1.25%."""
    text = typed(open_page("compare", ABSENCE), "2.5%")
    assert "It says 2.5%, here it is 1.3%. This would explain it:" in text
    assert "With 36 days of which half was missed counted as absent, it would be 2.5%." in text


def test_the_same_figure_agrees_and_nonsense_is_asked_again(
    halved: Path, open_page: Opener
) -> None:
    app = open_page("compare", ABSENCE)
    assert "The two agree: 1.25%." in typed(app, "1.25")
    assert "Write it as a percentage, such as 93.4%." in typed(app, "a lot")


def test_a_headcount_is_typed_as_a_number(halved: Path, open_page: Opener) -> None:
    app = open_page("compare", {"measure": "headcount"})
    assert "Write it as a number of students." in typed(app, "24.5")
    assert "The two agree: 24." in typed(app, "24")


def test_the_query_is_shown_as_it_ran(halved: Path, open_page: Opener) -> None:
    app = open_page("compare", ABSENCE)
    assert not any("mart.attendance" in c.value for c in app.code)
    next(t for t in app.toggle if t.label.startswith("Show the whole query")).set_value(True).run()
    assert any("mart.attendance" in c.value for c in app.code)


def test_a_number_that_no_other_system_has_is_not_asked_for(
    filled: Path, open_page: Opener
) -> None:
    assert not counted.supported("mean_score")
    app = open_page("compare", {"measure": "mean_score"})
    assert not [t for t in app.text_input if t.label == LABEL]


def test_every_number_of_needs_has_its_card_each_subject_its_own(
    folder: Path, open_page: Opener
) -> None:
    house = hillside.fill(folder)
    with house.store.writing() as tx:
        for table, changed in (("assessments", "2 as assessment_id, 'Science' as subject"),
                               ("results", "2 as assessment_id")):
            tx.execute(f"insert into mart.{table} select * replace ({changed}) from mart.{table}")
        derive(tx)
        hillside.set_meta(tx, "data_version", "2")
    house.close()
    app = open_page("needs")
    assert not app.exception
    titles = {m.value.split(".**")[0] for m in app.markdown if ".**" in m.value}
    assert {"**Below or above pass, Mathematics", "**Below or above pass, Science"} <= titles
