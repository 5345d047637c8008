"""A blank that means present never does so on a holiday or outside the enrolment."""

from datetime import date

from etl import exchange
from etl.layouts import layouts
from etl.layouts.register import resolve
from etl.model import Known
from etl.students import student_key
from tests.grids import context, read, rows, sheet, taken

REGISTER = """
ID|Name|2|3|4|5|6
S1|Asha|||A||
S2|Bilal|||||
"""
ANSWERS = {"school": "Hill", "month": "June 2025", "blank": "yes"}
KNOWN = Known(
    closed={"*": frozenset({date(2025, 6, 3)}), "lake": frozenset({date(2025, 6, 2)})},
    enrolled={
        student_key("hill", "S1"): ((date(2025, 4, 1), date(2025, 6, 5)),),
        student_key("hill", "S2"): ((date(2023, 4, 1), date(2024, 4, 1)),),
    },
)


def test_a_holiday_and_the_days_after_leaving_are_no_days_of_presence() -> None:
    got = read(sheet(REGISTER), context(known=KNOWN, **ANSWERS), "register")
    marks = rows(got.facts["attendance"], "row", "date", "code")
    assert [d.day for r, d, _ in marks if r == 2] == [2, 4]
    # what was said of another school year says nothing of this one
    assert [d.day for r, d, _ in marks if r == 3] == [2, 4, 5, 6]
    assert [f.count for f in got.findings if f.rule == "blank on no school day"] == [4]


def test_a_mark_on_a_holiday_stands() -> None:
    known = Known(closed={"hill": frozenset({date(2025, 6, 4)})})
    got = read(sheet(REGISTER), context(known=known, **ANSWERS), "register")
    marks = rows(got.facts["attendance"], "date", "code")
    assert [c for d, c in marks if d.day == 4] == ["A"]
    assert [f.count for f in got.findings if f.rule == "mark on a holiday"] == [1]


def test_a_calendar_in_the_same_drop_counts_too() -> None:
    base = context(**ANSWERS)
    found = {}
    for grid in (
        sheet("Date|Type\n02/06/2025|Holiday\n13/06/2025|Holiday", "Holidays"),
        sheet(REGISTER),
    ):
        recognition = taken(grid, base)
        found[grid.key] = (
            grid,
            recognition,
            layouts()[recognition.layout].extract(grid, recognition, base),
        )
    changed = resolve(found, base)
    assert list(changed) == ["school.xlsx|Sheet1"]
    days = {d.day for (d,) in rows(changed["school.xlsx|Sheet1"].facts["attendance"], "date")}
    assert days == {3, 4, 5, 6}


def test_what_is_known_of_days_and_spells_reaches_the_child_unchanged() -> None:
    known = context(known=KNOWN)
    assert exchange.context_from_json(exchange.context_to_json(known)) == known
