"""What the Data quality page says: can these numbers be trusted?"""

from __future__ import annotations

from school.config import Preset
from school.terms.numbers import counted, percent
from school.terms.register import WARNED, WITHHELD
from school.terms.words import Lead, joined, noun

WHOLE = 0.995  # from here on a register is called whole


def quality_lead(
    *, rows: int, completeness: float | None = None, to_day: str = "", silent: int = 0,
    schools: int = 0, month: str = "", emptiest: tuple[str, int] | None = None, odd: int = 0,
    first_odd: str = "", gap: tuple[str, str, float] | None = None,
    preset: Preset | None = None,
) -> Lead:
    """The lead of Data quality.

    `silent` of `schools` sent nothing for `month`; `emptiest` is a class and its empty days; `gap`
    is the least marked week: of whom, which, its share; `odd` counts things to check, the first in
    the words of `first_odd`.
    """
    if rows == 0:
        return Lead("Nothing uploaded yet.")
    empty = _empty_days(emptiest) or _least(gap)
    check = _check(odd, first_odd)
    if silent:
        of = f"{silent} of {schools} {noun(schools, 'schools')}"
        return Lead(f"Not yet: {of} sent nothing for {month}.", joined(empty, check))
    if completeness is not None and completeness < WITHHELD:
        return Lead(f"Not for attendance: only {percent(completeness)} of the register is marked.",
                    joined(empty, check))
    if completeness is not None and (completeness < WHOLE or emptiest or gap):
        answer = "Mostly" if completeness < WARNED else "Yes"
        until = f" to {to_day}" if to_day else ""
        return Lead(f"{answer} for attendance{until}: {percent(completeness)} of the register is "
                    "marked.", joined(empty, check))
    if odd == 1:
        return Lead(f"One thing to check: {first_odd}.")
    if odd:
        return Lead(f"{odd} things to check, first: {first_odd}.")
    if completeness is None:  # without a register nobody knows what is missing
        return Lead(f"Nothing looks odd in {counted(rows, 'rows', preset)}.")
    return Lead(f"Nothing is missing and nothing looks odd in {counted(rows, 'rows', preset)}.")


def _least(gap: tuple[str, str, float] | None) -> str:
    """The least marked week, so that nobody takes a high average for a whole register."""
    if gap is None:
        return ""
    return f"Least in {gap[0]}, {gap[1]}: {percent(gap[2])}."


def _empty_days(emptiest: tuple[str, int] | None) -> str:
    if emptiest is None or emptiest[1] == 0:
        return ""
    return f"{emptiest[0]} has {emptiest[1]} empty {noun(emptiest[1], 'days')}."


def _check(odd: int, first_odd: str) -> str:
    if odd == 0:
        return ""
    return f"One thing to check: {first_odd}." if odd == 1 else \
        f"{odd} things to check, first: {first_odd}."
