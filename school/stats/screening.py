"""Was a list right? Those listed beside those to whom it came to pass, as shares with their ranges.

A list is held against people it was not made from, and those who were helped in between did not
fail, which hides how good it is. The value of a listing falls with how rare the outcome is.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from school.stats import least
from school.stats.intervals import CONFIDENCE, Estimate, Interval, rate_interval


@dataclass(frozen=True)
class Share:
    """x of n with its range; the range is None where n is 0."""

    x: int
    n: int
    range: Interval | None


def share_of(x: int, n: int) -> Share:
    """x of n with Wilson's range."""
    return Share(x, n, rate_interval(x, n))


@dataclass(frozen=True)
class Screen:
    """Counts of people: listed or not, and whether it came to pass."""

    hit: int  # listed, and it came to pass
    false_alarm: int  # listed, and it did not
    missed: int  # not listed, and it came to pass
    quiet: int  # not listed, and it did not

    @property
    def events(self) -> int:
        """To how many it came to pass."""
        return self.hit + self.missed

    @property
    def people(self) -> int:
        """All of them."""
        return self.events + self.false_alarm + self.quiet

    @property
    def judged(self) -> bool:
        """Whether enough came to pass to judge the list by: 20 outcomes."""
        return self.events >= least.EVENTS

    @property
    def published(self) -> bool:
        """Whether enough came to pass to show the judgement to others: 100 outcomes."""
        return self.events >= least.EVENTS_PUBLISHED

    @property
    def base(self) -> Share:
        """To how many of all it came to pass: what a listing is to be held against."""
        return share_of(self.events, self.people)

    @property
    def sensitivity(self) -> Share:
        """Of those to whom it came to pass, how many were listed."""
        return share_of(self.hit, self.events)

    @property
    def specificity(self) -> Share:
        """Of those to whom it did not, how many were not listed."""
        return share_of(self.quiet, self.quiet + self.false_alarm)

    @property
    def of_listed(self) -> Share:
        """Of those listed, to how many it came to pass (positive predictive value)."""
        return share_of(self.hit, self.hit + self.false_alarm)

    @property
    def of_unlisted(self) -> Share:
        """Of those not listed, to how many it did not (negative predictive value)."""
        return share_of(self.quiet, self.quiet + self.missed)


def screen(listed: set[int], came: set[int], people: set[int]) -> Screen:
    """The counts of a list over `people`; whoever is not of them is left out of both."""
    listed, came = listed & people, came & people
    hit = len(listed & came)
    return Screen(hit, len(listed) - hit, len(came) - hit, len(people - listed - came))


def area(
    came: Sequence[float], stayed: Sequence[float], minimum: int = least.EVENTS,
) -> Estimate | None:
    """How often one to whom it came to pass had more signs than one to whom it did not, 0 to 1.

    `came` and `stayed` are the numbers of signs of the two; ties count half. 0.5 is no better than
    drawing lots. None under `minimum` outcomes, or with nobody on the other side. The range is
    DeLong's, on the logit scale so that it stays inside 0 to 1; where nobody is out of order it is
    Wilson's of the smaller side. Source: Mann and Whitney 1947; DeLong et al. 1988, Biometrics 44.
    """
    if len(came) < max(1, minimum) or not stayed:
        return None
    import numpy as np
    from scipy.stats import mannwhitneyu, norm

    m, n = len(came), len(stayed)
    value = float(mannwhitneyu(came, stayed).statistic) / (m * n)
    above = np.asarray(came, float)[:, None] - np.asarray(stayed, float)[None, :]
    won = (np.sign(above) + 1) / 2
    smaller = min(m, n)
    if smaller < 2 or not 0 < value < 1:
        low, high = rate_interval(value * smaller, smaller) or (0.0, 1.0)
        return Estimate(value, low, high)
    error = math.sqrt(float(won.mean(axis=1).var(ddof=1)) / m
                      + float(won.mean(axis=0).var(ddof=1)) / n)
    half = float(norm.ppf(0.5 + CONFIDENCE / 2)) * error / (value * (1 - value))
    middle = math.log(value / (1 - value))
    return Estimate(value, *(1 / (1 + math.exp(-(middle + w))) for w in (-half, half)))
