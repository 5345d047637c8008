"""Class lists and rosters of several files: students, spells, groups, and nothing of families."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from etl import workbook
from etl.layouts import layouts
from etl.layouts.results import resolve as notice
from etl.layouts.roster_links import resolve
from etl.model import Context, Extract, Recognition, Sheet
from etl.recognise import Aside, recognise
from tests.grids import answered, context, read, real, rows, sheet, taken

LIST = """
School: Hillside|||Academic year: 2025-26|||||||||
No|Student ID|Name|Class|Sec|Sex|DOB|CWSN|BPL|Date of Joining|Date of Leaving|Exit Type|Father Name
1|007|Asha|3|A|F|25/06/2016|No|Yes||||Anil
2|008|Bilal|3|A|Boy|2016-07-01||No|15/07/2025|30/11/2025|Transfer certificate|Basir
3|009|Chitra|4|B|F|12/12/2015|Yes|No|01/04/2019|||Chetan
"""


def test_a_class_list_gives_half_open_spells() -> None:
    got = read(sheet(LIST), context(), "roster")
    assert (got.read, got.rejected, got.questions) == (3, frozenset(), ())
    assert rows(
        got.facts["enrollment"],
        "begin_date",
        "end_date",
        "grade",
        "class",
        "exit_type",
        "academic_year",
    ) == [
        (date(2025, 4, 1), None, "3", "3 A", None, "2025-26"),
        (date(2025, 7, 15), date(2025, 12, 1), "3", "3 A", "transfer", "2025-26"),
        (date(2025, 4, 1), None, "4", "4 B", None, "2025-26"),
    ]


def test_groups_are_dated_and_a_blank_says_nothing() -> None:
    got = read(sheet(LIST), context(), "roster")
    assert rows(got.facts["memberships"], "row", "kind", "value", "valid_from") == [
        (3, "sex", "female", date(2025, 4, 1)),
        (4, "sex", "male", date(2025, 7, 15)),
        (5, "sex", "female", date(2025, 4, 1)),
        (3, "disability", "no", date(2025, 4, 1)),
        (5, "disability", "yes", date(2025, 4, 1)),
        (3, "economic_status", "disadvantaged", date(2025, 4, 1)),
        (4, "economic_status", "not disadvantaged", date(2025, 7, 15)),
        (5, "economic_status", "not disadvantaged", date(2025, 4, 1)),
    ]
    assert got.facts["students"]["birth_date"].to_pylist()[0] == date(2016, 6, 25)
    assert got.facts["students"]["student_id"].to_pylist() == ["007", "008", "009"]


def test_names_of_parents_are_not_kept_and_said_to_be_left_out() -> None:
    grid = sheet(LIST)
    known = taken(grid, context())
    assert "Father Name" in next(f.words for f in known.findings if f.rule == "private columns")
    stored = str({n: t.to_pydict() for n, t in read(grid, context()).facts.items()})
    assert not any(name in stored for name in ("Anil", "Basir", "Chetan"))


def test_a_column_that_the_school_calls_a_group_becomes_one() -> None:
    grid = sheet("""
