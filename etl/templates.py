"""Empty workbooks to fill in, one a kind of file, in the words and codes of the preset.

A filled one loads without a question. The example row stands on the sheet that explains the others,
which is never read as data, so it can be left where it is.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import xlsxwriter

from etl.model import GUIDE
from school.config import BARE_CODES, Preset

ROWS = 2000  # rows that have a drop-down
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SAFE = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
         "strings_to_numbers": False}
_LONGEST_LIST = 255  # characters of a drop-down, in Excel
_SEXES = ("Female", "Male", "Other")
_AGREE = ("Strongly agree", "Agree", "Neither agree nor disagree", "Disagree", "Strongly disagree")
_KINDS_OF_DAY = ("School day", "Holiday", "Exam", "Closure")
_ROLES = ("Student", "Parent", "Teacher")
_YES = ("Yes", "No")
_LEAVING = ("Transferred", "Completed", "Dropped out", "Unknown")


@dataclass(frozen=True)
class Column:
    """A column of a template: its header, an example, what may be chosen, what is to be said."""

    header: str
    example: object
    choices: tuple[str, ...] = ()
    note: str = ""
    width: int = 16


@dataclass(frozen=True)
class Template:
    """One workbook: lines above the list that say what it is about, and its columns."""

    name: str  # the layout that reads it
    title: str
    columns: tuple[Column, ...]
    above: tuple[tuple[str, object], ...] = ()
    notes: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class Blank:
    """A template as a file."""

    content: bytes
    name: str
    mime: str = XLSX


def templates(preset: Preset | None) -> tuple[Template, ...]:
    """All templates of a country."""
    codes = preset.codes if preset else BARE_CODES
    marks = tuple(codes)
    year = _year(preset)
    day = _day(preset, 6, 16)
    who = (_text("Student ID", "0142"), _text("Name", "Example Student", width=24))
    place = _groups(preset)
    school = _text("School", "Example School", width=24)
    mark = marks[0]
    said = tuple(f"{code}: {c.label}" for code, c in codes.items())
    return (
        Template("attendance_daily", "Daily attendance", (
            school, *who, *place, Column("Date", day), Column("Attendance", mark, marks)),
            notes=("One row for every student and day.", *said)),
        Template("register", "Register of a month", (
            *who, *(Column(str(n), mark, marks, width=4) for n in range(1, 32))),
            (("School", "Example School"), ("Class", "7 B"), ("Month", f"June {day.year}")),
            ("One row for every student, one column for every day.",
             "Leave out the columns of days that the month does not have.", *said)),
        Template("results", "Results", (
            school, *who, *place, _text("Subject", "Mathematics"), _text("Assessment", "Term 1"),
            Column("Test Date", _day(preset, 9, 26)), Column("Max Marks", 50),
            Column("Marks Obtained", 41, note="a number, or AB for absent")),
            notes=("One row for every student and test. A student who was absent has AB.",)),
        Template("marksheet", "Marksheet", (
            *who, Column("Mathematics (100)", 71), Column("Language (100)", 64),
            Column("Science (100)", 58)),
            (("School", "Example School"), ("Class", "7 B"), ("Academic year", year),
             ("Exam", "Term 1"), ("Date", _day(preset, 9, 26))),
            ("One row for every student, one column for every subject.",
             "Write your own subjects over the columns, each with its highest mark.")),
        _class_list(preset, school, who, place, year),
        _survey(preset, place),
        Template("enrollment_counts", "Enrolment counts", (
            _text("Academic year", year), _text("School code", "0001"), school,
            Column("Boys", 120), Column("Girls", 131), Column("Total students", 251)),
            notes=("One row for every school and year.",)),
        _published(preset, year),
        Template("support", "Plans of support", (
            school, *who, *place, _text("Support need", "Attendance"),
            _text("Plan", "Walking group", width=24), Column("Start date", _day(preset, 7, 1)),
            Column("End date", None)),
            notes=("One row for every student and need. End date stays empty while the plan holds.",
                   "Who gives the support is not read.")),
        Template("incidents", "Incidents", (
            school, *who, *place, Column("Incident date", _day(preset, 7, 1)),
            _text("Incident type", "Late to class", width=24)),
            notes=("One row for every incident. Write suspension where a student was suspended.",
                   "What happened is not read, only the day and the kind.")),
        Template("calendar", "Calendar", (
            _text("Occasion", "Founders' day", width=24), Column("From", _day(preset, 8, 15)),
            Column("To", _day(preset, 8, 15)), Column("Day type", "Holiday", _KINDS_OF_DAY)),
            notes=("One row for every holiday, exam or closed day, or for a span of days.",)),
        *_learning(place[0].header),
    )


def _class_list(
    preset: Preset | None, school: Column, who: Sequence[Column], place: Sequence[Column], year: str
) -> Template:
    return Template("roster", "Class list", (
        school, *who, Column("Sex", "Female", _SEXES), Column("Date of Birth", date(2012, 5, 21)),
        *place, _text("Academic year", year), Column("Entry Date", _day(preset, 6, 1)),
        Column("Exit Date", None), Column("Exit reason", None, _LEAVING),
        _text("Home language", None), Column("Disability", "No", _YES)),
        notes=("One row for every student. Exit date and reason stay empty while she is here.",))


def _published(preset: Preset | None, year: str) -> Template:
    return Template("benchmarks", "Published shares", (
        _text("Source", "Ministry, yearly report", width=28), _text("Year", year),
        _text("Place", preset.title if preset else "Example Country"),
        _text("Measure", "Chronic absence"), _text("Group", "All"),
        Column("Value in percent", 10.8), Column("Of how many", 6899770)),
        notes=("One row for every share that was published, each with its source and year.",
               "They stand beside your own numbers and are never added to them."))


def _survey(preset: Preset | None, place: Sequence[Column]) -> Template:
    asked = ("I feel safe at school.", "My teachers help me when I do not understand.",
             "I like coming to school.", "I have a friend at school.")
    return Template("survey", "Survey", (
        Column("Survey date", _day(preset, 11, 3)),
        _text("Which school do you attend?", "Example School", width=26),
        _text("What grade are you in?", "7", width=22), Column("I am a", "Student", _ROLES),
        *(Column(q, "Agree", _AGREE, width=28) for q in asked)),
        notes=("One row for every answer sheet. No names and no numbers of students.",
               "Write your own questions over the columns."))


def _learning(grade: str) -> tuple[Template, ...]:
    """The map of outcomes, and a grid for whoever has no class list yet."""
    levels = ("Not yet", "Nearly", "Reached", "Not observed")
    goals = ("Adds two-digit numbers", "Subtracts with borrowing")
    return (
        Template("outcome_map", "Map of learning outcomes", (
            _text("Learning outcome", goals[1], 34), _text("Subject", "Mathematics"),
            _text(grade, "3", 12), _text("Abilities", "Comprehend; Analyse", 24),
            _text("Concepts", "Place value", 24), Column("Order", 2, width=8),
            Column("Skill", "Basic", ("Basic", "Advanced"))),
            notes=("One row for every outcome, in the order of the book.",
                   "Several abilities or concepts: put a semicolon between them.")),
        Template("outcome_grid", "Learning outcomes", (
            _text("Student ID", "0142"), _text("Name", "Example Student", width=24),
            *(Column(g, "Nearly", levels, width=22) for g in goals)),
            (("School", "Example School"), ("Class", "3 A"), ("Subject", "Mathematics"),
             ("Date", date(2025, 9, 26))),
            ("One row for every student, one column for every outcome.",
             "Write your own outcomes over the columns. An empty cell is not yet observed.",
             "Once a class is known, the page Learning gives its grid with names.")),
    )


def _text(header: str, example: str | None, width: int = 16) -> Column:
    return Column(header, example, width=width)


def _groups(preset: Preset | None) -> tuple[Column, Column]:
    """Grade and class in the words of the country."""
    words = {"india": ("Class", "Section", "B"), "england": ("Year group", "Tutor group", "7B"),
             "us": ("Grade", "Homeroom", "7B")}
    grade, class_, example = words.get(preset.name if preset else "", ("Grade", "Class", "7 B"))
    return _text(grade, "7", 12), _text(class_, example, 12)


def _day(preset: Preset | None, month: int, day: int) -> date:
    """An example day, in the school year that began in 2025."""
    start = preset.year_start if preset else (4, 1)
    return date(2025 if (month, day) >= start else 2026, month, day)


def _year(preset: Preset | None) -> str:
    return f"2025{preset.year_separator if preset else '-'}26"


def blank(template: Template, preset: Preset | None) -> Blank:
    """The workbook: the sheet to fill in, and the sheet that explains it."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, SAFE) as book:
        order = "mm/dd/yyyy" if preset and preset.date_order == "mdy" else "dd/mm/yyyy"
        _to_fill(book, template, order)
        _guide(book, template, order)
    return Blank(stream.getvalue(), f"{template.title}.xlsx")


