"""The numbers of a view as an Excel file: typed cells, their definitions, not one live formula."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import xlsxwriter

from school.answers import Answer, Row

_SAFE = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
         "in_memory": True, "default_date_format": "d mmm yyyy"}
_MAX_CELL = 32_000


@dataclass(frozen=True)
class Handed:
    """A list of students that the person ticked to take along: column names and rows."""

    columns: Sequence[str]
    rows: Sequence[Sequence[object]]


def workbook(handout: Any, answers: Sequence[Answer], students: Handed | None = None) -> bytes:
    """The view as an Excel file: what is on the screen, and the numbers and definitions behind it.

    `handout` is the page as it was drawn. Names are in it only where `students` is given.
    """
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, _SAFE)
    book.set_properties({"title": handout.title, "author": "Staffroom"})
    pen = _Pen(book)
    _about(book, pen, handout, answers)
    for number, answer in enumerate(answers, 1):
        _numbers(book, pen, _sheet_name(answer.title, number), handout, answer)
    if students is not None:
        _list(book, pen, students)
    book.close()
    return out.getvalue()


class _Pen:
    """Formats of one workbook, and the one way to write a cell: by its type, never as a formula."""

    def __init__(self, book: Any) -> None:
        self.bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.wrap = book.add_format({"text_wrap": True, "valign": "top"})
        self.percent = book.add_format({"num_format": "0.0%"})
        self.figure = book.add_format({"num_format": "0.##", "valign": "top", "align": "left"})
        self.day = book.add_format({"num_format": "d mmm yyyy", "align": "left"})

    def cell(self, sheet: Any, row: int, column: int, value: object, style: Any = None) -> None:
        """Write `value` as what it is; text stays text whatever it begins with."""
        if value is None:
            sheet.write_blank(row, column, None, style)
        elif isinstance(value, bool):
            sheet.write_boolean(row, column, value, style)
        elif isinstance(value, date):
            moment = datetime(value.year, value.month, value.day)
            sheet.write_datetime(row, column, moment, self.day)
        elif isinstance(value, int | float):
            sheet.write_number(row, column, value, style)
        else:
            sheet.write_string(row, column, str(value)[:_MAX_CELL], style)


def _about(book: Any, pen: _Pen, handout: Any, answers: Sequence[Answer]) -> None:
    sheet = book.add_worksheet("This view")
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 6, 26, pen.wrap)
    lines: list[tuple[str, object]] = [
        ("", handout.title), ("Finding", handout.lead.text), ("This view", handout.filters),
        ("Data to", handout.as_of), ("Who is counted", handout.people), ("", handout.stamp)]
    if handout.invented:
        lines.insert(0, ("", "Invented schools. Nothing here is real."))
    row = 0
    for name, value in lines:
        if value:
            pen.cell(sheet, row, 0, name, pen.bold)
            pen.cell(sheet, row, 1, value, pen.title if value == handout.title else pen.wrap)
            row += 1
    row = _tiles(sheet, pen, handout, row + 1)
    for chart in handout.charts:
        row = _chart(sheet, pen, chart, row + 1)
    row += 1
    pen.cell(sheet, row, 0, "What the numbers mean", pen.bold)
    for answer in answers:
        row += 1
        pen.cell(sheet, row, 0, answer.title, pen.bold)
        pen.cell(sheet, row, 1, answer.meaning, pen.wrap)
        pen.cell(sheet, row, 2, answer.source, pen.wrap)


def _tiles(sheet: Any, pen: _Pen, handout: Any, row: int) -> int:
    for tile in handout.tiles:
        for column, value in enumerate(tile):
            pen.cell(sheet, row, column, value, pen.bold if column == 0 else pen.wrap)
        row += 1
    return row


_AGREEMENT = ("Strongly agree", "Agree", "Neither", "Disagree", "Strongly disagree")
_HEADS = {
    "ranked": ("Best estimate", "Likely from", "Likely to", "On the picture", ""),
    "dots": ("Best estimate", "Likely from", "Likely to", "On the picture", ""),
    "steps": ("", "From", "To", "On the picture", ""),
    "line": ("Value", "A year earlier", "Note"),
    "agreement": (*_AGREEMENT, "On the picture"),
    "grid": ("Column", "Share", "On the picture"),
}


def _chart(sheet: Any, pen: _Pen, chart: Any, row: int) -> int:
    """The chart as a table: its title, what its columns are, and one line a mark."""
    pen.cell(sheet, row, 0, chart.title, pen.bold)
    pen.cell(sheet, row, 1, chart.caption, pen.wrap)
    row += 1
    for column, head in enumerate(_HEADS[chart.form], 1):
        pen.cell(sheet, row, column, head, pen.bold)
    shown = pen.percent if chart.percent or chart.form == "grid" else pen.figure
    for mark in chart.rows:
        row += 1
        for column, value in enumerate(_mark(chart, mark)):
            pen.cell(sheet, row, column, value, shown if isinstance(value, float) else pen.wrap)
    return row + 1


def _mark(chart: Any, mark: Any) -> tuple[object, ...]:
    if chart.form == "line":
        said = "not judged" if mark.partial else mark.note or mark.signal
        return (mark.label, _real(mark.value), _real(mark.before), said)
    if chart.form == "grid":
        return (mark.row, mark.column, _real(mark.value), mark.text)
    if chart.form == "agreement":
        return (mark.label, *mark.counts, mark.text)
    words = f"{mark.text}  {mark.range_text}".strip()
    return (mark.label, _real(mark.value), _real(mark.low), _real(mark.high), words, mark.sub)


def _real(value: float | None) -> float | None:
    return None if value is None else float(value)


def _sheet_name(title: str, number: int) -> str:
    """A name that Excel takes: 31 signs, none of []:*?/\\, and no two alike."""
    plain = "".join(" " if sign in "[]:*?/\\'" else sign for sign in title)
    return f"{number} {plain}"[:31].strip()


_HEAD = ("Value", "Likely from", "Likely to", "People", "Counted", "Of", "Register complete",
         "Hidden, and why")


def _numbers(book: Any, pen: _Pen, name: str, handout: Any, answer: Answer) -> None:
    sheet = book.add_worksheet(name)
    sheet.set_column(0, 12, 16)
    pen.cell(sheet, 0, 0, answer.title, pen.title)
    pen.cell(sheet, 1, 0, f"{handout.filters}. {answer.meaning}")
    pen.cell(sheet, 2, 0, f"Data to {answer.as_of.day} {answer.as_of:%b %Y}. Counted are "
                          f"{answer.card.included}; unit: {answer.unit}.")
    row = 3
    for why, people in answer.card.left_out:
        pen.cell(sheet, row, 0, f"Left out: {people}, {why}")
        row += 1
    for note in (*answer.card.notes, *((answer.withheld,) if answer.withheld else ())):
        pen.cell(sheet, row, 0, note)
        row += 1
    columns = list(dict.fromkeys(c for r in answer.rows for c in r.segments))
    when = ["Period", "First day", "Last day"] if any(r.period for r in answer.rows) else []
    row += 1
    for column, head in enumerate((*when, *(_plain(c) for c in columns), *_HEAD)):
        pen.cell(sheet, row, column, head, pen.bold)
    sheet.freeze_panes(row + 1, 0)
    for answered in answer.rows:
        row += 1
        for column, (value, rate) in enumerate(_cells(answer, answered, bool(when), columns)):
            pen.cell(sheet, row, column, value, pen.percent if rate else None)


def _plain(column: str) -> str:
    text = column.removeprefix("group.").replace("_", " ")
    return text[:1].upper() + text[1:]


def _cells(answer: Answer, row: Row, when: bool, columns: list[str]) -> list[tuple[object, bool]]:
    """One line of the sheet; a hidden row keeps its names and its reason, and no figure."""
    rate = answer.kind in ("rate", "distribution")
    out: list[tuple[object, bool]] = []
    if when:
        at = row.period
        out += [(at and at.label, False), (at and at.start, False), (at and at.end, False)]
    out += [(row.segments.get(c), False) for c in columns]
    if row.hidden is not None:
        return [*out, *[(None, False)] * (len(_HEAD) - 1), (row.hidden, False)]
    value = (row.coded or row.value, rate and not row.coded)
    return [*out, value, (row.low, rate), (row.high, rate), (row.people, False),
            (row.numerator, False), (row.denominator, False), (row.completeness, True),
            (None, False)]


def _list(book: Any, pen: _Pen, students: Handed) -> None:
    sheet = book.add_worksheet("Students")
    sheet.set_column(0, len(students.columns), 18)
    for column, name in enumerate(students.columns):
        pen.cell(sheet, 0, column, name, pen.bold)
    for number, line in enumerate(students.rows, 1):
        for column, value in enumerate(line):
            pen.cell(sheet, number, column, value)
    sheet.freeze_panes(1, 0)
