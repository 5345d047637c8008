"""What we hold, exported and loaded into an empty folder, is what we hold."""

from __future__ import annotations

import io
import json
import re
import sys
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from etl import desk, known
from etl.held import what_we_hold
from etl.loading import files_in
from etl.publish import publish
from etl.samples import AS_OF, CLUSTER, PLACES
from school import schema
from school.house import House, open_house
from school.store import Store
from tests.drops import drop, table

sys.path.insert(0, str(Path(__file__).parents[1] / "pages"))
import hillside

ONE = re.compile(r"GHPS Arasinagudi register 2025")
Rows = dict[str, list[tuple[object, ...]]]


def standing(store: Store) -> Rows:
    """All rows of every table but their load, in an order of their own."""
    out: Rows = {}
    for one in schema.TABLES:
        columns = ", ".join(f'"{n}"' for n in one.names)
        out[one.name] = store.unsafe_run(
            f"select {columns} from mart.{one.name} order by all")
    return out


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[House]:
    house = open_house(tmp_path / "empty")
    house.choose_preset("india")
    yield house
    house.close()


def loaded(house: House, content: bytes) -> list[str]:
    """Add the exported zip to a house; the states of its sheets."""
    folder, paths = desk.receive([("what we hold.zip", content)], house.staging)
    found = known.check(house, paths, known.context(house, AS_OF), folder=folder)
    try:
        assert [q for r in found.reports for q in r.questions] == []
        assert sum(r.rejected for r in found.reports) == 0
        return [r.state for r in publish(house, found, "owner")]
    finally:
        found.close()


def test_one_school_of_the_invented_cluster_comes_back_the_same(
    tmp_path: Path, empty: House
) -> None:
    answers = json.loads((CLUSTER / "answers.json").read_text("utf-8"))
    full = open_house(tmp_path / "full")
    full.choose_preset("india")
    others = sorted(p for p in CLUSTER.iterdir() if p.is_dir() and p.name != PLACES)
    files = [p for p in files_in(others) if "register" not in p.name or ONE.match(p.name)]
    try:
        for paths in (files_in([CLUSTER / PLACES]), files):
            found = known.check(full, paths, known.context(full, AS_OF, answers))
            publish(full, found, "owner")
            found.close()
        before = standing(full.store)
        made = what_we_hold(full.store)
    finally:
        full.close()
    assert len(before["attendance"]) > 1000
    assert all(before[n] for n in ("results", "enrollment", "memberships", "calendar",
                                   "survey_responses", "assessments"))
    assert made.rows == {n: len(rows) for n, rows in before.items() if rows}
    assert set(loaded(empty, made.content)) == {"loaded"}
    assert standing(empty.store) == before


def test_the_small_house_comes_back_the_same(tmp_path: Path, empty: House) -> None:
    full = hillside.fill(tmp_path / "full")
    before, made = standing(full.store), what_we_hold(full.store)
    full.close()
    assert set(loaded(empty, made.content)) == {"loaded"}
    assert standing(empty.store) == before


def test_a_student_who_left_by_a_changed_list_comes_back_as_having_left(
    tmp_path: Path, empty: House
) -> None:
    full = open_house(tmp_path / "full")
    full.choose_preset("india")
    stay = {"student": 1, "org_id": "hill", "begin_date": date(2025, 4, 1),
            "academic_year": "2025-26"}
    gone = {"student": 1, "org_id": "hill", "class_id": "*", "date": date(2025, 9, 1)}
    for name, tables in (("list.csv", {"enrollment": table("enrollment", [stay])}),
                         ("changes.csv", {"departures": table("departures", [gone])})):
        publish(full, drop(tmp_path, {name: tables}), "owner")
    before, made = standing(full.store), what_we_hold(full.store)
    full.close()
    assert [r[3] for r in before["enrollment"]] == [date(2025, 9, 1)]
    assert set(loaded(empty, made.content)) == {"loaded"}
    assert standing(empty.store) == before


def test_text_that_looks_like_a_formula_is_harmless_and_comes_back(
    tmp_path: Path, empty: House
) -> None:
    names = ["=1+1", "'quoted", "''twice", "+44", "-5", "@home", "007", "A,\"B\"", "two\nlines",
             "é"]
    rows = table("students", [
        {"student": n, "namespace": "*", "student_id": name, "id_kind": "id", "name": name}
        for n, name in enumerate(names)]).drop_columns(["row"])
    full = open_house(tmp_path / "full")
    with full.store.writing() as tx:
        loads = table("students", [{"row": 1}] * len(names))["row"]
        tx.insert("mart.students", rows.append_column("load_id", loads))
    before, made = standing(full.store), what_we_hold(full.store)
    full.close()
    text = zipfile.ZipFile(io.BytesIO(made.content)).read("students.csv").decode("utf-8-sig")
    assert '"=1+1"' not in text and "\"'=1+1\"" in text
    assert loaded(empty, made.content) == ["loaded"]
    assert standing(empty.store) == before


def test_a_cell_that_was_changed_into_nonsense_is_named(tmp_path: Path, empty: House) -> None:
    full = hillside.fill(tmp_path / "full")
    made = what_we_hold(full.store)
    full.close()
    archive = zipfile.ZipFile(io.BytesIO(made.content))
    text = archive.read("attendance.csv").decode("utf-8-sig").replace("2025-04-01", "soon", 1)
    file = tmp_path / "attendance.csv"
    file.write_text(text, "utf-8")
    found = known.check(empty, [file], known.context(empty, date(2026, 1, 1)))
    (report,) = found.reports
    found.close()
    (finding,) = report.findings
    assert (report.layout, report.rejected) == ("held", 1)
    assert (finding.row, finding.column, finding.found) == (2, "date", "soon")


def test_an_empty_house_has_nothing_to_export(empty: House) -> None:
    made = what_we_hold(empty.store)
    assert made.rows == {} and zipfile.ZipFile(io.BytesIO(made.content)).namelist() == []
