"""How a measure's value is written on the Progress page."""

from __future__ import annotations

from dataclasses import dataclass

from school.answers import Answer, Kind
from school.config import Preset
from school.stats import half_up
from school.terms import grouped, percent, percent_range, range_words


@dataclass(frozen=True)
class Figures:
    """Writes values of one measure alike everywhere: share, mean or count."""

    kind: Kind
    unit: str
    places: int
    preset: Preset | None

    @classmethod
    def of(cls, answer: Answer, preset: Preset | None) -> Figures:
        """One decimal for shares of many sessions and for means, none for shares of students."""
        rows = [r for r in answer.rows if r.n and r.people]
        sessions = any((r.n or 0) > (r.people or 0) for r in rows)
        many = any((r.n or 0) >= 100 for r in rows)
        places = 0 if answer.kind == "count" else 1
        if answer.kind in ("rate", "distribution"):
            places = 1 if sessions and many and "session" in answer.unit else 0
        return cls(answer.kind, answer.unit, places, preset)

    @property
    def share(self) -> bool:
        """Whether values are fractions."""
        return self.kind in ("rate", "distribution")

    @property
    def in_percent(self) -> bool:
        """Whether values are shown with a percent sign."""
        return self.share or self.unit.startswith("percent")

    def value(self, value: float | None) -> str:
        """'93.1%', '54.2%', '1,402'; a dash for a gap."""
        if value is None:
            return "–"
        if self.share:
            return percent(value, None, self.places)
        sign = "%" if self.in_percent else ""
        return f"{grouped(value, self.preset, self.places)}{sign}"

    def goal(self, value: float) -> str:
        """A value that somebody set: '93%' and not '93.0%'."""
        return self.value(value).replace(".0%", "%").removesuffix(".0")

    def short_range(self, low: float, high: float) -> str:
        """A range for a tile, in whole percent: '90 to 93%'."""
        if not self.share:
            return self.range(low, high)
        ends = [half_up(100 * min(1.0, max(0.0, v))) for v in (low, high)]
        return f"{ends[0]:.0f} to {ends[1]:.0f}%" if ends[0] < ends[1] else self.range(low, high)

    def range(self, low: float, high: float) -> str:
        """'89.6% to 92.6%'; a share never leaves 0 to 100."""
        if self.share:
            return percent_range(max(0.0, low), min(1.0, high), None, self.places)
        if self.in_percent:
            return f"{self.value(low)} to {self.value(high)}"
        return range_words(max(0.0, low), high, self.preset, self.places)
