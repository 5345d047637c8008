"""Named test windows and exams: what they are called, and where in the school year they lie.

A file that says 'Term 2' and gives no day is dated to the first day of that part of the year, so
that windows stand in order; the reader is told that the day was not in the file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from etl.scales import plain


@dataclass(frozen=True)
class Window:
    """A named window: part `number` of the `of` parts into which it divides the year."""

    name: str
    number: int
    of: int


_PARTS: tuple[tuple[str, int, int], ...] = (
    (r"boy|beginning of (the )?year|baseline|pre ?test|fall|autumn|entry", 1, 3),
    (r"moy|middle of (the )?year|mid ?line|mid ?year|winter", 2, 3),
    (r"eoy|end of (the )?year|end ?line|post ?test|exit", 3, 3),
    (r"half yearly|half year|mid ?term|first half", 1, 2),
    (r"annual|yearly|final|finals|second half|year end", 2, 2),
)
_NUMBERED = re.compile(
    r"\b(term|semester|trimester|quarter|unit test|periodic test|formative assessment"
    r"|summative assessment|test|exam|assessment|cycle|round|window|fa|sa|pt|ut|q|t|hoc ky|ki|ky"
    r"|mp|marking period|hy)"
    r" ?(\d{1,2}|i{1,3}|iv|v)\b"
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5}
_USUAL = {
    "term": 3, "trimester": 3, "semester": 2, "quarter": 4, "q": 4, "t": 3, "hoc ky": 2, "ky": 2,
    "ki": 2, "sa": 2, "summative assessment": 2, "fa": 4, "formative assessment": 4, "mp": 4,
    "marking period": 4,
}


def window(text: str, highest: int = 0) -> Window | None:
    """The window that `text` names, or None. `highest` is the largest number seen beside it."""
    words = plain(text)
    if not words:
        return None
    found = _NUMBERED.search(words)
    if found:
        number = int(found[2]) if found[2].isdigit() else _ROMAN[found[2]]
        return Window(text.strip(), number, max(highest, number, _USUAL.get(found[1], 3)))
    # the seasons of a school year of three terms: spring is the middle one only beside autumn
    if re.search(r"\bspring\b", words):
        return Window(text.strip(), 3, 3)
    if re.search(r"\bsummer\b", words):
        return Window(text.strip(), 3, 3)
    for pattern, number, of in _PARTS:
        if re.search(rf"\b({pattern})\b", words):
            return Window(text.strip(), number, of)
    return None


def first_day(part: Window, year_begins: date) -> date:
    """First day of a window in the school year that begins on `year_begins`."""
    return year_begins + timedelta(days=(part.number - 1) * 365 // part.of)


def order_windows(names: list[str], year_begins: date) -> dict[str, date]:
    """A first day for each name: known windows by their place, the rest on the first day."""
    parts = {name: window(name) for name in names}
    highest = max((p.number for p in parts.values() if p), default=0)
    british = any("autumn" in plain(n) for n in names) or any("summer" in plain(n) for n in names)
    days: dict[str, date] = {}
    for name in names:
        part = window(name, highest if parts[name] else 0)
        if part and british and re.search(r"\bspring\b", plain(name)):
            part = Window(part.name, 2, 3)
        days[name] = first_day(part, year_begins) if part else year_begins
    return days
