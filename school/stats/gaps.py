"""Two groups compared: how far apart, how many times as likely, how many students that is.

A gap is a difference of shares with Newcombe's range; a ratio has its range on the log scale.
"""

from __future__ import annotations

from dataclasses import dataclass

from school.stats import least
from school.stats.intervals import CONFIDENCE, Estimate, difference_interval


@dataclass(frozen=True)
class Gap:
    """Share of one group less that of another: `apart` (a difference, -1 to 1) with its range.

    `students` is how many of the first group it would take to make the shares equal; less than 0
    where the first group has the smaller share.
    """

    one: float
    other: float
    apart: Estimate
    students: float


def gap(x1: int, n1: int, x2: int, n2: int, minimum: int = least.GAP) -> Gap | None:
    """The gap x1/n1 - x2/n2; None where a group has fewer than `minimum` people, or nobody.

    Source: Newcombe 1998, Statistics in Medicine 17:873 (hybrid score).
    """
    around = difference_interval(x1, n1, x2, n2)
    if around is None or min(n1, n2) < minimum:
        return None
    one, other = x1 / n1, x2 / n2
    return Gap(one, other, Estimate(one - other, *around), excess_students(x1, n1, x2, n2))


def excess_students(x1: int, n1: int, x2: int, n2: int) -> float:
    """How many of group one have it above what the rate of the other would give: n1 * (p1 - p2).

    0.0 where either group is empty. Source: METHODS 6.
    """
    return x1 - n1 * x2 / n2 if n1 > 0 and n2 > 0 else 0.0


def risk_ratio(x1: int, n1: int, x2: int, n2: int) -> Estimate | None:
    """x1/n1 over x2/n2 with its interval on the log scale; None where either has none or nobody.

    Source: Katz, Baptista, Azen and Pike 1978, by `scipy.stats.contingency.relative_risk`.
    """
    if min(x1, x2) <= 0 or min(n1, n2) <= 0:
        return None
    from scipy.stats.contingency import relative_risk

    found = relative_risk(x1, n1, x2, n2)
    around = found.confidence_interval(CONFIDENCE)
    return Estimate(float(found.relative_risk), float(around.low), float(around.high))


def odds_ratio(x1: int, n1: int, x2: int, n2: int) -> Estimate | None:
    """The ratio of the odds with its interval on the log scale (Woolf); None at 0 or all."""
    cells = [x1, n1 - x1, x2, n2 - x2]
    if min(cells) <= 0:
        return None
    from statsmodels.stats.contingency_tables import Table2x2

    table = Table2x2([cells[:2], cells[2:]])
    low, high = table.oddsratio_confint(1 - CONFIDENCE)
    return Estimate(float(table.oddsratio), float(low), float(high))


@dataclass(frozen=True)
class Disproportion:
    """How many times as likely a group is; `wider` where others here were too few to compare."""

    ratio: Estimate
    wider: bool


def disproportion(
    group: tuple[int, int], others: tuple[int, int], wider: tuple[int, int] | None = None,
) -> Disproportion | None:
    """Risk of a group over that of all others, each as (x, n) with x events among n people.

    Where the others here have fewer than 10 events or 30 people, `wider` (all others of the
    district or state) takes their place: the alternate risk ratio. None where the group itself is
    as small, or nobody is left to compare with. Source: 34 CFR 300.647 (cells of 10 and groups of
    30 are the largest it presumes reasonable).
    """
    if not _enough(group):
        return None
    for beside, far in ((others, False), (wider, True)):
        ratio = risk_ratio(*group, *beside) if beside and _enough(beside) else None
        if ratio:
            return Disproportion(ratio, far)
    return None


def _enough(counts: tuple[int, int]) -> bool:
    return counts[0] >= least.RATIO_CELL and counts[1] >= least.RATIO_GROUP


def composition_index(group: int, of_group: int, people: int, of_all: int) -> float | None:
    """Share of a group among those concerned over its share of all; 1 is as many as expected.

    `group` of `of_group` concerned students belong to it, `people` of `of_all` on roll do.
    """
    if not of_group or not people or not of_all:
        return None
    return (group / of_group) / (people / of_all)


def linked_change(gained: int, lost: int) -> float:
    """p value of a change among the same people: `gained` went from no to yes, `lost` back.

    Those who stayed as they were say nothing. Exact; 1.0 where nobody changed. Source: McNemar
    1947, by `statsmodels.stats.contingency_tables.mcnemar`.
    """
    from statsmodels.stats.contingency_tables import mcnemar

    if not gained and not lost:
        return 1.0
    return float(mcnemar([[0, gained], [lost, 0]], exact=True).pvalue)
