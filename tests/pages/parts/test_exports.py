"""Exports say what the page says, hide what it hides, and never carry a live formula."""

from __future__ import annotations

import io
import struct
import zipfile
from dataclasses import replace
from datetime import date, timedelta

import openpyxl
import pytest

from pages.parts.exports import Handed, Handout, picture, workbook
from pages.parts.spec import Bar, Cell, Chart, Item, Level, Point
from school.answers import Answer, Card, PeriodOf, Row
from school.terms import Lead
from school.view import View

DAY = date(2025, 11, 14)
VIEW = View(start=date(2025, 4, 1), end=DAY, as_of=DAY, by=("grade",))
LINE = Chart(
    "line", "Attendance by week", "Grey: usual range.",
    tuple(Point(str(n), f"week {n}", date(2025, 6, 2) + timedelta(weeks=n),
                None if n == 3 else 0.91 + n / 500, 0.9, "worse" if n == 7 else None, "rain",
                partial=n == 1)
          for n in range(8)),
    "Line chart of attendance", True, (0.9, 0.93), (Level(0.92, "usually 92%"),))
RANKED = Chart(
    "ranked", "Students more than the goal allows", "Solid is sure.",
    (Bar("a", "Absence", 52, 34, 72, "52", "34 to 72", "mostly Mondays"),
     Bar("b", "Reading", None, text="", range_text="hidden", state="chance")),
    "Bars", divider="Below this line it could be chance")
DOTS = Chart("dots", "Gaps", "", (Bar("a", "Girls", 16, 5, 27), Bar("b", "Urdu", None)), "Dots",
             levels=(Level(0, "no gap"),))
AGREE = Chart("agreement", "What they say", "",
              (Item("1", "I feel safe.", (60, 154, 60, 40, 28), "63% agree"),
               Item("2", "Nobody answered.", (0, 0, 0, 0, 0))), "Bars")
GRID = Chart("grid", "Days marked", "",
             (Cell("Class 1", "3 Nov", 1.0, "6 of 6"), Cell("Class 2", "10 Nov", None)), "Grid")
HANDOUT = Handout("What do our students need most?", Lead("Absence comes first.", "Then reading."),
                  "Hillside, Class 7, 1 Apr to 14 Nov 2025", DAY, "604 students",
                  "register 94% complete", (("First need", "112 students", "nearly 1 in 5"),))
SHOWN = Row(PeriodOf(date(2025, 4, 1), DAY, "this year"), {"grade": "7", "group.sex": "girls"},
            0.25, 0.2, 0.31, 120, 480, 30, 120, 0.94)
HIDDEN = Row(None, {"grade": "8", "group.sex": "girls"}, None, None, None, None, None, None, None,
             None, "Hidden to protect students: fewer than 10 in this group.")


def answer(*rows: Row, title: str = "Absence") -> Answer:
    card = Card(120, (("joined too late", 3),), 90, 0.94, "from the calendar", ("a note",))
    return Answer("chronic_absence", "1", title, "Who?", "Absent 1 day in 10 or more.", "our own",
                  "rate", "share of students", "lower", 10, VIEW, DAY, 1, card, rows, "select 1")


