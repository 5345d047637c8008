"""School calendar: one row a day (or a span of days) with its kind: school day, holiday, exam,
closure.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.cells import column, filled, mask, over_unique, repeat, sheet_row, tally
from etl.checks import Cells, conflict_findings, last_stands, rejections
from etl.dates import parse, read_dates
from etl.fields import knows, match, normalise, spaced, target
from etl.headers import data_rows, find_header
from etl.model import Context, Extract, Finding, Layout, Question, Recognition, Sheet
from etl.people import TARGETS as PEOPLE
from etl.people import columns_of, header_of, named
from etl.places import read_places
from etl.schoolyears import stated_year
from etl.students import SHARED

_TARGETS = (
    target("date", "holiday date", "date of holiday"),
    target("end_date", near=False),
    target("begin_date", near=False),
    target("day_type"),
    target("day_name", "name", "day name"),
    target("school_id"),
    target("school_name"),
    target("serial"),
    target("weekday", "weekday", "day of week", "day of the week"),
)
_KNOWN = knows(_TARGETS)
_WORDS = {t.name: t.words for t in _TARGETS} | {"weekday": "the day of the week"}
_TYPES: Mapping[str, tuple[str, ...]] = {
    kind: tuple(words.split(", "))
    for kind, words in {
        "holiday": "holiday, holidays, vacation, festival, bank holiday, public holiday, break, "
        "national holiday, gazetted, restricted holiday, half term, local holiday, sunday, "
        "weekend, no school, off, school holiday, summer vacation, winter break, jayanti",
        "school": "school, school day, working day, instructional day, teaching day, open, "
        "in session, term time, working, instructional, first day of school, last day of school",
        "exam": "exam, exams, examination, test, assessment, board exam, exam day, examination day",
        "closure": "closure, closed, snow day, inset, inset day, teacher training, strike, "
        "professional development, weather, rain, flood, heat, election, closed day, bandh, "
        "emergency closure, non pupil day, teacher workday, staff day, training day",
    }.items()
}
_BY_WORD = {normalise(w): kind for kind, words in _TYPES.items() for w in words}


def recognise(sheet: Sheet, context: Context) -> Recognition | None:
    """A date and a kind or name of the day, and nobody's name."""
    header = find_header(sheet, lambda c: normalise(c) in _KNOWN)
    if header is None:
        return None
    found = match(header.names, _TARGETS, sheet, context)
    day = "date" if "date" in found.index else "begin_date"
    if day not in found.index or not {"day_type", "day_name"} & set(found.index):
        return None
    if named(match(header.names, PEOPLE, sheet, context).index) and "day_type" not in found.index:
        return None
    rows = data_rows(sheet, header, [found.index[day]]).index
    texts = list(tally(column(sheet, found.index[day], rows)))
    if not texts or sum(parse(t) is not None for t in texts) < 0.6 * len(texts):
        return None
    kinds: list[str] = []
    for name in ("day_type", "day_name"):
        if name in found.index:
            kinds += tally(column(sheet, found.index[name], rows))
    told = sum(day_type(k) is not None for k in kinds)
    spoken = "holiday" in spaced(
        f"{sheet.name} {sheet.file} {header.hints.get('title', '')} {' '.join(header.names)}"
    )
    if not told and not spoken:
        return None
    return Recognition(
        "calendar",
        0.72 if told else 0.6,
        header.row,
        header.first_row,
        found.columns,
        found.questions,
        found.findings,
        {"header": header, "holidays": spoken},
    )


def day_type(text: str | None) -> str | None:
    """school, holiday, exam or closure; None for words that do not say it."""
    if text is None:
        return None
    plain = normalise(text)
    if plain in _BY_WORD:
        return _BY_WORD[plain]
    words = set(spaced(text).split())
    for kind in ("closure", "exam", "holiday", "school"):
        if any(set(spaced(w).split()) <= words for w in _TYPES[kind]):
            return kind
    return None


_SPAN = (
    "span of days", "This span of days is turned round or longer than four months.",
    "a first and a last day",
)  # fmt: skip
_NO_DATE = ("no date", "This row has no date.", "the day that is meant")
_NO_KIND = (
    "day type", "This row does not say what kind of day it is.",
    "school, holiday, exam or closure",
)  # fmt: skip


