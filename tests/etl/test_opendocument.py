"""OpenDocument sheets read like those of Excel, and cannot reach further than they are filled."""

from __future__ import annotations

import io
import time as clock
from datetime import date, datetime, time

import pytest
import python_calamine

from etl import workbook
from etl.model import Sheet
from school.errors import UnreadableFile
from tests import documents, workbooks
from tests.grids import context, read, rows


def one(data: bytes) -> Sheet:
    (sheet,) = workbook.sheets("book.ods", data)
    return sheet


def grid(sheet: Sheet) -> list[list[str | None]]:
    return [list(row) for row in zip(*(c.to_pylist() for c in sheet.cells.columns), strict=True)]


@pytest.mark.parametrize(("typed", "read"), [
    ("007", "007"), (7, "7"), (7.0, "7"), (7.5, "7.5"), (0.1 + 0.2, "0.3"), (-3, "-3"),
    (12345678901234567, "12345678901234567"), (True, "TRUE"), (False, "FALSE"),
    (date(2024, 3, 5), "2024-03-05"), (datetime(2024, 3, 5, 13, 30), "2024-03-05 13:30:00"),
    (datetime(2024, 3, 5), "2024-03-05"), (time(9, 15), "09:15:00"), ("हिन्दी", "हिन्दी"),
    ("a & b", "a & b"), ("  ", None),
    ('<table:table-cell office:value-type="percentage" office:value="0.85"><text:p>85%</text:p>'
     "</table:table-cell>", "0.85"),
    ('<table:table-cell office:value-type="string" office:string-value="" '
     'calcext:value-type="error"><text:p>#N/A</text:p></table:table-cell>', "#N/A"),
    ('<table:table-cell office:value-type="string"><text:p>a<text:s text:c="2"/>b</text:p>'
     "<text:p>c</text:p></table:table-cell>", "a  b\nc"),
    ('<table:table-cell office:value-type="string"><office:annotation><text:p>a note</text:p>'
     "</office:annotation><text:p>P</text:p></table:table-cell>", "P"),
])
def test_cell_stays_as_it_was_typed(typed: object, read: str | None) -> None:
    data = documents.simple({"S": [["Head", "Other"], [typed, "x"]]})
    assert grid(one(data))[1] == [read, "x"]


def test_a_register_in_both_formats_gives_the_same_facts() -> None:
    lines: list[list[object]] = [["School", "Student ID", "Name", "Class", "Date", "Status"]]
    lines += [["Hill", f"{n:03d}", f"Child {n}", "4 A", date(2025, 6, 2), "A" if n == 3 else "P"]
              for n in range(1, 8)]
    (ods,) = workbook.sheets("April.ods", documents.simple({"April": lines}))
    (xlsx,) = workbook.sheets("April.xlsx", workbooks.xlsx({"April": lines}))
    asked = ("student", "date", "category", "absent")
    known = context()
    a, b = (rows(read(s, known).facts["attendance"], *asked) for s in (ods, xlsx))
    assert a == b and len(a) == 7 and sum(r[3] for r in a) == 2


def test_repeated_cells_and_rows_stand_as_often_as_they_say() -> None:
    twice = ('<table:table-cell table:number-columns-repeated="3" office:value-type="string">'
             "<text:p>P</text:p></table:table-cell>")
    gap = '<table:table-cell table:number-columns-repeated="2"/>'
    data = documents.ods(documents.table("S", [
        ["ID", "a", "b", "c"], documents.row([1, twice], times=2), documents.row([], times=3),
        [2, gap, "A", '<table:table-cell table:number-columns-repeated="16000"/>'],
        documents.row([None], times=1_048_000),
    ]))
    assert grid(one(data)) == [
        ["ID", "a", "b", "c"], ["1", "P", "P", "P"], ["1", "P", "P", "P"], *[[None] * 4] * 3,
        ["2", None, None, "A"]]


def test_merged_areas_hidden_sheets_and_formulas_are_reported() -> None:
    wide = ('<table:table-cell table:number-columns-spanned="3" office:value-type="string">'
            "<text:p>Term 1</text:p></table:table-cell>")
    covered = '<table:covered-table-cell table:number-columns-repeated="2"/>'
    bare = '<table:table-cell table:formula="of:=SUM([.A1:.B1])"/>'
    a, b = workbook.sheets("b.ods", documents.ods(
        documents.table("A", [["x", wide, covered], ["1", "2", "3", bare]]),
        documents.table("B", [["y"]], hidden=True)))
    assert a.merged == ((0, 1, 0, 3),)
    assert (a.hidden, b.hidden) == (False, True)
    (finding,) = a.findings
    assert (finding.rule, finding.row, finding.column) == ("formula_without_value", 2, "D")


@pytest.mark.parametrize("rows", [
    [documents.row(["x", '<table:table-cell table:number-columns-repeated="16000" '
                    'office:value-type="float" office:value="1"/>'], times=1_000_000)],
    [documents.row(["x"], times=1_048_576)] * 4,
    [documents.row([None], times=1_048_575), ["x"] * 4],
    [["x", '<table:table-cell table:number-columns-repeated="999999999" office:value-type="float" '
      'office:value="1"/>']],
])
def test_cells_repeated_without_end_are_refused_at_once(rows: list[list[object] | str]) -> None:
    started = clock.monotonic()
    with pytest.raises(UnreadableFile) as refused:
        one(documents.ods(documents.table("S", rows)))
    assert "3 million cells" in refused.value.words
    assert clock.monotonic() - started < 5


@pytest.mark.parametrize(("data", "words"), [
    (documents.ods(documents.table("S", [["x"]]), prolog='<!DOCTYPE a [<!ENTITY b "c">]>'),
     "hidden definitions"),
    (documents.ods(documents.table("S", [["x"]]), prolog=f"<!--{'x' * 70_000}--><!DOCTYPE a>"),
     "hidden definitions"),
    (documents.ods(documents.table("S", [["x"]]), manifest="<m><encryption-data/></m>"),
     "password"),
    (documents.ods(documents.table("S", ["<table:table-row>"])), "damaged"),
    (documents.ods(), "no sheet"),
    (documents.ods(documents.table("S", [["x"]]),
                   kind="application/vnd.oasis.opendocument.text"), "no spreadsheet"),
    (documents.ods(*(documents.table(f"S{n}", [["x"]]) for n in range(300))), "more than 250"),
])
def test_what_is_no_plain_spreadsheet_is_refused_in_words(data: bytes, words: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        list(workbook.sheets("book.ods", data))
    assert words in refused.value.words


def test_another_reader_of_the_format_sees_the_same_cells() -> None:
    lines = [["ID", "Name", "Mark", "Day"], ["007", "Nguyễn", 8.5, date(2025, 6, 2)],
             ["008", None, 10, date(2025, 6, 3)]]
    data = documents.simple({"S": lines})
    other = python_calamine.load_workbook(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    said = [[None if v == "" else f"{v:g}" if isinstance(v, float) else str(v) for v in line]
            for line in other]
    assert grid(one(data)) == said
