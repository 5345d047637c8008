"""Learning outcomes in sheets: how they are named, what a cell says, which scale it is on.

A cell holds a level, counted questions ('3 of 4'), or says that nobody has looked. A blank says
nothing. What Excel made of '3/4' is a date, and is named as such.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from etl.cells import mask, over_unique, unique
from etl.checks import Cells, rejections, warn
from etl.model import Finding, Sheet
from etl.scales import BY_NAME, Scale, plain, recognise_scale

OWN_LEVELS = "outcome levels"  # the three steps of our template
STEPS = "Level 1-4"
MOSTLY = 0.8
NUMBERS, EVERYWHERE = "Student numbers", "hold in all schools"  # above a grid that we hand out
TITLE = re.compile(r"\b(learning outcomes?|abilit(y|ies)|rubrics?|competenc(y|ies))\b", re.I)
MAYBE = re.compile(r"\b(outcomes?|observations?|concepts?)\b", re.I)
ABILITIES = re.compile(r"\babilit(y|ies)\b", re.I)
CONCEPTS = re.compile(r"\bconcepts?\b", re.I)

_COUNTED = re.compile(r"^(\d{1,3})\s*(?:/|of|out of)\s*(\d{1,3})$", re.I)
_DATE = re.compile(r"^(\d{4}-\d\d-\d\d|\d{1,2}-[A-Za-z]{3}(-\d{2,4})?)")
_UNSEEN = frozenset(("not observed", "not yet observed", "not seen", "unobserved", "n o"))
_DASHES = frozenset("-–—")


@dataclass(frozen=True)
class Seen:
    """What each cell of a column says; `bad` cells say what cannot be."""

    level: pa.Array
    scale: pa.Array
    correct: pa.Array
    items: pa.Array
    status: pa.Array
    bad: frozenset[int]
    findings: tuple[Finding, ...]
    scales: Mapping[str, Scale]


def objective_id(kind: str, subject: str | None, grade: str | None, name: str) -> str:
    """The key of a thing to be learned: the same in every file that names it so.

    Outcomes belong to a subject and grade, concepts to a subject, abilities to neither.
    """
    parts = (kind, "" if kind == "ability" else subject, grade if kind == "outcome" else "", name)
    return "/".join(" ".join((p or "").lower().split()) for p in parts)


def counted(text: str) -> tuple[int, int] | None:
    """'3 of 4' and '3/4' as (3, 4); None for anything else, and where more is right than asked."""
    found = _COUNTED.match(text.strip())
    if found is None:
        return None
    right, asked = int(found[1]), int(found[2])
    return (right, asked) if asked > 0 and right <= asked else None


def unseen(text: str) -> bool:
    """Whether a cell says that nobody has looked."""
    return text.strip() in _DASHES or plain(text) in _UNSEEN


def is_word(text: str) -> bool:
    """Whether a cell holds a level: neither counted questions nor 'not observed', nor a date."""
    return not (unseen(text) or _COUNTED.match(text.strip()) or _DATE.match(text.strip()))


def choose_scale(
    columns: Sequence[pa.Array], header: str, own: Scale | None = None
) -> Scale | None:
    """The scale of these cells: the file's own, ours, 1 to 4, else one that is known by name.

    Of ours, one word in five may be misspelt: that cell is then named, the scale is not lost.
    """
    if own is not None:
        return own
    words = [w for c in columns for w in c.to_pylist() if w is not None and is_word(w)]
    for name in (OWN_LEVELS, STEPS):
        known = sum(BY_NAME[name].order(w) is not None for w in words)
        if words and known >= MOSTLY * len(words):
            return BY_NAME[name]
    return recognise_scale(words, header)


def read_cells(
    text: pa.Array, sheet: Sheet, cells: Cells, scale: Scale | None, asked: int | None = None,
) -> Seen:
    """A column of a grid. `asked` is the number of questions, where its header says it."""
    def pair(cell: str) -> tuple[int, int] | None:
        if asked is not None and cell.isdigit() and int(cell) <= asked:
            return int(cell), asked
        return counted(cell)

    def level(cell: str) -> str | None:
        if pair(cell) is not None or not is_word(cell):
            return None
        return cell if scale is None else scale.label(cell)

    def fits(cell: str) -> bool:
        return pair(cell) is not None or unseen(cell) or level(cell) is not None

    levels = over_unique(text, level, pa.string())
    wrong = np.flatnonzero(~mask(over_unique(text, fits, pa.bool_()).fill_null(True))).tolist()
    scaled = over_unique(levels, lambda _: scale.name if scale else None, pa.string())
    return Seen(
        levels, scaled,
        over_unique(text, lambda c: p[0] if (p := pair(c)) else None, pa.int16()),
        over_unique(text, lambda c: p[1] if (p := pair(c)) else None, pa.int16()),
        over_unique(text, lambda c: "not observed" if unseen(c) else "observed", pa.string()),
        frozenset(wrong), tuple(_wrong(text, sheet, cells, wrong, scale)),
        {scale.name: scale} if scale else {},
    )


def _wrong(
    text: pa.Array, sheet: Sheet, cells: Cells, at: Sequence[int], scale: Scale | None
) -> list[Finding]:
    said = text.to_pylist()
    dates = [i for i in at if _DATE.match(said[i])]
    rest = [i for i in at if i not in set(dates)]
    levels = ", ".join(lv.label for lv in scale.levels) if scale else "a level"
    return [
        *rejections("counted became a date", "Excel made a date of this cell. Write '3 of 4', or "
                    "set the column to text first.", sheet, cells, dates, text, "3 of 4"),
        *rejections("level", "This is not a level of the scale, and no count of questions.",
                    sheet, cells, rest, text, f"{levels}, or 3 of 4"),
    ]


def no_scale(words: Sequence[str], sheet: Sheet) -> Finding:
    """Said where nobody knows which of these levels is reached."""
    listed = ", ".join(sorted(words)[:6])
    return warn(
        "no scale", f"We do not know which of these levels is reached: {listed}. Everything is "
        "kept. To say it, add a sheet “Levels” beside this one with the columns Level, Order, "
        "Reached and Meaning.", sheet)


def words_of(columns: Sequence[pa.Array]) -> list[str]:
    """The levels that stand in these columns."""
    return [w for w in dict.fromkeys(x for c in columns for x in unique(c)) if is_word(w)]


def level_share(text: pa.Array, scale: Scale | None) -> float:
    """How much of what is filled is a level of the scale, a count, or 'not observed'."""
    listed = [t for t in text.to_pylist() if t is not None]
    fit = sum(counted(t) is not None or unseen(t)
              or (scale is not None and scale.order(t) is not None) for t in listed)
    return fit / len(listed) if listed else 1.0
