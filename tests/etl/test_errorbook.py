"""The file given back: every bad cell is marked and explained, nothing else is, and it loads."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from etl import desk, errorbook, known
from etl.desk import Drop
from etl.errorbook import Marked
from etl.model import MENDING, Context
from etl.publish import publish
from school.errors import WrongUse
from school.house import House, open_house
from school.records import loads
from tests import workbooks

AS_OF = date(2026, 3, 31)
DAYS = [date(2025, 6, d) for d in (16, 17, 18, 19, 20)]
Planted = dict[str, Any]  # address of a cell to what is wrong in it
Sheets = dict[str, list[list[Any]]]


def planted(rows: list[list[Any]], errors: Planted) -> list[list[Any]]:
    """The same rows with something wrong in these cells."""
    out = [list(r) for r in rows]
    for address, value in errors.items():
        row, column = openpyxl.utils.cell.coordinate_to_tuple(address)
        out[row - 1][column - 1] = value
    return out


def daily() -> list[list[Any]]:
    return [["School", "Student ID", "Name", "Class", "Date", "Attendance"],
            *(["Hill", f"{i:03d}", f"Invented {i}", "7 B", day, "P"]
              for i in range(20) for day in DAYS)]


def results() -> list[list[Any]]:
    return [["School", "Student ID", "Name", "Class", "Subject", "Assessment", "Test Date",
             "Max Marks", "Marks Obtained"],
            *(["Hill", f"{i:03d}", f"Invented {i}", "7 B", "Mathematics", "Term 1",
               date(2025, 9, 26), 50, 30 + i / 2] for i in range(20))]


def roster() -> list[list[Any]]:
    return [["School", "Student ID", "Name", "Class", "Sex", "DOB", "Entry Date", "Exit Date"],
            *(["Hill", f"{i:03d}", f"Invented {i}", "7 B", "F", date(2012, 5, 6),
               date(2025, 4, 1), date(2025, 12, 1)] for i in range(20))]


def register() -> list[list[Any]]:
    marks = ["S" if date(2025, 6, d).isoweekday() == 7 else "P" for d in range(1, 31)]
    return [["School: Hill", None, None, "Class: 7 B"], ["Month: June 2025"],
            ["Roll No", "Name", *range(1, 31), "Days absent"],
            *([i + 1, f"Invented {i}", *marks, 0] for i in range(10))]


def marksheet() -> list[list[Any]]:
    return [["School: Hill"], ["Class: 7 B"], ["Term 1"], ["Date: 26/09/2025"],
            ["Adm No", "Name", "Maths (50)", "Science (50)"],
            *([f"{i:03d}", f"Invented {i}", 30 + i, 20 + i] for i in range(10))]


def totals() -> list[list[Any]]:
    return [["School: Hill"], ["Academic year: 2025-26"],
            ["Admission No", "Name", "Class", "Month", "Working days", "Days present"],
            *([f"{i:03d}", f"Invented {i}", "7 B", "June", 20, 19] for i in range(30))]


def calendar() -> list[list[Any]]:
    return [["Holidays 2025-26"], ["Occasion", "From", "To", "Day type"],
            *([f"Day {i}", date(2025, 8, i), date(2025, 8, i), "Holiday"] for i in range(1, 9))]


# 50 cells, over seven layouts: what cannot be read, cannot be, is missing, or is said twice
CLEAN: Sheets = {"Daily": daily(), "Results": results(), "List": roster(), "June": register(),
                 "7 B": marksheet(), "Days": totals(), "Holidays": calendar()}
ERRORS: dict[str, Planted] = {
    "Daily": {"E3": "soon", "E5": "31/02/2025", "F7": "ZZ", "F9": "ZZ", "B12": None,
              "E14": date(2031, 1, 1), "E16": None, "F18": "=QQ()", "E20": "=1+1", "B22": None,
              "E24": "yesterday", "E26": date(2030, 5, 5), "F28": "?!", "E30": None},
    "Results": {"I3": "lots", "I5": -3, "I7": 77, "G9": "never", "B11": None, "I13": 51,
                "I15": "good one", "I17": -0.5, "G19": "in June", "B21": None},
    "List": {"F4": "yesterday", "H6": date(2025, 3, 1), "G8": "soon", "B10": None,
             "F12": "31/31/2012", "G14": "April-ish", "H16": date(2024, 1, 1), "B18": None},
    "June": {"G6": "QQ", "J7": "QQ", "K8": "??", "AG9": 5, "AG11": 3},
    "7 B": {"C7": "many", "D8": 99, "C9": -4, "D10": "so-so", "C11": 50.5},
    "Days": {"F5": "some", "E6": "all", "F7": None, "F8": 25, "D9": "Smarch"},
    "Holidays": {"B4": "whenever", "C6": "some day", "C8": date(2025, 1, 1)},
}


def read(files: Mapping[str, bytes], tmp_path: Path, answers: dict[str, Any] | None = None) -> Drop:
    folder, paths = desk.receive(files.items(), tmp_path / "staging")
    return desk.check(paths, Context(AS_OF, "india", answers or {}), tmp_path, folder=folder)


def books(marked: Marked) -> dict[str, Any]:
    """Every workbook that is given back, by its name."""
    if not marked.name.endswith(".zip"):
        return {marked.name: openpyxl.load_workbook(io.BytesIO(marked.content))}
    archive = zipfile.ZipFile(io.BytesIO(marked.content))
    return {n: openpyxl.load_workbook(io.BytesIO(archive.read(n))) for n in archive.namelist()}


def comments(book: Any, sheet: str) -> dict[str, str]:
    return {c.coordinate: c.comment.text for row in book[sheet].iter_rows() for c in row
            if c.comment}


def fills(book: Any, sheet: str) -> set[str]:
    return {c.coordinate for row in book[sheet].iter_rows() for c in row if c.fill.fill_type}


def wrong() -> bytes:
    # text that begins with '=' must be text: as a csv from a stranger brings it
    return workbooks.xlsx({n: planted(r, {a: v for a, v in ERRORS[n].items()
                                          if not str(v).startswith("=")})
                           for n, r in CLEAN.items()})


def with_texts(data: bytes) -> bytes:
    """The planted texts that look like formulas, written as text."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    for name, errors in ERRORS.items():
        for address, value in errors.items():
            if str(value).startswith("="):
                book[name][address].value = value
                book[name][address].data_type = "s"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_all_of_fifty_planted_errors_are_marked_and_nothing_else_is(tmp_path: Path) -> None:
    assert sum(len(e) for e in ERRORS.values()) == 50
    drop = read({"school.xlsx": with_texts(wrong())}, tmp_path)
    made = errorbook.marked(drop, drop.reports)
    (book,) = books(made).values()
    assert made.cells == 50 and book.sheetnames == [MENDING, *CLEAN]
    for name, errors in ERRORS.items():
        said = comments(book, name)
        assert set(said) == set(errors) and fills(book, name) == set(errors), name
        for address, text in said.items():
            value = errors[address]
            assert "Expected: " in text, address
            assert text.startswith("This cell is empty." if value is None else "Found: ")
            assert not isinstance(value, str) or f"Found: {value}" in text
    listed = [[c.value for c in row] for row in book[MENDING].iter_rows(min_row=2)]
    assert {(r[0], r[3]) for r in listed if r[3]} == {
        (n, a) for n, errors in ERRORS.items() for a in errors}
    assert all(c.data_type != "f" for page in book for row in page.iter_rows() for c in row)
    assert any(r[4] == "=1+1" for r in listed)


