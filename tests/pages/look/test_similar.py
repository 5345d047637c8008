"""Similar schools and published numbers on the pages: offered where they exist, named in full."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import hillside
import pytest
from screen import said
from streamlit.testing.v1 import AppTest

from tests import neighbours

Opener = Callable[..., AppTest]
ENGLAND = {"source": "DfE, pupil absence in schools", "academic_year": "2016-17", "place": "e92",
           "name": "England", "level": "national", "dimension": "total", "value": "total"}


@pytest.fixture
def cluster(folder: Path) -> Path:
    """Ten schools: in Mine half are often absent, in each of the others 4 of 20."""
    schools = [neighbours.Cast("Mine", 40, absent=20),
               *(neighbours.Cast(f"S {n}", 20 + n, absent=4) for n in range(9))]
    hillside.fill(folder, tables=neighbours.tables(schools)).close()
    return folder


def _published(folder: Path) -> None:
    shares = [{**ENGLAND, "measure": "chronic_absence", "share": 744275 / 6899770},
              {**ENGLAND, "measure": "attendance_rate", "share": 0.953}]
    hillside.fill(folder, "england", {**hillside.rows(), "benchmarks": shares}).close()


def _offered(app: AppTest) -> list[str]:
    return list(next(r.options for r in app.radio if r.key == "f:compare"))


def test_one_school_of_ten_is_compared_with_the_middle_of_its_like(
    cluster: Path, open_page: Opener
) -> None:
    app = open_page("needs", {"school": "mine", "compare": "similar"})
    assert not app.exception
    text = said(app)
    assert "more than at the middle of 9 similar schools" in text
    assert "In the middle of 9 similar schools it is 17%" in text
    assert "This school's 50% lies above the range expected for 40 students" in text
    assert "Which schools are similar" in [e.label for e in app.expander]
    listed = next(d.value for d in app.dataframe if "How near" in d.value.columns)
    assert list(listed["School"]) == [f"S {n}" for n in range(9)]
    assert list(listed.columns) == ["School", "How near"]


def test_similar_schools_are_offered_for_one_school_only(
    cluster: Path, open_page: Opener
) -> None:
    assert "similar schools" in _offered(open_page("needs", {"school": "mine"}))
    several = open_page("needs", {"compare": "similar"})
    assert "similar schools" not in _offered(several) and not several.exception
    assert "similar schools" not in said(several)


def test_too_few_schools_of_a_kind_say_so_and_the_usual_line_stands(
    folder: Path, open_page: Opener
) -> None:
    kind = {"medium": "Urdu"}
    schools = [neighbours.Cast(f"S {n}", 20 + n, absent=8,
                               traits=kind if n < 5 else {"medium": "Kannada"}) for n in range(10)]
    hillside.fill(folder, tables=neighbours.tables(schools)).close()
    app = open_page("needs", {"school": "s 0", "compare": "similar"})
    assert not app.exception
    assert [i.value for i in app.info] == [
        "Only 4 other schools are like this one in teaching language. A comparison with similar "
        "schools needs 8, so the usual line stands."]
    assert "the 10% line used in India (convention)" in said(app)


def test_a_published_number_is_offered_where_there_is_one_and_named_in_full(
    folder: Path, open_page: Opener
) -> None:
    _published(folder)
    app = open_page("needs", {"compare": "published", "need": "chronic_absence"})
    assert not app.exception
    assert _offered(app)[-1] == "a published number"
    named = "England 2016/17: 10.8% (DfE, pupil absence in schools), which here would be 3 students"
    assert named in said(app)
    table = next(d.value for d in app.dataframe if "Line" in d.value.columns)
    assert "England 2016/17: 10.8% (DfE, pupil absence in schools)" in set(table["Line"])


def test_progress_draws_the_published_number_as_a_line_with_its_source(
    folder: Path, open_page: Opener
) -> None:
    _published(folder)
    app = open_page("progress")
    assert not app.exception
    assert "Dashed line: England 2016/17: 95.3% (DfE, pupil absence in schools)." in said(app)
    assert "England 95.3%" in app.get("plotly_chart")[0].proto.spec


def test_overview_names_the_same_reference(cluster: Path, open_page: Opener) -> None:
    app = open_page("overview", {"school": "mine", "compare": "similar"})
    assert not app.exception
    assert "at the middle of 9 similar schools" in said(app)


def test_a_projector_shows_the_reference_and_no_list(cluster: Path, open_page: Opener) -> None:
    app = open_page("needs", {"school": "mine", "compare": "similar", "present": "1"})
    assert not app.exception
    assert "at the middle of 9 similar schools" in said(app)
    assert not [e for e in app.expander if e.label == "Which schools are similar"]
