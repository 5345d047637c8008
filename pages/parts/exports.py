"""What a person takes into the meeting: the picture of a view, and its numbers as a workbook.

Plain data in, bytes out: nothing here asks the store, so an export can say no more than the
`Answer`s it is given, and hides what they hide.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from school.answers import Answer


@dataclass(frozen=True)
class Bar:
    """One bar or one dot with its range: `text` is what stands right of it, such as '52'."""

    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    text: str = ""
    subline: str = ""
    tone: Literal["ours", "attention", "better", "reference"] = "ours"


@dataclass(frozen=True)
class Bars:
    """Ranked bars: solid to the cautious end, pale to the other, an ink line at the estimate.

    `sure` is how many of the first rows are beyond chance; a dotted line follows them.
    `dots` draws a dot and a range line instead, from a zero line.
    """

    title: str
    rows: tuple[Bar, ...]
    caption: str = ""
    sure: int | None = None
    dots: bool = False


@dataclass(frozen=True)
class Point:
    """One week, month or test of a line. A None value breaks the line."""

    label: str
    value: float | None
    signal: Literal["better", "worse", ""] = ""


@dataclass(frozen=True)
class Line:
    """A line over time with its usual range. Values are fractions if `percent`, else as they are."""

    title: str
    points: tuple[Point, ...]
    caption: str = ""
    percent: bool = True
    mean: float | None = None
    low: float | None = None
    high: float | None = None
    last_year: tuple[float | None, ...] = ()
    target: float | None = None


@dataclass(frozen=True)
class Agreement:
    """One stacked bar a question: shares from strongly agree to strongly disagree, and a note."""

    title: str
    rows: tuple[tuple[str, tuple[float, ...], str], ...]
    levels: tuple[str, ...]
    caption: str = ""


@dataclass(frozen=True)
class Grid:
    """Cells of shares between 0 and 1; None is 'not observed'. `texts` stand in the cells."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[float | None, ...]], ...]
    caption: str = ""


Chart = Bars | Line | Agreement | Grid


@dataclass(frozen=True)
class Page:
    """What stands on the page that is taken away: the frame fills it from what it has drawn.

    `people` names what is counted ("604 students"); `stamp` is the line on freshness.
    """

    title: str
    bold: str
    rest: str
    filters: str
    as_of: date
    stamp: str = ""
    people: str = ""
    tiles: tuple[tuple[str, str, str], ...] = ()
    charts: tuple[Chart, ...] = ()
    invented: bool = False


def picture(page: Page, *, form: Literal["png", "pdf"] = "png") -> bytes:
    """The view as one picture, 1600 px wide, or as a tagged PDF."""
    raise NotImplementedError


def workbook(
    page: Page,
    answers: Sequence[Answer],
    *,
    students: tuple[Sequence[str], Sequence[Sequence[object]]] | None = None,
) -> bytes:
    """The view as an Excel file: what is on the screen, typed, without a live formula.

    `students` (column names, rows) is given only if the person ticked that names go along.
    """
    raise NotImplementedError
