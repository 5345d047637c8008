"""Counts how large a change pure chance shows: `python -m school.stats.quiet` writes `chance.csv`.

A quiet series is one in which nothing changes. Neighbouring weeks are a little alike in it all the
same: an illness that lasts two or three days reaches over a weekend. To be run again whenever a run
rule, the baseline or what makes a change stand is altered; a test fails until then.
"""

from __future__ import annotations

import csv
import math
import random

from school.stats.chance import LEVELS, TABLE, Change, lasting
from school.stats.process import BASELINE_LEAST, usual_range

SERIES = 4000  # of each length
# Days of one student's absence with a mean spell of 2.5 days, over a weekend of one or two days,
# give weekly sums a correlation of 0.09 to 0.12 with the week before.
ALIKE = 0.1
LENGTHS = (*range(BASELINE_LEAST, 31), 33, 36, 40, 45, 52, 65, 80, 104, 156, 260)


def quiet(points: int, draw: random.Random, alike: float = ALIKE) -> list[float]:
    """A series without any change, whose neighbours correlate by `alike`."""
    values = [draw.gauss(0, 1)]
    while len(values) < points:
        values.append(alike * values[-1] + math.sqrt(1 - alike * alike) * draw.gauss(0, 1))
    return values


def found_in(values: list[float]) -> Change | None:
    """What the run rules hold for a change in a series without gaps."""
    chart = usual_range(values)
    return None if chart is None else lasting(values, chart)


def most(points: int, series: int = SERIES) -> tuple[float, ...]:
    """Of each of `LEVELS`, the strength that no larger share of quiet series exceeds."""
    draw = random.Random(points)
    seen = [found_in(quiet(points, draw)) for _ in range(series)]
    strengths = sorted((0.0 if c is None else c.strength for c in seen), reverse=True)
    return tuple(round(strengths[int(level * series)], 3) for level in LEVELS)


def main() -> None:
    """Write the table anew."""
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["points", *(f"{level:g}" for level in LEVELS)])
        rows.writerows([points, *most(points)] for points in LENGTHS)


if __name__ == "__main__":
    main()