def _to_fill(book: Any, template: Template, order: str) -> None:
    page = book.add_worksheet(template.title)
    head = book.add_format({"bold": True, "bg_color": "#DDE7F0", "text_wrap": True})
    text, day = book.add_format({"num_format": "@"}), book.add_format({"num_format": order})
    for row, (label, value) in enumerate(template.above):
        page.write_string(row, 0, label, book.add_format({"bold": True}))
        page.write_blank(row, 1, None, day if isinstance(value, date) else text)
    top = len(template.above) + (1 if template.above else 0)
    for place, column in enumerate(template.columns):
        kind = day if isinstance(column.example, date) else \
            text if isinstance(column.example, str | None) and not column.choices else None
        page.set_column(place, place, column.width, kind)
        page.write_string(top, place, column.header, head)
        if column.choices and len(",".join(column.choices)) <= _LONGEST_LIST:
            page.data_validation(top + 1, place, top + ROWS, place, {
                "validate": "list", "source": list(column.choices), "error_type": "warning",
                "error_title": "Not in the list", "error_message": "Choose one of the list."})
    page.freeze_panes(top + 1, 0)


def _guide(book: Any, template: Template, order: str) -> None:
    page = book.add_worksheet(GUIDE)
    bold = book.add_format({"bold": True})
    day = book.add_format({"num_format": order, "align": "left"})
    page.set_column(0, 0, 30)
    page.set_column(1, 2, 40)
    lines: list[tuple[object, ...]] = [
        (template.title,), *((n,) for n in template.notes), (),
        ("Column", "An example", "What may stand there")]
    lines += [(label, value, "above the list") for label, value in template.above]
    lines += [(c.header, c.example, c.note or ", ".join(c.choices)) for c in template.columns]
    for row, line in enumerate(lines):
        for column, value in enumerate(line):
            if isinstance(value, date):
                page.write_datetime(row, column, value, day)
            elif isinstance(value, int):
                page.write_number(row, column, value)
            elif value:
                strong = column == 0 and (row == 0 or str(value) == "Column")
                page.write_string(row, column, str(value), bold if strong else None)
