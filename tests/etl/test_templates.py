"""A template that was filled in loads without a question; an empty one does no harm."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from etl import desk
from etl.desk import Drop
from etl.model import GUIDE, Context
from etl.templates import Template, blank, templates
from school.config import PRESETS, preset

COUNTRIES = (None, *PRESETS)
NAMES = [t.name for t in templates(None)]


def read(template: Template, content: bytes, country: str | None, tmp_path: Path) -> Drop:
    folder, paths = desk.receive([(f"{template.title}.xlsx", content)], tmp_path)
    return desk.check(paths, Context(date(2026, 7, 31), country), tmp_path, folder=folder)


def filled(template: Template, country: str | None, students: int = 12) -> bytes:
    """The template as a secretary fills it in: its own example for twelve students."""
    book = openpyxl.load_workbook(io.BytesIO(blank(template, preset(country)).content))
    page = book[template.title]
    for row, (_, value) in enumerate(template.above, 1):
        page.cell(row, 2).value = value
    top = len(template.above) + (2 if template.above else 1)
    assert [c.value for c in page[top]] == [c.header for c in template.columns]
    for n in range(1, students + 1):
        for place, column in enumerate(template.columns, 1):
            value = {"Student ID": f"{n:04d}", "Name": f"Invented {chr(64 + n)}",
                     "School code": f"{n:04d}", "Occasion": f"Day {n}",
                     "From": date(2025, 8, n), "To": date(2025, 8, n)}.get(
                         column.header, column.example)
            if column.header == "School" and template.name == "enrollment_counts":
                value = f"School {chr(64 + n)}"
            if template.name == "register" and column.header == "31":
                value = None
            page.cell(top + n, place).value = value
    if template.name == "register":
        page.delete_cols(len(template.columns))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("country", COUNTRIES)
def test_filled_templates_load_whole_and_without_a_question(
    country: str | None, tmp_path: Path
) -> None:
    for template in templates(preset(country)):
        drop = read(template, filled(template, country), country, tmp_path)
        data, guide = drop.reports
        assert (data.state, data.layout, data.read, data.rejected) == (
            "ready", template.name, 12, 0), (template.name, data.words, data.questions,
                                             data.findings)
        assert data.questions == (), template.name
        assert (guide.sheet, guide.state) == (GUIDE, "aside")


def test_an_empty_template_is_set_aside(tmp_path: Path) -> None:
    for template in templates(preset("india")):
        drop = read(template, blank(template, preset("india")).content, "india", tmp_path)
        assert {r.state for r in drop.reports} == {"aside"}, (template.name, drop.reports[0].words)


@pytest.mark.parametrize("country", COUNTRIES)
def test_marks_are_chosen_from_the_codes_of_the_country(country: str | None) -> None:
    found = {t.name: t for t in templates(preset(country))}
    book = openpyxl.load_workbook(io.BytesIO(
        blank(found["attendance_daily"], preset(country)).content))
    page = book[found["attendance_daily"].title]
    (rule,) = page.data_validations.dataValidation
    known = preset(country).codes if country else {"P": None, "A": None}  # type: ignore[union-attr]
    assert rule.formula1.strip('"').split(",") == list(known)
    place = [c.value for c in page[1]].index("Attendance")
    assert f"{chr(65 + place)}2:" in str(rule.sqref)


def test_every_kind_has_one_and_its_example_is_only_where_it_is_never_read() -> None:
    assert NAMES == ["attendance_daily", "register", "results", "marksheet", "roster", "survey",
                     "enrollment_counts", "benchmarks", "support", "incidents", "calendar",
                     "outcome_map", "outcome_grid"]
    for template in templates(preset("england")):
        book = openpyxl.load_workbook(io.BytesIO(blank(template, preset("england")).content))
        texts = [c.value for row in book[template.title].iter_rows() for c in row]
        assert "Example School" not in texts and "Example Student" not in texts
        guide = [c.value for row in book[GUIDE].iter_rows() for c in row]
        assert all(c.header in guide for c in template.columns)