def test_mended_and_added_again_no_row_is_left_out(tmp_path: Path) -> None:
    drop = read({"school.xlsx": wrong()}, tmp_path)
    assert sum(r.rejected for r in drop.reports) > 20
    (book,) = books(errorbook.marked(drop, drop.reports)).values()
    for name, errors in ERRORS.items():
        for address in errors:
            row, column = openpyxl.utils.cell.coordinate_to_tuple(address)
            book[name][address].value = CLEAN[name][row - 1][column - 1]
    out = io.BytesIO()
    book.save(out)
    again = read({"school to mend.xlsx": out.getvalue()}, tmp_path)
    assert [(r.sheet, r.state) for r in again.reports] == [
        (MENDING, "aside"), *((n, "ready") for n in CLEAN)]
    assert sum(r.rejected for r in again.reports) == 0
    assert not [q for r in again.reports for q in r.questions if q.about.startswith("code:")]


def test_a_csv_comes_back_as_its_bad_rows_and_loads_when_mended(tmp_path: Path) -> None:
    rows = planted(daily(), ERRORS["Daily"])
    drop = read({"marks.csv": workbooks.text(rows)}, tmp_path)
    made = errorbook.marked(drop, drop.reports)
    (book,) = books(made).values()
    page = book["marks"]
    numbers = [page.cell(r, 1).value for r in range(2, page.max_row + 1)]
    assert numbers == [int(a[1:]) for a in ERRORS["Daily"]]
    place = {n: r for r, n in enumerate(numbers, 2)}
    expected = {f"{chr(ord(a[0]) + 1)}{place[int(a[1:])]}" for a in ERRORS["Daily"]}
    assert set(comments(book, "marks")) == expected
    assert page["F7"].comment and all(
        c.data_type != "f" for row in page.iter_rows() for c in row)
    for address in ERRORS["Daily"]:
        row, column = openpyxl.utils.cell.coordinate_to_tuple(address)
        value = daily()[row - 1][column - 1]
        page.cell(place[row], column + 1).value = str(value)
    out = io.BytesIO()
    book.save(out)
    again = read({"mended.xlsx": out.getvalue()}, tmp_path)
    (data,) = [r for r in again.reports if r.state != "aside"]
    assert (data.state, data.layout, data.read, data.rejected) == (
        "ready", "attendance_daily", len(ERRORS["Daily"]), 0)


