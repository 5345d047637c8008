"""The Data quality page: full, empty, too little marked, filtered to nothing, broken; and Undo."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import hillside
import pytest
from screen import said
from streamlit.testing.v1 import AppTest

from etl import verdicts
from etl.model import Finding
from etl.publish import publish
from etl.refold import GoesBack
from pages.data import quality, uploads
from school import schema
from school.house import House, open_house
from school.quality import Oddity
from school.records import loads
from tests.drops import HandDrop, drop, mark, table

Opener = Callable[..., AppTest]
DAYS = [date(2025, 6, 2) + timedelta(days=n) for n in (0, 1, 2, 3, 4, 7, 8, 9, 10, 11)]


def rows(missing: dict[tuple[str, date], str] | None = None) -> list[dict[str, Any]]:
    """Ten school days of two classes with five students each; `missing` empties a class's day."""
    return [mark(n + 10 * k, day, "A" if n == 0 else "P", row=2 + n + 5 * k, **{"class": name})
            for k, name in enumerate(("7 A", "7 B")) for n in range(5) for day in DAYS
            if (name, day) not in (missing or {})]


def place() -> dict[str, Any]:
    return {"org_id": "hill", "name": "Hillside", "type": "school"}


def calendar() -> list[dict[str, Any]]:
    return [{"org_id": "hill", "date": d, "day_type": "school", "name": None} for d in DAYS]


def spells() -> list[dict[str, Any]]:
    return [{"student": n + 10 * k, "org_id": "hill", "begin_date": DAYS[0], "class": name,
             "grade": "7", "academic_year": "2025-26", "row": 2 + n + 5 * k}
            for k, name in enumerate(("7 A", "7 B")) for n in range(5)]


def uploaded(folder: Path, label: str, marks: list[dict[str, Any]], *findings: Finding) -> House:
    """A house into which one file was loaded; the caller closes it."""
    house = open_house(folder)
    house.choose_preset("us")
    made: HandDrop = drop(folder.parent, {label: {
        "organisations": table("organisations", [place()]),
        "attendance": table("attendance", marks), "calendar": table("calendar", calendar()),
        "enrollment": table("enrollment", spells())}})
    report = replace(made.reports[0], findings=findings, rejected=sum(
        f.count for f in findings if f.level == "rejects"),
        read=made.reports[0].read + sum(f.count for f in findings if f.level == "rejects"))
    publish(house, replace(made, reports=(report,)), "owner")
    return house


def test_full_page_says_yes_and_names_the_class_with_empty_days(
    folder: Path, open_page: Opener
) -> None:
    missing = {("7 B", DAYS[8]): "", ("7 B", DAYS[9]): ""}
    uploaded(folder, "june.csv", rows(missing)).close()
    app = open_page("quality")
    assert not app.exception
    text = said(app)
    assert "Yes for attendance to" in text and "90% of the register is marked." in text
    assert "7 B has 2 empty days." in text
    assert [(m.label, m.value) for m in app.metric][:3] == [
        ("Register complete", "90%"), ("Rows left out", "0"), ("Things to check", "none")]
    assert len(app.get("plotly_chart")) == 1
    assert "10 marks are missing" in text
    assert "Nothing at all was marked on Jun 12, 2025, Jun 13, 2025." in text
    twin = next(d.value for d in app.dataframe if "Marked" in d.value.columns)
    assert sorted(twin["Marks there"]) == [15, 25, 25, 25]


def test_findings_are_grouped_by_rule_with_how_many(folder: Path, open_page: Opener) -> None:
    bad = [Finding("date", "rejects", "Row 40, column Date: we found “soon”. Write a day.",
                   sheet="June", row=r, column="Date", found="soon") for r in (40, 41)]
    odd = Finding("same id", "warns", "2 students share the number 0142.", sheet="June", count=2)
    uploaded(folder, "june.csv", rows(), odd, *bad).close()
    app = open_page("quality")
    assert not app.exception
    text = said(app)
    assert "Sheet June, row 40, column Date; Sheet June, row 41, column Date" in text
    assert text.index("Write a day") < text.index("share the number")
    assert ("Things to check", "2") in [(m.label, m.value) for m in app.metric]
    assert ("Rows left out", "2") in [(m.label, m.value) for m in app.metric]
    everything = next(d.value for d in app.dataframe if "What to do" in d.value.columns)
    assert list(everything["How many"]) == [2, 2]


def test_nothing_uploaded_offers_to_drop_a_file(folder: Path, open_page: Opener) -> None:
    app = open_page("quality")
    assert not app.exception
    assert "Nothing uploaded yet." in said(app)
    assert not app.get("plotly_chart")


def test_a_register_marked_in_small_part_is_not_to_be_trusted(
    folder: Path, open_page: Opener
) -> None:
    missing = {("7 B", d): "" for d in DAYS} | {("7 A", d): "" for d in DAYS[6:]}
    uploaded(folder, "june.csv", rows(missing)).close()
    app = open_page("quality")
    assert not app.exception
    assert "Not for attendance: only 50% of the register is marked." in said(app)
    assert "7 B has 6 empty days." in said(app)


