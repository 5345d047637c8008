"""Breakdowns that are counted together: by places of a student, joined after her rows are added up.

Without a school or cluster in the breakdown a student has one place a period, so her rows need no
place of their own, and one query can count many cuts of the same units.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from school import places
from school.prelude import ABOUT_STUDENTS, UNIT_COLUMNS

if TYPE_CHECKING:
    from school.measures.asking import Question

Columns = tuple[str, ...]
_UNITS_ARE_STUDENTS = (*ABOUT_STUDENTS, "rolls")


def cut(asked: Question) -> tuple[Columns, Columns]:
    """The columns that each row needs, and those that are read off the student afterwards."""
    by = tuple(c for c in asked.view.by if c not in UNIT_COLUMNS)
    if asked.measure.reads not in _UNITS_ARE_STUDENTS or "school" in by or "cluster" in by:
        return by, ()
    late = tuple(c for c in by if places.is_place(c))
    return tuple(c for c in by if c not in late), late


def merged(cuts: Iterable[Columns]) -> Columns:
    """Every column of the cuts, once."""
    return tuple(dict.fromkeys(c for columns in cuts for c in columns))


def cut_number(late: Columns, wanted: Columns) -> int:
    """The number that SQL's `grouping` gives to a cut: one bit a column that is not in it."""
    return sum(1 << (len(late) - 1 - n) for n, c in enumerate(late) if c not in wanted)


def which_cut(late: Columns) -> str:
    """SQL for the number of the cut that a counted row belongs to."""
    return f"grouping({', '.join(f'late{n}' for n in range(len(late)))})" if late else "0"


def grouping(late: Columns, cuts: Sequence[Columns], split: bool) -> str:
    """The inside of `group by`: every cut once, and again by level where that is asked."""
    sets = []
    for columns in dict.fromkeys(tuple(sorted(c)) for c in cuts):
        names = "".join(f", late{n}" for n, c in enumerate(late) if c in columns)
        sets += [f"(period, segment{names})"]
        sets += [f"(period, segment{names}, level)"] if split else []
    return f"grouping sets ({', '.join(sets)})"
