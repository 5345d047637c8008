"""Rows that a changed list of OneRoster takes back; in a list of everything they are left out."""

from __future__ import annotations

from datetime import date

import pytest

from etl import oneroster
from etl.model import Known, Sheet
from etl.recognise import Aside, recognise
from etl.students import student_key
from tests.grids import context, read, rows, sheet

DAY = date(2025, 11, 3)
WHEN = "2025-11-03T23:10:00.000Z"
LINKS = ("sourcedId|status|dateLastModified|classSourcedId|schoolSourcedId|userSourcedId|role\n"
         f"E1|active|{WHEN}|K1|S1|U1|student\n"
         f"E2|tobedeleted|{WHEN}|K1|S1|U2|student\n"
         f"E3|tobedeleted|{WHEN}|K1|S1|T1|teacher")
USERS = ("sourcedId|status|dateLastModified|orgSourcedIds|role|givenName|familyName\n"
         f"U1|tobedeleted|{WHEN}|S1|student|Asha|Example")
ROLES = ("sourcedId|status|dateLastModified|userSourcedId|role|orgSourcedId\n"
         f"R1|tobedeleted|{WHEN}|U1|student|S1")
CLASSES = ("sourcedId|status|dateLastModified|title|schoolSourcedId|classType\n"
           f"K1|tobedeleted|{WHEN}|Maths|S1|scheduled")


def settled(text: str, file: str, how: str = "delta") -> list[Sheet]:
    """The sheets of an export of one file and its manifest, without the manifest."""
    manifest = sheet(f"propertyName|value\nfile.{file}|{how}", "manifest", "x.zip/manifest.csv")
    made = oneroster.settled([sheet(text, file, f"x.zip/{file}.csv"), manifest])
    assert isinstance(recognise(made[-1], context("us")), Aside)
    return made[:-1]


def ended(text: str, file: str, known: Known | None = None) -> list[tuple[object, ...]]:
    made = read(settled(text, file)[-1], context("us", known=known), "roster_ended")
    assert made.rejected == frozenset()
    return rows(made.facts["departures"], "student", "org_id", "class_id", "date", "row")


def test_a_deleted_enrollment_ends_a_place_in_its_class_and_staff_are_counted() -> None:
    current, back = settled(LINKS, "enrollments")
    assert current.cells.column(0)[1].as_py() == "E1"
    assert current.cells.column(0)[2].as_py() is None
    assert ended(LINKS, "enrollments") == [(student_key("S1", "U2"), "S1", "S1/K1", DAY, 3)]
    made = read(back, context("us"))
    assert (made.read, made.skipped) == (1, 1)


@pytest.mark.parametrize(("text", "file"), [(USERS, "users"), (ROLES, "roles")])
def test_a_deleted_user_or_role_ends_a_place_at_the_school(text: str, file: str) -> None:
    assert ended(text, file) == [(student_key("S1", "U1"), "S1", "*", DAY, 2)]


def test_a_deleted_class_ends_it_for_everybody() -> None:
    assert ended(CLASSES, "classes") == [(0, "S1", "S1/K1", DAY, 2)]


def test_a_deleted_user_without_a_school_is_looked_up_on_the_roll() -> None:
    bare = USERS.replace("|S1|student|Asha|Example", "||||")
    known = Known(school_names={"S1": "Hill", "S2": "Dale"},
                  enrolled={student_key("S2", "U1"): ((date(2025, 8, 1), None),)})
    assert ended(bare, "users", known) == [(student_key("S2", "U1"), "S2", "*", DAY, 2)]
    made = read(settled(bare, "users")[-1], context("us"))
    assert not made.facts and [f.rule for f in made.findings] == ["staff"]


def test_a_row_that_says_no_day_ends_on_the_day_of_the_upload_and_says_so() -> None:
    made = read(settled(CLASSES.replace(WHEN, ""), "classes")[-1], context("us", date(2026, 1, 15)))
    assert made.facts["departures"]["date"].to_pylist() == [date(2026, 1, 15)]
    assert [f.rule for f in made.findings] == ["no day"]


def test_a_row_that_names_nobody_is_rejected_with_its_row() -> None:
    made = read(settled(LINKS.replace("|U2|", "||"), "enrollments")[-1], context("us"))
    assert made.rejected == {3} and [f.row for f in made.findings if f.level == "rejects"] == [3]


@pytest.mark.parametrize("how", ["bulk", "absent"])
def test_in_a_list_of_everything_deleted_rows_are_left_out_and_counted(how: str) -> None:
    (only,) = settled(LINKS, "enrollments", how)
    assert [(f.rule, f.row, f.count) for f in only.findings] == [("to be deleted", 3, 2)]


def test_the_manifest_of_another_folder_says_nothing() -> None:
    manifest = sheet("propertyName|value\nfile.enrollments|delta", "manifest", "y.zip/manifest.csv")
    made = oneroster.settled([sheet(LINKS, "enrollments", "x.zip/enrollments.csv"), manifest])
    assert len(made) == 2 and made[0].findings[0].rule == "to be deleted"
