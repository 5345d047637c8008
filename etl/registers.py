"""The body of a register: its marks in one long column, and what its blank cells mean.

A blank is never present by itself: a person has to say so, and even then it is present only on days
that can be school days.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.cells import Bools, Ints, column, filled, mask, over_unique, repeat, tally
from etl.checks import warn
from etl.codes import Codes, known_code, ordinary
from etl.daycolumns import DayColumn
from etl.marks import BLANK
from etl.model import Context, Finding, Question, Sheet
from school.config import preset

_IN_SCHOOL = pa.array(["present", "approved_activity"])


@dataclass(frozen=True)
class Body:
    """The marks of a register, one value a student and day column, column after column."""

    marks: pa.Array
    session: pa.Array
    person: Ints  # position of the student's row
    column: Ints  # position of the day column


def read_body(sheet: Sheet, columns: Sequence[DayColumn], rows: Ints) -> Body:
    """The marks of these day columns in these rows, as one list."""
    parts = [column(sheet, c.index, rows) for c in columns]
    marks = pa.concat_arrays(parts) if parts else pa.nulls(0, pa.string())
    count = len(rows)
    sessions = pa.array([c.session for c in columns], pa.string())
    return Body(
        marks,
        sessions.take(pa.array(np.repeat(np.arange(len(columns)), count))),
        np.tile(np.arange(count, dtype=np.int64), len(columns)),
        np.repeat(np.arange(len(columns), dtype=np.int64), count),
    )


def two_marks(body: Body, context: Context, sheet: Sheet) -> Body:
    """Where the preset has two sessions, a cell such as '/\\' holds the morning's and the
    afternoon's mark.
    """
    chosen = preset(context.preset)
    if chosen is None or chosen.sessions_per_day != 2:
        return body
    pairs = [
        m for m in tally(body.marks)
        if len(_apart(m)) == 2 and known_code(m, context) is None
        and context.answer(f"code:{m}", sheet) is None
        and all(known_code(c, context) for c in _apart(m))
    ]  # fmt: skip
    whole = mask(pc.equal(body.session, "DAY"))
    double = whole & mask(pc.is_in(body.marks, pa.array(pairs, pa.string())))
    if not double.any():
        return body
    at = pa.array(np.flatnonzero(double))
    split = [over_unique(body.marks, lambda m, i=i: _apart(m)[i : i + 1], pa.string())  # type: ignore[misc]
             for i in (0, 1)]  # fmt: skip
    return Body(
        pa.concat_arrays([pc.if_else(pa.array(double), split[0], body.marks), split[1].take(at)]),
        pa.concat_arrays([
            pc.if_else(pa.array(double), "AM", body.session), repeat("PM", int(double.sum()))
        ]),
        np.concatenate([body.person, body.person[double]]),
        np.concatenate([body.column, body.column[double]]),
    )  # fmt: skip


def _apart(cell: str) -> str:
    """'/ \\' and '/\\' are the same two marks."""
    return "".join(cell.split())


def read_blanks(
    sheet: Sheet, body: Body, codes: Codes, columns: Sequence[DayColumn], context: Context
) -> tuple[Body, list[Finding], list[Question]]:
    """Blank cells as a person said they are to be read; asked where most of the register is blank.
    """
    empty = ~filled(body.marks)
    kinds = over_unique(
        body.marks, lambda m: getattr(codes.meaning.get(m), "category", None), pa.string()
    )
    plain = mask(over_unique(body.marks, lambda m: ordinary(codes.meaning.get(m)), pa.bool_()))
    attended = mask(pc.is_in(kinds, _IN_SCHOOL)) | mask(pc.starts_with(kinds, "absent"))
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
    columns: Sequence[DayColumn], body: Body, attended: Bools, kinds: pa.Array, context: Context
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


def _silent(columns: Sequence[DayColumn], body: Body, open_days: Bools) -> list[date]:
    """Days on which nobody at all is marked, and which now count as days of full attendance."""
    any_mark = np.bincount(body.column, weights=filled(body.marks), minlength=len(columns)) > 0
    return [
        c.date
        for c, o, m in zip(columns, open_days, any_mark, strict=True)
        if o and not m and c.date
    ]


def _said_silent(sheet: Sheet, silent: Sequence[date]) -> list[Finding]:
    if not silent:
        return []
    words = (
        f"On {len(silent):,} days nobody is marked, so everybody counts as present. If some of "
        "them were holidays, leave their days out of the register or mark them as holidays."
    )
    return [warn("days without a mark", words, sheet, len(silent))]
