"""Is more missed on one day of the week than on the others, beyond chance?

Each school day is one observation: everybody who is ill on a Monday is ill on the same Monday, so
students are not counted as if each were a day of her own.
"""

from __future__ import annotations

import warnings
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from school import stats
from school.config import Preset
from school.measures import answer
from school.sources import WEEKDAYS
from school.stats.least import WEEKDAY
from school.store import Store
from school.view import View

LEVEL = 0.05  # expected share of false flags among the flags


@dataclass(frozen=True)
class Weekday:
    """One day of the week: half days missed of those possible, and how sure it is that it differs.

    `p` is against the other weekdays together, adjusted for looking at all of them; None where it
    cannot be told. `apart` is the rate without days that border on a holiday.
    """

    name: str
    days: int
    absent: float
    possible: float
    p: float | None
    flagged: bool
    apart: float | None

    @property
    def rate(self) -> float:
        """The share of half days missed."""
        return self.absent / self.possible


@dataclass(frozen=True)
class Pattern:
    """All weekdays in their order; `why` says why none is judged."""

    weekdays: tuple[Weekday, ...]
    why: str | None = None


def weekday_pattern(
    store: Store, view: View, preset: Preset | None, measure: str = "absence_rate"
) -> Pattern:
    """The pattern of an attendance measure over the weekdays of a view."""
    found = answer(store, measure, view.with_(by=(), period="day"), preset=preset)
    counts = {r.period.start: (r.numerator or 0.0, r.denominator or 0.0) for r in found.rows
              if r.period is not None and r.denominator}
    if found.withheld:
        return Pattern((), found.withheld)
    return pattern(counts)


def pattern(counts: Mapping[date, tuple[float, float]]) -> Pattern:
    """Weekdays judged from half days missed and possible of each school day."""
    by_day: dict[int, list[date]] = {}
    for day in sorted(counts):
        by_day.setdefault(day.isoweekday(), []).append(day)
    few = [WEEKDAYS[n - 1] for n in sorted(by_day) if len(by_day[n]) < WEEKDAY]
    why = None
    if len(by_day) < 2:  # or none at all
        why = "school met on one weekday only"
    elif few:
        why = f"fewer than {WEEKDAY} of each weekday: {', '.join(few)}"
    raw = {} if why else _differ(counts, by_day)
    adjusted = dict(zip(raw, stats.bh(list(raw.values())), strict=True)) if raw else {}
    bordering = beside_holidays(counts)
    return Pattern(tuple(
        _weekday(number, days, counts, adjusted.get(number), bordering)
        for number, days in sorted(by_day.items())), why)


def _weekday(
    number: int, days: Sequence[date], counts: Mapping[date, tuple[float, float]],
    p: float | None, bordering: Collection[date],
) -> Weekday:
    absent, possible = (sum(counts[d][n] for d in days) for n in (0, 1))
    inside = [counts[d] for d in days if d not in bordering]
    whole = sum(c[1] for c in inside)
    return Weekday(WEEKDAYS[number - 1], len(days), absent, possible, p,
                   p is not None and p < LEVEL,
                   sum(c[0] for c in inside) / whole if whole else None)


def _differ(
    counts: Mapping[date, tuple[float, float]], by_day: Mapping[int, Sequence[date]]
) -> dict[int, float]:
    """For each weekday how likely such a difference to the others is by chance alone.

    A binomial regression whose errors are clustered by date, and no smaller than those of
    students who decide by themselves. A weekday on which nobody was ever absent counts as half a
    half day missed, so that it has odds to compare; where nobody was absent at all none is judged.
    """
    numbers = sorted(by_day)
    if not sum(c[0] for c in counts.values()):
        return {}
    import numpy as np
    import statsmodels.api as sm

    days = [(d, at) for at, n in enumerate(numbers) for d in by_day[n]]
    bare = {n for n in numbers if not sum(counts[d][0] for d in by_day[n])}
    absent = np.array([0.5 / len(by_day[numbers[at]]) if numbers[at] in bare else counts[d][0]
                       for d, at in days])
    possible = np.array([counts[d][1] for d, _ in days])
    design = np.zeros((len(days), len(numbers)))
    design[range(len(days)), [at for _, at in days]] = 1.0
    model = sm.GLM(np.column_stack([absent, possible - absent]), design,
                   family=sm.families.Binomial())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # days that are all alike are foreseen below
        fitted = model.fit(cov_type="cluster", cov_kwds={"groups": np.arange(len(days))})
        alone = model.fit()
    spread = np.maximum(np.diag(fitted.cov_params()), np.diag(alone.cov_params()))
    free = np.array([len(by_day[n]) - 1 for n in numbers])
    return {n: _p(at, fitted.params, spread, free) for at, n in enumerate(numbers)}


def _p(at: int, odds: Any, spread: Any, free: Any) -> float:
    """Two-sided p of one weekday's log odds against the mean of the others'. The weekdays share no
    date, so their variances add up; with few dates the t of Welch and Satterthwaite is wider."""
    import numpy as np
    from scipy.stats import t

    weights = np.full(len(odds), -1.0 / (len(odds) - 1))
    weights[at] = 1.0
    parts = weights**2 * spread
    whole = parts.sum()
    if whole <= 0:
        return 1.0
    df = whole**2 / (parts**2 / free).sum()
    return float(2 * t.sf(abs(weights @ odds) / np.sqrt(whole), df))


def beside_holidays(days: Collection[date]) -> frozenset[date]:
    """Days before or after a day off that is no weekend: many families make it longer."""
    open_days = set(days)
    weekdays = {d.isoweekday() for d in open_days}
    first, last = min(open_days, default=date.min), max(open_days, default=date.min)
    found = set()
    for day in open_days:
        for step in (-1, 1):
            near = day + timedelta(days=step)
            while near.isoweekday() not in weekdays:
                near += timedelta(days=step)
            if first <= near <= last and near not in open_days:
                found.add(day)
    return frozenset(found)
