"""Headers of two rows: which rows belong together, and the name each column gets from both.

A group's name ('Term 1') is carried over the columns it spans, by merged area or, where a file has
none, up to the next name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.fields import normalise
from etl.hints import has_hint
from etl.model import Sheet
from etl.synonyms import SYNONYMS

NUMBER = re.compile(r"^[-+]?\d+([.,]\d+)?%?$")


def has_parts_below(sheet: Sheet, rows: Sequence[Sequence[str | None]], row: int) -> bool:
    """Whether the row below names parts of this row's groups: 'CC | GK' under 'Score'."""
    if row + 1 >= len(rows):
        return False
    here, under = rows[row], rows[row + 1]
    words = [c for c in under if c is not None]
    if not words:
        return False
    for top, left, bottom, right in sheet.merged:
        if (
            top <= row < bottom == row + 1
            and left == right
            and sum(c is not None for c in here) > 1
        ):
            return True
        if top == bottom == row and right > left and _all_words(under[left : right + 1]):
            return True
    if is_weekday_row(under):
        return True
    if any(NUMBER.match(w) for w in words):
        return False
    opened = [i for i, c in enumerate(under) if c is not None and here[i] is None]
    named = [i for i, c in enumerate(here) if c is not None]
    alone = sum(under[i] is None for i in named)
    return bool(opened and named and alone and opened[0] > named[0])


def more_below(
    sheet: Sheet, rows: Sequence[Sequence[str | None]], row: int, last: int
) -> bool:
    """Whether the row after `last` still belongs to the header: 'Theory (40)', '(50)', 'marks'.

    It says nothing where the header names whose row it is, and words beside that.
    """
    if last + 1 >= len(rows):
        return False
    here, under = rows[row], rows[last + 1]
    said = [i for i, c in enumerate(under) if c is not None]
    whose = [i for i, c in enumerate(here) if normalise(c or "") in _WHOSE]
    if len(said) < 2 or not whose or any(under[i] is not None for i in whose):
        return False
    joined = {i for t, a, b, d in sheet.merged if t <= row < b for i in range(a, d + 1)}
    if any(NUMBER.match(under[i] or "") or i in joined for i in said):
        return False
    words = [under[i] or "" for i in said]
    if is_weekday_row(words) or any(w.isalpha() and len(w) < 3 for w in words):
        return False  # marks of a child without a number or name
    return all(_PART.search(w) for w in words) or (
        last > row and all(len(w) > 3 for w in words)
    )


_WHOSE = frozenset(
    normalise(s)
    for target in ("student_id", "student_name", "first_name", "last_name", "roll_number")
    for s in SYNONYMS[target]
)
_PART = re.compile(
    r"^[\[(].*[\])]$|[\[(]\s*\d+\s*[\])]|^(marks?|points?|scores?|grades?|days?|theory|practical|oral|"
    r"written|internal|external|number|no\.?|percent|%|in %|out of \d+|max\.? ?\d+|"
    r"((no\.?|number) of )?((working|school|possible) ?days|days? (present|absent|possible|open))|"
    r"present|absent|boys|girls)$",
    re.IGNORECASE,
)


def _all_words(cells: Sequence[str | None]) -> bool:
    words = [c for c in cells if c is not None]
    return len(words) > 1 and not any(NUMBER.match(w) for w in words)


def is_weekday_row(cells: Sequence[str | None]) -> bool:
    """Whether a row holds weekday letters or names, such as 'M T W T F S S' under day numbers."""
    days = {
        "m",
        "t",
        "w",
        "th",
        "f",
        "s",
        "su",
        "tu",
        "we",
        "fr",
        "sa",
        "mo",
        "mon",
        "tue",
        "wed",
        "thu",
        "fri",
        "sat",
        "sun",
        "tues",
        "thur",
        "thurs",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "r",
        "u",
    }
    words = [c.lower().strip(".") for c in cells if c is not None]
    return len(words) >= 5 and sum(w in days for w in words) >= 0.8 * len(words)


def has_groups_above(sheet: Sheet, rows: Sequence[Sequence[str | None]], row: int) -> bool:
    """Whether the row above groups this row's columns: 'Term 1' over 'Maths | Science'."""
    if row == 0:
        return False
    here, over = rows[row], rows[row - 1]
    words = [(i, c) for i, c in enumerate(over) if c is not None]
    if not words or any(":" in c or has_hint(c) for _, c in words):
        return False
    named = [i for i, c in enumerate(here) if c is not None]
    for top, left, bottom, right in sheet.merged:
        whole = left <= named[0] and right >= named[-1]
        if (
            bottom == row - 1
            and top == bottom
            and right > left
            and not whole
            and over[left] is not None
        ):
            return True
        if top == row - 1 and bottom == row and left == right:
            return True
    if is_weekday_row(over):
        return True
    twice = len({here[i] for i in named}) < len(named)
    return twice and len(words) > 1 and words[-1][0] > named[0]


def parts(
    sheet: Sheet, rows: Sequence[Sequence[str | None]], top: int, last: int
) -> tuple[tuple[str, ...], ...]:
    """The pieces of each column's name; a group's name is carried over the columns it spans."""
    if not rows:
        return ()
    lines = [
        [None if c is None else " ".join(c.split()) for c in rows[r]] for r in range(top, last + 1)
    ]
    for place in range(len(lines) - 1):
        below = [next((r[i] for r in lines[place + 1 :] if r[i] is not None), None)
                 for i in range(len(lines[0]))]
        _carry(sheet, lines[place], below, top + place)
    out = []
    for pieces in zip(*lines, strict=True):
        told = [p for p in pieces if p is not None]
        out.append(tuple(p for i, p in enumerate(told) if i == 0 or p != told[i - 1]))
    return tuple(out)


def _carry(sheet: Sheet, over: list[str | None], under: Sequence[str | None], row: int) -> None:
    """Write a group's name over all its columns: by merged area, else up to the next name."""
    spans = {left: right for top, left, bottom, right in sheet.merged if top == bottom == row}
    if spans:
        for left, right in spans.items():
            if right < len(over):
                over[left : right + 1] = [over[left]] * (right - left + 1)
        return
    if is_weekday_row(over) or is_weekday_row(under):
        return
    name: str | None = None
    for i, cell in enumerate(over):
        if cell is not None:
            name = cell if under[i] is not None else None
        elif under[i] is not None and name is not None:
            over[i] = name
