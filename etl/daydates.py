"""Which date a day column of a register is: from the cell itself, and from everything around it.

A bare number needs a month, a day and month need a year: from the header, the title, an answer, the
sheet's name or the file's name. Days rise from left to right, which settles a turn of the year.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from etl.dates import Day, decide, parse_month, settle, year_start
from etl.headers import Header
from etl.model import Context, Finding, Question, Sheet
from etl.schoolyears import (
    SINGLE_YEAR,
    YEAR_ALONE,
    YEAR_PAIR,
    academic_year,
    stated_year,
    year_of_month,
    year_question,
)


@dataclass(frozen=True)
class Around:
    """Everything around the day cells that helps to date them."""

    sheet: Sheet
    context: Context
    header: Header
    rows: Sequence[Sequence[str | None]]
    top: int
    at: int

    def dates(
        self, columns: Sequence[tuple[int, int | Day]]
    ) -> tuple[list[date | None], tuple[Question, ...], tuple[Finding, ...]]:
        """One date a column, rising from left to right, and what has to be asked."""
        texts = {self.rows[self.at][c] or "": d for c, d in columns if isinstance(d, Day)}
        order, ambiguous = decide(dict(texts), dict.fromkeys(texts, 1), self.context, self.sheet)
        numbers = any(isinstance(d, int) for _, d in columns)
        month = self._month() if numbers else None
        months = self._months_above(columns) if numbers else {}
        year = self._year()
        out: list[date | None] = []
        for column, day in columns:
            stated = months.get(column, month)
            out.append(self._one(day, stated, year, order, out))
        return out, self._questions(columns, out, month, months, year), self._odd(ambiguous, order)

    def _one(
        self, day: int | Day, month: tuple[int, int | None] | None, year: str | None, order: str,
        before: Sequence[date | None],
    ) -> date | None:  # fmt: skip
        last = next((d for d in reversed(before) if d is not None), None)
        if isinstance(day, Day):
            made = settle(day, order, year, year_start(self.context))
            if (
                made is not None
                and day.pair is not None
                and not day.pair[2]
                and last
                and made < last
            ):
                made = _next_year(made)
            return made
        if month is None or (month[1] is None and year is None):
            return None
        number, stated = month
        start = year_start(self.context)
        stated = stated or year_of_month(year or "", number, start)
        made = _date(stated, number, day)
        if made is not None and last is not None and made < last and (last - made).days <= 31:
            made = _date(stated + (number == 12), number % 12 + 1, day)
        return made

    def _month(self) -> tuple[int, int | None] | None:
        """The month of bare day numbers: from an answer, the title block, or a name.

        'Month: June' beside 'Year: 2025' is June of that calendar year.
        """
        stem = re.sub(r"\.\w{2,4}$", "", self.sheet.file.replace("\\", "/").rsplit("/", 1)[-1])
        places = (
            self.context.answer("month", self.sheet), self.header.hints.get("month"),
            self.header.hints.get("title"), *self._spoken(), self.sheet.name, stem,
        )  # fmt: skip
        found = None
        for place, text in enumerate(places):
            told = parse_month(text) or _numbered(text, alone=place < 2)
            if told is not None and (found is None or (found[0] == told[0] and found[1] is None)):
                found = told
        year = SINGLE_YEAR.match(self.header.hints.get("academic_year", ""))
        if found is not None and found[1] is None and year:
            return found[0], int(year[1])
        return found

    def _spoken(self) -> tuple[str, ...]:
        return tuple(
            v for k, v in self.header.hints.items() if k in ("date", "class", "assessment")
        )

    def _months_above(
        self, columns: Sequence[tuple[int, int | Day]]
    ) -> dict[int, tuple[int, int | None]]:
        """Months written in a header row above the day numbers, each up to the next one."""
        for row in range(self.at - 1, self.top - 1, -1):
            told = {
                i: m for i, c in enumerate(self.rows[row])
                if c is not None and i >= columns[0][0] and (m := parse_month(c)) is not None
            }  # fmt: skip
            if told:
                return {
                    c: told[max(i for i in told if i <= c)]
                    for c, _ in columns if any(i <= c for i in told)
                }  # fmt: skip
        return {}

    def _year(self) -> str | None:
        """The academic year: an answer, the title block, the sheet's or the file's name."""
        said = self.context.answer("year", self.sheet)
        for text in (said, self.header.hints.get("academic_year")):
            if text and not SINGLE_YEAR.match(text) and (found := stated_year(text)):
                return found
        for text in (self.header.hints.get("title"), self.sheet.name, self.sheet.file):
            alone = text and YEAR_ALONE.search(text) and not YEAR_PAIR.search(text)
            if text and not alone and (found := academic_year(text)):
                return found
        return academic_year(said)

    def _questions(
        self, columns: Sequence[tuple[int, int | Day]], dates: Sequence[date | None],
        month: tuple[int, int | None] | None, months: Mapping[int, object], year: str | None,
    ) -> tuple[Question, ...]:  # fmt: skip
        numbers = any(isinstance(d, int) for _, d in columns)
        if numbers and month is None and not months:
            return (Question("month", "Which month is this register for? Write it as June 2025."),)
        open_days = any(d is None for d in dates)
        if open_days and year is None and (numbers or any(
            isinstance(d, Day) and d.pair is not None and not d.pair[2] for _, d in columns
        )) and not any(d is not None for d in dates):  # fmt: skip
            return (year_question(),)
        return ()

    def _odd(self, ambiguous: bool, order: str) -> tuple[Finding, ...]:
        if not ambiguous:
            return ()
        first = "day" if order == "dmy" else "month"
        return (Finding(
            "date order", "warns",
            f"The days in the header can be read two ways. We read the {first} first.",
            self.sheet.name, self.at + 1,
        ),)  # fmt: skip


def _numbered(text: str | None, alone: bool) -> tuple[int, int | None] | None:
    """'2025-06' inside a name, or '06' alone where nothing but a month can stand."""
    if text is None:
        return None
    if alone and re.fullmatch(r"0?[1-9]|1[0-2]", text.strip()):
        return int(text), None
    inside = re.search(r"(?<!\d)((?:19|20)\d\d)[-_ .](0[1-9]|1[0-2])(?!\d)", text)
    return (int(inside[2]), int(inside[1])) if inside else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _next_year(day: date) -> date | None:
    return _date(day.year + 1, day.month, day.day)
