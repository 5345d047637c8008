"""Grade and class of each row: from a grade, a class and a section column, or from the title block.

'Class 7' with 'Section B' is grade 7, class '7 B'; a class written '7 B' tells its grade itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import pyarrow as pa

from etl.cells import over_groups, repeat
from etl.model import Context, Sheet

_GRADE = re.compile(
    r"^(?:(?:class|grade|year|std\.?|standard|form|lớp|khối|yr)\s*)?"
    r"(\d{1,2}|kg|lkg|ukg|k|pk|prek|pre-k|nursery|reception|r|[ivx]{1,4})(?:st|nd|rd|th)?"
    r"(?:[\s\-–/.]*(?:section|sec\.?|div\.?)?[\s\-–/.]*([a-z]\w{0,14}|\d))?$",
    re.IGNORECASE,
)
_ROMAN = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "v": 5,
    "vi": 6,
    "vii": 7,
    "viii": 8,
    "ix": 9,
    "x": 10,
    "xi": 11,
    "xii": 12,
}
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
             "tenth", "eleventh", "twelfth")
_SPOKEN = re.compile(rf"^({'|'.join(_ORDINALS)}) (?:grade|class|standard|year)$", re.IGNORECASE)
_PREFIX = re.compile(
    r"^(class|grade|year|std\.?|standard|section|sec\.?|div(ision)?\.?)\s+(?=\S)", re.IGNORECASE
)


def grade_of(text: str | None) -> str | None:
    """The grade a class's name tells: '7 B', 'Class VII' and 'Grade 07' are all '7'; else None."""
    spoken = _SPOKEN.match(text.strip()) if text else None
    if spoken:
        return str(_ORDINALS.index(spoken[1].lower()) + 1)
    found = _GRADE.match(text.strip()) if text else None
    if not found:
        return None
    word = found[1].lower()
    if word.isdigit():
        return str(int(word))
    return str(_ROMAN[word]) if word in _ROMAN else word.upper()


def class_name(
    grade: str | None, class_: str | None, section: str | None
) -> tuple[str | None, str | None]:
    """(grade, class) as they are stored. A section alone is put behind its grade: '7 B'."""
    name, part = _bare(class_), _bare(section)
    told = (grade_of(grade) or _bare(grade)) if grade else grade_of(class_)
    whole: str | None = name or part
    if part is not None and name is not None and name.lower() != part.lower():
        whole = name if name.lower().endswith(f" {part.lower()}") else f"{name} {part}"
    if (
        whole is not None
        and told is not None
        and whole.isalpha()
        and len(whole) <= 2
        and whole != told
    ):
        whole = f"{told} {whole}"
    return told, whole


def _bare(text: str | None) -> str | None:
    """'Class 7 B' -> '7 B', '7B' and '7-B' -> '7 B': one spelling of a class."""
    if text is None or not text.strip():
        return None
    plain = _PREFIX.sub("", " ".join(text.split()))
    split = re.match(r"^(\d{1,2})\s*[-–/]?\s*([A-Za-z])$", plain)
    return f"{int(split[1])} {split[2].upper()}" if split else plain


def read_classes(
    grade: pa.Array | None,
    class_: pa.Array | None,
    section: pa.Array | None,
    count: int,
    hints: Mapping[str, str],
    context: Context,
    sheet: Sheet,
) -> tuple[pa.Array, pa.Array]:
    """Grade and class of each of `count` rows. A column wins over an answer, an answer over the
    title.
    """
    said = context.answer("class", sheet)
    if class_ is None and section is None:
        class_ = repeat(said or hints.get("class"), count)
        section = repeat(None if said else hints.get("section"), count)
    if grade is None:
        grade = repeat(hints.get("grade"), count)
    three = [
        grade,
        repeat(None, count) if class_ is None else class_,
        repeat(None, count) if section is None else section,
    ]
    return (
        over_groups(three, lambda g, c, s: class_name(g, c, s)[0], pa.string()),
        over_groups(three, lambda g, c, s: class_name(g, c, s)[1], pa.string()),
    )