def test_looks_of_the_file_stay_and_formulas_become_what_they_showed(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbooks.xlsx({"Daily": planted(
        daily(), {"E3": "soon"})})))
    page = book["Daily"]
    page["A1"].font = openpyxl.styles.Font(bold=True, color="FF123456")
    page.column_dimensions["C"].width = 41
    page["C5"].comment = openpyxl.comments.Comment("her own words", "Ada")
    page["E3"].comment = openpyxl.comments.Comment("ask the office", "Ada")
    out = io.BytesIO()
    book.save(out)
    drop = read({"school.xlsx": out.getvalue()}, tmp_path)
    (got,) = books(errorbook.marked(drop, drop.reports)).values()
    page = got["Daily"]
    assert page["A1"].font.color.rgb == "FF123456" and page.column_dimensions["C"].width == 41
    assert page["C5"].comment.text == "her own words"
    assert page["E3"].comment.text.startswith("ask the office\n\nFound: soon")


def test_more_cells_than_are_named_one_by_one_are_all_marked(tmp_path: Path) -> None:
    rows = daily()
    many = [[*r[:1], f"{n:04d}", *r[2:]] for n, r in enumerate(rows[1:] * 6)]
    bad = {f"E{r}": "soon" for r in range(2, 240)}
    drop = read({"big.xlsx": workbooks.xlsx({"Daily": planted([rows[0], *many], bad)})}, tmp_path)
    (book,) = books(errorbook.marked(drop, drop.reports)).values()
    assert set(comments(book, "Daily")) == set(bad)