def test_dates_without_a_school_day_offer_to_clear(folder: Path, open_page: Opener) -> None:
    uploaded(folder, "june.csv", rows()).close()
    app = open_page("quality", {"from": "2025-06-07", "to": "2025-06-08"})
    assert not app.exception
    assert "No student fits" in said(app)
    assert any(b.label == "Clear filters" for b in app.button)
    assert any(b.label == "Undo" for b in app.button), "the uploads stay within reach"


def test_what_breaks_becomes_a_sentence_and_a_code(folder: Path, open_page: Opener) -> None:
    house = hillside.fill(folder)
    with house.store.writing() as tx:
        tx.execute("alter table mart.school_days drop column date")
    house.close()
    app = open_page("quality")
    assert not app.exception, "the guard keeps the traceback from the screen"
    assert "This page could not be drawn. Your data are safe." in said(app)


def test_undo_asks_first_and_then_takes_the_upload_back(folder: Path, open_page: Opener) -> None:
    house = uploaded(folder, "june.csv", rows())
    changed = [mark(n, DAYS[0], "A", row=2 + n, **{"class": "7 A"}) for n in range(5)]
    publish(house, drop(folder.parent, {"late.csv": {"attendance": table("attendance", changed)}}),
            "owner")
    house.close()
    app = open_page("quality")
    next(b for b in app.button if b.key == "undo:2").click().run()
    assert not app.exception
    assert "Attendance goes back from 76.0% to 80.0%; 4 marks change back." in said(app)
    next(b for b in app.button if b.label == "Undo it").click().run()
    assert not app.exception
    assert "**undone**" in said(app)
    again = open_house_of_page()
    assert [x.state for x in loads.loads(again.records)] == ["reverted", "standing"]
    absent, = again.store.unsafe_run("select count(*) from mart.attendance where code = 'A'")
    assert absent == (20,)


def open_house_of_page() -> House:
    """The house as the page has it open."""
    import server

    found = server.house("own")
    assert found is not None
    return found


@pytest.mark.parametrize("text", ["<script>alert(1)</script>.csv", "[a](javascript:b).csv"])
def test_words_of_a_file_are_never_markup(folder: Path, open_page: Opener, text: str) -> None:
    from pages.data.uploads import escaped

    house = uploaded(folder, "june.csv", rows())
    with house.records.writing() as connection:
        connection.exec_driver_sql("update load set file = ?", (text,))
    house.close()
    app = open_page("quality")
    assert not app.exception
    assert f"**{escaped(text)}**" in said(app)
    assert text not in said(app)


def test_present_shows_the_answer_and_the_chart_alone(folder: Path, open_page: Opener) -> None:
    uploaded(folder, "june.csv", rows()).close()
    app = open_page("quality", {"present": "1"})
    assert not app.exception
    assert len(app.get("plotly_chart")) == 1
    assert not any(b.label == "Undo" for b in app.button)


def test_undo_names_everything_that_an_upload_can_hold() -> None:
    """Only what describes others may go unsaid: else an undo would be said to change nothing."""
    for name in (t.name for t in schema.TABLES if t.name not in verdicts.DESCRIBING):
        told = uploads.goes_back_words(GoesBack({name: 3}, None, None))
        assert "3 " in told and "No number changes" not in told, name


def test_what_is_rightly_left_out_is_not_called_used() -> None:
    def told(level: str, words: str) -> str:
        return quality._next(Oddity("rule", level, words, 1, "a.csv", 1))

    assert told("warns", "7 rows are not about students. They are left out.") == quality._AS_MEANT
    assert told("warns", "Two students have one name.").startswith("The rows are used.")
    assert told("rejects", "This row has no date. It is left out.").startswith("These rows are")


def test_a_day_that_is_not_over_is_no_gap(folder: Path, open_page: Opener,
                                          monkeypatch: pytest.MonkeyPatch) -> None:
    """7 A is marked today, 7 B not yet; a week earlier 7 B lacks a whole day."""
    uploaded(folder, "june.csv", rows({("7 B", DAYS[9]): "", ("7 B", DAYS[2]): ""})).close()

    class Today(date):
        @classmethod
        def today(cls) -> date:  # type: ignore[override]
            return DAYS[9]

    monkeypatch.setattr("pages.data.quality.date", Today)
    app = open_page("quality")
    assert not app.exception
    text = said(app)
    assert "Grey: today is still open." in text
    assert "7 B has 1 empty day." in text, "of last week; today may still be marked"
    twin = next(d.value for d in app.dataframe if "Marked" in d.value.columns)
    assert [w for w in twin["Week"] if w.endswith(", still open")] == ["week of Jun 9, still open"]
    chart = json.loads(app.get("plotly_chart")[0].proto.spec)
    filled = [s for s in chart["layout"]["shapes"] if s.get("fillcolor")]
    assert len(filled) == 1
    assert [c for line in chart["data"][0]["z"] for c in line].count(None) == 1
