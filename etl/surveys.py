"""A survey sheet becomes a wave, its questions, and one row a response and question."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.answered import Asked, read_answers, read_question
from etl.cells import Bools, Ints, column, filled, over_unique, repeat
from etl.checks import Cells, rejections, warn
from etl.classes import grade_of
from etl.dates import read_dates, year_start
from etl.fields import spaced
from etl.model import Context, Extract, Finding, Question, Recognition, Sheet
from etl.people import columns_of, header_of
from etl.places import Places, place_id, read_places
from etl.rosters import sex_of
from etl.schoolyears import stated_year

_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_PLAIN_SHEET = re.compile(
    r"^(sheet|form|responses?|worksheet|data|results?|export|survey|.{0,3}$)", re.IGNORECASE
)
_WHO = (
    ("families", r"parent|famil|guardian|carer"),
    ("staff", r"teacher|staff|adult survey|faculty"),
    ("students", r"student|pupil|learner|voice|child"),
)


@dataclass(frozen=True)
class Wave:
    """Which survey this is, and when it was asked."""

    wave_id: str
    survey: str
    wave: str
    date: date | None
    audience: str | None
    unit: str


def read_survey(sheet: Sheet, known: Recognition, context: Context) -> Extract:
    """All answers of a sheet."""
    header, unit = header_of(known), known.notes["unit"]
    rows, blank = _rows(sheet, header.first_row)
    index = columns_of(known)
    days, bad, findings, questions = _days(sheet, known, context, rows)
    places = _places(sheet, known, context, rows)
    good = np.ones(len(rows), dtype=np.bool_)
    good[sorted(bad | (places.bad if unit == "school" else frozenset()))] = False
    wave = name_wave(sheet, context, days, unit)
    asked = [
        read_question(c.index, c.source, column(sheet, c.index, rows))
        for c in known.columns
        if c.target == "item"
    ]
    if unit == "response":
        response = pa.array(
            [f"{wave.wave_id}|{PurePath(sheet.file).name}|{r + 1}" for r in rows.tolist()]
        )
    else:
        response = over_unique(places.org_id, lambda o: f"{wave.wave_id}|{o}", pa.string())
    shared = _shared(sheet, index, rows, places, days, wave, response)
    facts = {
        "organisations": places.facts,
        "survey_waves": _wave_fact(wave, rows),
        "survey_items": _item_facts(wave, asked, rows),
        "survey_responses": pa.concat_tables(
            [_responses(sheet, wave, q, n, shared, rows, good) for n, q in enumerate(asked, 1)]
        )
        if asked
        else None,
    }
    findings += _about(sheet, asked, places, wave)
    return Extract(
        {k: v for k, v in facts.items() if v is not None and v.num_rows},
        len(rows),
        frozenset((rows[~good] + 1).tolist()),
        blank,
        questions,
        tuple(findings),
    )


def _rows(sheet: Sheet, first: int) -> tuple[Ints, int]:
    """Rows with any answer; rows of a form are never footers."""
    rows = np.arange(first, sheet.cells.num_rows, dtype=np.int64)
    some = np.zeros(len(rows), dtype=np.bool_)
    for index in range(sheet.cells.num_columns):
        some |= filled(column(sheet, index, rows))
    return rows[some], 0


def _days(
    sheet: Sheet, known: Recognition, context: Context, rows: Ints
) -> tuple[pa.Array, frozenset[int], list[Finding], tuple[Question, ...]]:
    """Days of the answers; the time is cut off."""
    index = columns_of(known)
    if "when" not in index:
        return pa.nulls(len(rows), pa.date32()), frozenset(), [], ()
    cells = Cells(header_of(known).names[index["when"]], rows)
    read = read_dates(column(sheet, index["when"], rows), context, sheet, cells)
    return read.values, read.bad, list(read.findings), read.questions


def _places(sheet: Sheet, known: Recognition, context: Context, rows: Ints) -> Places:
    """The school of each answer, where it is known; it is never asked: an answer needs none."""
    index, header = columns_of(known), header_of(known)
    code, name = (
        column(sheet, index[t], rows) if t in index else None for t in ("school_id", "school_name")
    )
    where = next((header.names[index[t]] for t in ("school_id", "school_name") if t in index), "")
    return read_places(sheet, context, Cells(where, rows), code, name, header.hints)


def name_wave(sheet: Sheet, context: Context, days: pa.Array, unit: str) -> Wave:
    """Name, time and audience of a survey, from its file's name and its answers."""
    stem = PurePath(sheet.file).stem
    if not _PLAIN_SHEET.match(sheet.name) and spaced(sheet.name) not in spaced(stem):
        stem = f"{stem} {sheet.name}"
    words = re.sub(
        r"\(?responses?\)?|\(\d+\)|form \d+$|public ?data ?file", " ", _spaces(stem), flags=re.I
    )
    first = pc.min(days).as_py() if len(days) else None
    year = _YEAR.search(stem)
    said = stated_year(context.answer("year", sheet))
    if first is None and said is not None:
        month, day = year_start(context)
        first = date(int(said[:4]), month, day)
    elif first is None and year is not None:
        first = date(int(year[1]), 1, 1)
    name = " ".join(_YEAR.sub(" ", words).split()) or "Survey"
    survey = name[0].upper() + name[1:]
    if " " not in survey and "urvey" not in survey:
        survey += " survey"
    wave = (said or (year[1] if year else "")) if days.null_count == len(days) else f"{first:%B %Y}"
    who = next((w for w, words in _WHO if re.search(words, spaced(stem))), None)
    key = f"{place_id(survey)}|{first.isoformat() if first else wave or 'undated'}"
    return Wave(key, survey, wave or "undated", first, "schools" if unit == "school" else who, unit)


