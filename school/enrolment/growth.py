"""A promise to grow: so many percent more students in so many months, and where it should stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

PERCENT, MONTHS = 30, 24


@dataclass(frozen=True)
class Growth:
    """A straight line from a start to a target; `now` against where the line stands today."""

    start: int
    start_day: date
    target: int
    target_day: date
    line: float  # where the line stands on the day
    now: int

    @property
    def met(self) -> bool:
        """Whether the target is reached."""
        return self.now >= self.target

    @property
    def on_track(self) -> bool:
        """Whether the number on roll is on its line or above."""
        return self.now >= self.line


def growth(
    start: int, start_day: date, now: int, day: date, *, percent: int = PERCENT,
    months: int = MONTHS,
) -> Growth:
    """The line for `percent` more within `months` of the start, on `day`.

    200 to 260 in 24 months stands at 230 after 12.
    """
    target = -(-start * (100 + percent) // 100)
    year, month = divmod(start_day.month - 1 + months, 12)
    end = date(start_day.year + year, month + 1, min(start_day.day, 28))
    gone = min(max((day - start_day).days / (end - start_day).days, 0.0), 1.0)
    return Growth(start, start_day, target, end, start + (target - start) * gone, now)
