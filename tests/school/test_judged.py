"""What comes by itself is said beside a gain, and a day of the week only beyond chance."""

from __future__ import annotations

import numpy as np
import pytest

from school.answers import Row
from school.apart import standing_apart
from school.growth import Below, below
from school.measures.reliability import Reliability
from school.stats import rate_interval
from school.terms.judged import (
    apart_sentence,
    by_itself_sentence,
    reliability_sentence,
    weekday_sentence,
)
from school.weekdays import Pattern, Weekday


def _row(x: int, n: int) -> Row:
    low, high = rate_interval(x, n) or (0.0, 1.0)
    return Row(None, {"grade": str(x)}, x / n, low, high, n, n, float(x), float(n), None)


def test_a_part_lies_apart_only_when_all_parts_are_allowed_for() -> None:
    alike = [_row(20 + k, 100) for k in range(-4, 5)]
    assert standing_apart(alike).above == ()
    found = standing_apart([*alike, _row(60, 100)])
    assert [r.numerator for r in found.above] == [60.0]
    assert found.looked == 10
    low = standing_apart([_row(50, 100)] * 5 + [_row(10, 100)])
    assert [r.numerator for r in low.below] == [10.0]


def test_twenty_parts_that_are_alike_rarely_name_one() -> None:
    rng = np.random.default_rng(3)
    named = sum(bool(standing_apart([_row(int(x), 200) for x in rng.binomial(200, 0.3, 20)]).above)
                for _ in range(200))
    assert named <= 20, "about 5 of 200 expected to the upper side"


def test_one_part_alone_lies_apart_from_nothing() -> None:
    assert standing_apart([_row(5, 10)]).looked == 1


@pytest.mark.parametrize(("above", "below", "said"), [
    ([], [], "The differences by class could be chance."),
    (["7 (9%)"], [], "7 (9%) lies above the others, beyond chance; all 6 were looked at."),
    (["7 (9%)", "8 (8%)"], ["1 (2%)"], "7 (9%) and 8 (8%) lie above the others, 1 (2%) lies below "
     "the others, beyond chance; all 6 were looked at."),
    (["a", "b", "c", "d"], [], "a, b and 2 more lie above the others, beyond chance; all 6 were "
     "looked at."),
])
def test_parts_apart_are_named(above: list[str], below: list[str], said: str) -> None:
    assert apart_sentence(above, below, 6, "class") == said


def _pairs(rho: float, rise: float = 0.0, n: int = 4000) -> list[tuple[float, float]]:
    """First and last scores with mean 60, spread 15 and this correlation; all rise alike."""
    rng = np.random.default_rng(8)
    first, other = rng.normal(size=n), rng.normal(size=n)
    last = rho * first + (1 - rho**2) ** 0.5 * other
    return [(60 + 15 * float(a), 60 + 15 * float(b) + rise)
            for a, b in zip(first, last, strict=True)]


@pytest.mark.parametrize("rho", [0.0, 0.5, 0.8])
def test_what_a_low_group_gains_by_itself_is_what_it_gains_when_nothing_is_done(rho: float) -> None:
    found = below(_pairs(rho))
    assert found is not None
    assert found.students == 1000
    assert found.gain == pytest.approx(found.by_itself, abs=1.2)


def test_what_everybody_gained_is_no_merit_of_the_low_group() -> None:
    found = below(_pairs(0.5, rise=6.0))
    assert found is not None
    assert found.all_gain == pytest.approx(6.0, abs=0.5)
    assert found.gain - found.by_itself - found.all_gain == pytest.approx(0, abs=1.2)


def test_a_perfectly_steady_test_returns_nothing() -> None:
    found = below([(float(n), float(n) + 3) for n in range(40)])
    assert found is not None and found.by_itself == pytest.approx(0, abs=1e-9)
    assert by_itself_sentence(found) == "The 10 students who started lowest gained 3.0 points."


def test_too_few_students_say_nothing() -> None:
    assert below([(1.0, 2.0)] * 9) is None
    assert below([(5.0, 6.0)] * 40) is None


def test_the_sentence_subtracts_what_comes_by_itself() -> None:
    assert by_itself_sentence(Below(31, 8.1, 5.0, 1.0)) == (
        "The 31 students who started lowest gained 8.1 points. A group picked because it was low "
        "rises by itself: about 5.0 of these points, beside the 1.0 that everybody gained; 2.1 "
        "points are left.")
    assert by_itself_sentence(Below(31, 5.0, 5.0, 1.0)).endswith("nothing is left.")


def test_days_of_the_week_are_named_only_beyond_chance() -> None:
    def day(name: str, absent: float, flagged: bool) -> Weekday:
        return Weekday(name, 12, absent, 100.0, 0.01, flagged, absent / 100)

    quiet = Pattern((day("Monday", 10, False), day("Friday", 9, False)))
    assert weekday_sentence(quiet) == "No day of the week stands out beyond chance."
    loud = Pattern((day("Monday", 20, True), day("Friday", 9, True)))
    assert weekday_sentence(loud) == (
        "More is missed on Mondays (20.0%) than on other days, beyond chance, also 20.0% without "
        "days beside a holiday.")
    assert "cannot be compared yet: fewer than 8" in weekday_sentence(
        Pattern((), "fewer than 8 of each weekday: Monday"))


def test_reliability_is_told_as_a_guide_or_not_at_all() -> None:
    assert "hang together to 0.82 of 1" in reliability_sentence(Reliability(8, 312, 0.82))
    assert reliability_sentence(Reliability(1, 40, None, "one question alone has none")) == (
        "Whether the questions hang together cannot be told: one question alone has none.")
