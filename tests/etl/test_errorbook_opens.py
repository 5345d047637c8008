"""The file given back opens anywhere: it is a whole workbook, and LibreOffice shows every mark."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections import Counter
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree

import openpyxl
import pytest

from etl import errorbook
from etl.model import MENDING
from tests import workbooks
from tests.etl.test_errorbook import (
    CLEAN,
    ERRORS,
    books,
    comments,
    daily,
    fills,
    planted,
    read,
    with_texts,
    wrong,
)

_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


def relations(archive: zipfile.ZipFile, part: str) -> list[tuple[str, str]]:
    """Kind and target of everything that a part of a workbook names."""
    path = PurePosixPath(part)
    name = f"{path.parent}/_rels/{path.name}.rels".removeprefix("./")
    if name not in archive.namelist():
        return []
    out = []
    for one in ElementTree.fromstring(archive.read(name)):
        target = one.attrib["Target"]
        assert one.attrib.get("TargetMode") != "External", target
        place = target[1:] if target.startswith("/") else f"{path.parent}/{target}"
        while "/../" in f"/{place}":
            place = re.sub(r"[^/]+/\.\./", "", place, count=1)
        out.append((one.attrib["Type"].rpartition("/")[2], place.removeprefix("./")))
    return out


def assert_whole(content: bytes) -> None:
    """What Excel repairs or refuses is not there: parts twice, lost, untyped, or comments twice."""
    archive = zipfile.ZipFile(io.BytesIO(content))
    names = archive.namelist()
    assert [n for n, times in Counter(map(str.lower, names)).items() if times > 1] == []
    types = ElementTree.fromstring(archive.read("[Content_Types].xml"))
    kinds = {e.attrib["PartName"][1:]: e.attrib["ContentType"]
             for e in types.findall(f"{_TYPES}Override")}
    endings = {e.attrib["Extension"].lower() for e in types.findall(f"{_TYPES}Default")}
    assert kinds["xl/workbook.xml"] == _MAIN
    assert len(kinds) == len(types.findall(f"{_TYPES}Override")) and set(kinds) <= set(names)
    reached, waiting = set(), [""]
    while waiting:
        here = [target for _, target in relations(archive, waiting.pop())]
        waiting += [t for t in here if t not in reached]
        reached.update(here)
    parts = {n for n in names if n != "[Content_Types].xml" and not n.endswith(".rels")}
    assert reached == parts
    for name in parts:
        assert name in kinds or name.rpartition(".")[2].lower() in endings, name
        if name.endswith((".xml", ".vml")):
            ElementTree.fromstring(archive.read(name))
    for sheet in (n for n in parts if n.startswith("xl/worksheets/")):
        assert_one_set_of_comments(archive, sheet)


def assert_one_set_of_comments(archive: zipfile.ZipFile, sheet: str) -> None:
    """A sheet's comments lie in one part, one a cell, each with the box that Excel draws it in."""
    named = relations(archive, sheet)
    said = [target for kind, target in named if kind == "comments"]
    drawn = [target for kind, target in named if kind == "vmlDrawing"]
    assert len(said) == len(drawn) == archive.read(sheet).count(b"<legacyDrawing ") <= 1
    for words, boxes in zip(said, drawn, strict=True):
        cells = re.findall(rb'<(?:\w+:)?comment [^>]*ref="([A-Z]+\d+)"', archive.read(words))
        assert len(cells) == len(set(cells)) > 0
        assert archive.read(boxes).count(b'ObjectType="Note"') == len(cells)


