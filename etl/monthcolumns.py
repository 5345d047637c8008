"""Months in the header of a table: which columns are of which month, and which are totals.

'Apr Working days', 'April 2025 / Present', '2025-04'. What spans several months ('Apr-Sep') is a
total: it says again what its parts say, so it is never read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from etl.dates import MONTHS, parse_month
from etl.fields import knows, normalise, target

_DAYS = {
    name: knows((target(name, *more),))
    for name, more in (
        ("days_possible", ("wd", "w d", "working", "open", "school opened", "meetings")),
        ("days_present", ("p", "pr", "pre", "present", "attendance", "attended")),
        ("days_absent", ("a", "ab", "abs", "absent")),
        ("days_late", ("l",)),
    )
}
_TOTALS = knows((target("total"),))
_WORD = "|".join(sorted(MONTHS, key=len, reverse=True))
_NAMED = re.compile(
    rf"(?<![a-z])({_WORD})(?![a-z])\.?(?:[\s,'’/_-]*((?:19|20)\d\d|\d\d)(?!\d))?", re.IGNORECASE
)
_SPAN = re.compile(
    r"\b(q[1-4]|quarter|term|half|year(ly)?|annual|cumulative|overall|up ?to|ytd|till|sub ?total|"
    r"total|grand|average|avg|mean|sum|percent(age)?)\b|%",
    re.IGNORECASE,
)

_GROUP = re.compile(r"^(term|semester|quarter|half( year)?|q|session)[\s-]*(\d|[ivx]{1,3})?$", re.I)


@dataclass(frozen=True)
class MonthColumn:
    """A column of one month. `counts` is what it counts, '' where its header does not say it."""

    index: int
    header: str
    month: int
    year: int | None
    counts: str

    @property
    def label(self) -> str:
        """The month as the header says it."""
        found = _NAMED.search(self.header)
        return found[0] if found else self.header


@dataclass(frozen=True)
class MonthColumns:
    """The columns of months, from left to right, and the headers of those that are totals."""

    columns: tuple[MonthColumn, ...]
    totals: tuple[str, ...]

    @property
    def months(self) -> tuple[tuple[int, int | None], ...]:
        """Each month once, in the order of the sheet."""
        return tuple(dict.fromkeys((c.month, c.year) for c in self.columns))

    def of(self, month: tuple[int, int | None]) -> dict[str, int]:
        """Where each number of one month stands; the first of two columns is the one read."""
        out: dict[str, int] = {}
        for column in self.columns:
            if (column.month, column.year) == month:
                out.setdefault(column.counts, column.index)
        return out


def month_columns(parts: Sequence[Sequence[str]]) -> MonthColumns:
    """The month columns of a header, given the pieces of each column's name."""
    columns: list[MonthColumn] = []
    totals: list[str] = []
    for index, pieces in enumerate(parts):
        name = " / ".join(pieces)
        months, rest = months_in(pieces)
        if len(months) == 1 and len(pieces) > 1:  # a term over its months is no total of them
            rest = months_in([p for p in pieces if not _GROUP.match(p)])[1]
        if len(months) > 1 or (_is_total(rest) and (months or _counts(rest) is not None)):
            totals.append(name)
        elif len(months) == 1 and (counts := _counts(rest)) is not None:
            columns.append(MonthColumn(index, name, *months[0], counts))
    return MonthColumns(tuple(columns), tuple(totals))


def is_month(cell: str) -> bool:
    """Whether a header cell names one month, or a total beside months."""
    return bool(month_columns([[cell]]).columns)


def months_in(pieces: Sequence[str]) -> tuple[tuple[tuple[int, int | None], ...], str]:
    """The months a header names, each once, as (month, year or None), and what else it says."""
    read = [_piece(p) for p in pieces]
    months = dict.fromkeys(m for found, _ in read for m in found)
    return tuple(months), " ".join(rest for _, rest in read if rest)


def _piece(text: str) -> tuple[list[tuple[int, int | None]], str]:
    """The months in a piece of a header, and what else it says."""
    if (alone := _number(text)) is not None:
        return [alone], ""
    found = [
        (MONTHS[m[1].lower()], _year(m[2])) for m in _NAMED.finditer(text.replace("_", " "))
    ]
    rest = " ".join(_NAMED.sub(" ", text.replace("_", " ")).split()).strip(" -–/:.,()[]'’")
    return found, rest


def _number(text: str) -> tuple[int, int | None] | None:
    """'2025-04', '04/2025' or the first of a month as a real date."""
    if not re.fullmatch(r"\d{4}[-/]\d{1,2}(-01)?( 00:00:00)?|\d{1,2}[-/]\d{4}", text.strip()):
        return None
    return parse_month(text)


def _year(text: str | None) -> int | None:
    return None if text is None else int(text) if len(text) == 4 else 2000 + int(text)


def _is_total(rest: str) -> bool:
    return bool(_SPAN.search(rest)) or normalise(rest) in _TOTALS - {"p", "a"}


def _counts(rest: str) -> str | None:
    """What the words beside a month count: '' where there are none, None for other words."""
    plain = normalise(_SPAN.sub(" ", rest))
    if not plain or plain in ("days", "noofdays", "numberofdays", "number"):
        return ""
    return next((name for name, words in _DAYS.items() if plain in words), None)
