"""Exports in the shapes of well known systems are read whole, with the planted numbers."""

from __future__ import annotations

import runpy
from datetime import date
from pathlib import Path

import pytest

from etl import oneroster, sorting, workbook
from etl.layouts import layouts
from etl.model import Extract, Recognition, Sheet
from etl.recognise import Aside, recognise
from etl.scorescales import scale_of
from tests.grids import context, read, rows, taken

SAMPLES = Path(__file__).parents[2] / "data" / "samples"
SYSTEMS = SAMPLES / "layouts" / "systems"
LISTS = sorted(p.relative_to(SYSTEMS).as_posix() for p in SYSTEMS.rglob("*.csv"))


def one(name: str) -> tuple[Sheet, Extract]:
    (grid,) = workbook.read_sheets(SYSTEMS / name)
    return grid, read(grid, context(name.partition("/")[0]))


def dropped(name: str) -> tuple[dict[str, tuple[Sheet, Recognition, Extract]], list[Sheet]]:
    """The files of a zip, read together; and all its sheets."""
    known = context("us")
    sheets = oneroster.settled(workbook.read_sheets(SYSTEMS / "us" / name))
    aside = {}
    found: dict[str, tuple[Sheet, Recognition, Extract]] = {}
    for grid in sheets:
        took = recognise(grid, known)
        if not isinstance(took, Recognition):
            aside[grid.key] = sorting.set_aside(grid)
        else:
            found[grid.key] = grid, took, layouts()[took.layout].extract(grid, took, known)
    for resolve in sorting._hooks("resolve"):
        for key, made in resolve({**aside, **found}, known).items():
            found[key] = (*found[key][:2], made)
    return found, sheets


def test_the_samples_are_what_their_code_writes(tmp_path: Path) -> None:
    runpy.run_path(str(SAMPLES / "systems.py"))["main"](tmp_path)
    for path in sorted(p for p in tmp_path.rglob("*") if p.is_file()):
        kept = SYSTEMS / path.relative_to(tmp_path)
        assert [s.cells for s in workbook.read_sheets(path)] == [
            s.cells for s in workbook.read_sheets(kept)], path.name


# What no file of this kind says: a person has to.
ASKED = {"england/sims assessment results.csv": ["maximum"]}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_read_whole_and_asks_only_what_it_does_not_say(name: str) -> None:
    grid, made = one(name)
    assert made.read == grid.cells.num_rows - 1 and made.rejected == frozenset()
    known = context(name.partition("/")[0])
    asked = [*taken(grid, known).questions, *made.questions]
    assert [q.about for q in asked if q.required] == ASKED.get(name, [])


@pytest.mark.parametrize(("name", "absent"), [
    ("us/powerschool attendance.csv", [2, 0, 0]),
    ("us/infinite campus attendance.csv", [2, 0, 0]),
    ("us/ed-fi attendance events.csv", [2, 0, 0]),
    ("england/arbor attendance.csv", [0, 1, 0, 0, 1, 0]),
    ("england/sims attendance.csv", [0, 1, 0]),
])
def test_attendance_of_a_system_has_its_marks(name: str, absent: list[int]) -> None:
    table = one(name)[1].facts["attendance"]
    assert table["absent"].to_pylist() == absent
    assert not set(table["session"].to_pylist()) - {"DAY", "AM", "PM"}


def test_grades_of_ed_fi_are_results_of_their_course() -> None:
    made = one("us/ed-fi grades.csv")[1]
    assert made.facts["results"]["score"].to_pylist() == [82, 91, 71]
    assert made.facts["assessments"]["academic_year"].unique().to_pylist() == ["2025-26"]


Scored = list[tuple[float | None, str, str | None]]


@pytest.mark.parametrize(("name", "test", "told"), [
    ("us/powerschool stored grades 2025-26.csv", ("Q1", "Mathematics 4", "Q1", 100),
     [(93, "scored", "A"), (84.5, "scored", "B"), (None, "unknown", None)]),
    ("us/powerschool assignment scores.csv", ("Fractions quiz", "Mathematics 4", None, 20),
     [(18, "scored", None), (None, "exempt", None), (None, "not_submitted", None)]),
    ("us/infinite campus grades 2025-26.csv", ("Quarter Grade", "Mathematics 4", "Q1", 100),
     [(93, "scored", None), (84.5, "scored", None), (None, "unknown", None)]),
    ("us/ed-fi letter grades.csv", ("First Six Weeks", "Algebra 1", "First Six Weeks", None),
     [(None, "scored", "B"), (None, "scored", "A")]),
    ("us/ed-fi student assessments.csv", ("State test", "Mathematics", None, None),
     [(1510, "scored", "Proficient"), (1610, "scored", "Advanced")]),
    ("england/arbor assessment marks.csv", ("Autumn test", "Maths", "Autumn Term", 40),
     [(31, "scored", None), (None, "absent", None), (22, "scored", None)]),
    ("england/arbor teacher assessment 2025-26.csv",
     ("Teacher assessment", "Reading", "Autumn", None),
     [(None, "scored", "EXS"), (None, "scored", "WTS"), (None, "scored", "GDS")]),
    ("england/sims assessment results.csv", ("Maths Test Score", "Mathematics", "Autumn", None),
     [(31, "scored", None), (28, "scored", None), (None, "unknown", None)]),
])
def test_a_gradebook_of_a_system_has_its_test_and_scores(
    name: str, test: tuple[str, str, str | None, float | None], told: Scored
) -> None:
    made = one(name)[1].facts
    assert rows(made["assessments"], "name", "subject", "window", "max_score") == [test]
    assert rows(made["results"], "score", "status", "level") == told


