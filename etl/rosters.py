"""Kinds of roster files, told apart by their headers and, where these are the same, by their names.

A full roster comes in several files (schools, students, sections, who sits in which section); one
file alone often has only numbers, which the others of the same folder explain.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Literal

from etl.fields import normalise, spaced
from etl.headers import grid
from etl.model import Sheet

Kind = Literal[
    "schools",
    "students",
    "sections",
    "links",
    "demographics",
    "roles",
    "users",
    "teachers",
    "teacher_links",
    "courses",
    "sessions",
    "relationships",
    "flags",
    "line_items",
    "scores",
    "categories",
    "scales",
    "scale_links",
    "standards",
    "resources",
    "manifest",
]
_ASIDE: Mapping[str, str] = {
    "teachers": "It lists teachers. Staffroom keeps nothing about teachers.",
    "teacher_links": "It says who teaches which class. Staffroom keeps nothing about teachers.",
    "courses": "It lists courses. The sections of the courses are what is read.",
    "sessions": "It lists terms and years. The other files say when students are there.",
    "relationships": "It lists guardians. Staffroom keeps nothing about families.",
    "manifest": "It lists the files of this export.",
    "line_items": "It names pieces of work. The file of results is read together with it.",
    "categories": "It names kinds of work. The file of results is read together with it.",
    "scales": "It explains letters. The file of results is read together with it.",
    "scale_links": "It says which results are letters of which scale. The file of results is read "
    "together with it.",
    "standards": "It ties pieces of work to standards of a state. Staffroom does not read them.",
    "resources": "It lists books and programs. Staffroom keeps nothing about them.",
    "flags": "It holds single flags about people. Add them as a column of the class list.",
}


def why_aside(kind: Kind) -> str | None:
    """Why a roster file is not read; None for one that is."""
    return _ASIDE.get(kind)


def header_names(sheet: Sheet) -> tuple[str, ...]:
    """The first filled row: roster exports have no title block."""
    first = next((r for r in grid(sheet, 5) if sum(c is not None for c in r) > 1), [])
    return tuple(c or "" for c in first)


def kind_of(sheet: Sheet) -> Kind | None:
    """Which file of a roster this is; None where headers and name say nothing."""
    names = {normalise(n) for n in header_names(sheet)} - {""}
    file = spaced(f"{PurePath(sheet.file).stem} {sheet.name}").split()
    teachers = any(w.startswith(("teacher", "staff")) for w in file)
    found = _one_roster(names) or _data_sync(names, file)
    if found == "links" and teachers:
        return "teacher_links"
    if found in ("students", "users") and (teachers or names & _TEACHER):
        return "teachers"
    return found


_TEACHER = {"teachernumber", "qualification", "designation", "teacherid", "staffnumber"}


def _one_roster(names: set[str]) -> Kind | None:
    """Files in the words of OneRoster and its relatives."""
    if names == {"propertyname", "value"}:
        return "manifest"
    if "relationshipusersourcedid" in names:
        return "relationships"
    if {"usersourcedid", "flag"} <= names:
        return "flags"
    if {"lineitemsourcedid", "studentsourcedid"} <= names:
        return "scores"
    if "scorescalesourcedid" in names and names & {"lineitemsourcedid", "resultsourcedid"} and (
            not names & {"resultvaluemin", "resultvaluemax"}):
        return "scale_links"
    if "learningobjectiveid" in names and "sourcedid" in names:
        return "standards"
    if names & {"vendorresourceid", "resourcesourcedid"} and "sourcedid" in names:
        return "resources"
    if "sourcedid" in names and (work := _work(names)) is not None:
        return work
    if {"classsourcedid", "usersourcedid"} <= names:
        return "links"
    if {"usersourcedid", "orgsourcedid", "role"} <= names:
        return "roles"
    if "usersourcedid" in names and names & {"sex", "birthdate"}:
        return "demographics"
    if names & {"userid", "sourcedid"} and names & {"sex", "birthdate"} and not names & _NAMED:
        return "demographics"
    if "sourcedid" not in names:
        return None
    if names & _NAMED:
        return (
            "students" if names & {"orgsourcedids", "orgsourcedid", "schoolsourcedid"} else "users"
        )
    if {"schoolyear", "startdate"} <= names:
        return "sessions"
    if "title" in names and names & {"orgsourcedid", "schoolsourcedid"}:
        course = names & {"code", "coursecode"} and not names & {"coursesourcedid", "classtype"}
        return "courses" if course else "sections"
    return "schools" if {"name", "type"} <= names else None


def _work(names: set[str]) -> Kind | None:
    """Files beside the results of a gradebook: what was worked on, of which kind, on which scale.
    """
    if "scorescalevalue" in names:
        return "scales"
    if names & {"resultvaluemin", "resultvaluemax"}:
        return "line_items"
    own = names - {"sourcedid", "status", "datelastmodified"}
    return "categories" if own and own <= {"title", "weight"} else None


_NAMED = {"givenname", "familyname", "username", "firstname", "lastname"}


def _data_sync(names: set[str], file: Sequence[str]) -> Kind | None:
    """Files in the words of School Data Sync, United States and United Kingdom."""
    if not names & {"sisid", "id", "dfenumber"}:
        return None
    if names & {"sectionsisid", "sectionid"} and len(names) <= 6 and not names & _NAMED:
        return "links"
    if "sectionname" in names and not names & _NAMED:
        return "sections"
    if "name" in names and names & {"dfenumber", "schoolncesid", "gradelow", "principalname"}:
        return "schools"
    if {"sisid", "name"} <= names and any(w in ("school", "schools") for w in file):
        return "schools"
    if names & {"schoolsisid", "schooldfenumber"}:
        return "students"
    return None


def yes_or_no(text: str) -> str | None:
    """'yes' or 'no' where a cell says so in one of the usual ways."""
    word = text.strip().lower()
    if word in ("y", "yes", "1", "true", "t", "हाँ", "हां", "có"):
        return "yes"
    if word in (
        "n",
        "no",
        "0",
        "false",
        "f",
        "none",
        "nil",
        "nan",
        "no disability",
        "नहीं",
        "không",
    ):
        return "no"
    return None


def sex_of(text: str) -> str:
    """'female', 'male' or the word as typed in small letters."""
    word = text.strip().lower()
    if word in ("m", "male", "boy", "boys", "b", "man", "nam", "पुरुष", "बालक", "लड़का"):
        return "male"
    if word in ("f", "female", "girl", "girls", "g", "woman", "nữ", "महिला", "बालिका", "लड़की"):
        return "female"
    return word


_POOR = re.compile(r"bpl|ews|low ?income|fsm|free|disadvantaged|premium|lunch|meal|\bpp\b")


def group_value(kind: str, header: str, text: str) -> str:
    """A cell of a group column as it is stored."""
    if kind == "sex":
        return sex_of(text)
    answer = yes_or_no(text)
    if answer is None or kind == "language":
        return " ".join(text.split())
    if kind == "economic_status" and _POOR.search(spaced(header)):
        return "disadvantaged" if answer == "yes" else "not disadvantaged"
    return answer


_EXITS: tuple[tuple[str, str], ...] = (
    ("transfer", r"transfer|moved|shift|another school|other school|\btc\b|relocat|migrat|private"),
    ("completed", r"complet|graduat|passed|finish|leaver|promoted out|end of school"),
    ("dropped_out", r"drop|discontinu|never came|long absen|work|marri"),
    ("died", r"\bdied|death|deceased|expired"),
)
_ENTRIES: tuple[tuple[str, str], ...] = (
    ("transfer", r"transfer|from another|from other|\btc\b"),
    ("repeated", r"repeat|retain|fail"),
    ("promoted", r"promot|continu|regular|old"),
    ("new", r"new|fresh|first|admission"),
)


def exit_type(text: str) -> str:
    """transfer, completed, dropped_out, died, else unknown."""
    return next((n for n, words in _EXITS if re.search(words, text.lower())), "unknown")


def entry_type(text: str) -> str | None:
    """new, transfer, promoted, repeated; None for a word nobody knows."""
    return next((n for n, words in _ENTRIES if re.search(words, text.lower())), None)


def is_student(role: str) -> bool:
    """Whether a role is a student's."""
    return role.strip().lower() in ("student", "pupil", "learner", "students")
