"""Text files of any encoding and delimiter become the same grid."""

from __future__ import annotations

import random
import time

import pytest

from etl import guard, workbook
from etl.model import Sheet
from school.errors import UnreadableFile
from tests import workbooks

ROWS = [["ID", "Name", "Mark"], ["007", "Zoë Müller", "1,5"], ["008", "Asha", ""]]
READ = [["ID", "Name", "Mark"], ["007", "Zoë Müller", "1,5"], ["008", "Asha", None]]


def one(data: bytes, name: str = "list.csv") -> Sheet:
    (sheet,) = workbook.sheets(name, data)
    return sheet


def grid(sheet: Sheet) -> list[list[str | None]]:
    return [list(row) for row in zip(*(c.to_pylist() for c in sheet.cells.columns), strict=True)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("newline", ["\r\n", "\n"])
def test_every_encoding_and_delimiter_reads_the_same(
    delimiter: str, encoding: str, newline: str
) -> None:
    assert grid(one(workbooks.text(ROWS, delimiter, encoding, newline))) == READ


@pytest.mark.parametrize("newline", ["\r\n", "\n"])
def test_a_row_may_end_where_a_piece_of_the_file_ends(
    newline: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guard, "MEGABYTE", 8)  # pieces of 64 bytes
    for longer in range(70):
        rows = [["ID", "x" * longer], *([f"{n:03d}", "", "P"][:: 2] for n in range(60))]
        read = grid(one(workbooks.text(rows, newline=newline)))
        assert read == [[cell or None for cell in row] for row in rows]


@pytest.mark.parametrize("blank", [" ", "\t ", "\x0b", "\x0c\r\n"])
def test_a_cell_of_spaces_alone_is_blank(blank: str) -> None:
    read = grid(one(f'ID,Name\n7,"{blank}"\n8,Asha\n'.encode()))
    assert read == [["ID", "Name"], ["7", None], ["8", "Asha"]]


def test_windows_letters_are_read_and_said() -> None:
    sheet = one(workbooks.text(ROWS, encoding="cp1252"))
    assert [(f.rule, f.level) for f in sheet.findings] == [("encoding", "warns")]
    assert one(workbooks.text(ROWS)).findings == ()


def test_sheet_of_a_text_file_is_called_like_the_file() -> None:
    assert one(workbooks.text(ROWS), "Class 7 B.tsv").name == "Class 7 B"


def test_header_with_a_newline_in_quotes_is_one_cell() -> None:
    assert grid(one(b'"Total\nRate",DBN\n"1",x\n'))[0] == ["Total\nRate", "DBN"]


def test_excels_own_sep_line_is_obeyed_and_no_row() -> None:
    assert grid(one(b"sep=;\r\nID;Mark\r\n1;P\r\n")) == [["ID", "Mark"], ["1", "P"]]


def test_title_rows_of_other_widths_and_blank_lines_keep_their_row_numbers() -> None:
    data = b"Hill School\n\nID,Name,Mark\n1,Asha,P\n\n2,Ben\n3,Cy,A,late\n"
    assert grid(one(data)) == [
        ["Hill School", None, None, None], [None] * 4, ["ID", "Name", "Mark", None],
        ["1", "Asha", "P", None], [None] * 4, ["2", "Ben", None, None], ["3", "Cy", "A", "late"]]


def test_text_with_the_name_of_an_old_workbook_is_read() -> None:
    assert grid(one(b"ID\tMark\r\n007\tP\r\n", "export.xls")) == [["ID", "Mark"], ["007", "P"]]


def test_quote_that_is_never_closed_swallows_no_rows() -> None:
    lines = [b"ID,Name,Mark", b'1,"Asha,P', *[b"%d,Ben,P" % i for i in range(2, 400)]]
    sheet = one(b"\n".join(lines) + b"\n")
    assert sheet.cells.num_rows == 400
    assert [f.rule for f in sheet.findings] == ["open_quote"]
    assert grid(sheet)[1] == ["1", '"Asha', "P"]


def test_one_column_of_ids_is_one_column() -> None:
    assert grid(one(b"Student ID\n007\n008\n")) == [["Student ID"], ["007"], ["008"]]


def test_cells_of_blanks_are_null_and_quoted_blanks_too() -> None:
    assert grid(one(b'ID,Mark,X\n1,"",x\n2,"  ",y\n')) == [
        ["ID", "Mark", "X"], ["1", None, "x"], ["2", None, "y"]]


def test_decimal_commas_do_not_split_a_semicolon_file() -> None:
    rows = [["ID", "Math", "Art"], *[[str(i), f"{i},5", f"{i},25"] for i in range(30)]]
    assert grid(one(workbooks.text(rows, ";")))[5] == ["4", "4,5", "4,25"]


@pytest.mark.parametrize("data", [b"a,b\x00\x00\x01\n" * 500, b"\xff\xfe" + b"\x00\xd8" * 400])
def test_zeros_and_torn_letters_are_refused_in_words(data: bytes) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        one(data)
    assert "damaged" in refusal.value.words


def test_a_million_rows_read_whole_in_seconds() -> None:
    line = b"%07d,Student,7 B,2025-06-%02d,Hill School,P\n"
    data = b"ID,Name,Class,Date,School,Status\n" + b"".join(
        line % (i, i % 28 + 1) for i in range(1_000_000))
    started = time.process_time()
    sheet = one(data)
    assert sheet.cells.num_rows == 1_000_001
    assert sheet.cells.column("c0")[1_000_000].as_py() == "0999999"
    assert time.process_time() - started < 30


def test_ragged_file_gives_the_same_cells_as_the_even_one() -> None:
    chance = random.Random(4)
    even = [["a", "b", "c"], *[[str(chance.random()), "x y", 'say "hi"'] for _ in range(500)]]
    ragged = [*even, ["1"]]
    assert grid(one(workbooks.text(ragged)))[:-1] == grid(one(workbooks.text(even)))
