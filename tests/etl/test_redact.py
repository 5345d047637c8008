"""No password and no name of who answered outlives a drop."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest

from etl import desk, redact, workbook
from etl.model import ColumnGuess, Context, SheetReport
from school.house import open_house
from tests import workbooks

REAL = Path(__file__).parents[2].parent / "shared" / "real-data"
needs_real = pytest.mark.skipif(not REAL.is_dir(), reason="the real files are not on this machine")
CONTEXT = Context(as_of=date(2025, 11, 14), preset="us")
PASSWORDS = (b"P@ssword", b"P@ssw0rd", b"P@ssword123")
ROWS = [["Class list", None, None], ["ID", "Password", "Name"], ["007", "hunter2", "+Asha"],
        ["008", "swordfish", None]]
KEPT = [["Class list", None, None], ["ID", None, "Name"], ["007", None, "+Asha"],
        ["008", None, None]]


def drop_of(tmp_path: Path, *files: tuple[str, bytes]) -> desk.Drop:
    folder, paths = desk.receive(files, tmp_path / "staging")
    return desk.check(paths, CONTEXT, tmp_path / "staging", folder=folder)


def grids(name: str, data: bytes) -> dict[str, list[list[str | None]]]:
    return {s.key: [list(r) for r in zip(*(c.to_pylist() for c in s.cells.columns), strict=True)]
            for s in workbook.sheets(name, data)}


@pytest.mark.parametrize(("name", "data"), [
    ("list.csv", workbooks.text(ROWS)), ("list.tsv", workbooks.text(ROWS, "\t")),
    ("list.xlsx", workbooks.xlsx({"Class 7 B": ROWS})),
])
def test_copy_is_the_same_list_without_the_password(tmp_path: Path, name: str, data: bytes) -> None:
    drop = drop_of(tmp_path, (name, data))
    copy = drop.kept_copy(name)
    assert copy is not None
    assert b"hunter2" not in copy
    (key,) = grids(name, data)
    assert grids(name, copy) == {key: KEPT}
    drop.close()
    assert list((tmp_path / "staging").iterdir()) == []


def test_zip_keeps_its_members_and_their_names(tmp_path: Path) -> None:
    other = workbooks.text([["ID", "Mark"], ["1", "P"]])
    data = workbooks.zipped({"a/list.csv": workbooks.text(ROWS), "marks.csv": other,
                             "book.xlsx": workbooks.xlsx({"S": ROWS, "T": [["x", "y"]]})})
    copy = drop_of(tmp_path, ("all.zip", data)).kept_copy("all.zip")
    assert copy is not None
    archive = zipfile.ZipFile(io.BytesIO(copy))
    assert sorted(archive.namelist()) == ["a/list.csv", "book.xlsx", "marks.csv"]
    found = grids("all.zip", copy)
    assert found["all.zip/a/list.csv|list"] == KEPT
    assert found["all.zip/book.xlsx|S"] == KEPT
    assert found["all.zip/book.xlsx|T"] == [["x", "y"]]
    assert found["all.zip/marks.csv|marks"] == [["ID", "Mark"], ["1", "P"]]


def test_file_without_secrets_is_kept_as_it_came(tmp_path: Path) -> None:
    drop = drop_of(tmp_path, ("marks.csv", workbooks.text([["ID", "Mark"], ["1", "P"]])))
    assert drop.kept_copy("marks.csv") is None


def test_survey_loses_the_columns_that_name_who_answered_and_the_hour(tmp_path: Path) -> None:
    rows = [["Timestamp", "E-mail", "I feel safe"], ["3/5/2025 10:42:07", "a@b.org", "Agree"]]
    drop = drop_of(tmp_path, ("survey.csv", workbooks.text(rows)))
    report = SheetReport(
        "survey.csv", "survey", "ready", "A survey.", kind="survey",
        columns=(ColumnGuess("Timestamp", "date", 1.0, 0), ColumnGuess("E-mail", None, 1.0, 1),
                 ColumnGuess("I feel safe", "item", 1.0, 2)))
    copy = redact.copy(drop.folder, 0, "survey.csv", redact.columns_out([report]))
    assert copy is not None
    assert grids("survey.csv", copy)["survey.csv|survey"] == [
        ["Timestamp", None, "I feel safe"], ["3/5/2025", None, "Agree"]]


@needs_real
def test_no_password_of_the_rosters_is_in_a_copy_or_in_staging(tmp_path: Path) -> None:
    paths = sorted((REAL / "roster-dialects").rglob("*.csv"))
    assert any(p.read_bytes().find(PASSWORDS[0]) >= 0 for p in paths)
    drop = desk.check(paths, CONTEXT, tmp_path / "staging")
    with_passwords = 0
    for file in drop.files:
        held = any(word in file.path.read_bytes() for word in PASSWORDS)
        copy = drop.kept_copy(file.label)
        with_passwords += held
        assert (copy is not None) >= held
        assert copy is None or not any(word in copy for word in PASSWORDS)
    assert with_passwords >= 6
    for path in drop.folder.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert not any(word in data for word in PASSWORDS), path.name
    drop.close()
    assert not drop.folder.exists()


def test_what_a_crash_left_in_staging_is_gone_at_the_next_start(tmp_path: Path) -> None:
    house = open_house(tmp_path)
    folder, _ = desk.receive([("list.csv", workbooks.text(ROWS))], house.staging)
    house.close()
    assert b"hunter2" in (folder / "files" / "0" / "list.csv").read_bytes()
    open_house(tmp_path).close()
    assert not folder.exists()
