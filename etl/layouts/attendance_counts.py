"""Published attendance of classes or schools by month: percentages, sessions, or average numbers.

It names no student, so it stands in a table of its own and never adds to what students' marks say.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePath
from typing import Any

import numpy as np
import pyarrow as pa

from etl.cells import column, repeat, unique
from etl.checks import Cells, rejections, warn
from etl.countcolumns import STUDENT_WORDS
from etl.dates import next_month, parse_month, year_start
from etl.fields import Target, knows, match, normalise, target
from etl.headers import Header, data_rows, find_header
from etl.model import ColumnGuess, Context, Extract, Finding, Layout, Recognition, Sheet
from etl.monthcolumns import MonthColumns, is_month, month_columns
from etl.people import columns_of, header_of, read_year
from etl.places import read_places
from etl.schoolyears import academic_year, year_of_month, year_question
from etl.scores import is_mark, number
from etl.totals import left_out

_TARGETS: tuple[Target, ...] = (
    *(target(n) for n in ("school_id", "school_name", "grade", "class", "academic_year", "month")),
    target("days_possible"),
    Target("strength", ("strength", "enrolment", "enrollment", "number on roll", "on roll",
                        "students", "number of students", "total students", "pupils on roll"),
           "the number of students", near=False),
    Target("average", ("average attendance", "average daily attendance", "avg attendance", "ada",
                       "average present", "average number present"),
           "how many students came on an average day", near=False),
    Target("rate", ("attendance percent", "attendance percentage", "percentage of attendance",
                    "percent attendance", "attendance rate", "percent of attendance", "percent"),
           "the percentage attended", near=False),
    Target("possible", ("sessions possible", "possible sessions", "sess possible"),
           "the sessions possible", near=False),
    Target("missed", ("sessions missed", "sessions absent", "sess overall", "overall absences",
                      "sessions of absence"), "the sessions missed", near=False),
)
_KNOWN = knows(_TARGETS)
_KEPT_APART = (
    "These are published totals. They stand under “Compare” as “Attendance, published totals”, and "
    "on the first page where no attendance of single students is here. They are never added to "
    "the marks of single students."
)
_LABELS = ("class", "grade", "school_name", "school_id", "month")
_PERCENT = re.compile(r"%|percent|per cent|\brate\b", re.IGNORECASE)


def recognise(sheet: Sheet, context: Context) -> Recognition | None:
    """A class, a school or a month a row, and how much was attended; no student."""
    header = find_header(sheet, lambda c: normalise(c) in _KNOWN or is_month(c), minimum=3)
    if header is None or any(normalise(n) in STUDENT_WORDS for n in header.names):
        return None
    months = month_columns(header.parts)
    inside = {c.index: c for c in months.columns}
    names = ["" if i in inside else n for i, n in enumerate(header.names)]
    found = match(names, _TARGETS, sheet, context)
    if not any(found.has(t) for t in _LABELS) or header.first_row >= sheet.cells.num_rows:
        return None
    across = len(inside) > 1 and _percents(sheet, header, months)
    down = found.has("rate") or found.has("average", "strength") or found.has("possible", "missed")
    if not across and (not down or inside or not _month_of(sheet, header, found.index)):
        return None
    columns = tuple(
        ColumnGuess(inside[c.index].header, "rate", 1.0, c.index) if c.index in inside else c
        for c in found.columns
    )
    return Recognition("attendance_counts", 0.86, header.row, header.first_row, columns, (),
                       found.findings, {"header": header, "months": months if across else None})


def _percents(sheet: Sheet, header: Header, months: MonthColumns) -> bool:
    """Whether the cells under the months are percentages of attendance."""
    title = " ".join([*header.hints.values(), sheet.name, PurePath(sheet.file).stem, *header.names])
    cells = [v for c in months.columns
             for v in unique(column(sheet, c.index, np.arange(header.first_row,
                                                              sheet.cells.num_rows)))]
    numbers = [n for v in cells if (n := number(v)) is not None]
    if not numbers or len(numbers) < 0.6 * len(cells) or max(numbers) > 100 or min(numbers) < 0:
        return False
    return "attendance" in title.lower() and bool(
        _PERCENT.search(title) or any(v.endswith("%") for v in cells))


def _month_of(sheet: Sheet, header: Header, index: Mapping[str, int]) -> str | None:
    """The month column's header, else the one month that the table speaks of."""
    if "month" in index:
        return header.names[index["month"]]
    told = (header.hints.get("month"), header.hints.get("title"), sheet.name,
            PurePath(sheet.file).stem)
    return next((t for t in told if parse_month(t)), None)


