"""Daily attendance: one row a student and day, or a student, day and session.

A file that lists absences alone is refused: it does not say who was present, and presence is never
invented.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.cells import (
    Bools,
    Ints,
    column,
    filled,
    mask,
    over_groups,
    over_unique,
    picked,
    repeat,
    tally,
)
from etl.checks import Cells, outside, rejections, warn
from etl.codes import ordinary, read_codes
from etl.dates import Dates, parse_cell, read_dates, years_of
from etl.fields import knows, match, normalise, target
from etl.headers import data_rows, find_header
from etl.marks import are_marks, attendance, lateness, one_mark, session_of, usable, with_days
from etl.model import Context, Extract, Finding, Layout, Question, Recognition, Sheet
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
from etl.schooldays import of_store, on_holidays
from etl.schoolyears import stated_year

_TARGETS = (
    *TARGETS,
    target("date"),
    target("code"),
    target("presence"),
    target("absence"),
    target("period"),
    target("reason"),
    target("minutes_late"),
    target("am", "am", "am mark", "morning", "am code", "am session"),
    target("pm", "pm", "pm mark", "afternoon", "pm code", "pm session"),
    target("tardy", "tardy flag", "is tardy", "att tardy ind", "tardy indicator", near=False),
)
_WORDS = {t.name: t.words for t in _TARGETS} | {
    "am": "the morning's mark", "pm": "the afternoon's mark", "tardy": "a yes-or-no column for late"
}  # fmt: skip
_KNOWN = knows(_TARGETS)
_MARKS = ("code", "presence", "absence", "am", "pm")
_ABSENCES_ONLY = Finding(
    "absences only", "stops",
    "This file lists absences only. It does not say who was present on which day, so no rate can "
    "be worked out from it. Please export all marks, or the register with one column a day.",
    expected="a mark for every student and day",
)  # fmt: skip
_EXPORT = 3  # rows: one or two absences are a correction, more are an export of absences
_CORRECTION = Finding(
    "absences only", "warns",
    "This file holds absences only. We took it for a correction of marks that you have added "
    "before; if it is a list of absences, undo this upload.",
)  # fmt: skip


def recognise(sheet: Sheet, context: Context) -> Recognition | None:
    """A date, a student and a mark in every row."""
    header = find_header(sheet, lambda c: normalise(c) in _KNOWN, minimum=3)
    if header is None:
        return None
    found = match(header.names, _TARGETS, sheet, context)
    marks = [m for m in _MARKS if m in found.index]
    if "date" not in found.index or not marks or not named(found.index):
        return None
    rows = data_rows(sheet, header, [found.index[k] for k in KEYS if k in found.index]).index
    days = column(sheet, found.index["date"], rows[:2000])
    texts = list(tally(days))
    if not texts or sum(parse_cell(t, sheet) is not None for t in texts) < 0.6 * len(texts):
        return None
    marks = [
        m for m in marks
        if m in _FLAGS
        or are_marks(tally(column(sheet, found.index[m], rows)), header.names[found.index[m]],
                     context, sheet)
    ]  # fmt: skip
    if not marks:
        return None  # numbers under 'Mark' are scores, 'Active' under 'Status' is no attendance
    columns = tuple(
        replace(c, target=None) if c.target in {*_MARKS} - {*marks} else c for c in found.columns
    )
    findings = list(found.findings)
    if _absences_only(sheet, found.index, rows, context):
        few = len(rows) < _EXPORT and not {"absence", "tardy"} & set(found.index)
        findings.append(_CORRECTION if few else _ABSENCES_ONLY)
    confidence = 0.75 + 0.05 * ("student_id" in found.index) + 0.1 * bool({"code", "am"} & {*marks})
    return Recognition(
        "attendance_daily", confidence, header.row, header.first_row, columns,
        found.questions, tuple(findings), {"header": header},
    )  # fmt: skip


_FLAGS = {"presence": "present", "absence": "absent"}


def _absences_only(
    sheet: Sheet, index: Mapping[str, int], rows: np.ndarray, context: Context
) -> bool:
    """Whether no row can be an ordinary day in school: each one is an absence or a lateness."""
    marked = np.zeros(len(rows), dtype=np.bool_)
    for name in ("absence", "tardy"):
        if name in index:
            values = column(sheet, index[name], rows)
            yes = read_codes(tally(values), context, sheet, "absent").meaning
            marked |= mask(over_unique(values, lambda v, y=yes: _absent(y[v]), pa.bool_()))  # type: ignore[misc]
    if "tardy" in index and "absence" in index:
        return bool(len(rows)) and bool(marked.all())
    if "code" not in index or "presence" in index:
        return False
    counts = tally(column(sheet, index["code"], rows))
    meaning = read_codes(counts, context, sheet).meaning
    plain = [m for m, c in meaning.items() if c is None or ordinary(c)]
    return bool(counts) and not plain and any(_absent(c) for c in meaning.values())


def _absent(code: object) -> bool:
    return getattr(code, "category", "").startswith("absent")


def extract(sheet: Sheet, recognition: Recognition, context: Context) -> Extract:
    """Marks of all rows, with their schools and students."""
    header, index = header_of(recognition), columns_of(recognition)
    found = data_rows(sheet, header, [index[k] for k in KEYS if k in index])
    here = found.index
    cells = Cells(header.names[index["date"]], here)
    said = context.answer("year", sheet) or header.hints.get("academic_year")
    days = read_dates(
        column(sheet, index["date"], here), context, sheet, cells, stated_year(said)
    )
    people = read_people(
        sheet, recognition, context, year=years_of(days.values, context), rows=here
    )
    good, findings = _check_days(sheet, people, days, context, cells)
    marks = [
        _read_marks(sheet, recognition, context, people, days, good, name, session)
        for name, session in _sessions(sheet, index, here)
    ]
    rejected = ~good | np.any([m.rejected for m in marks], axis=0)
    unmarked = ~rejected & ~np.any([m.marked for m in marks], axis=0)
    facts, twice = one_mark(sheet, [m.facts for m in marks if m.facts is not None], cells.column)
    rejected |= np.isin(here + 1, [f.row for f in twice if f.level == "rejects" and f.row])
    for part in marks:
        findings += part.findings
    findings += [
        *twice,
        *_no_marks(sheet, int(unmarked.sum())),
        *_disagreement(sheet, index, here, context),
    ]
    questions = [*people.questions, *days.questions, *(q for m in marks for q in m.questions)]
    out: dict[str, pa.Table] = {}
    if facts is not None:
        out = {"organisations": people.places.facts, "students": people.students.facts,
               "attendance": with_days(facts)}  # fmt: skip
        findings += on_holidays(facts, of_store(context.known), sheet)
    return Extract(
        out, len(here), frozenset((here[rejected] + 1).tolist()), found.skipped,
        tuple({q.about: q for q in questions}.values()), tuple(findings),
    )  # fmt: skip


@dataclass(frozen=True)
class _Marks:
    """What one mark column says: facts (None while the school is unknown) and the rows it fills."""

    facts: pa.Table | None
    marked: Bools
    rejected: Bools
    questions: tuple[Question, ...]
    findings: list[Finding]


def _read_marks(
    sheet: Sheet, recognition: Recognition, context: Context, people: People, days: Dates,
    good: Bools, name: str, session: pa.Array,
) -> _Marks:  # fmt: skip
    header, index, here = header_of(recognition), columns_of(recognition), people.rows
    values = column(sheet, index[name], here)
    codes = read_codes(tally(values), context, sheet, _FLAGS.get(name))
    use, findings = usable(sheet, values, codes, Cells(header.names[index[name]], here))
    facts = None
    if known_schools(people):
        take = use & good
        minutes, tardy = (each if each is None else picked(each, take)
                          for each in lateness(sheet, index, here, context))
        who, day, when, org_id, grade, class_, code = (
            picked(each, take) for each in (
                people.students.keys, days.values, session, people.org_id, people.grade,
                people.class_, values))
        facts = attendance(who, day, when, org_id, grade, class_, code, codes.meaning, here[take],
                           minutes, tardy)
    return _Marks(facts, filled(values), filled(values) & ~use, codes.questions, findings)


def _sessions(sheet: Sheet, index: Mapping[str, int], here: Ints) -> list[tuple[str, pa.Array]]:
    """The columns that hold marks, each with the session of its rows."""
    if "am" in index or "pm" in index:
        return [(n, repeat(n.upper(), len(here))) for n in ("am", "pm") if n in index]
    name = next(n for n in _MARKS if n in index)
    if "period" not in index:
        return [(name, repeat("DAY", len(here)))]
    session = over_unique(column(sheet, index["period"], here), session_of, pa.string())
    return [(name, pc.fill_null(session, "DAY"))]


def _check_days(
    sheet: Sheet, people: People, days: Dates, context: Context, cells: Cells
) -> tuple[Bools, list[Finding]]:
    """Rows with a school, a student and a possible day."""
    good = people.good.copy()
    good[sorted(days.bad)] = False
    findings = [*people.findings, *days.findings]
    wrong, found = outside(days.values, context.as_of, sheet, cells)
    no_date = ~filled(days.values)
    no_date[sorted(days.bad)] = False
    blank = rejections("no date", "This row has no date.", sheet, cells,
                       [] if days.questions and no_date.all() else np.flatnonzero(no_date).tolist(),
                       None, "a date")  # fmt: skip
    other, odd = _other_year(sheet, people, days, context, cells)
    return good & ~wrong & ~other & filled(days.values), [*findings, *found, *blank, *odd]


def _other_year(
    sheet: Sheet, people: People, days: Dates, context: Context, cells: Cells
) -> tuple[Bools, list[Finding]]:
    """Days that lie outside the school year which the same row states."""
    if people.year.null_count == len(people.year):
        return np.zeros(len(people.rows), dtype=np.bool_), []
    of_day = over_unique(days.values, lambda d: d.year, pa.int32())

    def differs(year: str | None, day: int | None) -> bool:
        # one year further is let pass: a school year told by one number may begin or end in it
        return None not in (year, day) and not 0 <= (day or 0) - int((year or "0")[:4]) <= 2

    wrong = mask(over_groups([people.year, of_day], differs, pa.bool_()))
    return wrong, rejections(
        "other year", "This day does not lie in the school year that the file states.", sheet,
        cells, np.flatnonzero(wrong).tolist(), days.values,
        "a day of that school year",
    )  # fmt: skip


def _no_marks(sheet: Sheet, count: int) -> list[Finding]:
    if not count:
        return []
    words = f"{count:,} rows have no mark. They count as not recorded."
    if count == 1:
        words = "1 row has no mark. It counts as not recorded."
    return [warn("no mark", words, sheet, count)]


def _disagreement(
    sheet: Sheet, index: Mapping[str, int], here: Ints, context: Context
) -> list[Finding]:
    """Rows whose mark and whose yes-or-no column say different things."""
    if not {"code", "presence"} <= set(index):
        return []
    pair = [column(sheet, index[n], here) for n in ("code", "presence")]
    codes = read_codes(tally(pair[0]), context, sheet).meaning
    flags = read_codes(tally(pair[1]), context, sheet, "present").meaning

    def differ(mark: str | None, flag: str | None) -> bool:
        one, two = codes.get(mark or ""), flags.get(flag or "")
        return one is not None and two is not None and _absent(one) != _absent(two)

    count = int(mask(over_groups(pair, differ, pa.bool_())).sum())
    if not count:
        return []
    words = (
        f"In {count:,} rows the mark and the present column say different things. We used the mark."
    )
    return [warn("marks differ", words, sheet, count)]


LAYOUT = Layout("attendance_daily", "attendance", "daily attendance", 50, "1", _WORDS, recognise,
                extract)