def read(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def texts(content: bytes) -> list[object]:
    book = read(content)
    cells = [c for sheet in book for line in sheet.iter_rows() for c in line]
    return [c.value for c in cells if c.value is not None]


@pytest.mark.parametrize("chart", [LINE, RANKED, DOTS, AGREE, GRID], ids=lambda c: c.form)
def test_every_form_of_chart_becomes_a_picture_1600_px_wide(chart: Chart) -> None:
    made = picture(replace(HANDOUT, charts=(chart,)))
    assert made.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", made[16:24])
    assert width == 1600 and height > 500


@pytest.mark.parametrize("chart", [LINE, RANKED, DOTS, AGREE, GRID], ids=lambda c: c.form)
def test_every_form_of_chart_becomes_a_tagged_pdf(chart: Chart) -> None:
    made = picture(replace(HANDOUT, charts=(chart,), invented=True), "pdf")
    assert made.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in made and b"pdfuaid" in made and b"/Lang" in made


def test_a_chart_without_rows_still_makes_a_picture() -> None:
    empty = tuple(replace(c, rows=()) for c in (LINE, RANKED, DOTS, AGREE, GRID))
    assert picture(replace(HANDOUT, charts=empty)).startswith(b"\x89PNG")


def test_indian_scripts_and_typesetting_signs_are_drawn_as_they_are() -> None:
    odd = "सातवीं ಏಳನೇ #panic() $x$ *_`<a> \\ \" [ ] 😀"
    named = replace(HANDOUT, title=odd, lead=Lead(odd, odd), filters=odd, people=odd,
                    charts=(replace(RANKED, rows=(Bar("a", odd, 3, 1, 5, odd, odd, odd),)),))
    assert picture(named).startswith(b"\x89PNG")
    assert picture(named, "pdf").startswith(b"%PDF-")


def test_two_pictures_of_one_page_are_the_same_bytes() -> None:
    page = replace(HANDOUT, charts=(LINE, RANKED))
    assert picture(page) == picture(page)


def test_the_workbook_names_the_finding_filters_date_and_definition() -> None:
    said = texts(workbook(HANDOUT, [answer(SHOWN)]))
    for wanted in ("Absence comes first. Then reading.", "Hillside, Class 7, 1 Apr to 14 Nov 2025",
                   "604 students", "Absent 1 day in 10 or more.", "our own",
                   "Left out: 3, joined too late", "a note"):
        assert wanted in said


def test_the_workbook_says_which_week_was_not_judged() -> None:
    sheet = read(workbook(replace(HANDOUT, charts=(LINE,)), [answer(SHOWN)])).worksheets[0]
    lines = {line[0].value: [c.value for c in line] for line in sheet.iter_rows()}
    assert "not judged" in lines["week 1"] and "rain" in lines["week 2"]


def test_figures_are_typed_so_that_excel_can_reckon_with_them() -> None:
    sheet = read(workbook(HANDOUT, [answer(SHOWN)])).worksheets[1]
    lines = [[c.value for c in line] for line in sheet.iter_rows()]
    head = next(line for line in lines if "Value" in line)
    found = dict(zip(head, lines[lines.index(head) + 1], strict=True))
    assert found["Value"] == 0.25 and found["People"] == 120
    assert found["Counted"] == 30 and found["Of"] == 120
    assert found["First day"].date() == date(2025, 4, 1)
    assert found["Sex"] == "girls" and found["Grade"] == "7"


def test_a_hidden_row_keeps_its_reason_and_no_figure() -> None:
    sheet = read(workbook(HANDOUT, [answer(SHOWN, HIDDEN)])).worksheets[1]
    line = [c.value for c in list(sheet.iter_rows())[-1]]
    assert "8" in line and any("Hidden to protect" in str(v) for v in line)
    assert not [v for v in line if isinstance(v, int | float)]


def test_a_withheld_answer_says_why() -> None:
    said = texts(workbook(HANDOUT, [replace(answer(HIDDEN), withheld="Only 61% is marked.")]))
    assert "Only 61% is marked." in said


@pytest.mark.parametrize("evil", ["=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", "=HYPERLINK(\"http://x\")",
                                  "http://example.org", "=cmd|' /C calc'!A0"])
def test_text_that_looks_like_a_formula_stays_text(evil: str) -> None:
    rows = (replace(SHOWN, segments={"grade": evil}),)
    page = replace(HANDOUT, title=evil, filters=evil, lead=Lead(evil), tiles=((evil, evil, evil),),
                   charts=(replace(RANKED, title=evil, rows=(Bar("a", evil, 1, text=evil),)),))
    made = workbook(page, [answer(*rows, title=evil)], Handed((evil,), ((evil,),)))
    with zipfile.ZipFile(io.BytesIO(made)) as book:
        for name in book.namelist():
            content = book.read(name)
            assert b"<f>" not in content and b"<hyperlink" not in content
    cells = [c for sheet in read(made) for line in sheet.iter_rows() for c in line]
    assert {c.data_type for c in cells if c.value == evil} == {"s"}


def test_names_go_along_only_when_they_are_given() -> None:
    without = workbook(HANDOUT, [answer(SHOWN)])
    assert "Students" not in read(without).sheetnames
    given = workbook(HANDOUT, [answer(SHOWN)], Handed(("Name", "Days"), (("Asha", 12),)))
    lines = list(read(given)["Students"].iter_rows(values_only=True))
    assert lines == [("Name", "Days"), ("Asha", 12)]


def test_two_answers_of_one_title_get_sheets_of_their_own() -> None:
    long = "A title: [much] longer than Excel's thirty-one signs / allow?"
    twice = [answer(SHOWN, title=long), answer(SHOWN, title=long)]
    names = read(workbook(HANDOUT, twice)).sheetnames
    assert len(set(names)) == 3 and all(len(n) <= 31 for n in names)


def test_the_chart_stands_in_the_workbook_as_a_table() -> None:
    charts = (LINE, RANKED, DOTS, AGREE, GRID)
    said = texts(workbook(replace(HANDOUT, charts=charts), []))
    for wanted in ("Attendance by week", "week 5", 52, 34, 72, "52  34 to 72", "I feel safe.",
                   154, "6 of 6"):
        assert wanted in said
