"""Cells of a mark column: a number, a word that says why there is none, or a mistake.

Absent is a status with no score, never 0. A score over the maximum is a mistake and is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.cells import Bools, filled, mask, over_unique, tally
from etl.checks import Cells, rejections, warn
from etl.fields import spaced
from etl.model import Finding, Question, Sheet

_STATUS: Mapping[str, tuple[str, ...]] = {
    "absent": (
        "ab",
        "abs",
        "absent",
        "a",
        "aa",
        "abst",
        "did not attend",
        "not present",
        "vang",
        "v",
        "left early",
        "dna",
        "ex abs",
        "medical leave",
        "ml",
        "on leave",
        "leave",
    ),
    "exempt": (
        "ex",
        "exempt",
        "exempted",
        "excused",
        "medical",
        "med",
        "mc",
        "not applicable",
        "not entered",
        "waived",
        "mien",
    ),
    "not_submitted": (
        "ns",
        "not submitted",
        "missing",
        "nil",
        "not handed in",
        "pending",
        "incomplete",
        "inc",
        "i",
        "no score",
        "not attempted",
        "nta",
        "not done",
    ),
    "tested_out": ("tested out", "to", "max score", "mastered out"),
    "unknown": (
        "na",
        "n a",
        "not available",
        "not assessed",
        "insufficient data",
        "not provided",
        "withheld",
        "wh",
        "result withheld",
        "malpractice",
        "cancelled",
    ),
}
_WORDS = {word: status for status, words in _STATUS.items() for word in words}
_NOTHING = re.compile(r"^[-–—_./]+$")
_HIDDEN = re.compile(r"^(?:\*+|s|supp(?:ressed)?|[<>≤≥]=? ?\d+(?:[.,]\d+)? ?%?)$", re.IGNORECASE)
_ERROR = re.compile(r"^#(?:N/A|DIV/0!|REF!|VALUE!|NAME\?|NUM!|NULL!)$")  # no mark: named later
_NUMBER = re.compile(r"^[-+]?(?:\d+(?:[.,]\d+)?|\.\d+)$")
_THOUSANDS = re.compile(r"^\d{1,3}(?:,\d{3})+(?:\.\d+)?$")
_OUT_OF = re.compile(r"^(\d+(?:[.,]\d+)?)\s*/\s*(\d+(?:\.\d+)?)$")
_PERCENT = re.compile(r"^(\d+(?:[.,]\d+)?)\s*%$")
_MAXIMUM = re.compile(
    r"[\[(]\s*(?:out\s+of|max(?:imum)?\.?(?:\s+marks?)?|full\s+marks?|/|m\.?m\.?|thang\s+điểm)?"
    r"\s*[:=]?\s*(\d{1,4}(?:\.\d+)?)\s*(?:marks?|points?|pts?|m|đ)?\s*[\])]"
    r"|\b(?:out\s+of|max(?:imum)?\.?(?:\s+marks?)?|full\s+marks?)\s*[:=-]?\s*(\d{1,4}(?:\.\d+)?)\b"
    r"|/\s*(\d{1,4})\s*(?:marks?|points?)?\s*$",
    re.IGNORECASE,
)
_STEPS = (5, 10, 20, 25, 30, 40, 50, 60, 70, 75, 80, 90, 100, 120, 150, 200, 300, 500, 1000)


@dataclass(frozen=True)
class Scores:
    """A mark column: numbers, statuses, stated maxima; `bad` holds positions with a mistake."""

    score: pa.Array  # float64
    status: pa.Array  # text; null where the cell is blank
    maximum: pa.Array  # float64, where the cell itself says it: '18/20', '85%'
    bad: frozenset[int]
    findings: tuple[Finding, ...]

    @property
    def said(self) -> Bools:
        """Where the cell says something."""
        return filled(self.status)


def number(text: str) -> float | None:
    """A mark as people type it: '6.5', '6,5', '1,002', '18/20' and '85%' too."""
    text = text.strip().rstrip("*")
    if _THOUSANDS.match(text):
        return float(text.replace(",", ""))
    if found := _OUT_OF.match(text) or _PERCENT.match(text):
        return float(found[1].replace(",", "."))
    return float(text.replace(",", ".")) if _NUMBER.match(text) else None


def own_maximum(text: str) -> float | None:
    """The maximum that a cell itself states."""
    if _PERCENT.match(text):
        return 100.0
    found = _OUT_OF.match(text)
    return float(found[2]) if found else None


def status_of(text: str) -> str | None:
    """What a word in a mark column means; None for a number or a word nobody knows."""
    if _HIDDEN.match(text.strip()):  # a score that somebody keeps back is not known to us
        return "unknown"
    words = spaced(text.replace("(", " ").replace(")", " "))
    return _WORDS.get(words)


def is_mark(text: str) -> bool:
    """Whether a cell could stand in a mark column."""
    if number(text) is not None or status_of(text) is not None:
        return True
    return bool(_NOTHING.match(text) or _ERROR.match(text))


def read_scores(text: pa.Array, sheet: Sheet, cells: Cells, lowest: float | None = 0) -> Scores:
    """A whole mark column. Words nobody knows and scores below `lowest` are mistakes."""
    said = over_unique(text, lambda v: None if _NOTHING.match(v) else v, pa.string())
    score = over_unique(said, number, pa.float64())
    status = over_unique(
        said, lambda v: "scored" if number(v) is not None else status_of(v), pa.string()
    )
    odd = filled(said) & ~filled(status)
    findings = rejections(
        "mark",
        "This is neither a mark nor a word for absent.",
        sheet,
        cells,
        np.flatnonzero(odd),
        text,
        "a number, or AB for absent",
    )
    if lowest is not None:
        under = mask(pc.less(score, lowest))
        findings += rejections(
            "mark below zero",
            "A mark cannot be below zero.",
            sheet,
            cells,
            np.flatnonzero(under),
            text,
            "0 or more",
        )
        odd |= under
    return Scores(
        score,
        status,
        over_unique(said, own_maximum, pa.float64()),
        frozenset(np.flatnonzero(odd).tolist()),
        tuple(findings),
    )


def over_maximum(
    scores: Scores,
    maximum: pa.Array,
    text: pa.Array,
    sheet: Sheet,
    cells: Cells,
    *,
    extra: bool = False,
) -> tuple[frozenset[int], tuple[Finding, ...]]:
    """Positions with a score over its maximum; with `extra` credit allowed they only warn."""
    over = np.flatnonzero(mask(pc.greater(scores.score, maximum)))
    if not len(over):
        return frozenset(), ()
    tops = sorted({float(v) for v in maximum.take(pa.array(over)).to_pylist()})
    expected = f"at most {tops[0]:g}" if len(tops) == 1 else "at most its maximum"
    if extra:
        words = f"{len(over):,} marks are over {tops[-1]:g}. We kept them as extra credit."
        return frozenset(), (warn("extra credit", words, sheet, len(over), cells.column),)
    return frozenset(over.tolist()), tuple(
        rejections(
            "over the maximum", "This mark is over the maximum.", sheet, cells, over, text, expected
        )
    )


def header_maximum(header: str) -> tuple[str, float | None]:
    """A header without its maximum, and the maximum: 'Maths (50)' -> ('Maths', 50)."""
    found = _MAXIMUM.search(header)
    if found is None:
        if re.search(r"%|\bper ?cent", header, re.IGNORECASE):
            return header, 100.0
        return header, None
    name = " ".join((header[: found.start()] + " " + header[found.end() :]).split()).strip(" -:,/")
    return name, float(next(g for g in found.groups() if g))


def as_maximum(text: str | None) -> float | None:
    """An answered or printed maximum: '50', 'out of 20'."""
    found = re.search(r"\d+(?:\.\d+)?", text or "")
    return float(found[0]) if found and float(found[0]) > 0 else None


def maximum_question(tops: Iterable[float], words: str) -> Question:
    """Asked where nothing says the maximum; the first choice is the next round number."""
    top = max(tops, default=0.0)
    fitting = [s for s in _STEPS if s >= top][:3]
    return Question(
        "maximum",
        f"What is the highest possible mark{words}? The highest in the file is {top:g}.",
        tuple(str(s) for s in fitting) or (f"{top:g}",),
        (f"{top:g}",),
    )


def is_mark_column(values: pa.Array, share: float = 0.7) -> bool:
    """Whether most filled cells of a column are marks, and at least one is a number."""
    counts = tally(values)
    whole = sum(counts.values())
    marks = sum(n for text, n in counts.items() if is_mark(text))
    return whole > 0 and marks >= share * whole and any(number(t) is not None for t in counts)
