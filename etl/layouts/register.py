"""Register: one row a student, one column a day, for a month or a whole year.

Totals beside the days and below the students are never read as marks, only compared. A blank is "not
recorded" unless a person said that it means present; then it is present on school days only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.cells import Bools, Ints, column, filled, mask, over_unique, repeat, tally
from etl.checks import Cells, conflict_findings, last_stands, outside, warn
from etl.codes import Codes, known_code, ordinary, read_codes
from etl.daycolumns import DayColumn, Days, find_days
from etl.dates import academic_year, year_start
from etl.fields import match, target
from etl.headers import data_rows
from etl.marks import BLANK, attendance, usable, with_days
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
from school.config import Code, preset
from school.config import academic_year as year_of_day

_TARGETS = (
    *TARGETS,
    target("days_absent", "a", "ab", "total a", "total ab"),
    target("days_present", "p", "total p"),
    target("days_late"),
    target("total", many=True),
)
_WORDS = {t.name: t.words for t in _TARGETS} | {"day": "one column a day"}
_PLAIN = ("present", "approved_activity")


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
    if not _are_marks(counts, context, sheet):
        return None
    findings = [*days.findings, *found.findings]
    if not len(rows) or (not counts and context.answer("blank", sheet) is None):
        findings.append(Finding(
            "no data", "stops", "This is a register without a single mark: an empty template.", sheet.name,
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


def _are_marks(counts: dict[str, int], context: Context, sheet: Sheet) -> bool:
    """Marks are few, short words; numbers other than 1 and 0 are scores or counts."""
    if not counts:
        return True
    total = sum(counts.values())
    numbers = sum(n for m, n in counts.items() if re.fullmatch(r"[-+]?\d+([.,]\d+)?%?", m))
    flags = sum(n for m, n in counts.items() if m in ("0", "1"))
    if numbers > flags and numbers > total / 10:
        return False
    known = sum(n for m, n in counts.items() if read_codes({m: n}, context, sheet).meaning[m])
    return known >= total / 2 or (len(counts) <= 40 and all(len(m) <= 12 for m in counts))


@dataclass(frozen=True)
class _Body:
    """The marks of a register, one value a student and day column, column after column."""

    marks: pa.Array
    session: pa.Array
    person: Ints  # position of the student's row
    column: Ints  # position of the day column


def extract(sheet: Sheet, recognition: Recognition, context: Context) -> Extract:
    """Marks of all students and days."""
    days: Days = recognition.notes["days"]
    people = _people(sheet, recognition, context, days)
    body = _body(sheet, days.columns, people.rows)
    doubles, twice = _double_students(sheet, people, body, len(days.columns))
    good = people.good & ~doubles
    body = _two_marks(body, context, sheet)
    codes = _codes(body, context, sheet)
    asked = [*people.questions, *codes.questions, *_ask_class(people)]
    findings = [*people.findings, *twice]
    body, filled_in, more = _blanks(sheet, body, codes, days.columns, context)
    asked += more
    findings += filled_in
    cells = Cells("", people.rows[body.person])
    use, unknown = usable(sheet, body.marks, codes, cells)
    findings += [replace(f, level="warns", column=_where(days, body, f)) for f in unknown]
    facts: dict[str, pa.Table] = {}
    if known_schools(people):
        table, odd = _facts(sheet, people, days, body, codes, use & good[body.person], context)
        findings += [*odd, *_totals(sheet, recognition, people, table)]
        facts = {"organisations": people.places.facts, "students": _kept(people, good), "attendance": table}
    rejected = frozenset((people.rows[~good] + 1).tolist())
    return Extract(
        facts, len(people.rows), rejected, people.skipped,
        tuple({q.about: q for q in asked}.values()), tuple(findings),
    )  # fmt: skip


def _people(sheet: Sheet, recognition: Recognition, context: Context, days: Days) -> People:
    """Students of the register; its year, where unsaid, is that of its first day."""
    first = next((c.date for c in days.columns if c.date is not None), None)
    hints = {}
    if first is not None:
        hints["academic_year"] = year_of_day(first, year_start(context))
    said = context.answer("year", sheet) or header_of(recognition).hints.get("academic_year")
    if academic_year(said):
        hints.pop("academic_year", None)
    return read_people(sheet, recognition, context, hints=hints)


def _kept(people: People, good: Bools) -> pa.Table:
    kept = pa.array(people.rows[good] + 1, pa.int32())
    return people.students.facts.filter(pc.is_in(people.students.facts["row"], kept))


def _ask_class(people: People) -> tuple[Question, ...]:
    if people.grade.null_count < len(people.rows) or people.class_.null_count < len(people.rows):
        return ()
    return (Question("class", "Which class is this? The file does not say.", required=False),)


def _body(sheet: Sheet, columns: Sequence[DayColumn], rows: Ints) -> _Body:
    parts = [column(sheet, c.index, rows) for c in columns]
    marks = pa.concat_arrays(parts) if parts else pa.nulls(0, pa.string())
    count = len(rows)
    sessions = pa.array([c.session for c in columns], pa.string())
    return _Body(
        marks,
        sessions.take(pa.array(np.repeat(np.arange(len(columns)), count))),
        np.tile(np.arange(count, dtype=np.int64), len(columns)),
        np.repeat(np.arange(len(columns), dtype=np.int64), count),
    )


def _double_students(
    sheet: Sheet, people: People, body: _Body, width: int
) -> tuple[Bools, list[Finding]]:
    """Rows of a student who stands again further down with other marks."""
    count = len(people.rows)
    if not count:
        return np.zeros(0, dtype=np.bool_), []
    code = pc.fill_null(body.marks.dictionary_encode().indices, -1).to_numpy(zero_copy_only=False)
    lines = code.reshape(width, count).T
    texts = pa.array([line.tobytes() for line in np.ascontiguousarray(lines)], pa.binary())
    stand = last_stands([people.students.keys], [texts])
    wrong = ~stand.keep & filled(people.students.keys)
    stand = replace(stand, superseded=tuple(np.flatnonzero(wrong).tolist()))
    found = conflict_findings(stand, sheet, Cells("", people.rows), None, "student")
    return wrong, found


def _two_marks(body: _Body, context: Context, sheet: Sheet) -> _Body:
    """Where the preset has two sessions, a cell such as '/\\' holds the morning's and the afternoon's mark."""
    chosen = preset(context.preset)
    if chosen is None or chosen.sessions_per_day != 2:
        return body
    pairs = [
        m for m in tally(body.marks)
        if len(m) == 2 and known_code(m, context) is None and context.answer(f"code:{m}", sheet) is None
        and all(known_code(c, context) for c in m)
    ]  # fmt: skip
    whole = mask(pc.equal(body.session, "DAY"))
    double = whole & mask(pc.is_in(body.marks, pa.array(pairs, pa.string())))
    if not double.any():
        return body
    at = pa.array(np.flatnonzero(double))
    split = [over_unique(body.marks, lambda m, i=i: m[i : i + 1], pa.string()) for i in (0, 1)]  # type: ignore[misc]
    return _Body(
        pa.concat_arrays([pc.if_else(pa.array(double), split[0], body.marks), split[1].take(at)]),
        pa.concat_arrays([
            pc.if_else(pa.array(double), "AM", body.session), repeat("PM", int(double.sum()))
        ]),
        np.concatenate([body.person, body.person[double]]),
        np.concatenate([body.column, body.column[double]]),
    )  # fmt: skip


def _codes(body: _Body, context: Context, sheet: Sheet) -> Codes:
    """Meanings of all marks, and of a blank that means present."""
    codes = read_codes(tally(body.marks), context, sheet)
    meaning = dict(codes.meaning)
    meaning[BLANK] = Code("present", "Blank, which means present")
    return Codes(meaning, codes.questions)


def _where(days: Days, body: _Body, finding: Finding) -> str | None:
    """The header of the day in which an unknown mark stands first."""
    at = np.flatnonzero(mask(pc.equal(body.marks, finding.found)))
    return days.columns[int(body.column[at[0]])].label if len(at) else None


def _blanks(
    sheet: Sheet, body: _Body, codes: Codes, columns: Sequence[DayColumn], context: Context
) -> tuple[_Body, list[Finding], list[Question]]:
    """Blank cells as a person said they are to be read; asked where most of the register is blank."""
    empty = ~filled(body.marks)
    kinds = over_unique(
        body.marks, lambda m: getattr(codes.meaning.get(m), "category", None), pa.string()
    )
    plain = mask(over_unique(body.marks, lambda m: ordinary(codes.meaning.get(m)), pa.bool_()))
    attended = mask(pc.is_in(kinds, pa.array(_PLAIN))) | mask(pc.starts_with(kinds, "absent"))
    open_days = _school_days(columns, body, attended, kinds, context)
    eligible = open_days[body.column]
    said = (context.answer("blank", sheet) or "").lower()
    if said in ("yes", "true"):
        dated = np.array([c.date is not None for c in columns], dtype=np.bool_)
        use = empty & eligible & dated[body.column]
        marks = pc.if_else(pa.array(use), BLANK, body.marks)
        silent = _silent(columns, body, open_days)
        return replace(body, marks=marks), _said_silent(sheet, silent), []
    if said in ("no", "false") or not eligible.any():
        return body, [], []
    share = float((empty & eligible).sum()) / float(eligible.sum())
    if share > 0.5 and plain.sum() <= 0.2 * (~empty).sum():
        return body, [], [Question(
            "blank", "In this register, does an empty cell mean present?", ("yes", "no"),
            (f"{share:.0%} of the cells are empty",),
        )]  # fmt: skip
    return body, [], []


def _school_days(
    columns: Sequence[DayColumn], body: _Body, attended: Bools, kinds: pa.Array, context: Context
) -> Bools:
    """Day columns on which a blank can mean present: school days up to the as-of date.

    A weekend counts only if somebody was marked; a day with nothing but holiday marks never does.
    """
    chosen = preset(context.preset)
    week = chosen.school_week if chosen else (1, 2, 3, 4, 5)
    width = len(columns)
    used = np.bincount(body.column, weights=attended, minlength=width) > 0
    holiday = mask(pc.equal(kinds, "not_possible"))
    closed = np.bincount(body.column, weights=holiday, minlength=width) > 0
    weekday = np.array([c.date is None or c.date.isoweekday() in week for c in columns])
    past = np.array([c.date is None or c.date <= context.as_of for c in columns])
    days: Bools = past & (used | (weekday & ~closed))
    return days


def _silent(columns: Sequence[DayColumn], body: _Body, open_days: Bools) -> list[date]:
    """Days on which nobody at all is marked, and which now count as days of full attendance."""
    any_mark = np.bincount(body.column, weights=filled(body.marks), minlength=len(columns)) > 0
    return [c.date for c, o, m in zip(columns, open_days, any_mark, strict=True) if o and not m and c.date]


def _said_silent(sheet: Sheet, silent: Sequence[date]) -> list[Finding]:
    if not silent:
        return []
    words = (f"On {len(silent):,} days nobody is marked, so everybody counts as present. If some of them "
             "were holidays, leave their days out of the register or mark them as holidays.")  # fmt: skip
    return [warn("days without a mark", words, sheet, len(silent))]


def _facts(
    sheet: Sheet, people: People, days: Days, body: _Body, codes: Codes, use: Bools, context: Context
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
    sheet: Sheet, people: People, days: Days, body: _Body, day: pa.Array, use: Bools, context: Context
) -> tuple[Bools, list[Finding]]:
    """Marks on days to come, and in columns whose day does not exist (31 June)."""
    late, _ = outside(day, context.as_of, sheet, Cells("", people.rows[body.person]))
    none = np.array([c.date is None for c in days.columns], dtype=np.bool_)[body.column]
    out = []
    for wrong, words in (
        (late & use, "Marks stand on a day that has not come yet. They were left out."),
        (none & use, "Marks stand on a day that does not exist in this month. They were left out."),
    ):
        for place in np.unique(body.column[wrong]).tolist():
            if days.questions:
                continue
            count = int((wrong & (body.column == place)).sum())
            out.append(warn("impossible day", words, sheet, count, days.columns[place].label))
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
    halves = np.bincount(rows, weights=table["absent"].to_numpy(), minlength=int(people.rows.max()) + 2)
    own = halves[people.rows + 1] / 2
    odd = [
        (int(people.rows[i]) + 1, s, own[i])
        for i, s in enumerate(stated)
        if s is not None and re.fullmatch(r"\d+([.,]\d+)?", s) and float(s.replace(",", ".")) != own[i]
    ]
    if not odd:
        return []
    row, said, counted = odd[0]
    return [Finding(
        "total differs", "warns",
        "The register's own total of absences is not the number of absences marked. We use the marks.",
        sheet.name, row, header_of(recognition).names[index["days_absent"]], said, f"{counted:g}", len(odd),
    )]  # fmt: skip


LAYOUT = Layout("register", "register", "register", 50, "1", _WORDS, recognise, extract)