def assert_bad_row_alone(drop: Drop, last: int, row: int) -> None:
    """Only the header and the bad row come back, with the row's number before it."""
    (book,) = books(errorbook.marked(drop, drop.reports)).values()
    page = book["Daily"]
    assert (page["A1"].value, page["A2"].value, page.max_row) == ("Row", row, last)
    assert page["F2"].value == "soon" and set(comments(book, "Daily")) == {"F2"}


def test_a_big_workbook_comes_back_as_its_bad_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(errorbook, "MOST_CELLS", 100)
    drop = read({"big.xlsx": workbooks.xlsx({"Daily": planted(daily(), {"E3": "soon"})})}, tmp_path)
    assert_bad_row_alone(drop, 2, 3)


@pytest.mark.long
def test_a_workbook_of_more_than_200_000_cells_comes_back_as_its_bad_rows(tmp_path: Path) -> None:
    head, rows = daily()[0], daily()[1:]
    many = [[*r[:1], f"{n}-{r[1]}", *r[2:]] for n in range(334) for r in rows]
    assert 200_000 < 6 * (len(many) + 1) < 201_000
    drop = read({"big.xlsx": workbooks.xlsx({"Daily": planted(
        [head, *many], {"E33001": "soon"})})}, tmp_path)
    assert_bad_row_alone(drop, 2, 33_001)


def test_the_line_between_the_two_is_200_000_cells() -> None:
    assert errorbook.MOST_CELLS == 200_000


def test_an_xls_comes_back_as_its_bad_rows(tmp_path: Path) -> None:
    drop = read({"old.xls": workbooks.xlsx({"Daily": planted(daily(), {"E3": "soon"})})}, tmp_path)
    assert_bad_row_alone(drop, 2, 3)


def test_passwords_never_come_back(tmp_path: Path) -> None:
    rows = [[*r, "Password" if n == 0 else f"secret{n}"] for n, r in enumerate(roster())]
    for label, data in {"list.xlsx": workbooks.xlsx({"L": planted(rows, {"G8": "soon"})}),
                        "list.csv": workbooks.text(planted(rows, {"G8": "soon"}))}.items():
        drop = read({label: data}, tmp_path)
        (book,) = books(errorbook.marked(drop, drop.reports)).values()
        texts = [str(c.value) for page in book for row in page.iter_rows() for c in row]
        assert not [t for t in texts if "secret" in t]
        assert any("soon" in t for t in texts)


def test_files_of_one_zip_come_back_as_a_zip(tmp_path: Path) -> None:
    files = {"a/one.xlsx": workbooks.xlsx({"Daily": planted(daily(), {"E3": "soon"})}),
             "two.csv": workbooks.text(planted(results(), {"I3": "lots"}))}
    drop = read({"all.zip": workbooks.zipped(files)}, tmp_path)
    made = errorbook.marked(drop, drop.reports)
    assert made.mime == "application/zip"
    found = books(made)
    assert set(found) == {"one to mend.xlsx", "two to mend.xlsx"}
    assert set(comments(found["one to mend.xlsx"], "Daily")) == {"E3"}


@pytest.fixture
def house(tmp_path: Path) -> Any:
    made = open_house(tmp_path / "data")
    made.choose_preset("india")
    yield made
    made.close()


def test_after_publishing_it_is_made_from_the_kept_upload(house: House, tmp_path: Path) -> None:
    file = tmp_path / "marks.xlsx"
    file.write_bytes(workbooks.xlsx({"Results": planted(results(), ERRORS["Results"])}))
    drop = known.check(house, [file], known.context(house, AS_OF))
    publish(house, drop, "owner")
    drop.close()
    file.unlink()
    (load,) = loads.loads(house.records)
    made = errorbook.marked_upload(house, load.id)
    (book,) = books(made).values()
    assert set(comments(book, "Results")) == set(ERRORS["Results"])
    assert not [p for p in house.staging.iterdir() if p.is_dir()]
    (house.uploads / str(load.kept_sha256)).unlink()
    with pytest.raises(WrongUse, match="not kept"):
        errorbook.marked_upload(house, load.id)
