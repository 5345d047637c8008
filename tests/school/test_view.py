"""A view survives its own link, a link never widens a scope, what is unknown is dropped."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from school.access import OWNER, Scope
from school.view import COLUMNS, COMPARISONS, PERIODS, View, is_column

DAY = date(2025, 6, 1)
BASE = View(DAY, date(2025, 6, 30), date(2025, 6, 30))
KNOWN = {"school": ["hill", "river"], "grade": ["6", "7"], "class": ["6 A", "Ü & 7=B"],
         "group.sex": ["female", "unknown"], "subject": ["Mathematics"]}
DAYS = st.integers(0, 800).map(lambda n: DAY + timedelta(days=n))


@st.composite
def views(draw: st.DrawFn) -> View:
    first, last = sorted((draw(DAYS), draw(DAYS)))
    as_of = max(last, draw(DAYS))
    where = tuple((column, tuple(draw(st.lists(st.sampled_from(values), max_size=3))))
                  for column, values in KNOWN.items() if draw(st.booleans()))
    by = tuple(draw(st.lists(st.sampled_from(sorted(KNOWN)), max_size=2, unique=True)))
    return View(first, last, as_of, where, by, draw(st.sampled_from((None, *PERIODS))),
                draw(st.sampled_from(COMPARISONS)))


@settings(max_examples=150, deadline=None)
@given(view=views())
def test_a_view_comes_back_from_its_own_link(view: View) -> None:
    assert View.from_query(view.to_query(), BASE, KNOWN) == (view, [])


TEXT = st.text(max_size=12) | st.sampled_from(["hill", "secret", "2025-06-01", "none", "6"])
QUERIES = st.dictionaries(
    st.sampled_from(["from", "to", "as_of", "by", "period", "compare", "scope", "role", "student",
                     *COLUMNS, "group.sex"]) | st.text(max_size=8),
    st.lists(TEXT, max_size=3), max_size=8)


@settings(max_examples=200, deadline=None)
@given(query=QUERIES)
def test_a_link_never_widens_a_scope(query: dict[str, list[str]]) -> None:
    narrow = Scope("head", (("org_id", ("hill",)),), staff=False)
    known = {**KNOWN, "school": ["hill"]}
    view, _ = View.from_query(query, BASE.with_(scope=narrow), known)
    assert view.scope == narrow
    for column, values in view.where:
        assert set(values) <= set(known[column])
    assert view.start <= view.end <= view.as_of


def test_what_a_link_names_in_vain_is_reported_by_column_only() -> None:
    query = {"school": ["hill", "<script>"], "from": ["yesterday"], "compare": ["magic"],
             "nonsense": ["x"]}
    view, dropped = View.from_query(query, BASE, KNOWN)
    assert view.where == (("school", ("hill",)),)
    assert sorted(dropped) == ["compare", "from", "school"]


def test_dates_the_wrong_way_round_fall_back() -> None:
    view, dropped = View.from_query({"from": ["2025-07-01"], "to": ["2025-06-01"]}, BASE, KNOWN)
    assert (view.start, view.end, dropped) == (BASE.start, BASE.end, ["dates"])


def test_narrowing_never_shows_more() -> None:
    six = BASE.choose("grade", ["6"])
    assert six.narrow("grade", ["6", "7"]).values("grade") == ("6",)
    assert six.narrow("grade", ["7"]).values("grade") == ("\x00nobody",)
    assert BASE.narrow("grade", ["7"]).values("grade") == ("7",)
    assert six.choose("grade", []).where == ()


def test_columns_that_nobody_knows_are_refused() -> None:
    assert is_column("group.first_generation") and not is_column("group.X; drop")
    with pytest.raises(ValueError, match="unknown column"):
        BASE.with_(by=("student",))
    with pytest.raises(ValueError, match="two columns"):
        BASE.with_(by=("school", "grade", "class"))


def test_the_scope_counts_when_views_are_compared() -> None:
    assert BASE.with_(scope=Scope("head")) != BASE and BASE.with_(scope=OWNER) == BASE
