"""What is refused before any parser sees it, and what is let through."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from etl import guard, sheetxml
from school.errors import UnreadableFile
from tests import workbooks

BOOK = workbooks.xlsx({"S": [["ID"], ["1"]]})


def refusal(call: Callable[[], object]) -> str:
    with pytest.raises(UnreadableFile) as error:
        call()
    return error.value.words


@pytest.mark.parametrize(("name", "data", "kind"), [
    ("a.xlsx", BOOK, "workbook"), ("a.xlsm", BOOK, "workbook"), ("A.XLSX", BOOK, "workbook"),
    ("a.xls", BOOK, "workbook"), ("a.csv", b"a,b\n", "text"), ("a.tsv", b"a\tb\n", "text"),
    ("a.xls", b"a\tb\n", "text"), ("a.zip", workbooks.zipped({"a.csv": b"x"}), "archive"),
    ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + b"x", "xls"),
    ("a.ods", workbooks.zipped({"mimetype": b"x", "content.xml": b"x"}), "ods"),
])
def test_a_file_is_what_it_holds(name: str, data: bytes, kind: str) -> None:
    assert guard.sniff(name, data) == kind


@pytest.mark.parametrize(("name", "data", "words"), [
    ("a.docx", BOOK, "cannot read this kind"), ("a", b"x", "cannot read this kind"),
    ("a.xlsx", b"", "empty"), ("a.csv", b"\xef\xbb\xbf\r\n", "empty"),
    ("a.csv", bytes(500), "empty"),
    ("a.xlsx", b"\x89PNG\r\n", "damaged"), ("a.csv", b"\x89PNG\r\nxx", "picture"),
    ("a.csv", b"%PDF-1.7 x", "picture"), ("a.xls", b"<html><table>", "web page"),
    ("a.xlsx", workbooks.encrypted(), "password"), ("a.xls", workbooks.encrypted(), "password"),
    ("a.xlsx", workbooks.zipped({"x": b"1"}), "damaged"),
    ("a.xlsx", workbooks.zipped({"xl/workbook.bin": b"1"}), "binary workbook"),
    ("a.ods", workbooks.zipped({"x": b"1"}), "damaged"),
])
def test_what_cannot_be_a_list_is_refused_by_name(name: str, data: bytes, words: str) -> None:
    assert words in refusal(lambda: guard.sniff(name, data))


def test_file_over_100_megabytes_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "big.csv"
    with path.open("wb") as stream:
        stream.truncate(guard.FILE_BYTES + 1)
    assert "100 MB" in refusal(lambda: guard.read_bytes(path))


def test_missing_file_is_a_sentence(tmp_path: Path) -> None:
    assert "could not be opened" in refusal(lambda: guard.read_bytes(tmp_path / "none.csv"))


@pytest.mark.parametrize("name", ["../x.csv", "/x.csv", "a/../../x.csv", "C:\\x.csv", "..\\x.csv"])
def test_names_that_lead_out_of_the_zip_are_refused(name: str) -> None:
    assert "zip" in refusal(lambda: list(guard.members(workbooks.zipped({name: b"a,b\n"}))))


def test_too_many_members_and_too_large_a_promise_are_refused() -> None:
    many = workbooks.zipped({f"xl/{i}.xml": b"x" for i in range(400)})
    assert "unpacks" in refusal(lambda: guard.check_workbook(many))
    large = workbooks.zipped({"xl/media/a.bin": bytes(guard.WORKBOOK_BYTES + 1)})
    assert "unpacks" in refusal(lambda: guard.check_workbook(large))


def test_member_that_unpacks_to_more_than_it_promised_is_refused() -> None:
    archive = zipfile.ZipFile(io.BytesIO(workbooks.lying()))
    sheet = archive.getinfo("xl/worksheets/sheet1.xml")
    assert sheet.file_size == 100
    pieces = guard.unpack(archive, sheet, guard.WORKBOOK_BYTES)
    assert "unpacks" in refusal(lambda: sum(len(p) for p in pieces))


def test_zip_in_a_zip_is_opened_once_and_no_deeper() -> None:
    one = workbooks.zipped({"a.zip": workbooks.zipped({"b.csv": b"x"})})
    assert [name for name, _ in guard.members(one)] == ["a.zip/b.csv"]
    two = workbooks.zipped({"z.zip": one})
    assert "zip within a zip" in refusal(lambda: list(guard.members(two)))


@pytest.mark.parametrize("build", [workbooks.bomb, workbooks.sparse, workbooks.hidden_reach])
def test_cells_that_reach_too_far_are_measured_without_laying_them_out(
    build: Callable[[], bytes]
) -> None:
    archive = guard.check_workbook(build())
    sheet = archive.getinfo("xl/worksheets/sheet1.xml")
    words = refusal(lambda: sheetxml.scan(guard.unpack(archive, sheet, guard.WORKBOOK_BYTES)))
    assert "3 million" in words


@pytest.mark.parametrize("where", ["sheet", "strings"])
def test_document_types_are_refused_in_any_part(where: str) -> None:
    data = workbooks.laughs(where)

    def read() -> None:
        archive = guard.check_workbook(data)
        sheetxml.scan(guard.unpack(archive, archive.getinfo("xl/worksheets/sheet1.xml"), 10**9))

    assert "hidden definitions" in refusal(read)


def test_three_million_plain_cells_pass_the_measure() -> None:
    rows = "".join(f'<row r="{r}"><c r="A{r}"><v>1</v></c><c r="J{r}"><v>1</v></c></row>'
                   for r in range(1, 30_001))
    grid = sheetxml.scan(iter([workbooks.sheet_xml(rows).encode()]))
    assert (grid.rows, grid.columns, grid.first_column) == (30_000, 10, 0)


def test_measure_is_the_same_however_the_sheet_is_cut_into_pieces() -> None:
    xml = workbooks.sheet_xml(
        "".join(f'<row r="{r}"><c r="C{r}"><v>{r}</v></c><c r="AB{r}" t="b"><v>1</v></c></row>'
                for r in range(3, 60)),
        after='<mergeCells><mergeCell ref="A1:C1"/><mergeCell ref="D1:E2"/></mergeCells>').encode()
    whole = sheetxml.scan(iter([xml]))
    assert (whole.rows, whole.columns, whole.first_column) == (59, 28, 2)
    assert whole.merged == [(0, 0, 0, 2), (0, 3, 1, 4)]
    for size in (1, 7, 64, 1000):
        pieces = [xml[i : i + size] for i in range(0, len(xml), size)]
        grid = sheetxml.scan(iter(pieces), joined=size)
        assert grid == whole
