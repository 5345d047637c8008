"""The Equity page: full, filtered to nobody, without groups, in Present, and what breaks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import hillside
import pytest
from screen import said
from streamlit.testing.v1 import AppTest

from pages.look import equity as page

Opener = Callable[..., AppTest]


def test_full_page_tells_the_gap_in_counts_with_its_range(filled: Path, open_page: Opener) -> None:
    app = open_page("equity")
    assert not app.exception
    text = said(app)
    # In `hillside` the 12 girls are below pass and the 12 boys are not.
    assert "All 12 girls are below pass in Mathematics, and none of the 12 boys" in text
    assert [m.label for m in app.metric] == [
        "Clear gaps", "Students concerned", "Expected by chance", "Group known for"]
    table = next(d.value for d in app.dataframe if "Times as likely" in d.value.columns)
    assert set(table["Certainty"]) <= {"Clear", "Close call", "Could be chance"}
    assert "We know no plans of support." in text


def test_what_is_compared_comes_from_the_link(filled: Path, open_page: Opener) -> None:
    app = open_page("equity", {"need": "chronic_absence", "kind": "group.sex", "within": "grade"})
    assert not app.exception
    chosen = {s.label: s.value for s in app.selectbox}
    assert chosen["Which need"] == "chronic_absence"
    assert chosen["Which groups"] == "group.sex"
    assert chosen["Compared"] == "grade"


def test_without_groups_the_page_says_what_to_add(folder: Path, open_page: Opener) -> None:
    house = hillside.fill(folder)
    with house.store.writing() as tx:
        tx.execute("delete from mart.memberships")
        hillside.set_meta(tx, "data_version", "2")
    house.close()
    app = open_page("equity")
    assert not app.exception
    assert "We know no groups yet. Add a class list with a group column." in said(app)
    assert not [link for link in app.get("page_link") if link.proto.label == "Equity"]


def test_filters_that_leave_nobody_offer_to_clear(filled: Path, open_page: Opener) -> None:
    app = open_page("equity", {"grade": "7", "from": "2030-01-01", "to": "2030-02-01",
                               "as_of": "2030-02-01"})
    assert not app.exception
    assert any(b.label == "Clear filters" for b in app.button)


def test_present_shows_the_chart_and_no_list_of_students(filled: Path, open_page: Opener) -> None:
    app = open_page("equity", {"present": "1"})
    assert not app.exception
    assert not app.selectbox
    assert not [b for b in app.button if "students" in b.label]


def test_what_breaks_becomes_a_sentence_and_a_code(
    filled: Path, open_page: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("Invented Child 000")

    monkeypatch.setattr(page, "equity", broken)
    app = open_page("equity")
    assert "This page could not be drawn. Your data are safe." in said(app)
    assert "Invented Child" not in said(app)


def test_of_two_kinds_crossed_the_table_has_each_share_as_counted_and_pulled(
    folder: Path, open_page: Opener
) -> None:
    """Six crossed groups of one school: enough to pull them toward the share of all."""
    house = hillside.fill(folder)
    with house.store.writing() as tx:  # ten students in place of each, so that groups are tested
        for n in range(1, 10):
            for table in ("students", "memberships", "enrollment", "results"):
                tx.execute(f"insert into mart.{table} select * replace (student + {n * 10_000} as "
                           f"student) from mart.{table} where student < 10000")
        tx.execute("insert into mart.memberships (student, kind, valid_from, value) "
                   "select student, 'language', date '2025-04-01', "
                   "case student % 3 when 0 then 'Urdu' when 1 then 'Kannada' else 'Tamil' end "
                   "from mart.students")
        tx.execute("update mart.results set score = 20 where student % 5 = 0")
        tx.execute("update mart.results set score = 60 where student % 7 = 0")
        hillside.derive(tx, None)
        hillside.set_meta(tx, "data_version", "2")
    house.close()
    app = open_page("equity", {"kind": "group.language", "within": "group.sex"})
    assert not app.exception
    assert "pulled toward that of all" in said(app)
    table = next(d.value for d in app.dataframe if "Certainty" in d.value.columns)
    shares, pulled = table["Share"], table["Share, pulled toward all"]
    assert len(table) and set(shares.str[-1]) | set(pulled.str[-1]) == {"%"}
    told = [(int(a[:-1]), int(b[:-1])) for a, b in zip(shares, pulled, strict=True)]
    assert any(a != b for a, b in told)
    whole = 50  # about half are below pass: each share moves toward it, never past it
    assert all(min(a, whole) - 6 <= b <= max(a, whole) + 6 for a, b in told)
    plain = open_page("equity", {"kind": "group.language"})
    assert all("Share" not in d.value.columns for d in plain.dataframe)
