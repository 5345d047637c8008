"""Words that stand everywhere the same: a page's lead, country words, certainty, small numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from school.config import Preset

Certainty = Literal[
    "Clear", "Close call", "Could be chance", "Too few to say", "Data incomplete"
]
CERTAINTIES: tuple[Certainty, ...] = (
    "Clear", "Close call", "Could be chance", "Too few to say", "Data incomplete",
)

_PLAIN: Mapping[str, str] = MappingProxyType({
    "student": "student", "students": "students", "school": "school", "schools": "schools",
    "grade": "grade", "grades": "grades", "class": "class", "classes": "classes",
    "head": "principal", "year": "year", "chronic": "absent 1 day in 10 or more",
})

_SINGULAR = {
    "students": "student", "schools": "school", "families": "family", "people": "person",
    "responses": "response", "answers": "answer", "weeks": "week", "months": "month",
    "tests": "test", "rows": "row", "days": "day", "files": "file", "marks": "mark",
    "measures": "measure", "comments": "comment", "things": "thing", "classes": "class",
    "grades": "grade", "questions": "question", "results": "result", "points": "point",
    "years": "year", "times": "time", "plans": "plan", "terms": "term", "staff": "member of staff",
    "published figures": "published figure",
}

_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@dataclass(frozen=True)
class Lead:
    """The finding of a page: one bold sentence or two, and at most two more."""

    bold: str
    rest: str = ""

    @property
    def text(self) -> str:
        """Both parts as plain text, for speech, pictures and alt text."""
        return f"{self.bold} {self.rest}".strip()


def word(preset: Preset | None, name: str) -> str:
    """The country's word for `name`: 'grade' is 'class' in India and 'year' in England."""
    if preset is not None and name in preset.words:
        return preset.words[name]
    return _PLAIN.get(name, name)


def noun(n: float, plural: str) -> str:
    """`plural` or its singular, whichever fits `n`."""
    return _SINGULAR.get(plural, plural) if n == 1 else plural


def small(n: int) -> str:
    """A count up to nine as a word: 'two'; above it as figures."""
    return _SMALL[n] if 0 <= n < len(_SMALL) else str(n)


def upper_first(text: str) -> str:
    """`text` as the start of a sentence."""
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """`text` inside a sentence; an abbreviation such as 'ASER' stays as it is."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def joined(*sentences: str) -> str:
    """Whole sentences after each other; empty ones are left out."""
    return " ".join(s for s in sentences if s)
