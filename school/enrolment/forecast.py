"""Next year's number on roll, as a range: last year's staying of each grade, played again.

Each grade's share of staying comes from what became of it in the year to the last day (Beta, with
half a student more on either side), newcomers come as often as they did (Poisson). It says what
would be if next year were like last year, no more.
"""

from __future__ import annotations

from school.config import Preset
from school.enrolment.finding import a_year
from school.enrolment.values import Forecast
from school.measures import answer
from school.store import Store
from school.view import View

TRIES = 4000
LEAST = 30  # students on roll a year ago
INSIDE = 0.80


def forecast(store: Store, view: View, preset: Preset | None) -> Forecast | None:
    """The number on roll a year after the view's last day; None without class lists of two years.
    """
    import numpy as np

    span = a_year(view)
    grades = [r for r in answer(store, "stayed", span.with_(by=("grade",)), preset=preset).rows
              if r.denominator]
    was = sum(round(r.denominator or 0) for r in grades)
    came = sum(r.value or 0 for r in answer(store, "joined", span, preset=preset).rows)
    now = {r.segments["grade"]: round(r.value or 0) for r in answer(
        store, "headcount", view.with_(by=("grade",), period=None), preset=preset).rows}
    if was < LEAST or not now or not any(r.numerator for r in grades):
        return None
    rng = np.random.default_rng(2030)
    total = rng.poisson(rng.gamma(came + 0.5, 1.0, TRIES))
    kept = {r.segments["grade"]: (round(r.numerator or 0), round(r.denominator or 0))
            for r in grades}
    whole = sum(x for x, _ in kept.values()), sum(n for _, n in kept.values())
    for grade, students in now.items():
        x, n = kept.get(grade, whole)
        share = rng.beta(x + 0.5, n - x + 0.5, TRIES)
        total = total + rng.binomial(students, share)
    low, middle, high = np.quantile(total, [(1 - INSIDE) / 2, 0.5, (1 + INSIDE) / 2])
    return Forecast(int(middle), (float(low), float(high)), was)
