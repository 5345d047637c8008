"""Files of a roster that hold only ids: who sits in which section, roles, people, demographics.

They say nothing alone. `resolve` reads them once the other files of the drop are known; dropped
without them they are refused with what to add.
"""

from __future__ import annotations

from dataclasses import replace

from etl.fields import spaced
from etl.linked import read_linked
from etl.model import ColumnGuess, Context, Extract, Finding, Layout, Recognition, Sheet
from etl.rosters import header_names, kind_of
from etl.siblings import KINDS, Drop, siblings

_MISSING = {
    "links": "This file only says which number sits in which section. Add the files of students "
    "and sections together with it.",
    "demographics": "This file describes people by numbers only. Add the file that says which "
    "school they are at together with it.",
    "roles": "This file says who is at which school by numbers only. Add the file of users too.",
    "users": "This file lists people without their schools. Add the file of roles too.",
}
_TARGETS = {
    "classsourcedid": "section_id",
    "sectionsisid": "section_id",
    "sectionid": "section_id",
    "usersourcedid": "student_id",
    "sisid": "student_id",
    "id": "student_id",
    "studentsisid": "student_id",
    "sourcedid": "student_id",
    "role": "role",
    "orgsourcedid": "school_id",
    "grade": "grade",
    "rolestartdate": "begin_date",
    "roleenddate": "end_date",
    "begindate": "begin_date",
    "enddate": "end_date",
    "sex": "sex",
    "birthdate": "birth_date",
    "givenname": "first_name",
    "familyname": "last_name",
}
_WORDS = {
    "section_id": "the section's id",
    "student_id": "the student's id",
    "role": "the role",
    "school_id": "the school's code",
    "grade": "the grade",
    "begin_date": "the first day",
    "end_date": "the last day",
    "sex": "the sex",
    "birth_date": "the date of birth",
    "first_name": "the first name",
    "last_name": "the family name",
}


def recognise(sheet: Sheet, context: Context) -> Recognition | None:
    """One of the files that the others explain."""
    kind = kind_of(sheet)
    if kind not in KINDS:
        return None
    columns = []
    for place, name in enumerate(header_names(sheet)):
        goal = _TARGETS.get(spaced(name).replace(" ", ""))
        if context.answer(f"column:{name}", sheet) == "ignore":
            goal = None
        columns.append(ColumnGuess(name, goal, 1.0 if goal else 0.0, place))
    return Recognition("roster_links", 0.96, 0, 1, tuple(columns), notes={"kind": kind})


def extract(sheet: Sheet, recognition: Recognition, context: Context) -> Extract:
    """Nothing yet: the ids mean something only beside the other files."""
    words = _MISSING[recognition.notes["kind"]]
    finding = Finding(
        "not alone", "stops", words, sheet.name, expected="all files of the roster together"
    )
    return Extract({}, 0, frozenset(), sheet.cells.num_rows, (), (finding,))


def resolve(drop: Drop, context: Context) -> dict[str, Extract]:
    """Read these files with what the other files of the drop say."""
    out: dict[str, Extract] = {}
    for key, (sheet, known, _) in drop.items():
        if known.layout != LAYOUT.name:
            continue
        made = read_linked(sheet, known.notes["kind"], siblings(sheet, drop), context)
        if made is not None:
            out[key] = made
    return out | _with_year(drop, context)


def _with_year(drop: Drop, context: Context) -> dict[str, Extract]:
    """Class lists without a school year take that of the sections they are dropped with."""
    from etl.layouts import layouts

    out: dict[str, Extract] = {}
    for key, (sheet, known, made) in drop.items():
        if known.layout != "roster" or not any(f.rule == "school year" for f in made.findings):
            continue
        years = siblings(sheet, drop).years
        if len(years) == 1:
            said = replace(context, answers={**context.answers, "year": next(iter(years))})
            out[key] = layouts()["roster"].extract(sheet, known, said)
    return out


LAYOUT = Layout(
    "roster_links", "roster", "a part of a class list", 40, "1", _WORDS, recognise, extract
)
