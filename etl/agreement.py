"""Answers of a survey question: which answer scale they are given on, and which are favourable.

The scales are data in `agreement.toml`. "Don't know" and its like leave the base; a question whose
answers fit no scale has none, and nothing about it is called favourable.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path

from etl.scales import Scale, plain, read_scales

_FILE = Path(__file__).with_name("agreement.toml")
SCALES: tuple[Scale, ...] = read_scales(_FILE)
ASIDE = frozenset(plain(w) for w in tomllib.loads(_FILE.read_text("utf-8"))["aside"])

# Agreeing with a question that holds one of these is the bad answer.
_BAD = re.compile(
    r"\b(bull(y|ied|ying)|teased|unsafe|afraid|scared|lonely|left out|hopeless|worried|anxious|"
    r"stressed|bored|boring|unfair|hungry|give up|hit or hurt|made fun of|threatened)\b"
)
_NUMBERED = re.compile(
    r"\b1\s*(?:=|:|-|–|is|means)?\s*\(?\s*(strongly disagree|disagree|never|not at all|very poor"
    r"|poor|very dissatisfied|lowest|worst)\b",
    re.IGNORECASE,
)


def answer_scale(values: Iterable[str]) -> Scale | None:
    """The scale that all answers but the set-aside ones are given on."""
    words = {plain(v) for v in values} - ASIDE - {""}
    if not words:
        return None
    return next((scale for scale in SCALES if words <= scale.lookup.keys()), None)


def is_aside(value: str) -> bool:
    """Whether an answer says nothing: don't know, not applicable."""
    return plain(value) in ASIDE or not plain(value)


def numbered_scale(header: str, highest: float) -> int | None:
    """The top of a 1-to-n scale whose wording stands in the header; None where it does not."""
    if not _NUMBERED.search(header) or highest not in (3, 4, 5, 6, 7, 10):
        return None
    return int(highest)


def is_reversed(question: str) -> bool:
    """Whether agreeing with the question is the bad answer."""
    return bool(_BAD.search(plain(question)))
