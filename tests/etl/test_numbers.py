"""Numbers of the school's own: in a list of their own, and in any list of students."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from etl import known, numbers
from etl.layouts import layouts
from etl.publish import publish, revert
from school import own
from school.house import open_house
from school.measures import answer
from school.view import View
from tests.grids import answered, context, read, rows, sheet, taken

SAMPLE = Path(__file__).parents[2] / "data" / "samples" / "layouts" / "own_numbers.csv"

USAGE = """
School|Student ID|Name|Date|Minutes
Hill|001|Asha|2025-06-02|1,250
Hill|002|Bilal|2025-06-02|85%
Hill|003|Chitra|2025-06-02|
Hill|004|Dev|2025-06-02|many
Hill|001|Asha|2025-06-03|30.5
"""
STRANGE = USAGE.replace("Minutes", "Kindness points")


def test_minutes_of_a_program_are_read_without_a_question() -> None:
    got = read(sheet(USAGE), context(), "own_numbers")
    assert not [q for q in got.questions if q.required]
    found = rows(got.facts["numbers"], "name", "date", "value")
    assert found == [("Minutes", date(2025, 6, 2), 1250.0), ("Minutes", date(2025, 6, 2), 85.0),
                     ("Minutes", date(2025, 6, 3), 30.5)]
    assert got.read == 5 and not got.rejected
    (bad,) = [f for f in got.findings if f.rule == "no number"]
    assert (bad.row, bad.column, bad.found, bad.level) == (5, "Minutes", "many", "warns")


def test_a_column_of_numbers_that_nobody_knows_is_asked_about() -> None:
    found = taken(sheet(STRANGE.replace("|many", "|3")), context())
    assert [(q.about, q.choices) for q in found.questions] == [
        ("column:Kindness points", ("number", "ignore"))]
    got = read(sheet(STRANGE), answered(context(), {"column:Kindness points": "number"}))
    assert set(got.facts["numbers"]["name"].to_pylist()) == {"Kindness points"}


def test_without_a_date_it_holds_for_the_day_of_the_upload() -> None:
    text = "School|Student ID|Minutes\nHill|1|5\nHill|2|6\nHill|3|7\n"
    got = read(sheet(text), context(as_of=date(2025, 9, 1)))
    assert set(got.facts["numbers"]["date"].to_pylist()) == {date(2025, 9, 1)}


def test_of_two_rows_of_a_student_and_day_the_last_stands() -> None:
    text = "School|Student ID|Minutes\nHill|1|5\nHill|2|6\nHill|1|7\n"
    assert rows(read(sheet(text), context()).facts["numbers"], "value") == [(6.0,), (7.0,)]


CLASS_LIST = """
School|Student ID|Name|Class|Section|Sex|House points
Hill|001|Asha|6|A|F|12
Hill|002|Bilal|6|A|M|9
Hill|003|Chitra|6|B|F|x
"""


def test_a_column_of_a_class_list_becomes_numbers_when_somebody_says_so() -> None:
    grid, bare = sheet(CLASS_LIST), context()
    plain = read(grid, bare, "roster")
    assert "numbers" not in plain.facts
    said = answered(bare, {"column:House points": "number"})
    found = numbers.added(grid, taken(grid, said), said, read(grid, said, "roster"))
    assert rows(found.facts["numbers"], "name", "grade", "value") == [
        ("House points", "6", 12.0), ("House points", "6", 9.0)]
    assert set(found.facts) >= {"students", "enrollment"}
    assert found.read == plain.read and not found.rejected
    assert [f.rule for f in found.findings if f.column == "House points"] == ["no number"]


def test_every_list_of_students_offers_it_on_the_card_and_no_other() -> None:
    offered = {n for n, x in layouts().items() if numbers.has_people(dict(x.targets))}
    assert {"roster", "results", "marksheet", "attendance_daily", "attendance_totals",
            "register", "own_numbers"} <= offered
    assert not offered & {"calendar", "counts", "survey"}


def test_from_the_export_of_a_program_to_the_answer_and_back(tmp_path: Path) -> None:
    """Five children on five days: latest minutes 14 to 54, so 34 on average; undone, nothing."""
    house = open_house(tmp_path, least_free=0)
    house.choose_preset("india")
    drop = known.check(house, [SAMPLE], known.context(house, date(2025, 6, 30)))
    (report,) = publish(house, drop, "owner")
    drop.close()
    assert (report.layout, report.state, report.rejected) == ("own_numbers", "loaded", 0)
    own.define(house, "owner", "Minutes", title="Minutes", unit="minutes", better="higher",
               minimum=5, line=20.0)
    june = View(date(2025, 6, 1), date(2025, 6, 30), date(2025, 6, 30))
    assert answer(house.store, "own:minutes", june).rows[0].value == 34
    share = answer(house.store, "own:minutes:share", june).rows[0]
    assert (share.numerator, share.denominator) == (1, 5)
    assert report.load_id is not None
    revert(house, report.load_id, "owner")
    assert answer(house.store, "own:minutes", june).rows == ()
    house.close()