def extract(sheet: Sheet, recognition: Recognition, context: Context) -> Extract:
    """A published total a class or school and month."""
    header, index = header_of(recognition), columns_of(recognition)
    label = next(index[t] for t in _LABELS if t in index)
    body = data_rows(sheet, header, [label])
    rows = body.index
    table = _Table(sheet, header, context, index, rows)
    places = read_places(
        sheet, context, Cells("", rows), table.cells("school_id"), table.cells("school_name"),
        header.hints,
    )  # fmt: skip
    years = read_year(table.cells("academic_year"), len(rows), header.hints, context, sheet)
    if years.null_count == len(years):
        guess = academic_year(PurePath(sheet.file).stem) or academic_year(sheet.name)
        years = repeat(guess, len(years))
    table = replace(table, org=places.org_id.to_pylist(), years=years.to_pylist())
    months: MonthColumns | None = recognition.notes["months"]
    made = table.across(months) if months else table.down()
    asked = places.questions + ((year_question(),) if made.yearless else ())
    findings = [
        *_wrong(table, made), *left_out(sheet, header, rows, months.totals if months else ()),
        warn("kept apart", _KEPT_APART, sheet),
    ]
    facts = {} if asked or not made.rows else {
        "organisations": places.facts, "attendance_counts": _facts(made.rows)}
    bad = np.isin(rows, [at for at, _, _ in made.bad])
    return Extract(facts, len(rows), frozenset((rows[bad] + 1).tolist()), body.skipped, asked,
                   tuple(findings))


@dataclass
class _Made:
    """Facts, wrong cells as (row, column, text), and whether a month lacks its year."""

    rows: list[dict[str, Any]]
    bad: list[tuple[int, int, str]]
    yearless: bool = False