Student ID|Name|Class|House|Bus route
1|Asha|3|Red|12
2|Bilal|3|Blue|
""")
    told = answered(context(school="Hillside", year="2025-26"), {"column:Bus route": "group"})
    got = read(grid, told, "roster")
    assert rows(got.facts["memberships"], "kind", "value") == [("bus route", "12")]


@pytest.mark.parametrize(
    ("old", "new", "row", "column"),
    [
        ("30/11/2025", "30/06/2025", 4, "Date of Leaving"),
        ("15/07/2025", "soon", 4, "Date of Joining"),
        ("|007|Asha", "||Asha", 3, "Student ID"),
    ],
)
def test_a_row_that_cannot_be_right_is_rejected_and_named(
    old: str, new: str, row: int, column: str
) -> None:
    got = read(sheet(LIST.replace(old, new)), context(), "roster")
    assert got.rejected == {row}
    assert any((f.row, f.column, f.level) == (row, column, "rejects") for f in got.findings)


def test_a_wrong_birth_date_warns_and_keeps_the_student() -> None:
    got = read(sheet(LIST.replace("25/06/2016", "unknown")), context(), "roster")
    assert got.rejected == frozenset()
    assert any(f.row == 3 and f.found == "unknown" and f.level == "warns" for f in got.findings)


def test_without_a_year_a_group_holds_at_any_time_and_the_school_is_asked() -> None:
    grid = sheet("SIS ID|PrimaryLanguage|LowIncome\nst1|English|0\nst2|Spanish|1")
    assert [q.about for q in read(grid, context("us"), "roster").questions] == ["school"]
    got = read(grid, context("us", school="Sample"), "roster")
    assert "enrollment" not in got.facts
    assert rows(got.facts["memberships"], "kind", "value", "valid_from") == [
        ("language", "English", date(1900, 1, 1)),
        ("language", "Spanish", date(1900, 1, 1)),
        ("economic_status", "not disadvantaged", date(1900, 1, 1)),
        ("economic_status", "disadvantaged", date(1900, 1, 1)),
    ]


def drop(folder: Path, known: Context) -> tuple[dict[str, Extract], dict[str, str]]:
    """Extracts by file name after `resolve`, and what was set aside and why."""
    found: dict[str, tuple[Sheet, Recognition, Extract]] = {}
    aside: dict[str, str] = {}
    for path in sorted(folder.glob("*.csv")):
        grid = workbook.read_sheets(path)[0]
        took = recognise(grid, known)
        if isinstance(took, Aside):
            aside[path.name] = took.words
            continue
        assert isinstance(took, Recognition), took
        found[grid.key] = (grid, took, layouts()[took.layout].extract(grid, took, known))
    done = {key: made for key, (_, _, made) in found.items()} | resolve(found, known)
    assert notice(found, known) == {}
    return {key.split("|")[0]: made for key, made in done.items()}, aside


@pytest.mark.parametrize(("dialect", "links"), [("SDS Format", 602), ("UK Format", 602)])
def test_real_100_users_are_86_students_in_two_schools(dialect: str, links: int) -> None:
    made, aside = drop(real("roster-dialects", dialect, "100 Users"), context("us"))
    assert set(aside) == {"Teacher.csv", "TeacherRoster.csv"}
    people = made["Student.csv"].facts
    assert people["students"].num_rows == 86
    assert set(people["enrollment"]["org_id"].to_pylist()) == {"10001", "10002"}
    assert set(people["enrollment"]["academic_year"].to_pylist()) == {"2017-18"}
    sits = made["StudentEnrollment.csv"]
    assert (sits.read, sits.rejected, sits.facts["class_students"].num_rows) == (
        links,
        frozenset(),
        links,
    )
    assert set(sits.facts["class_students"]["student"].to_pylist()) == set(
        people["students"]["student"].to_pylist()
    )
    assert set(sits.facts["class_students"]["class_id"].to_pylist()) <= set(
        made["Section.csv"].facts["classes"]["class_id"].to_pylist()
    )
    assert rows(made["School.csv"].facts["organisations"], "org_id", "same_as")[-2:] == [
        ("10002", None),
        ("fabrikam high school", "10002"),
    ]


@pytest.mark.parametrize("dialect", ["SDS Format", "UK Format"])
@pytest.mark.parametrize("size", ["25 Users", "Min Required Attributes"])
def test_real_small_rosters_join_up(dialect: str, size: str) -> None:
    made, _ = drop(real("roster-dialects", dialect, size), context("england"))
    assert made["Student.csv"].facts["students"].num_rows == 22
    assert made["StudentEnrollment.csv"].rejected == frozenset()
    assert made["StudentEnrollment.csv"].facts["class_students"].num_rows > 40


def test_real_v2_leaves_staff_out() -> None:
    made, aside = drop(real("roster-dialects", "SDS v2"), context("us"))
    assert aside == {}
    users = made["users.csv"]
    assert (users.read, users.skipped, users.facts["students"].num_rows) == (22, 7, 22)
    assert made["enrollments.csv"].facts["class_students"].num_rows == 22
    assert dict(rows(made["orgs.csv"].facts["organisations"], "org_id", "type"))["10000"] == "state"


def test_real_v2_1_takes_roles_people_and_demographics_from_four_files() -> None:
    made, aside = drop(real("roster-dialects", "SDS v2.1"), context("us"))
    assert set(aside) == {
        "academicSessions.csv",
        "courses.csv",
        "relationships.csv",
        "userFlags.csv",
    }
    spells = rows(made["roles.csv"].facts["enrollment"], "org_id", "begin_date", "end_date")
    assert spells[0] == ("110003", date(2021, 8, 24), date(2022, 6, 11))
    assert len(spells) == 4
    keys = set(made["roles.csv"].facts["enrollment"]["student"].to_pylist())
    assert set(made["users.csv"].facts["students"]["student"].to_pylist()) == keys
    assert set(made["demographics.csv"].facts["memberships"]["student"].to_pylist()) == keys
    assert set(made["enrollments.csv"].facts["class_students"]["student"].to_pylist()) == keys


def test_no_password_and_no_e_mail_of_a_real_roster_reaches_a_fact() -> None:
    for folder in ("SDS Format/100 Users", "UK Format/100 Users", "SDS v2", "SDS v2.1"):
        made, _ = drop(real("roster-dialects", *folder.split("/")), context("us"))
        stored = str([{n: t.to_pydict() for n, t in m.facts.items()} for m in made.values()])
        assert "P@ss" not in stored and "@" not in stored and "555" not in stored.split("org_id")[0]


def test_a_file_of_ids_alone_is_refused_with_what_to_add() -> None:
    grid = sheet("Section SIS ID|SIS ID\n11|1\n11|2", file="StudentEnrollment.csv")
    got = read(grid, context("us"), "roster_links")
    stop = next(f for f in got.findings if f.level == "stops")
    assert "students and sections" in stop.words
    assert got.facts == {}


def test_a_link_to_an_unknown_student_is_rejected_by_row() -> None:
    known = context("us")
    grids = [
        sheet("SIS ID|School SIS ID|Username\n1|77|a\n2|77|b", file="Student.csv"),
        sheet("SIS ID|School SIS ID|Section Name\n11|77|Maths 1", file="Section.csv"),
        sheet("Section SIS ID|SIS ID\n11|1\n11|9\n12|2", file="StudentEnrollment.csv"),
    ]
    found = {g.key: (g, taken(g, known), read(g, known)) for g in grids}
    made = resolve(found, known)[grids[2].key]
    assert (made.read, made.rejected, made.facts["class_students"].num_rows) == (3, {3, 4}, 1)
    assert {f.row for f in made.findings if f.level == "rejects"} == {3, 4}


def test_a_list_of_schools_keeps_codes_names_and_the_tree() -> None:
    grid = sheet("""
