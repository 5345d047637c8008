"""The values that travel from a dropped file to the store: sheets, layouts, facts, reports.

    bytes --workbook--> Sheet --recognise--> Recognition --extract--> Extract --publish--> report

A `Sheet` is a grid of text: cells stay as they are typed, blank is null. An `Extract` is one Arrow
table a fact table, in the columns of `school.schema`, plus `row` (the sheet's row number).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

import pyarrow as pa

Level = Literal["stops", "rejects", "warns"]

# Sheets that we write into files we hand out; never data when such a file is added.
MENDING = "Things to mend"
GUIDE = "How to fill this in"


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong or odd. `words` is for a school secretary and holds no name.

    `rule` is a short stable name; `stops` refuses the sheet, `rejects` leaves the row out, `warns`
    loads it. `row` and `column` are those of the sheet, from 1; `column` is its letter or header.
    `at` is the column's place from 0, where its header alone does not say it; `more` are further
    cells with the same trouble, as row from 1 and column from 0.
    """

    rule: str
    level: Level
    words: str
    sheet: str = ""
    row: int | None = None
    column: str | None = None
    found: str | None = None
    expected: str | None = None
    count: int = 1
    at: int | None = None
    more: tuple[tuple[int, int | None], ...] = ()


@dataclass(frozen=True)
class Question:
    """What the file does not say. `about` is the key under which the answer is remembered.

    Keys: 'school', 'year', 'class', 'subject', 'maximum', 'blank' (does an empty cell mean
    present: 'yes' / 'no'), 'dates' ('dmy' / 'mdy'), 'month', 'code:<CODE>', 'column:<HEADER>',
    'counted' (what numbers under a month count), 'days_possible' (one number a month),
    'grade:<TEXT>' (the grade or class that became a date),
    'target:<TARGET>' (which header holds it), 'school:<SPELLING>'. `required` ones stop publishing
    while they are open.
    """

    about: str
    words: str
    choices: tuple[str, ...] = ()
    samples: tuple[str, ...] = ()
    required: bool = True


@dataclass(frozen=True)
class Sheet:
    """One sheet as a grid of text. `cells` has text columns 'c0', 'c1', …; row i is sheet row i+1.

    Merged areas are (first row, first column, last row, last column), from 0, both included.
    """

    file: str
    name: str
    cells: pa.Table
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden: bool = False
    date_system: int = 1900
    findings: tuple[Finding, ...] = ()
    dropped: tuple[str, ...] = ()  # headers of password columns that were never read

    @property
    def key(self) -> str:
        """Name of the sheet across a whole drop."""
        return f"{self.file}|{self.name}"


@dataclass(frozen=True)
class Known:
    """What the store already knows, so that names can be matched: read only.

    `schools` maps every known spelling in small letters, and every code, to its org_id;
    `school_names` maps org_id to the name on screen; `closed` holds the holidays and closures of
    each school ('*' for all); `enrolled` the stated spells of each student, half-open.
    """

    schools: Mapping[str, str] = field(default_factory=dict)
    school_names: Mapping[str, str] = field(default_factory=dict)
    closed: Mapping[str, frozenset[date]] = field(default_factory=dict)
    enrolled: Mapping[int, tuple[tuple[date, date | None], ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Context:
    """What is known beside the file: preset, what the command line or the card said, as-of date.

    `answers` maps `Question.about` to the answer; a key 'file|sheet' holds a mapping that counts
    for this sheet only. `preset` None means: only P and A are read, the rest is asked.
    """

    as_of: date
    preset: str | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)
    known: Known = field(default_factory=Known)

    def answer(self, about: str, sheet: Sheet | None = None) -> str | None:
        """The answer to `about` for this sheet, else for all; None while it is open."""
        if sheet is not None:
            own = self.answers.get(sheet.key)
            if isinstance(own, Mapping) and about in own:
                return str(own[about])
        value = self.answers.get(about)
        return None if value is None or isinstance(value, Mapping) else str(value)


@dataclass(frozen=True)
class ColumnGuess:
    """Which column was taken for what. `target` is None for a column that is kept out.

    `confidence` is 1.0 for a known synonym or an answer, below that for a near match.
    """

    source: str
    target: str | None
    confidence: float
    index: int


@dataclass(frozen=True)
class Recognition:
    """What a sheet was taken for, before any row is read."""

    layout: str
    confidence: float
    header_row: int  # from 0, the last row of the header
    first_row: int  # from 0, the first row of data
    columns: tuple[ColumnGuess, ...]
    questions: tuple[Question, ...] = ()
    findings: tuple[Finding, ...] = ()
    notes: Mapping[str, Any] = field(default_factory=dict)  # what the layout found out on the way


@dataclass(frozen=True)
class Extract:
    """Checked rows of one sheet. `read` counts source rows of data; the rest of it is skipped.

    Each table of `facts` has the columns of its `school.schema.Table` that it fills, and `row`.
    `rejected` names source rows that are left out; each has a finding.
    """

    facts: Mapping[str, pa.Table]
    read: int
    rejected: frozenset[int]
    skipped: int
    questions: tuple[Question, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Layout:
    """How one kind of export is recognised and turned into rows. One file in etl/layouts each.

    `recognise(sheet, context)` returns None or a Recognition whose confidence competes with the
    other layouts'; `extract(sheet, recognition, context)` reads the rows. `order` says what is
    loaded first in a drop (places, then students, then facts). `targets` are the names a column
    can be given on the card, with words for each.
    """

    name: str
    # attendance, register, results, marksheet, roster, survey, enrollment_counts, calendar
    kind: str
    title: str  # "daily attendance"
    order: int
    version: str
    targets: Mapping[str, str]
    recognise: Callable[[Sheet, Context], Recognition | None]
    extract: Callable[[Sheet, Recognition, Context], Extract]


@dataclass(frozen=True)
class SheetReport:
    """What became of one sheet: the row of the command line's JSON and of the card on the page.

    `state`: 'ready', 'question' (an answer is needed), 'aside' (not data, does not count),
    'refused', 'loaded', 'known' (the same bytes stand already). read = loaded + unchanged +
    changed + rejected, in source rows. `preview` is the first rows as they will be stored.
    """

    file: str
    sheet: str
    state: str
    words: str
    layout: str | None = None
    kind: str | None = None
    read: int = 0
    loaded: int = 0
    unchanged: int = 0
    changed: int = 0
    rejected: int = 0
    skipped: int = 0
    within: tuple[int, int] = (0, 0)  # changed and unchanged ones that only meet their own drop
    facts: Mapping[str, int] = field(default_factory=dict)
    load_id: int | None = None
    columns: tuple[ColumnGuess, ...] = ()
    questions: tuple[Question, ...] = ()
    findings: tuple[Finding, ...] = ()
    summary: Mapping[str, Any] = field(default_factory=dict)  # students, schools, first day…
    preview: Mapping[str, Any] = field(default_factory=dict)  # {"columns": [...], "rows": [[...]]}
    fingerprint: str = ""  # of the headers: sheets of one shape share a card
    first_row: int = 0  # from 0, the first row of data
