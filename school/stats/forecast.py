"""Where a straight line through a series leads.

Always a range, never a single line, and never further than half as far as was looked back.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from school.stats import least
from school.stats.intervals import CONFIDENCE, Interval


@dataclass(frozen=True)
class Forecast:
    """A straight line through a series, `at` a place: its value there, the range of the line and
    the wider one of a new point."""

    at: float
    value: float
    line: Interval
    point: Interval
    _spread: float
    _df: int

    def beyond(self, target: float) -> float:
        """Probability that a new point there lies at `target` or above, 0 to 1."""
        if self._spread <= 0:
            return float(self.value >= target)
        from scipy.stats import t

        return float(t.sf((target - self.value) / self._spread, self._df))


def forecast(
    xs: Sequence[float], ys: Sequence[float], at: float, inside: float = CONFIDENCE,
) -> Forecast | None:
    """Where a straight line through the points leads, with the range of a new point there.

    None under 8 points, where all x are alike, or where `at` lies further after the last x than
    half the length of what was seen. Source: ordinary least squares with the standard error of
    prediction (Kutner et al. 2005), by statsmodels.
    """
    if len(xs) < least.FORECAST or min(xs) == max(xs):
        return None
    if at - max(xs) > (max(xs) - min(xs)) / 2:
        return None
    import numpy as np
    from statsmodels.regression.linear_model import OLS

    fit = OLS(np.asarray(ys, float), np.column_stack([np.ones(len(xs)), xs])).fit()
    there = fit.get_prediction(np.array([[1.0, at]]))
    line, point = there.conf_int(alpha=1 - inside)[0], there.conf_int(alpha=1 - inside, obs=True)[0]
    return Forecast(at, float(there.predicted_mean[0]), (float(line[0]), float(line[1])),
                    (float(point[0]), float(point[1])),
                    math.sqrt(float(there.var_pred_mean[0]) + float(fit.mse_resid)),
                    int(fit.df_resid))
