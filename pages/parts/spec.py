"""What a chart says, as plain values: one for the page, the picture and the table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

Form = Literal["ranked", "line", "agreement", "dots", "grid", "steps"]
State = Literal["ours", "worse", "better", "second", "chance", "reference"]


@dataclass(frozen=True)
class Bar:
    """A row of `ranked`, `dots` or `steps`: best estimate, its range, and the words beside it.

    In `steps` the range is where the step begins and ends."""

    key: str
    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    text: str = ""  # bold, right of the mark: "52"
    range_text: str = ""  # plain, after it: "34 to 72"
    sub: str = ""  # under the mark
    state: State = "ours"


@dataclass(frozen=True)
class Point:
    """A period of `line`. `value` None breaks the line. `signal` is beyond the usual range.

    `partial` is drawn hollow: too little stands behind it to be judged."""

    key: str
    label: str
    day: date
    value: float | None
    before: float | None = None  # the same period last year
    signal: Literal["worse", "better"] | None = None
    note: str = ""
    partial: bool = False


@dataclass(frozen=True)
class Item:
    """A question of `agreement`: answers from strongly agree to strongly disagree."""

    key: str
    label: str
    counts: tuple[int, int, int, int, int]
    text: str = ""


@dataclass(frozen=True)
class Cell:
    """A cell of `grid`; `value` between 0 and 1, None where nothing was observed.

    `open`: it is not over yet, so that it is neither full nor missing; drawn grey, without value.
    """

    row: str
    column: str
    value: float | None
    text: str = ""
    key: str = ""
    open: bool = False


@dataclass(frozen=True)
class Level:
    """A line across the chart with its name: usual mean, target, no difference."""

    value: float
    label: str
    dashed: bool = False


@dataclass(frozen=True)
class Chart:
    """One chart: heading, the line that teaches it, its rows, and what a screen reader says."""

    form: Form
    title: str
    caption: str
    rows: tuple[Any, ...]
    alt: str
    percent: bool = False  # values are fractions
    band: tuple[float, float] | None = None  # usual range, for `line`
    levels: tuple[Level, ...] = ()
    divider: str = ""  # words above the first row that could be chance
    sparse: bool = False  # of `grid`: a cell that is not there is left blank, as on a holiday
    inside: bool = False  # of `grid`: the cells show their words
    wide: float = 1.0  # how many phone screens it takes; the last one is seen first