def extract(sheet: Sheet, recognition: Recognition, context: Context) -> Extract:
    """One calendar fact a day; a file without a school speaks for all schools."""
    header, index = header_of(recognition), columns_of(recognition)
    first = "date" if "date" in index else "begin_date"
    last = "end_date" if "end_date" in index else first
    found = data_rows(sheet, header, [index[first]])
    here = found.index
    cells = Cells(header.names[index[first]], here)
    year = stated_year(context.answer("year", sheet) or header.hints.get("academic_year"))
    days = read_dates(column(sheet, index[first], here), context, sheet, cells, year)
    ends, more = _ends(sheet, recognition, context, here, days.values, year)
    orgs, places, asked = _schools(sheet, recognition, context, cells)
    kinds, names, unknown = _kinds(sheet, recognition, context, here)
    findings: list[Finding] = [*days.findings, *more]
    questions: list[Question] = [*days.questions, *asked, *unknown]
    good = filled(days.values) & filled(ends) & filled(kinds) & filled(orgs)
    long = mask(pc.greater(pc.days_between(days.values, ends), 120)) | mask(
        pc.less(ends, days.values)
    )
    dateless = ~filled(column(sheet, index[first], here))
    kindless = filled(days.values) & ~filled(kinds)
    for name, wrong, said in (
        (last, good & long, _SPAN),
        (first, dateless, _NO_DATE),
        ("day_type" if "day_type" in index else first, kindless, _NO_KIND),
    ):
        findings += rejections(
            said[0], said[1], sheet, Cells(header.names[index[name]], here),
            np.flatnonzero(wrong).tolist(), column(sheet, index[name], here), said[2],
        )  # fmt: skip
    good &= ~long
    table = _spread(days.values, ends, orgs, kinds, names, here, good)
    stand = last_stands(
        [table["org_id"].combine_chunks(), table["date"].combine_chunks()],
        [table["day_type"].combine_chunks()],
    )
    rows = table["row"].to_numpy().astype(np.int64) - 1
    twice = conflict_findings(
        stand,
        sheet,
        Cells(cells.column, rows),
        pc.cast(table["date"].combine_chunks(), pa.string()),
        "day",
    )
    table = table.filter(pa.array(stand.keep))
    left = set((here[~good] + 1).tolist()) | {
        int(r) for r in np.unique(rows[list(stand.superseded)]) + 1
    } - set(table["row"].to_pylist())
    facts = {"calendar": table} | ({"organisations": places} if places is not None else {})
    return Extract(
        facts, len(here), frozenset(left), found.skipped, tuple(questions), (*findings, *twice)
    )


def _ends(
    sheet: Sheet,
    recognition: Recognition,
    context: Context,
    here: np.ndarray,
    begins: pa.Array,
    year: str | None,
) -> tuple[pa.Array, tuple[Finding, ...]]:
    """The last day of each row: its own column, else the first day."""
    header, index = header_of(recognition), columns_of(recognition)
    if "end_date" not in index:
        return begins, ()
    cells = Cells(header.names[index["end_date"]], here)
    ends = read_dates(column(sheet, index["end_date"], here), context, sheet, cells, year)
    blank = ~filled(column(sheet, index["end_date"], here))
    return pc.if_else(pa.array(blank), begins, ends.values), ends.findings


def _schools(
    sheet: Sheet, recognition: Recognition, context: Context, cells: Cells
) -> tuple[pa.Array, pa.Table | None, tuple[Question, ...]]:
    """The school of each row; '*' where neither file nor person names one."""
    index, hints = columns_of(recognition), header_of(recognition).hints
    count = len(cells.rows)
    told = {"school_id", "school_name"} & set(index) or {"school", "school_id"} & set(hints)
    if not told and context.answer("school", sheet) is None:
        return repeat(SHARED, count), None, ()
    code, name = (
        column(sheet, index[n], cells.rows) if n in index else None
        for n in ("school_id", "school_name")
    )
    places = read_places(sheet, context, cells, code, name, hints)
    everywhere = pc.fill_null(places.org_id, SHARED)
    return everywhere, places.facts, places.questions


def _kinds(
    sheet: Sheet, recognition: Recognition, context: Context, here: np.ndarray
) -> tuple[pa.Array, pa.Array, tuple[Question, ...]]:
    """Kind and name of each day. A list of holidays needs no column of kinds."""
    index = columns_of(recognition)
    names = (
        column(sheet, index["day_name"], here) if "day_name" in index else repeat(None, len(here))
    )
    stated = (
        column(sheet, index["day_type"], here) if "day_type" in index else repeat(None, len(here))
    )
    answers = {t: day_type(context.answer(f"code:{t}", sheet)) for t in tally(stated)}
    kinds = over_unique(stated, lambda t: answers[t] or day_type(t), pa.string())
    open_words = [t for t in answers if answers[t] is None and day_type(t) is None]
    asked = tuple(
        Question(
            f"code:{t}",
            f"What kind of day is “{t}”?",
            ("school", "holiday", "exam", "closure"),
            (t,),
        )
        for t in sorted(open_words)
    )
    named_kind = over_unique(names, day_type, pa.string())
    rest = "holiday" if recognition.notes["holidays"] or "day_type" not in index else None
    fallback = pc.coalesce(named_kind, repeat(rest, len(here)))
    blank = pa.array(~filled(stated))
    return pc.if_else(blank, fallback, kinds), names, asked


def _spread(
    begins: pa.Array,
    ends: pa.Array,
    orgs: pa.Array,
    kinds: pa.Array,
    names: pa.Array,
    here: np.ndarray,
    good: np.ndarray,
) -> pa.Table:
    """One row a day of each span."""
    picked: list[int] = []
    days: list[date] = []
    for i in np.flatnonzero(good).tolist():
        day, last = begins[i].as_py(), ends[i].as_py()
        while day <= last:
            picked.append(i)
            days.append(day)
            day += timedelta(days=1)
    take = pa.array(picked, pa.int64())
    return pa.table(
        {
            "org_id": orgs.take(take),
            "date": pa.array(days, pa.date32()),
            "day_type": kinds.take(take),
            "name": names.take(take),
            "row": sheet_row(here[np.array(picked, dtype=np.int64)]),
        }
    )


LAYOUT = Layout("calendar", "calendar", "school calendar", 10, "1", _WORDS, recognise, extract)
