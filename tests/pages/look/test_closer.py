"""The Compare page in its states: full, empty, filtered to nothing, withheld, failed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import hillside
import pytest
from streamlit.testing.v1 import AppTest

import server
from pages.look import closer
from school.measures import catalogue


def words(app: AppTest) -> str:
    parts = [*app.markdown, *app.caption, *app.title, *app.header, *app.error]
    return " ".join([*(str(e.value) for e in parts), *(e.proto.body for e in app.get("html"))])


def test_full_page_says_the_number_its_range_and_the_parts(filled: Path, open_page: Any) -> None:
    app = open_page("compare", {"data": "own", "measure": "attendance_rate", "split": "grade"})
    assert not app.exception
    assert "<b>Attendance: 98%.</b>" in words(app)  # 36 of 1,440 marks missed: 97.5
    assert [h.value for h in app.header] == ["Attendance, by class"]
    table = next(d.value for d in app.dataframe if "Likely" in d.value.columns)
    assert list(table["Class"]) == ["6", "7"]
    assert list(table["Attendance"]) == ["100%", "95%"]
    assert list(table["Students"]) == [12, 12]


def test_parts_stand_in_the_order_of_the_school(filled: Path, open_page: Any) -> None:
    app = open_page("compare", {"data": "own", "measure": "attendance_rate", "split": "class"})
    table = next(d.value for d in app.dataframe if "Likely" in d.value.columns)
    assert list(table["Section"]) == ["6 A", "7 A"]


def test_chosen_measure_and_split_come_from_the_link(filled: Path, open_page: Any) -> None:
    app = open_page("compare", {"data": "own", "measure": "pass_rate", "split": "group.sex"})
    assert app.selectbox(key="pick:compare:measure").value == "pass_rate"
    assert app.selectbox(key="pick:compare:split").value == "group.sex"
    app.selectbox(key="pick:compare:measure").set_value("attendance_rate").run()
    assert [h.value for h in app.header] == ["Attendance, by sex"]


def test_measure_that_nobody_defined_falls_back_to_attendance(
    filled: Path, open_page: Any
) -> None:
    app = open_page("compare", {"data": "own", "measure": "../../etc", "split": "nonsense"})
    assert "Attendance: 98%" in words(app)
    assert not app.exception


def test_the_choices_stand_above_the_finding_and_the_chart(
    filled: Path, open_page: Any
) -> None:
    app = open_page("compare", {"data": "own"})
    kinds = _kinds(app.main)
    assert kinds.index("selectbox") < kinds.index("metric")


def test_parts_bear_the_names_of_schools_and_open_their_students(
    filled: Path, open_page: Any
) -> None:
    app = open_page("compare", {"data": "own", "split": "school", "row": "hillside"})
    table = next(d.value for d in app.dataframe if "Likely" in d.value.columns)
    assert list(table["School"]) == ["Hillside", "Riverbank"]
    one = next(b for b in app.button if b.label == "See the students of Hillside")
    one.click().run()
    listed = next(d.value for d in app.dataframe if "Name" in d.value.columns)
    assert len(listed) == table["Students"].iloc[0]


def test_a_count_has_neither_a_range_nor_a_level(filled: Path, open_page: Any) -> None:
    app = open_page("compare", {"data": "own", "measure": "headcount", "split": "grade"})
    assert [(m.label, m.value) for m in app.metric] == [("Here", "24")]
    assert "all together" not in app.get("plotly_chart")[0].proto.spec


def test_only_comparisons_that_are_built_are_offered(filled: Path, open_page: Any) -> None:
    app = open_page("needs", {"data": "own", "compare": "similar"})
    assert not app.exception
    offered = next(r.options for r in app.radio if r.key == "f:compare")
    assert offered == ["the usual line", "our goals", "last year"]


def _kinds(block: Any) -> list[str]:
    """Types of all elements below a block, in the order of the screen."""
    found = []
    for child in getattr(block, "children", {}).values():
        found += [str(getattr(child, "type", "")), *_kinds(child)]
    return found


def test_empty_house_offers_the_two_ways_in(folder: Path, open_page: Any) -> None:
    app = open_page("compare")
    assert [t.value for t in app.title] == ["What would you like to do first?"]


def test_filters_that_leave_nobody_can_be_cleared_in_one_step(
    filled: Path, open_page: Any
) -> None:
    app = open_page("compare", {"data": "own", "group.sex": "unknown", "grade": "7"})
    assert "No student fits: All schools, Class 7" in words(app)
    next(b for b in app.button if b.label == "Clear filters").click().run()
    assert app.session_state["view"].where == ()
    assert "Attendance: 98%" in words(app)


def test_register_marked_in_part_is_withheld_with_the_way_to_the_empty_days(
    folder: Path, open_page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = hillside.rows

    def half() -> dict[str, list[dict[str, Any]]]:
        tables = whole()
        tables["attendance"] = [m for m in tables["attendance"]
                                if m["student"] % 2 or m["date"].day % 4 == 0]
        return tables

    monkeypatch.setattr(hillside, "rows", half)
    hillside.fill(folder).close()
    app = open_page("compare", {"data": "own", "measure": "attendance_rate"})
    assert "of the register is marked. Below 70% a rate would mislead." in words(app)
    assert "See the empty days" in [e.proto.label for e in app.get("page_link")]
    assert not app.metric


def test_store_that_does_not_answer_is_a_sentence_and_not_a_trace(
    filled: Path, open_page: Any
) -> None:
    own = server.house("own")
    assert own is not None
    own.store.close()
    app = open_page("compare")
    assert "Your data are safe" in words(app) + " ".join(e.value for e in app.error)
    assert not app.exception


def test_a_pass_share_has_its_second_view_beside_it(filled: Path, open_page: Any) -> None:
    app = open_page("compare", {"data": "own", "measure": "pass_rate_enrolled", "split": "grade"})
    assert not app.exception
    assert [(m.label, m.value) for m in app.metric] == [
        ("Here", "50%"), ("Likely", "31 to 69%"), ("Passed, of those who sat it", "50%")]
    app = open_page("compare", {"data": "own", "measure": "pass_rate", "split": "grade"})
    assert ("Mean score", "40.0") in [(m.label, m.value) for m in app.metric]


def test_results_open_by_band_in_the_order_of_the_bands(filled: Path, open_page: Any) -> None:
    app = open_page("compare", {"data": "own", "measure": "band_share"})
    assert not app.exception
    assert "<b>Results at 60% or more: 50%.</b>" in words(app)
    assert [h.value for h in app.header] == ["Results by band"]
    table = next(d.value for d in app.dataframe if "Likely" in d.value.columns)
    assert list(table.iloc[:, 0]) == ["20 to 39", "60 to 79"]


def test_a_number_of_every_kind_of_rows_is_drawn(filled: Path, open_page: Any) -> None:
    for name in {m.reads: n for n, m in catalogue().items()}.values():
        app = open_page("compare", {"data": "own", "measure": name})
        assert not app.exception, name


def test_a_split_by_weekday_says_whether_a_day_stands_out(filled: Path, open_page: Any) -> None:
    app = open_page("compare", {"measure": "absence_rate", "split": "weekday"})
    assert not app.exception
    text = words(app)
    assert "day of the week stands out" in text or "More is missed on" in text


def test_a_split_that_another_page_left_in_the_link_does_not_empty_the_page(
    filled: Path, open_page: Any
) -> None:
    app = open_page("compare", {"measure": "attendance_rate", "by": "class", "period": "month"})
    assert "Attendance: 98%" in words(app)
    assert "No student fits" not in words(app)


def test_what_is_not_drawn_is_said(
    filled: Path, open_page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = open_page("compare", {"split": "grade"})
    assert "These are the first" not in words(whole)
    monkeypatch.setattr(closer, "MOST", 1)
    app = open_page("compare", {"split": "grade"})
    assert "These are the first 1 of 2, in their order." in words(app)