def test_a_grade_beside_a_year_group_is_what_was_awarded_and_no_class() -> None:
    made = one("england/arbor teacher assessment 2025-26.csv")[1].facts
    assert made["results"]["grade"].unique().to_pylist() == ["4"]
    made = one("us/powerschool stored grades 2025-26.csv")[1].facts
    assert made["results"]["grade"].unique().to_pylist() == ["4"]
    made = one("us/ed-fi student assessments.csv")[1].facts
    assert made["results"]["grade"].unique().to_pylist() == ["4"]


def test_years_and_months_across_are_counts_and_totals_of_their_own() -> None:
    years = one("india/udise enrolment of five years.csv")[1]
    told = rows(years.facts["enrollment_counts"], "org_id", "academic_year", "value", "headcount")
    assert [n for org, _, value, n in told if org.endswith("101") and value == "total"] == [
        31, 30, 29, 28, 27]
    assert {year for _, year, _, _ in told} == {
        "2021-22", "2022-23", "2023-24", "2024-25", "2025-26"}
    months = one("india/monthly attendance 2025-26.csv")[1]
    assert rows(months.facts["attendance_periods"], "begin_date", "possible", "absent") == [
        (date(2025, 4, 1), 40, 4), (date(2025, 4, 1), 40, 0),
        (date(2025, 6, 1), 44, 0), (date(2025, 6, 1), 44, 22)]
    ages = one("india/udise enrolment by age 2025-26.csv")[1]
    told = rows(ages.facts["enrollment_counts"], "dimension", "org_id", "academic_year",
                "headcount")
    assert {t for t in told if t[0] == "total"} == {
        ("total", "99000000101", "2025-26", 17), ("total", "99000000102", "2025-26", 10)}


def test_wide_enrolment_by_class_sex_and_category_keeps_totals_apart_from_their_parts() -> None:
    made = one("india/udise enrolment 2025-26.csv")[1]
    told = rows(made.facts["enrollment_counts"], "dimension", "value", "headcount")
    by_kind: dict[str, int] = {}
    for kind, _, count in told:
        by_kind[kind] = by_kind.get(kind, 0) + count
    assert by_kind["grade"] == by_kind["grade + sex"] == 14 + 13 + 12
    assert by_kind["grade + sex + social category"] == 14 + 13 + 12
    assert ("grade + sex + social category", "1 + female + SC", 2) in told


def test_published_counts_of_schools_are_counts_and_the_rest_is_named() -> None:
    pupils = one("england/pupil characteristics.csv")[1]
    told = rows(pupils.facts["enrollment_counts"], "dimension", "value", "headcount")
    assert sum(n for kind, _, n in told if kind == "total") == 602
    assert sum(n for kind, _, n in told if kind == "sex") == 602
    assert [f.count for f in pupils.findings if f.rule == "columns not used"] == [1]
    absence = one("england/absence by school.csv")[1]
    assert absence.facts["enrollment_counts"]["headcount"].to_pylist() == [401, 201]
    (unused,) = [f for f in absence.findings if f.rule == "columns not used"]
    assert "sess_possible" in unused.words


@pytest.mark.parametrize("version", ["1.1", "1.2"])
def test_one_roster_joins_up_without_deleted_rows_teachers_and_passwords(version: str) -> None:
    found, sheets = dropped(f"oneroster {version}.zip")
    facts = [made.facts for _, _, made in found.values()]
    ids = {i for f in facts if "students" in f for i in f["students"]["student_id"].to_pylist()}
    assert ids == {"U1", "U2"}
    (links,) = [f["class_students"] for f in facts if "class_students" in f]
    assert links.num_rows == 2
    gone = [f for s in sheets for f in s.findings if f.rule == "to be deleted"]
    assert len(gone) == (2 if version == "1.1" else 3) and {f.column for f in gone} == {"status"}
    cells = {v for s in sheets for c in s.cells.columns for v in c.to_pylist()}
    assert not {"secret-1", "secret-2"} & cells
    assert sum("password" in s.dropped for s in sheets) == 1


