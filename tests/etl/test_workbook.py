"""Cells stay as they are typed, whatever wrote the workbook."""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest

from etl import sheetxml, workbook
from etl.model import Sheet
from school.errors import UnreadableFile
from tests import workbooks

REAL = Path(__file__).parents[2].parent / "shared" / "real-data"
needs_real = pytest.mark.skipif(not REAL.is_dir(), reason="the real files are not on this machine")


def one(data: bytes, name: str = "book.xlsx") -> Sheet:
    (sheet,) = workbook.sheets(name, data)
    return sheet


def grid(sheet: Sheet) -> list[list[str | None]]:
    return [list(row) for row in zip(*(c.to_pylist() for c in sheet.cells.columns), strict=True)]


@pytest.mark.parametrize(("typed", "read"), [
    ("007", "007"), (" 012 ", " 012 "), (7, "7"), (7.0, "7"), (7.5, "7.5"), (-3, "-3"), (-0.0, "0"),
    (0.1 + 0.2, "0.3"), (123456789012, "123456789012"), (0.935, "0.935"), (True, "TRUE"),
    (False, "FALSE"), ("TRUE", "TRUE"), ("true", "true"), (date(2024, 3, 5), "2024-03-05"),
    (datetime(2024, 3, 5, 13, 30), "2024-03-05 13:30:00"), (time(9, 15), "09:15:00"),
    (timedelta(hours=36), "36:00:00"), ("2024-03-05", "2024-03-05"), ("5/3/24", "5/3/24"),
    ("  ", None), ("a\nb", "a\nb"), ("हिन्दी", "हिन्दी"), ("=cmd", None),
])
def test_cell_stays_as_it_was_typed(typed: object, read: str | None) -> None:
    rows = grid(one(workbooks.xlsx({"S": [["Head", "Other"], [typed, "x"]]})))
    assert rows[1] == [read, "x"]


