"""Printed reports are refused in words that help; lists that look a little like them are not."""

from __future__ import annotations

import pytest

from etl import workbook
from etl.model import Finding
from etl.recognise import recognise
from tests.grids import context, real, sheet, taken


@pytest.mark.parametrize(
    ("folder", "sign"),
    [
        ("report-legacy-xls", "dots that lead to the numbers"),
        ("report-split-pages", "a row that numbers the columns"),
    ],
)
def test_real_reports_are_refused_with_what_made_us_think_so(folder: str, sign: str) -> None:
    files = sorted(real(folder).iterdir())
    assert files
    for path in files:
        for grid in workbook.read_sheets(path):
            found = recognise(grid, context("us"))
            assert isinstance(found, Finding)
            assert (found.level, found.rule) == ("stops", "printed report")
            assert "not a list of students" in found.words and sign in (found.found or "")
            assert "export the list behind it" in found.words


def test_a_small_printed_table_is_refused() -> None:
    found = recognise(
        sheet("""
Table 7.1 Enrolment by state|||
State|Boys|Girls|Total
(1)|(2)|(3)|(4)
Kerala ........|10|11|21
Goa ........|5|6|11
"""),
        context(),
    )
    assert isinstance(found, Finding)
    assert found.rule == "printed report"


def test_a_register_with_numbered_days_is_no_report() -> None:
    days = "|".join(str(d) for d in range(1, 31))
    marks = "|".join("P" for _ in range(30))
    text = (
        f"Table 1 of the register, June 2025|\nRoll No|Name|{days}\n1|Asha|{marks}\n2|Bilal|{marks}"
    )
    assert taken(sheet(text), context()).layout == "register"