@dataclass(frozen=True)
class _Table:
    """A recognised table with its rows."""

    sheet: Sheet
    header: Header
    context: Context
    index: Mapping[str, int]
    rows: np.ndarray[Any, np.dtype[np.int64]]
    org: Sequence[str | None] = ()
    years: Sequence[str | None] = ()

    def cells(self, name: str) -> pa.Array | None:
        """A column by its target; None where there is none."""
        return column(self.sheet, self.index[name], self.rows) if name in self.index else None

    def across(self, months: MonthColumns) -> _Made:
        """A percentage a row and month."""
        made = _Made([], [])
        texts = {c.index: column(self.sheet, c.index, self.rows).to_pylist()
                 for c in months.columns}
        whole = _of_hundred([t for many in texts.values() for t in many])
        for found in months.columns:
            for at, text in enumerate(texts[found.index]):
                self._keep(made, at, (found.month, found.year), self._rate(
                    made, at, found.index, text, whole), None, None)
        return made

    def down(self) -> _Made:
        """What each row says of its own month."""
        made = _Made([], [])
        none = [None] * len(self.rows)
        said = {t: none if (c := self.cells(t)) is None else c.to_pylist() for t in (
            "month", "rate", "possible", "missed", "average", "strength", "days_possible")}
        whole = _of_hundred(said["rate"])
        one = parse_month(_month_of(self.sheet, self.header, {}))
        for at in range(len(self.rows)):
            month = parse_month(said["month"][at]) if "month" in self.index else one
            if month is None:
                made.bad.append((int(self.rows[at]), self.index["month"], said["month"][at] or ""))
                continue
            rate = (self._rate(made, at, self.index["rate"], said["rate"][at], whole)
                    if "rate" in self.index else None)
            possible, absent = self._halves(made, at, said)
            if possible:
                rate = 1 - (absent or 0) / possible
            elif (strength := _number(said["strength"][at])) and rate is None:
                rate = (_number(said["average"][at]) or 0) / strength
            self._keep(made, at, month, rate, possible, absent)
        return made

    def _halves(
        self, made: _Made, at: int, said: Mapping[str, Sequence[str | None]]
    ) -> tuple[int | None, int | None]:
        """Half days possible and missed of all students of a row together, where it says them."""
        possible, missed = _number(said["possible"][at]), _number(said["missed"][at])
        strength, days = _number(said["strength"][at]), _number(said["days_possible"][at])
        average = _number(said["average"][at])
        if None not in (strength, days, average):
            possible, missed = 2 * days * strength, 2 * days * (strength - average)  # type: ignore[operator]
        if possible is None or missed is None:
            return None, None
        if not 0 <= missed <= possible:
            place = self.index.get("missed", self.index.get("average", 0))
            made.bad.append((int(self.rows[at]), place, said["missed"][at] or said["average"][at]
                             or ""))
            return None, None
        return round(possible), round(missed)

    def _rate(self, made: _Made, at: int, place: int, text: str | None, whole: float
              ) -> float | None:
        value = _number(text)
        if text is not None and ((value is None and not is_mark(text)) or (
                value is not None and not 0 <= value <= whole)):
            made.bad.append((int(self.rows[at]), place, text))
            return None
        return None if value is None else round(value / whole, 6)

    def _keep(
        self, made: _Made, at: int, month: tuple[int, int | None], rate: float | None,
        possible: int | None, absent: int | None,
    ) -> None:
        if rate is None or self.org[at] is None:
            return
        year = self.years[at]
        if month[1] is None and year is None:
            made.yearless = True
            return
        start = year_start(self.context)
        begin = date(month[1] or year_of_month(year or "", month[0], start), month[0], 1)
        kind = next((t for t in ("class", "grade") if t in self.index), "total")
        value = "total" if kind == "total" else str(column(
            self.sheet, self.index[kind], self.rows)[at].as_py() or "total")
        made.rows.append({
            "source": PurePath(self.sheet.file).stem, "org_id": self.org[at], "begin_date": begin,
            "end_date": next_month(begin.isoformat()), "dimension": kind, "value": value,
            "possible": possible, "absent": absent, "rate": rate, "row": int(self.rows[at]) + 1,
        })  # fmt: skip


def _number(text: str | None) -> float | None:
    return None if text is None else number(text)


def _of_hundred(texts: Sequence[str | None]) -> float:
    """100 for percentages; 1 where every number is a share of one."""
    numbers = [n for t in texts if t and (n := number(t)) is not None]
    shares = numbers and max(numbers) <= 1 and not any(t and t.endswith("%") for t in texts)
    return 1.0 if shares else 100.0


def _wrong(table: _Table, made: _Made) -> list[Finding]:
    out: list[Finding] = []
    for place in dict.fromkeys(p for _, p, _ in made.bad):
        found = [(row, text) for row, p, text in made.bad if p == place]
        cells = Cells(table.header.names[place], np.array([r for r, _ in found], dtype=np.int64))
        out += rejections(
            "attendance", "This is no month or no attendance that can be.", table.sheet, cells,
            range(len(found)), pa.array([t for _, t in found]), "a percentage from 0 to 100",
        )  # fmt: skip
    return out


def _facts(rows: list[dict[str, Any]]) -> pa.Table:
    """Each class and month once: of two rows the last stands."""
    key = ("source", "org_id", "begin_date", "dimension", "value")
    once = {tuple(r[k] for k in key): r for r in rows}
    text, day = pa.string(), pa.date32()
    return pa.Table.from_pylist(list(once.values()), pa.schema([
        ("source", text), ("org_id", text), ("begin_date", day), ("end_date", day),
        ("dimension", text), ("value", text), ("possible", pa.int64()), ("absent", pa.int64()),
        ("rate", pa.float64()), ("row", pa.int32())]))


LAYOUT = Layout(
    "attendance_counts", "attendance", "published attendance", 52, "1",
    {t.name: t.words for t in _TARGETS}, recognise, extract,
)
