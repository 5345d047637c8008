"""What a page has put on the screen, as values, for Present, Export and the comments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pages.parts.spec import Chart
from school.answers import Answer
from school.terms.words import Lead
from school.view import View


class Shown(Exception):
    """Raised when Present has all it shows; the shell ends the page there."""


@dataclass(frozen=True)
class Tile:
    """One figure with its name above and its base below; `spark` is its course over the year."""

    label: str
    value: str
    words: str = ""
    spark: tuple[float | None, ...] = ()


@dataclass(frozen=True)
class Table:
    """The twin of a chart: columns by name, one dict a row; `title` where a page has several."""

    rows: tuple[Mapping[str, Any], ...]
    title: str = "The same as a table"
    formats: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Drawn:
    """What the page has put on the screen, for Present, Export and the comments."""

    lead: Lead | None = None
    stamp: str = ""
    tiles: tuple[Tile, ...] = ()
    charts: list[Chart] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    told: list[Answer] = field(default_factory=list)  # further ones that stand in its figures
    listed: tuple[str, View, dict[str, Any]] | None = None  # measure behind a list of students
