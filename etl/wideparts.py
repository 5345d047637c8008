"""What a column of a published table counts, told by its name: 'Class 1 / SC Girls', '2025 Boys'.

A year, a month or an age may stand in the name; a name that spans several of them is a total.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from etl.fields import spaced
from etl.monthcolumns import months_in
from etl.schoolyears import years_in

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
_AGE = re.compile(r"\bage[ds]? ?(\d{1,2})(?: ?(?:years?|yrs?))?\b|\b(\d{1,2}) ?(?:years?|yrs?)\b")
_REST = frozenset((
    "total", "students", "pupils", "enrolment", "enrollment", "number", "of", "all", "headcount",
    "on", "roll", "strength", "ay", "school", "session",
))


@dataclass(frozen=True)
class Part:
    """Which students a column counts; None where it counts all. `month` is (month, year or None).
    """

    sex: str | None = None
    grade: str | None = None
    category: str | None = None
    age: str | None = None
    year: str | None = None
    month: tuple[int, int | None] | None = None

    @property
    def known(self) -> bool:
        """Whether the name says anything at all."""
        return self != Part()

    @property
    def dated(self) -> bool:
        """Whether the name says when the students were counted."""
        return self.year is not None or self.month is not None


def part_of(name: str) -> Part | None:
    """The part a column counts; None for a name with any other word in it."""
    years: list[str] = []
    months: list[tuple[int, int | None]] = []
    rest: list[str] = []
    for piece in name.split(" / "):
        found, other = months_in([piece])
        named, other = years_in(other)
        years, months, rest = [*years, *named], [*months, *found], [*rest, other]
    if len(set(years)) > 1 or len(set(months)) > 1:
        return None
    plain = spaced(" ".join(rest))
    age = _AGE.search(plain)
    plain = plain.replace(age[0], " ") if age else plain
    grade = _GRADE.search(plain)
    words = (plain.replace(grade[0], " ") if grade else plain).split()
    sexes = [_SEXES[w] for w in words if w in _SEXES]
    kinds = [_CATEGORIES[w] for w in words if w in _CATEGORIES]
    strange = [w for w in words if w not in _SEXES and w not in _CATEGORIES and w not in _REST]
    if strange or len(sexes) > 1 or len(kinds) > 1:
        return None
    part = Part(
        sexes[0] if sexes else None, grade[1] if grade else None, kinds[0] if kinds else None,
        (age[1] or age[2]) if age else None, years[0] if years else None,
        months[0] if months else None,
    )  # fmt: skip
    return part if part.known else None