def lively() -> bytes:
    """A workbook with comments, a chart, a list to choose from, colours and merged cells."""
    book = openpyxl.load_workbook(io.BytesIO(workbooks.xlsx({
        "Daily": planted(daily(), {"E3": "soon", "F7": "??"}), "Notes": [["a", 1], ["b", 2]]})))
    page = book["Daily"]
    for address, words in {"C5": "her own words", "E3": "ask the office"}.items():
        page[address].comment = openpyxl.comments.Comment(words, "Ada")
    choice = openpyxl.worksheet.datavalidation.DataValidation("list", formula1='"P,A"')
    choice.add("F2:F101")
    page.add_data_validation(choice)
    page.conditional_formatting.add("F2:F101", openpyxl.formatting.rule.CellIsRule(
        "equal", ['"A"'], fill=openpyxl.styles.PatternFill("solid", bgColor="FFFF0000")))
    chart = openpyxl.chart.BarChart()
    chart.add_data(openpyxl.chart.Reference(book["Notes"], min_col=2, min_row=1, max_row=2))
    book["Notes"].add_chart(chart, "D2")
    book["Notes"].merge_cells("A5:C6")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_macros(data: bytes) -> bytes:
    """The same workbook as one with macros."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    parts = {n: archive.read(n) for n in archive.namelist()}
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        _MAIN.encode(), b"application/vnd.ms-excel.sheet.macroEnabled.main+xml").replace(
        b"</Types>", b'<Override PartName="/xl/vbaProject.bin" '
        b'ContentType="application/vnd.ms-office.vbaProject"/></Types>')
    parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(
        b"</Relationships>", b'<Relationship Id="rId99" Type="http://schemas.microsoft.com/office/'
        b'2006/relationships/vbaProject" Target="vbaProject.bin"/></Relationships>')
    return workbooks.zipped({**parts, "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" + bytes(2000)})


GIVEN = {
    "school.xlsx": wrong, "lively.xlsx": lively, "macros.xlsm": lambda: with_macros(lively()),
    "marks.csv": lambda: workbooks.text(planted(daily(), ERRORS["Daily"])),
}


@pytest.mark.parametrize("name", GIVEN)
def test_what_is_given_back_is_a_whole_workbook(name: str, tmp_path: Path) -> None:
    drop = read({name: GIVEN[name]()}, tmp_path)
    made = errorbook.marked(drop, drop.reports)
    assert_whole(made.content)
    assert made.name == f"{PurePosixPath(name).stem} to mend.xlsx"
    again = read({made.name: made.content}, tmp_path)  # and what is read from it is marked again
    assert_whole(errorbook.marked(again, again.reports).content)


def test_macros_are_read_past_and_never_given_back(tmp_path: Path) -> None:
    drop = read({"macros.xlsm": with_macros(lively())}, tmp_path)
    assert {r.sheet: r.read for r in drop.reports}["Daily"] == len(daily()) - 1
    made = errorbook.marked(drop, drop.reports)
    assert b"vbaProject" not in made.content
    (book,) = books(made).values()
    assert set(comments(book, "Daily")) == {"C5", "E3", "F7"}


def in_libreoffice(content: bytes, folder: Path) -> openpyxl.Workbook:
    """A workbook as LibreOffice read it and wrote it again."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not on this machine")
    file = folder / "given back.xlsx"
    file.write_bytes(content)
    subprocess.run([office, "--headless", f"-env:UserInstallation=file://{folder}/office",
                    "--convert-to", "xlsx", "--outdir", str(folder / "out"), str(file)],
                   check=True, timeout=180, capture_output=True)
    return openpyxl.load_workbook(folder / "out" / file.name)


def test_libreoffice_opens_it_and_shows_every_mark_and_no_other(tmp_path: Path) -> None:
    drop = read({"school.xlsx": with_texts(wrong())}, tmp_path)
    book = in_libreoffice(errorbook.marked(drop, drop.reports).content, tmp_path)
    assert book.sheetnames == [MENDING, *CLEAN]
    for name, errors in ERRORS.items():
        said = comments(book, name)
        assert set(said) == set(errors) and fills(book, name) == set(errors), name
        assert all("Expected: " in text for text in said.values())
    listed = {(r[0].value, r[3].value) for r in book[MENDING].iter_rows(min_row=2)}
    assert {(n, a) for n, errors in ERRORS.items() for a in errors} <= listed


def test_libreoffice_opens_the_bad_rows_of_a_csv(tmp_path: Path) -> None:
    drop = read({"marks.csv": GIVEN["marks.csv"]()}, tmp_path)
    made = errorbook.marked(drop, drop.reports)
    (before,) = books(made).values()
    book = in_libreoffice(made.content, tmp_path)
    assert set(comments(book, "marks")) == set(comments(before, "marks"))
    assert fills(book, "marks") == fills(before, "marks")