UDISE Code|School Name|Cluster|Block|District|State
29010100101|GHPS Hosakere|Bilikallu|Mysore Rural|Mysuru|Karnataka
29010100102|GHPS Belagudi|Bilikallu|Mysore Rural|Mysuru|Karnataka
|||||
""")
    got = read(grid, context(), "schools")
    found = {
        o: rest
        for o, *rest in rows(got.facts["organisations"], "org_id", "type", "parent_id", "same_as")
    }
    assert got.read == 2
    assert found["29010100101"] == ["school", "bilikallu", None]
    assert found["ghps hosakere"] == ["school", None, "29010100101"]
    assert found["bilikallu"] == ["cluster", "mysore rural", None]
    assert found["mysuru"] == ["district", "karnataka", None]


def test_a_list_of_schools_says_what_kind_each_is_in_words_that_can_be_compared() -> None:
    grid = sheet("""
UDISE Code|School Name|School Category|School Type|Rural/Urban|Medium of Instruction|Board
101|Hill School|Primary|3-Co-educational|1-Rural|Kannada|State board
102|Dale School|Primary|Girls|Urban|Kannada|State board
103|Vale School||||Urdu|
""")
    got = read(grid, context(), "schools")
    told = rows(got.facts["organisations"], "org_id", "phase", "intake", "location", "medium",
                "board")
    assert [t for t in told if t[0].isdigit()] == [
        ("101", "Primary", "mixed", "rural", "Kannada", "State board"),
        ("102", "Primary", "girls", "urban", "Kannada", "State board"),
        ("103", None, None, None, "Urdu", None)]


def test_a_type_of_school_that_is_girls_or_boys_is_no_phase() -> None:
    grid = sheet("""
UDISE Code|School Name|District|School Type
101|Hill School|Example|Girls only
102|Dale School|Example|Upper primary
""")
    told = rows(read(grid, context(), "schools").facts["organisations"], "org_id", "phase",
                "intake")
    assert [t for t in told if t[0].isdigit()] == [
        ("101", None, "girls"), ("102", "Upper primary", None)]
