"""What a column of a published table counts, told by its name: 'Class 1 / SC Girls'."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from etl.fields import spaced

_SEXES: Mapping[str, str] = {
    "boys": "male", "boy": "male", "male": "male", "males": "male",
    "girls": "female", "girl": "female", "female": "female", "females": "female",
}
_CATEGORIES: Mapping[str, str] = {
    "general": "General", "gen": "General", "sc": "SC", "st": "ST", "obc": "OBC", "ews": "EWS",
    "muslim": "Muslim", "christian": "Christian", "sikh": "Sikh", "buddhist": "Buddhist",
    "jain": "Jain", "parsi": "Parsi", "cwsn": "CWSN", "repeater": "Repeaters",
    "repeaters": "Repeaters",
}
_GRADE = re.compile(r"\b(?:class|grade|std|standard|year|nc year) ?(\d{1,2}|[ivx]+)\b")
_REST = frozenset(("total", "students", "enrolment", "enrollment", "number", "of", "all"))


@dataclass(frozen=True)
class Part:
    """Which students a column counts; None where it counts all."""

    sex: str | None = None
    grade: str | None = None
    category: str | None = None

    @property
    def known(self) -> bool:
        """Whether the name says anything at all."""
        return self != Part()


def part_of(name: str) -> Part | None:
    """The part a column counts; None for a name with any other word in it."""
    plain = spaced(name)
    grade = _GRADE.search(plain)
    words = (plain.replace(grade[0], " ") if grade else plain).split()
    sexes = [_SEXES[w] for w in words if w in _SEXES]
    kinds = [_CATEGORIES[w] for w in words if w in _CATEGORIES]
    other = [w for w in words if w not in _SEXES and w not in _CATEGORIES and w not in _REST]
    if other or len(sexes) > 1 or len(kinds) > 1:
        return None
    part = Part(sexes[0] if sexes else None, grade[1] if grade else None,
                kinds[0] if kinds else None)
    return part if part.known else None
