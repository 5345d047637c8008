"""School years as people write them: '2025-26', '202526', '20252026', 'AY 25/26'.

A pair of two digits alone ('25/26') is a school year only where nothing else can stand: it may be a
day as well.
"""

from __future__ import annotations

import re

from etl.model import Question

YEAR_PAIR = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*[-–/_ ]?\s*((?:19|20)\d\d|\d\d)(?!\d)")
YEAR_ALONE = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
SINGLE_YEAR = re.compile(r"^\s*((?:19|20)\d\d)\s*$")
_SHORT_PAIR = r"['’]?(\d\d)\s*[-–/]\s*['’]?(\d\d)(?![\d/-])"
_NAMED_PAIR = re.compile(
    rf"(?<![a-z])(?:a\.?y\.?|s\.?y\.?|session|(?:academic|school) year)[\s:.-]*{_SHORT_PAIR}",
    re.IGNORECASE,
)
_BARE_PAIR = re.compile(rf"^\s*{_SHORT_PAIR}\s*$")


def academic_year(text: str | None) -> str | None:
    """'2025-26', '202526', '20252026', 'AY 25/26' -> '2025-26'; '2026', the year it ends, too."""
    if not text:
        return None
    pairs = list(YEAR_PAIR.finditer(text))
    for found in pairs:
        first, last = int(found[1]), int(found[2])
        if last % 100 == (first + 1) % 100 and (last < 100 or last == first + 1):
            return f"{first}-{last % 100:02d}"
    named = _pair(_NAMED_PAIR.search(text))
    if named is not None:
        return named
    alone = YEAR_ALONE.search(text)
    if alone and not pairs and not re.search(r"\d{5}", text):
        return f"{int(alone[1]) - 1}-{int(alone[1]) % 100:02d}"
    return None


def stated_year(text: str | None) -> str | None:
    """The same of a cell, an answer or a label's value that holds nothing but a year: '25/26' too.
    """
    return academic_year(text) or _pair(_BARE_PAIR.match(text or ""))


def years_in(text: str) -> tuple[tuple[str, ...], str]:
    """The school years a header names, each once, and what else it says: '2025-26 Boys'."""
    for pattern in (YEAR_PAIR, _NAMED_PAIR, YEAR_ALONE):
        found = [(m, academic_year(m[0])) for m in pattern.finditer(text)]
        years = tuple(dict.fromkeys(y for _, y in found if y is not None))
        if years:
            return years, " ".join(pattern.sub(" ", text).split())
    bare = stated_year(text)
    return ((), text) if bare is None else ((bare,), "")


def _pair(found: re.Match[str] | None) -> str | None:
    """'25' and '26' as the school year they are; None where one does not follow the other."""
    if found is None or (int(found[1]) + 1) % 100 != int(found[2]):
        return None
    first = int(found[1]) + (2000 if int(found[1]) < 70 else 1900)
    return f"{first}-{(first + 1) % 100:02d}"


def year_of_month(year: str, month: int, start: tuple[int, int]) -> int:
    """The calendar year in which `month` lies in the academic year 'YYYY-YY'."""
    first = int(year[:4])
    return first if month >= start[0] else first + 1


def year_question() -> Question:
    """Which school year a sheet without a year speaks of."""
    return Question("year", "Which school year is this? Write it as 2025-26.")
