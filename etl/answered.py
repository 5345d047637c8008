"""Questions and answers of a survey sheet: which columns name who answered, what each question is.

A column that could tell who answered is dropped before anything is stored; a finding names it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import pyarrow as pa

from etl.agreement import ASIDE, answer_scale, is_aside, is_reversed, numbered_scale
from etl.cells import over_unique, tally
from etl.fields import spaced
from etl.scales import Scale, plain

_IDENTITY = re.compile(
    r"\b(e ?mails?|email address|gmail|phones?|mobile|telephone|whats ?app"
    r"|contact (number|details|info\w*)|user ?name|ip address"
    r"|student (id|number|code)|id (number|no)"
    r"|your id|roll (number|no)|admission|aadhaa?r|pen number|upn|address|date of birth|dob"
    r"|birth ?da(y|te)|employee|staff id|respondent|response id|signature|parents? name|recipient"
    r"|location (latitude|longitude)|latitude|longitude)\b"
)
_NAME = re.compile(
    r"^(what is |enter |please (enter|write|give) )?"
    r"(your |full |first |last |sur|student |child s |childs |the )*"
    r"(first |last |full |family |given |student )?name( \w+){0,3}$"
)
_NOT_NAME = re.compile(
    r"\b(school|class|teacher|subject|course|district|cluster|block|grade|section)\b"
)
_VALUE = re.compile(r"^\S+@\S+\.\w+$|^\+?(?:[\s().-]*\d){9,}[\s().-]*$")
_FACT = re.compile(r"^(do|does|did|are|is|have|has|can|will|if|were|was) ?(you|your|there|i|we)?\b")
_FEELING = re.compile(
    r"\b(feel|felt|safe|happy|enjoy|like|proud|comfortable|satisf\w+|respect\w*|fair\w*|help\w*"
    r"|support\w*|understand|belong|trust|listen\w*|care[sd]? about|treated|recommend|confident"
    r"|interested|adult|reach out|welcome|encourage\w*)\b"
)
_STATEMENT = re.compile(r"^(i|my|our|we|this school|the school|students|teachers|adults|school)\b")
_OPENS = re.compile(
    r"^(i|i'm|my|our|we|how|what|which|who|where|when|why|do|does|did|are|is|have|has|can|could|will|would"
    r"|if|please|adults?|teachers?|students?|this|these|there|the|it|at|in|on|most|people|overall,|rate"
    r"|tell|describe|to what)\b",
    re.IGNORECASE,
)
_SCORED = re.compile(r"\b(score|rate|percent|average|index)\b")
SHORT = 25  # letters: longer answers are sentences


@dataclass(frozen=True)
class Asked:
    """One question: column, text, kind, whether agreeing is bad, the scale of its answers."""

    index: int
    text: str
    kind: str  # agreement, choice, number or text
    reversed: bool
    scale: Scale | None
    top: int | None = None  # of a numbered agreement scale


def is_identity(header: str, values: pa.Array) -> bool:
    """Whether a column says who answered, by its header or by what stands in it."""
    words = spaced(header)
    if words == "id":  # a form numbers its answers
        return True
    if _IDENTITY.search(words) and not _about_school(words):
        return True
    if _NAME.match(words) and not _NOT_NAME.search(words):
        return True
    counts = tally(values)
    whole = sum(counts.values())
    alike = sum(n for text, n in counts.items() if _VALUE.match(text))
    return whole > 0 and alike >= 0.3 * whole


def _about_school(words: str) -> bool:
    return bool(re.search(r"\bschool (address|phone|email|id|code|number)\b", words))


def is_question(header: str) -> bool:
    """Whether a header is asked: with a question mark, or a sentence that begins like one."""
    text = header.strip()
    if "?" in text:
        return True
    return len(text.split()) >= 4 and (text.endswith((".", "…")) or bool(_OPENS.match(text)))


def read_question(index: int, header: str, values: pa.Array) -> Asked:
    """What a question is, from its words and its answers."""
    counts = tally(values)
    answers = [t for t in counts if not is_aside(t)]
    numbers = [n for t in answers if (n := as_number(t)) is not None]
    text = " ".join(header.split())
    if not answers and _SCORED.search(spaced(text)):
        return Asked(index, text, "number", False, None)
    if answers and len(numbers) == len(answers):
        top = numbered_scale(text, max(numbers))
        return Asked(index, text, "agreement" if top else "number", is_reversed(text), None, top)
    scale = answer_scale(answers)
    if scale is not None:
        judged = scale.name != "yes or no" or _judges(text)
        return Asked(index, text, "agreement" if judged else "choice", is_reversed(text), scale)
    return Asked(index, text, "choice" if _chosen(counts) else "text", False, None)


def _judges(text: str) -> bool:
    """Whether yes to this is a judgement, and not a fact such as having a job."""
    words = plain(text)
    if _FEELING.search(words) or _STATEMENT.match(words):
        return True
    return not _FACT.match(words) and not words.endswith(("job", "siblings", "work"))


def _chosen(counts: dict[str, int]) -> bool:
    """Whether answers were ticked and not written: few different, short ones that come again."""
    whole = sum(counts.values())
    if whole < 3 or not counts:
        return False
    pieces = {p.strip() for t in counts for p in t.split(";")}
    short = sum(len(p) <= 2 * SHORT for p in pieces) >= 0.9 * len(pieces)
    return short and len(pieces) <= max(12, whole // 10) and len(counts) < 0.8 * whole


def as_number(text: str) -> float | None:
    """'4.10', '91' and '91%' as numbers."""
    found = re.fullmatch(r"(-?\d+(?:\.\d+)?)\s*%?", text.strip())
    return float(found[1]) if found else None


@dataclass(frozen=True)
class Answers:
    """One question's answers, a value a row."""

    value: pa.Array
    order: pa.Array
    favourable: pa.Array
    number: pa.Array


def read_answers(asked: Asked, values: pa.Array) -> Answers:
    """Answers with their place on the scale; don't know has none and leaves the base."""
    value = over_unique(values, _value, pa.string())
    if asked.kind == "number":
        value = over_unique(values, lambda v: None if plain(v) in ASIDE else v, pa.string())
    number = over_unique(value, as_number, pa.float64())
    if asked.top is not None:
        order = over_unique(
            value, lambda v: int(n) if (n := as_number(v)) is not None else None, pa.int16()
        )
        cut = asked.top // 2 + 2 if asked.top % 2 else asked.top // 2 + 1
        return Answers(
            value,
            order,
            over_unique(
                value, lambda v: None if (n := as_number(v)) is None else int(n >= cut), pa.int8()
            ),
            number,
        )
    scale = asked.scale
    if scale is None:
        empty = len(values)
        return Answers(value, pa.nulls(empty, pa.int16()), pa.nulls(empty, pa.int8()), number)
    order = over_unique(value, lambda v: None if is_aside(v) else scale.order(v), pa.int16())
    favourable = pa.nulls(len(values), pa.int8())
    if asked.kind == "agreement":
        favourable = over_unique(value, lambda v: _favours(scale, v), pa.int8())
    return Answers(value, order, favourable, number)


def _favours(scale: Scale, text: str) -> int | None:
    order = None if is_aside(text) else scale.order(text)
    return None if order is None else int(bool(scale.reached(order)))


def _value(text: str) -> str:
    """An answer without spare spaces; several ticked ones apart by '; '."""
    if ";" in text:
        return "; ".join(p.strip() for p in text.split(";") if p.strip())
    return " ".join(text.split())