def test_a_sheet_that_is_measured_while_it_is_parsed_is_the_same(
    monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [["ID", "Mark", "Day"], *([f"{i:04d}", i / 7, date(2025, 4, 1)] for i in range(500))]
    data = workbooks.xlsx({"One": rows, "Two": [[None, "x"], [None, True]], "Three": []})
    after_one_another = workbook.sheets("book.xlsx", data)
    begun: list[str] = []
    begin = workbook._Reader.begin

    def noting(reader: workbook._Reader, name: str) -> None:
        begun.append(name)
        begin(reader, name)

    plain = [(s.name, grid(s)) for s in after_one_another]
    monkeypatch.setattr(workbook, "LARGE", 0)
    monkeypatch.setattr(workbook._Reader, "begin", noting)
    assert [(s.name, grid(s)) for s in workbook.sheets("book.xlsx", data)] == plain
    assert "One" in begun


@pytest.mark.parametrize(("head", "fits"), [
    (b'<worksheet><dimension ref="A1:F300001"/>', True),
    (b"<x:worksheet><x:dimension ref='B2:C9'/>", True),
    (b'<worksheet><dimension ref="A1:XFD1048576"/>', False),
    (b'<worksheet><dimension ref="C9:A1"/>', False),
    (b'<worksheet><dimension ref="A1"/>', False), (b"<worksheet><sheetData>", False),
])
def test_a_sheet_says_how_far_it_reaches(head: bytes, fits: bool) -> None:
    assert sheetxml.says_it_fits(head) is fits


def test_dates_of_the_1904_system_are_the_same_days() -> None:
    sheet = one(workbooks.xlsx({"S": [["Date"], [date(2024, 3, 5)]]}, system=1904))
    assert grid(sheet) == [["Date"], ["2024-03-05"]]
    assert sheet.date_system == 1904


def test_list_that_starts_far_inside_the_sheet_keeps_its_rows_and_columns() -> None:
    rows: list[list[object]] = [
        [], [], [None, None, "ID", None, "Mark"], [], [None, None, "007", None, 3]]
    assert grid(one(workbooks.xlsx({"S": rows}))) == [
        [None] * 5, [None] * 5, [None, None, "ID", None, "Mark"], [None] * 5,
        [None, None, "007", None, "3"]]


def test_blank_rows_and_columns_at_the_end_are_not_cells() -> None:
    sheet = one(workbooks.xlsx({"S": [["ID", "Mark", " "], ["1", "P", None], [None, "  ", None]]}))
    assert grid(sheet) == [["ID", "Mark"], ["1", "P"]]


def test_styled_cells_without_values_do_not_widen_the_sheet() -> None:
    styled = "".join(f'<c r="{c}1" s="0"/>' for c in ("A", "B", "ZZ"))
    xml = workbooks.sheet_xml(
        f'<row r="1">{styled}</row><row r="2"><c r="A2" s="0"/>{workbooks.cell("C2", "x")}</row>'
        '<row r="1048576"><c r="A1048576" s="0"/></row>')
    assert grid(one(workbooks.raw_xlsx(xml))) == [[None] * 3, [None, None, "x"]]


def test_cells_written_with_prefix_single_quotes_or_no_address_keep_their_places() -> None:
    xml = ("<x:worksheet xmlns:x='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><x:sheetData>"
           "<x:row r='2'><x:c r='B2'><x:v>1</x:v></x:c><x:c r='D2'><x:v>2</x:v></x:c></x:row>"
           "</x:sheetData></x:worksheet>")
    assert grid(one(workbooks.raw_xlsx(xml))) == [[None] * 4, [None, "1", None, "2"]]


def test_cells_without_addresses_stand_one_after_the_other() -> None:
    rows = "".join(f"<row><c><v>{r}</v></c><c t='b'><v>1</v></c><c><v>9</v></c></row>"
                   for r in range(1, 2001))
    found = grid(one(workbooks.raw_xlsx(workbooks.sheet_xml(rows))))
    assert found == [[str(r), "TRUE", "9"] for r in range(1, 2001)]


def test_error_cells_keep_their_name() -> None:
    xml = workbooks.sheet_xml(
        f'<row r="1">{workbooks.cell("A1", "ID")}<c r="B1" t="e"><f>NA()</f><v>#N/A</v></c></row>'
        f'<row r="2">{workbooks.cell("A2", "7")}<c r="B2" t="e"><v>#DIV/0!</v></c></row>')
    assert grid(one(workbooks.raw_xlsx(xml))) == [["ID", "#N/A"], ["7", "#DIV/0!"]]


def test_formula_without_its_result_is_said_with_its_place() -> None:
    book = openpyxl.Workbook()
    page = book.active
    page.append(["ID", "Sum"])
    page.append(["7", "=1+1"])
    page.append(["8", "=2+2"])
    stream = io.BytesIO()
    book.save(stream)
    sheet = one(stream.getvalue())
    (finding,) = sheet.findings
    assert (finding.rule, finding.count) == ("formula_without_value", 2)
    assert (finding.row, finding.column) == (2, "B")
    assert "Open the file in Excel, save it" in finding.words
    assert grid(sheet)[1:] == [["7", None], ["8", None]] or grid(sheet)[1:] == [["7"], ["8"]]


def test_formula_that_shows_nothing_is_a_blank_and_no_finding() -> None:
    xml = workbooks.sheet_xml(
        f'<row r="1">{workbooks.cell("A1", "ID")}<c r="B1" t="str"><f>""</f><v></v></c></row>')
    assert one(workbooks.raw_xlsx(xml)).findings == ()


def test_formulas_that_all_show_zero_are_said() -> None:
    cells = "".join(f'<row r="{r}"><c r="A{r}"><f>1+1</f><v>0</v></c></row>' for r in range(1, 6))
    (finding,) = one(workbooks.raw_xlsx(workbooks.sheet_xml(cells))).findings
    assert (finding.rule, finding.count) == ("formulas_all_zero", 5)


def test_merged_areas_and_hidden_sheets_are_reported() -> None:
    data = workbooks.xlsx({"A": [["Term 1", None, None], ["x", "y", "z"]], "B": [["x"]]},
                          hidden=["B"], merges={"A": [(0, 0, 0, 2)]})
    first, second = workbook.sheets("book.xlsx", data)
    assert first.merged == ((0, 0, 0, 2),)
    assert (first.hidden, second.hidden) == (False, True)


def test_three_hundred_sheets_are_too_many() -> None:
    with pytest.raises(UnreadableFile, match="sheets"):
        list(workbook.sheets("b.xlsx", workbooks.raw_xlsx(*[workbooks.sheet_xml("")] * 280)))


def test_zip_gives_each_list_under_its_own_name_and_passes_over_the_rest() -> None:
    data = workbooks.zipped({
        "april/a.csv": workbooks.text([["ID", "Mark"], ["1", "P"]]),
        "__MACOSX/april/._a.csv": b"\x00\x05", "notes.docx": b"x", "bad.xlsx": b"PK\x03\x04 no",
        "inner.zip": workbooks.zipped({"b.xlsx": workbooks.xlsx({"S": [["ID"], ["007"]]})}),
    })
    found = list(workbook.sheets("drop.zip", data))
    assert [(s.file, s.name) for s in found] == [
        ("drop.zip/april/a.csv", "a"), ("drop.zip/bad.xlsx", "bad.xlsx"),
        ("drop.zip/inner.zip/b.xlsx", "S")]
    assert [f.level for f in found[1].findings] == ["stops"]
    assert grid(found[2]) == [["ID"], ["007"]]


@pytest.mark.parametrize("header", [
    "Password", "PASSWORD", "default password", "Pwd", "PIN", "Kennwort", "Contraseña",
    "Mot de passe", "Parent Password", "user_passwd"])
def test_password_column_is_gone_before_anything_else_sees_it(header: str) -> None:
    rows = [["My School", None, None], ["ID", header, "Name"],
            ["1", "P@ss1", "Asha"], ["2", "hunter2", "Ben"]]
    sheet = one(workbooks.xlsx({"S": rows}))
    assert sheet.dropped == (header,)
    assert grid(sheet) == [["My School", None, None], ["ID", None, "Name"],
                           ["1", None, "Asha"], ["2", None, "Ben"]]


@pytest.mark.parametrize("header", ["PIN code", "Pass", "Passed", "Passing score", "Compass"])
def test_columns_that_only_sound_like_passwords_stay(header: str) -> None:
    sheet = one(workbooks.xlsx({"S": [["ID", header], ["1", "560001"]]}))
    assert sheet.dropped == ()


def test_password_header_merged_over_two_columns_takes_both() -> None:
    rows = [["ID", "Password", None, "Name"], ["1", "a1", "b2", "Asha"]]
    sheet = one(workbooks.xlsx({"S": rows}, merges={"S": [(0, 1, 0, 2)]}))
    assert grid(sheet)[1] == ["1", None, None, "Asha"]


@needs_real
def test_gradebook_sheet_that_the_fast_reader_cannot_read_is_read_by_the_slow_one() -> None:
    path = REAL / "gradebook-five-sheets" / "ExcelGradeBook.xlsx"
    found = {s.name: s for s in workbook.read_sheets(path)}
    assert list(found) == [
        "Data Entry", "Options and Things to Try", "Explore", "Printouts", "Absences"]
    assert all(s.cells.num_rows for s in found.values())
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    page = book["Data Entry"]
    page.reset_dimensions()
    typed = sum(1 for row in page.iter_rows(values_only=True) for v in row
                if v is not None and str(v).strip())
    read = sum(len(c) - c.null_count for c in found["Data Entry"].cells.columns)
    assert read == typed


@needs_real
def test_old_published_table_reads_with_its_figures() -> None:
    (sheet,) = workbook.read_sheets(REAL / "report-legacy-xls" / "attendance.xls")
    cells = {v for row in grid(sheet) for v in row if v}
    assert any(v.startswith("93.08") for v in cells)


@needs_real
def test_archive_of_240_000_rows_is_read_whole() -> None:
    found = {s.name: s.cells.num_rows for s in
             workbook.read_sheets(REAL / "enrolment-242k-zip" / "schpupnum.zip")}
    assert found["schpupnum_geoglevels"] == 242_176 + 1
    assert sum(found.values()) == 441_140 + 3


@needs_real
def test_every_password_of_the_rosters_is_left_out() -> None:
    for path in (REAL / "roster-dialects").rglob("*.csv"):
        for sheet in workbook.read_sheets(path):
            text = {v for row in grid(sheet) for v in row if v}
            assert not text & {"P@ssword", "P@ssw0rd", "P@ssword123"}, path.name
            assert not any("password" in v.lower() for v in text), path.name
