"""A pasted table becomes a file, or a sentence says why not."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as some

from etl import delimited, guard, pasted
from school.errors import WrongUse

CELLS = some.text(some.characters(codec="utf-8", exclude_characters="\x00\r\n\t\"\ufeff"),
                  min_size=1, max_size=8).filter(lambda t: bool(t.strip()) and t == t.strip())
DAY = "14 Nov"


def refused(text: str) -> str:
    with pytest.raises(WrongUse) as why:
        pasted.file_of(text, DAY)
    return why.value.words


def read(name: str, data: bytes) -> list[tuple[str | None, ...]]:
    """The cells as the reading child sees them."""
    assert guard.sniff(name, data) == "text"
    sheet = next(delimited.sheets(name, data))
    return list(zip(*(c.to_pylist() for c in sheet.cells.columns), strict=True))


def test_cells_of_excel_become_a_file_named_for_the_day() -> None:
    name, data = pasted.file_of("Name\tMark\r\nRao, A, B\t12\r\nShah, C, D\t\r\n", DAY)
    assert name == "Pasted table, 14 Nov.tsv"
    assert read(name, data) == [("Name", "Mark"), ("Rao, A, B", "12"), ("Shah, C, D", None)], \
        "commas in a cell are no columns where tabs stand between the cells"


def test_csv_can_be_pasted_too() -> None:
    name, data = pasted.file_of("Name;Mark\nAsha;12,5\n", DAY)
    assert name == "Pasted table, 14 Nov.csv"
    assert read(name, data) == [("Name", "Mark"), ("Asha", "12,5")]


def test_a_cell_with_a_line_break_or_a_quotation_mark_stays_one_cell() -> None:
    name, data = pasted.file_of('Name\tNote\nAsha\t"late\n""bus"""\nRavi\tx\n', DAY)
    assert read(name, data) == [("Name", "Note"), ("Asha", 'late\n"bus"'), ("Ravi", "x")]


@given(some.lists(some.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=6))
def test_every_table_of_tabs_is_read_cell_by_cell(rows: list[tuple[str, str, str]]) -> None:
    text = "\n".join("\t".join(row) for row in rows)
    name, data = pasted.file_of(text, DAY)
    plain = list(csv.reader(io.StringIO(text), delimiter="\t"))
    assert [list(r) for r in read(name, data)] == plain


def test_what_is_no_table_is_refused_in_words() -> None:
    assert refused("") == refused(" \n\r\n\t ") == pasted.NOTHING
    assert refused("Asha\nRavi\n") == pasted.ONE_COLUMN
    assert refused("a\tb\n\x00\t1") == refused("a\tb\n\ud800\t1") == pasted.NO_TEXT


def test_a_table_above_the_limit_is_refused_with_its_size() -> None:
    row = "Asha\t1\n"
    assert pasted.file_of(row * pasted.ROWS, DAY)
    assert refused(row * (pasted.ROWS + 1)) == (
        "These are 2,001 rows. Up to 2,000 can be pasted: save the table as a file and add that.")
    assert refused(f"{'x' * pasted.BYTES}\t1").startswith("This is more than 200 KB of text.")
