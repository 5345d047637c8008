"""The measured columns of a published table: the part each counts, when, and its numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.cells import Bools, Ints, column, filled, mask, over_unique, repeat, unique
from etl.checks import Cells, rejections
from etl.fields import Matched, normalise, target
from etl.headers import Header
from etl.model import Finding, Recognition, Sheet
from etl.schoolyears import year_of_month
from etl.wideparts import Part, part_of
from school.config import academic_year as year_of_day

_SYMBOLS = frozenset(
    ("x", "c", "z", "u", "k", ":", "-", "–", "..", "...", "*", "n/a", "na", "nil", "low")
)

# Columns of a list of students: where one stands, nothing is published.
STUDENT_WORDS = frozenset(
    normalise(s)
    for t in ("student_id", "student_name", "first_name", "roll_number")
    for s in target(t).synonyms
) - {"name", "students", "pupils", "student", "pupil", "id", "number"}


def number(text: str) -> int | None:
    """A whole number as people write it, '1,234' too; None if it is none."""
    digits = text.replace(",", "").replace(" ", "").removesuffix(".0")
    return int(digits) if digits.isdigit() else None


def with_parts(found: Matched, sheet: Sheet, header: Header) -> Matched:
    """A first column without a name that says which part a row counts: Boys, Girls, Class 1."""
    first = next((c for c in found.columns if c.index == 0 and not c.source), None)
    rows = np.arange(header.first_row, sheet.cells.num_rows)
    words = [] if first is None else unique(column(sheet, 0, rows))
    if first is None or not words or sum(part_of(w) is not None for w in words) < len(words) / 2:
        return found
    columns = (replace(first, target="part", confidence=1.0), *found.columns[1:])
    return replace(found, columns=columns, index={**found.index, "part": 0})


@dataclass(frozen=True)
class Table:
    """A recognised table: its sheet, its columns by target, their headers."""

    sheet: Sheet
    known: Recognition
    index: Mapping[str, Sequence[int]]

    def header(self, index: int) -> str:
        """The header of a column."""
        return next(c.source for c in self.known.columns if c.index == index)

    def measured(self) -> tuple[tuple[int, Part], ...]:
        """The columns that hold numbers of students; beside years or months only those count."""
        whole = [
            (i, part_of(self.header(i)) or made)
            for t, made in (("headcount", Part()), ("boys", Part(sex="male")),
                            ("girls", Part(sex="female")))
            for i in self.index.get(t, ())
        ]
        named = [
            (c.index, part)
            for c in self.known.columns
            if c.target is None and (part := part_of(c.source)) is not None
        ]
        found = (*whole, *named)
        dated = any(part.dated for _, part in found)
        return tuple((i, p) for i, p in found if p.dated or not dated)

    @property
    def needs_year(self) -> bool:
        """Whether a number's school year must come from beside it."""
        return any(p.year is None and (p.month is None or p.month[1] is None)
                   for _, p in self.measured())

    def totals(self) -> list[str]:
        """Headers of numbers that stand beside years or months and name none: they are totals."""
        used = {i for i, _ in self.measured()}
        return [self.header(i) for t in ("headcount", "boys", "girls")
                for i in self.index.get(t, ()) if i not in used]


@dataclass(frozen=True)
class Counted:
    """One measured column: which part it counts, and its number, school year and month by row."""

    part: Part
    count: pa.Array
    year: pa.Array
    month: pa.Array  # 'YYYY-MM'; null where the column is of no month


@dataclass(frozen=True)
class Numbers:
    """The measured columns; where they are filled or wrong."""

    columns: tuple[Counted, ...]
    some: Bools
    bad: Bools
    symbols: tuple[str, ...]
    findings: tuple[Finding, ...]


def measure(
    table: Table, rows: Ints, wanted: Bools, year: pa.Array, start: tuple[int, int]
) -> Numbers:
    """The numbers of all measured columns. `year` is the school year that each row states."""
    some, bad = np.zeros(len(rows), dtype=np.bool_), np.zeros(len(rows), dtype=np.bool_)
    symbols: set[str] = set()
    findings: list[Finding] = []
    out: list[Counted] = []
    for index, part in table.measured():
        text = column(table.sheet, index, rows)
        counts = over_unique(text, number, pa.int64())
        odd = unique(text.filter(pa.array(wanted & filled(text) & ~filled(counts))))
        symbols |= {v for v in odd if v.lower() in _SYMBOLS}
        strange = pa.array([v for v in odd if v.lower() not in _SYMBOLS], pa.string())
        wrong = mask(pc.is_in(text, strange)) & wanted
        findings += rejections(
            "count", "This is not a number of students.", table.sheet,
            Cells(table.header(index), rows), np.flatnonzero(wrong), text, "a whole number",
        )  # fmt: skip
        bad |= wrong
        some |= filled(counts) & wanted
        counts = pc.if_else(pa.array(wanted), counts, pa.scalar(None, pa.int64()))
        out.append(Counted(part, counts, *_when(part, year, start)))
    good = pa.array(~bad)
    none = pa.scalar(None, pa.int64())
    columns = [replace(c, count=pc.if_else(good, c.count, none)) for c in out]
    return Numbers((*columns, *_latest(columns)), some & ~bad, bad, tuple(sorted(symbols)),
                   tuple(findings))


def _when(part: Part, year: pa.Array, start: tuple[int, int]) -> tuple[pa.Array, pa.Array]:
    """School year and month of each row's number."""
    years = year if part.year is None else repeat(part.year, len(year))
    if part.month is None:
        return years, repeat(None, len(year))
    month, stated = part.month
    if stated is not None:
        return (repeat(year_of_day(date(stated, month, 1), start), len(year)),
                repeat(f"{stated}-{month:02d}", len(year)))
    return years, over_unique(
        years, lambda y: f"{year_of_month(y, month, start)}-{month:02d}", pa.string())


def _latest(columns: Iterable[Counted]) -> list[Counted]:
    """Of numbers by month the last one of each year: it is the year's, for months do not add up."""
    kinds: dict[Part, list[Counted]] = {}
    for found in columns:
        if found.part.month is not None:
            kinds.setdefault(replace(found.part, month=None, year=None), []).append(found)
    out = []
    for part, months in kinds.items():
        for year in dict.fromkeys(y for m in months for y in unique(m.year)):
            of_year = [m for m in months if year in unique(m.year)]
            of_year.sort(key=lambda m: max(unique(m.month), default=""))
            here = [pc.if_else(pc.equal(m.year, year), m.count, pa.scalar(None, pa.int64()))
                    for m in reversed(of_year)]
            blank = repeat(None, len(here[0]))
            out.append(Counted(part, pc.coalesce(*here), repeat(year, len(blank)), blank))
    return out