def _spaces(stem: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", re.sub(r"[_\-]+", " ", stem))


def _shared(
    sheet: Sheet,
    index: dict[str, int],
    rows: Ints,
    places: Places,
    days: pa.Array,
    wave: Wave,
    response: pa.Array,
) -> dict[str, pa.Array]:
    """What every answer of a row carries."""
    count = len(rows)

    def text(name: str) -> pa.Array:
        return column(sheet, index[name], rows) if name in index else repeat(None, count)

    told = repeat(
        wave.audience if wave.audience in ("students", "families", "staff") else None, count
    )
    role = pc.coalesce(over_unique(text("role"), role_of, pa.string()), told)
    return {
        "response_id": response,
        "wave_id": repeat(wave.wave_id, count),
        "org_id": places.org_id,
        "date": pc.fill_null(days, wave.date) if wave.date else days,
        "role": role,
        "grade": over_unique(text("grade"), lambda v: grade_of(v) or v, pa.string()),
        "segment": over_unique(text("segment"), _segment, pa.string()),
    }


def role_of(text: str) -> str | None:
    """students, families or staff."""
    words = spaced(text)
    return next((who for who, pattern in _WHO if re.search(pattern, words)), None)


def _segment(text: str) -> str:
    known = sex_of(text)
    return known if known in ("male", "female") else " ".join(text.split())


def _responses(
    sheet: Sheet,
    wave: Wave,
    asked: Asked,
    number: int,
    shared: dict[str, pa.Array],
    rows: Ints,
    good: Bools,
) -> pa.Table:
    answers = read_answers(asked, column(sheet, asked.index, rows))
    table = pa.table(
        {
            **shared,
            "item_id": repeat(f"{wave.wave_id}|{number}", len(rows)),
            "value": answers.value,
            "value_order": answers.order,
            "favourable": answers.favourable,
            "number": answers.number,
            "row": pa.array(rows + 1, pa.int32()),
        }
    )
    return table.filter(pa.array(good & filled(answers.value)))


def _wave_fact(wave: Wave, rows: Ints) -> pa.Table:
    first = int(rows[0]) + 1 if len(rows) else 1
    return pa.table(
        {
            "wave_id": [wave.wave_id],
            "survey": [wave.survey],
            "wave": [wave.wave],
            "date": pa.array([wave.date], pa.date32()),
            "audience": pa.array([wave.audience], pa.string()),
            "unit": [wave.unit],
            "row": pa.array([first], pa.int32()),
        }
    )


def _item_facts(wave: Wave, asked: list[Asked], rows: Ints) -> pa.Table:
    first = int(rows[0]) + 1 if len(rows) else 1
    return pa.table(
        {
            "item_id": pa.array(
                [f"{wave.wave_id}|{n}" for n in range(1, len(asked) + 1)], pa.string()
            ),
            "wave_id": repeat(wave.wave_id, len(asked)),
            "text": pa.array([q.text for q in asked], pa.string()),
            "item_order": pa.array(range(1, len(asked) + 1), pa.int16()),
            "kind": pa.array([q.kind for q in asked], pa.string()),
            "reversed": pa.array([q.reversed for q in asked], pa.bool_()),
            "row": pa.array([first] * len(asked), pa.int32()),
        }
    )


def _about(sheet: Sheet, asked: list[Asked], places: Places, wave: Wave) -> list[Finding]:
    out = []
    turned = [q for q in asked if q.reversed and q.kind == "agreement"]
    if turned:
        out.append(
            warn(
                "agreeing is bad",
                f"In {len(turned)} questions agreeing is the bad answer, such as "
                f"“{turned[0].text[:60]}”. They are counted the other way round.",
                sheet,
                len(turned),
            )
        )
    texts = sum(q.kind == "text" for q in asked)
    if texts:
        out.append(
            warn(
                "written answers",
                f"{texts} questions were answered in people's own words. The "
                "words are kept, and shown only where at least 10 people answered.",
                sheet,
                texts,
            )
        )
    if wave.unit == "school" and places.bad:
        out += rejections(
            "no school",
            "This row names no school.",
            sheet,
            Cells("", np.arange(sheet.cells.num_rows)),
            places.bad,
            None,
            "a school's name or code",
        )
    return out
