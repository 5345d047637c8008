"""Register: one row a student, one column a day, for a month or a whole year.

Totals beside the days and below the students are never read as marks, only compared. A blank is
"not recorded" unless a person said that it means present; then it is present on school days only.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.cells import Bools, Ints, column, filled, mask, tally
from etl.checks import Cells, conflict_findings, last_stands, outside, warn
from etl.codes import Codes, read_codes
from etl.dates import year_start
from etl.daycolumns import DayColumn, Days, find_days
from etl.fields import match, target
from etl.headers import data_rows
from etl.marks import BLANK, are_marks, attendance, usable, with_days
from etl.model import (
    ColumnGuess,
    Context,
    Extract,
    Finding,
    Layout,
    Question,
    Recognition,
    Sheet,
)
from etl.people import (
    KEYS,
    TARGETS,
    People,
    columns_of,
    header_of,
    known_schools,
    named,
    read_people,
)
from etl.registers import Body, read_blanks, read_body, two_marks
from etl.schooldays import of_drop, of_store, on_holidays, take_back
from etl.schoolyears import stated_year
from school.config import Code
from school.config import academic_year as year_of_day

_TARGETS = (
    *TARGETS,
    target("days_absent", "a", "ab", "total a", "total ab"),
    target("days_present", "p", "total p"),
    target("days_late"),
    target("total", many=True),
)
_WORDS = {t.name: t.words for t in _TARGETS} | {"day": "one column a day"}


def recognise(sheet: Sheet, context: Context) -> Recognition | None:
    """A row of days in the header, students below it, and marks in between."""
    days = find_days(sheet, context)
    if days is None:
        return None
    found = match(days.header.names, _TARGETS, sheet, context)
    if not named(found.index):
        return None
    rows = data_rows(sheet, days.header, [found.index[k] for k in KEYS if k in found.index]).index
    counts = _count(sheet, days.columns, rows)
    if not are_marks(counts, "", context, sheet):
        return None
    findings = [*days.findings, *found.findings]
    if not len(rows) or (not counts and context.answer("blank", sheet) is None):
        findings.append(Finding(
            "no data", "stops", "This is a register without a single mark: an empty template.",
            sheet.name,
        ))  # fmt: skip
    guess = ColumnGuess("one column a day", "day", 1.0, days.columns[0].index)
    inside = {c.index for c in days.columns}
    others = [c for c in found.columns if c.index not in inside]
    columns = sorted([*others, guess], key=lambda c: c.index)
    return Recognition(
        "register", 0.9, days.header.row, days.header.first_row, tuple(columns),
        (*days.questions, *found.questions), tuple(findings), {"header": days.header, "days": days},
    )  # fmt: skip


def _count(sheet: Sheet, columns: Sequence[DayColumn], rows: Ints) -> dict[str, int]:
    """How often each mark stands in the register."""
    if not columns or not len(rows):
        return {}
    return tally(pa.concat_arrays([column(sheet, c.index, rows) for c in columns]))


def extract(sheet: Sheet, recognition: Recognition, context: Context) -> Extract:
    """Marks of all students and days."""
    days: Days = recognition.notes["days"]
    people = _people(sheet, recognition, context, days)
    body = read_body(sheet, days.columns, people.rows)
    doubles, twice = _double_students(sheet, people, body, len(days.columns))
    good = people.good & ~doubles
    body = two_marks(body, context, sheet)
    codes = _codes(body, context, sheet)
    asked = [*people.questions, *codes.questions, *_ask_class(people)]
    findings = [*people.findings, *twice]
    body, filled_in, more = read_blanks(sheet, body, codes, days.columns, context)
    asked += more
    findings += filled_in
    places = np.array([c.index for c in days.columns], dtype=np.int64)
    cells = Cells("", people.rows[body.person], places[body.column])
    use, unknown = usable(sheet, body.marks, codes, cells)
    findings += [replace(f, level="warns", column=_where(days, body, f)) for f in unknown]
    facts: dict[str, pa.Table] = {}
    if known_schools(people):
        table, odd = _facts(sheet, people, days, body, codes, use & good[body.person], context)
        table, taken = take_back(table, of_store(context.known), year_start(context))
        findings += on_holidays(table, of_store(context.known), sheet)
        findings += [*odd, *_taken_back(sheet, taken), *_totals(sheet, recognition, people, table)]
        facts = {
            "organisations": people.places.facts,
            "students": _kept(people, good),
            "attendance": table,
        }
    rejected = frozenset((people.rows[~good] + 1).tolist())
    return Extract(
        facts, len(people.rows), rejected, people.skipped,
        tuple({q.about: q for q in asked}.values()), tuple(findings),
    )  # fmt: skip


def resolve(
    found: Mapping[str, tuple[Sheet, Recognition, Extract]], context: Context
) -> Mapping[str, Extract]:
    """Registers once the calendars and class lists of their drop are known."""
    when = of_drop([extract.facts for _, _, extract in found.values()])
    changed: dict[str, Extract] = {}
    for key, (sheet, recognition, extract) in found.items():
        if recognition.layout != LAYOUT.name or "attendance" not in extract.facts:
            continue
        table, taken = take_back(extract.facts["attendance"], when, year_start(context))
        if taken:
            more = (*extract.findings, *_taken_back(sheet, taken))
            facts = {**extract.facts, "attendance": table}
            changed[key] = replace(extract, facts=facts, findings=more)
    return changed


def _taken_back(sheet: Sheet, count: int) -> list[Finding]:
    if not count:
        return []
    words = (
        f"{count:,} empty cells lie on a holiday, or before a student came or after they left. "
        "They do not count as present."
    )
    return [warn("blank on no school day", words, sheet, count)]


def _people(sheet: Sheet, recognition: Recognition, context: Context, days: Days) -> People:
    """Students of the register; its year, where unsaid, is that of its first day."""
    first = next((c.date for c in days.columns if c.date is not None), None)
    hints = {}
    if first is not None:
        hints["academic_year"] = year_of_day(first, year_start(context))
    said = context.answer("year", sheet) or header_of(recognition).hints.get("academic_year")
    if stated_year(said):
        hints.pop("academic_year", None)
    return read_people(sheet, recognition, context, hints=hints)


def _kept(people: People, good: Bools) -> pa.Table:
    kept = people.students.keys.filter(pa.array(good))
    return people.students.facts.filter(pc.is_in(people.students.facts["student"], kept))


def _ask_class(people: People) -> tuple[Question, ...]:
    if people.grade.null_count < len(people.rows) or people.class_.null_count < len(people.rows):
        return ()
    return (Question("class", "Which class is this? The file does not say.", required=False),)


def _double_students(
    sheet: Sheet, people: People, body: Body, width: int
) -> tuple[Bools, list[Finding]]:
    """Rows of a student who stands again further down with other marks."""
    count = len(people.rows)
    if not count or not known_schools(people):
        return np.zeros(count, dtype=np.bool_), []
    code = pc.fill_null(body.marks.dictionary_encode().indices, -1).to_numpy(zero_copy_only=False)
    lines = code.reshape(width, count).T
    texts = pa.array([line.tobytes() for line in np.ascontiguousarray(lines)], pa.binary())
    stand = last_stands([people.students.keys], [texts])
    wrong = ~stand.keep & filled(people.students.keys)
    stand = replace(stand, superseded=tuple(np.flatnonzero(wrong).tolist()))
    found = conflict_findings(stand, sheet, Cells("", people.rows), None, "student")
    return wrong, found


def _codes(body: Body, context: Context, sheet: Sheet) -> Codes:
    """Meanings of all marks, and of a blank that means present."""
    codes = read_codes(tally(body.marks), context, sheet)
    meaning = dict(codes.meaning)
    meaning[BLANK] = Code("present", "Blank, which means present")
    return Codes(meaning, codes.questions)


def _where(days: Days, body: Body, finding: Finding) -> str | None:
    """The header of the day in which an unknown mark stands first."""
    at = np.flatnonzero(mask(pc.equal(body.marks, finding.found)))
    return days.columns[int(body.column[at[0]])].label if len(at) else None


def _facts(
    sheet: Sheet, people: People, days: Days, body: Body, codes: Codes, use: Bools, context: Context
) -> tuple[pa.Table, list[Finding]]:
    """One attendance row a mark; a mark on a day that cannot be is left out and named."""
    dates = pa.array([c.date for c in days.columns], pa.date32())
    day = dates.take(pa.array(body.column))
    late, found = _impossible(sheet, people, days, body, day, use, context)
    picked = np.flatnonzero(use & filled(day) & ~late)
    at, who = pa.array(picked), pa.array(body.person[picked])
    table = attendance(
        people.students.keys.take(who), day.take(at), body.session.take(at),
        people.org_id.take(who), people.grade.take(who), people.class_.take(who),
        body.marks.take(at), codes.meaning, people.rows[body.person[picked]],
    )  # fmt: skip
    return with_days(table), found


def _impossible(
    sheet: Sheet,
    people: People,
    days: Days,
    body: Body,
    day: pa.Array,
    use: Bools,
    context: Context,
) -> tuple[Bools, list[Finding]]:
    """Marks on days to come, and in columns whose day does not exist (31 June)."""
    late, _ = outside(day, context.as_of, sheet, Cells("", people.rows[body.person]))
    none = np.array([c.date is None for c in days.columns], dtype=np.bool_)[body.column]
    out = []
    for wrong, words, expected in (
        (late & use, "Marks stand on a day that has not come yet. They were left out.",
         "no mark before the day has come"),
        (none & use, "Marks stand on a day that does not exist in this month. They were left out.",
         "no mark on such a day"),
    ):  # fmt: skip
        for place in np.unique(body.column[wrong]).tolist():
            if days.questions:
                continue
            first, *others = np.flatnonzero(wrong & (body.column == place)).tolist()
            one = days.columns[place]
            here = Cells(one.label, people.rows[body.person], np.full(len(wrong), one.index))
            out.append(Finding(
                "impossible day", "warns", words, sheet.name, int(here.rows[first]) + 1, one.label,
                body.marks[first].as_py(), expected, 1 + len(others),
                one.index, here.more(others),
            ))  # fmt: skip
    return late | none, out


def _totals(
    sheet: Sheet, recognition: Recognition, people: People, table: pa.Table
) -> list[Finding]:
    """Where the register's own count of absences is not the number of days marked absent."""
    index = columns_of(recognition)
    if "days_absent" not in index or not len(people.rows):
        return []
    stated = column(sheet, index["days_absent"], people.rows).to_pylist()
    rows = table["row"].to_numpy()
    halves = np.bincount(
        rows, weights=table["absent"].to_numpy(), minlength=int(people.rows.max()) + 2
    )
    own = halves[people.rows + 1] / 2
    odd = [
        (int(people.rows[i]) + 1, s, own[i])
        for i, s in enumerate(stated)
        if s is not None
        and re.fullmatch(r"\d+([.,]\d+)?", s)
        and float(s.replace(",", ".")) != own[i]
    ]
    if not odd:
        return []
    row, said, counted = odd[0]
    return [Finding(
        "total differs", "warns",
        "The register's own total of absences is not the number marked. We use the marks.",
        sheet.name, row, header_of(recognition).names[index["days_absent"]], said, f"{counted:g}",
        len(odd), index["days_absent"], tuple((r, index["days_absent"]) for r, _, _ in odd[1:]),
    )]  # fmt: skip


LAYOUT = Layout("register", "register", "register", 50, "1", _WORDS, recognise, extract)
