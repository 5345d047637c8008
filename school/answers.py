"""What comes back from a question: an `Answer`, alike for page, table, export, command line."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Literal

from school.view import View

Kind = Literal["rate", "mean", "count", "distribution"]
Better = Literal["higher", "lower", "neither"]


@dataclass(frozen=True)
class PeriodOf:
    """A day, week, month, term or year: both ends included, and its name on screen."""

    start: date
    end: date
    label: str


@dataclass(frozen=True)
class Row:
    """One number: a value with its range, the people behind it and the counts it was made of.

    Rates are fractions between 0 and 1; means are in the measure's unit; a count is its value.
    `people` counts students (or responses, schools); `n` counts what was divided by: sessions,
    results, answers. `hidden` is the reason why the value may not be shown, and then every other
    figure of the row is None too. Outside the school's own staff counts of fewer than 10 are None
    beside a share, and a share near 0 or 100 is `coded`: its value is the bound that is told.
    """

    period: PeriodOf | None
    segments: dict[str, str]
    value: float | None
    low: float | None
    high: float | None
    people: int | None
    n: int | None
    numerator: float | None
    denominator: float | None
    completeness: float | None
    hidden: str | None = None
    squares: float | None = None  # of a mean: sum of the squares of the persons' values
    coded: str | None = None  # outside the staff: the share in words, where it lies near 0 or 100


@dataclass(frozen=True)
class Card:
    """Who is counted: the denominator card beside every number."""

    included: int  # people counted
    left_out: tuple[tuple[str, int], ...]  # reason, people
    days: int | None  # school days in the view, where the measure counts days
    completeness: float | None  # recorded / expected; None if unknown
    completeness_how: str  # "from the calendar", "derived from the marks", or "unknown"
    notes: tuple[str, ...] = ()
    published: tuple[str, ...] = ()  # the tables it was read from, where no student stands in them


@dataclass(frozen=True)
class Answer:
    """The one way to a number: everything a page, chart, table, export or slide says of it."""

    measure: str
    version: str
    title: str
    question: str
    meaning: str
    source: str
    kind: Kind
    unit: str
    better: Better
    minimum: int
    view: View
    as_of: date
    data_version: int
    card: Card
    rows: tuple[Row, ...]
    sql: str
    withheld: str | None = None  # why no rate is shown at all (too little is marked)
    extra: dict[str, Any] = field(default_factory=dict)
    ran: str = field(default="", compare=False, repr=False)  # the whole query as it ran

    @property
    def total(self) -> Row | None:
        """The only row of an answer that is not split; None where there is none or several."""
        return self.rows[0] if len(self.rows) == 1 else None

    def as_json(self) -> dict[str, Any]:
        """The command line's contract, ready for `json.dumps`."""
        query = self.view.to_query()
        return {
            "measure": self.measure,
            "version": self.version,
            "kind": self.kind,
            "unit": self.unit,
            "better": self.better,
            "view": query,
            "as_of": self.as_of.isoformat(),
            "card": asdict(self.card),
            "withheld": self.withheld,
            "rows": [_row_json(r, self.withheld) for r in self.rows],
        }


TOO_LITTLE = "Less than 70% of the register is marked here, so a rate would mislead."


def _row_json(row: Row, withheld: str | None) -> dict[str, Any]:
    """The row with a reason wherever there is no value: hidden, or withheld as a whole or here."""
    out = asdict(row)
    out.pop("squares")
    if row.value is None and row.hidden is None:
        out["hidden"] = withheld or (TOO_LITTLE if row.completeness is not None else None)
    if row.period is not None:
        out["period"] = {
            "start": row.period.start.isoformat(),
            "end": row.period.end.isoformat(),
            "label": row.period.label,
        }
    return out
