"""Tiles, stamp, the denominator card and the list of students, in the words people read."""

from __future__ import annotations

import base64
from datetime import date

from pages.parts import how, tables
from school.answers import Card
from school.config import INDIA, US
from school.measures import StudentRow


def drawing(values: list[float | None]) -> str:
    return base64.b64decode(tables.spark(values).partition(",")[2]).decode()


def row(**changes: object) -> StudentRow:
    base = {"student": 99, "student_id": "0142", "name": "Invented Child", "school": "Hillside",
            "grade": "7", "class_name": "7 A", "value": 1.0, "numerator": 1.0, "denominator": 1.0,
            "amount": 14.0, "base": 90.0, "level": None, "left_out": None}
    return StudentRow(**{**base, **changes})  # type: ignore[arg-type]


def test_course_of_a_tile_breaks_where_nothing_is_known() -> None:
    assert drawing([1, 2, 3, 4]).count("M") == 1
    assert drawing([1, 2, None, 4, 5]).count("M") == 2
    assert "circle" in drawing([1, 2, 2, None])
    assert "nan" not in drawing([5, 5, 5])


def test_stamp_says_how_old_only_when_it_is_old() -> None:
    last = date(2025, 11, 14)
    assert tables.stamp(last, None, INDIA, date(2025, 11, 20)) == "Data to 14 Nov 2025"
    assert tables.stamp(last, None, US, date(2025, 12, 1)) == "Data to Nov 14, 2025, 17 days ago"
    assert tables.stamp(None, None, None, None) == ""


def test_card_says_who_is_counted_and_who_is_not() -> None:
    card = Card(604, (("fewer than 20 days", 3), ("no marks", 0)), 120, 0.94,
                "from the calendar", ("A note.",))
    assert how.card_lines(card, INDIA) == [
        "Counted: 604", "Left out: 3, fewer than 20 days", "School days: 120",
        "Register marked: 94% (from the calendar)", "A note.",
    ]
    unknown = Card(1, (), None, None, "unknown")
    assert how.card_lines(unknown, None)[-1] == "How complete the register is, is not known."


def test_list_of_students_keeps_ids_as_typed_and_shows_no_key() -> None:
    listed = tables.student_table([row(), row(name="", left_out="fewer than 20 days")])
    assert listed[0]["Id"] == "0142"
    assert listed[0]["Count"] == "14 of 90"
    assert listed[1]["Not counted because"] == "fewer than 20 days"
    assert 99 not in listed[0].values()


def test_column_that_says_the_same_of_everyone_is_left_out() -> None:
    assert "School" not in tables.student_table([row(), row()])[0]
    assert "School" in tables.student_table([row(), row(school="Riverbank")])[0]


def test_no_students_is_an_empty_list() -> None:
    assert tables.student_table([]) == []


def test_half_days_are_told_in_days() -> None:
    told = tables.student_table([row(amount=33.0, base=242.0)], days=True)[0]
    assert told["Days"] == "16.5 of 121"