def test_roles_of_one_roster_end_on_the_first_day_no_longer_there() -> None:
    found, _ = dropped("oneroster 1.2.zip")
    (spells,) = [m.facts["enrollment"] for _, _, m in found.values() if "enrollment" in m.facts]
    assert rows(spells, "begin_date", "end_date") == [
        (date(2025, 8, 18), date(2026, 6, 13)), (date(2025, 8, 18), None)]


def test_a_gradebook_of_one_roster_is_results_and_a_status_is_never_a_number() -> None:
    found, _ = dropped("oneroster 1.1 gradebook.zip")
    (made,) = [m for _, known, m in found.values() if known.layout == "gradebook"]
    tests = {r["assessment_id"]: r for r in made.facts["assessments"].to_pylist()}
    assert sorted((t["name"], t["subject"], t["window"], t["academic_year"], t["min_score"],
                   t["max_score"]) for t in tests.values()) == [
        ("Tests: Decimals", "Mathematics", "Quarter 1", "2025-26", 0, 50),
        ("Tests: Fractions", "Mathematics", "Quarter 1", "2025-26", 0, 20)]
    told = rows(made.facts["results"], "assessment_id", "date", "score", "status", "row")
    assert [(tests[a]["name"][7:], *rest) for a, *rest in told] == [
        ("Fractions", date(2025, 9, 12), 18, "scored", 2),
        ("Fractions", date(2025, 9, 12), None, "exempt", 3),
        ("Decimals", date(2025, 10, 10), None, "not_submitted", 4),
        ("Decimals", date(2025, 10, 10), None, "unknown", 5)]
    assert {f.rule: f.count for f in made.findings} == {
        "line items without results": 1, "not final": 1}
    assert (made.read, made.rejected) == (4, frozenset())


def test_letters_of_one_roster_stand_on_the_scale_that_its_own_files_give_them() -> None:
    found, sheets = dropped("oneroster 1.2 letters.zip")
    (made,) = [m for _, known, m in found.values() if known.layout == "gradebook"]
    tests = {r["name"]: r for r in made.facts["assessments"].to_pylist()}
    essay, talk = tests["Tests: Essay"], tests["Tests: Talk"]
    assert (essay["scale"], essay["min_score"], essay["max_score"]) == ("Letters", None, None)
    assert (talk["scale"], talk["min_score"], talk["max_score"]) == ("points", 0, 20)
    assert rows(made.facts["levels"], "scale", "level", "level_order", "reached", "meaning") == [
        ("Letters", "F", 1, None, "0"), ("Letters", "C", 2, None, "60"),
        ("Letters", "B", 3, None, "80"), ("Letters", "A", 4, None, "90")]
    assert rows(made.facts["results"], "score", "status", "level") == [
        (None, "scored", "B"), (None, "scored", "A+"), (19, "scored", "A")]
    (strange,) = [f for f in made.findings if f.rule == "not on its scale"]
    assert strange.count == 1  # A+ is kept as it stands
    named = {g.file.rpartition("/")[2]: recognise(g, context("us")) for g in sheets}
    told = {n for n, r in named.items() if isinstance(r, Aside)}
    assert {"lineItemScoreScales.csv", "resultScoreScales.csv", "scoreScales.csv",
            "lineItemLearningObjectiveIds.csv"} <= told


@pytest.mark.parametrize(("said", "levels"), [
    ("{A:90-100},{B:80-89}", ["B", "A"]), ("90-100:A,80-89:B", ["B", "A"]),
    ("{1:Below};{2:Meets};{3:Above}", ["Below", "Meets", "Above"]),
    ("A=4|B=3|C=2", ["C", "B", "A"]),
    ("{Yes:passed},{No:failed}", None), ("{A:1}", None), ("A,B,C", None), ("", None),
])
def test_a_score_scale_has_an_order_only_where_it_tells_one(
    said: str, levels: list[str] | None
) -> None:
    found = scale_of({"title": "T", "scorescalevalue": said})
    assert (None if found is None else [v.label for v in found.levels]) == levels


def test_a_changed_list_of_one_roster_ends_on_the_day_of_its_last_change() -> None:
    found, sheets = dropped("oneroster 1.1 changes.zip")
    ((_, known, made),) = found.values()
    assert known.layout == "roster_ended"
    assert rows(made.facts["departures"], "org_id", "class_id", "date", "row") == [
        ("S1", "S1/K1", date(2025, 11, 3), 2)]
    assert not [f for s in sheets for f in s.findings if f.rule == "to be deleted"]
