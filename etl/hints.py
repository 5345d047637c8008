"""What the title block above a table says: school, class, month, year, subject, maximum, and the
rest as title.

A hint is a spelling from the sheet; it answers a question only where no column and no person does.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

_LABELS: Mapping[str, tuple[str, ...]] = {
    "school": (
        "name of the school",
        "name of school",
        "school name",
        "school",
        "institution",
        "academy",
        "trường",
    ),
    "school_id": (
        "udise code",
        "udise",
        "school code",
        "urn",
        "dfe number",
        "school number",
        "laestab",
    ),
    "class": (
        "class and section",
        "class/section",
        "class & section",
        "class section",
        "lớp hp",
        "lớp",
        "class",
        "form",
        "tutor group",
        "homeroom",
        "registration group",
        "registration form",
        "reg group",
        "reg form",
        "reg",
    ),
    "section": ("section", "division"),
    "grade": ("grade", "standard", "std", "year group", "khối"),
    "month": ("month and year", "for the month of", "month of", "month", "tháng"),
    "academic_year": (
        "academic year",
        "school year",
        "academic session",
        "năm học",
        "year",
        "session",
    ),
    "subject": ("subject name", "subject", "course", "tên hp", "môn học", "môn"),
    "assessment": ("assessment", "examination", "exam", "test", "term", "học kỳ"),
    "maximum": (
        "maximum marks",
        "max marks",
        "max. marks",
        "max score",
        "maximum",
        "full marks",
        "out of",
        "total marks",
        "max",
    ),
    "date": ("date of test", "test date", "exam date", "date"),
    "teacher": ("class teacher", "teacher", "giảng viên"),
    "medium": ("medium",),
    "district": ("district", "block", "cluster", "taluk", "mandal"),
}
_ALL = {label: name for name, labels in _LABELS.items() for label in labels}
_MARK = "|".join(re.escape(label) for label in sorted(_ALL, key=len, reverse=True))
_PAIR = re.compile(rf"(?<!\w)({_MARK})\s*(?:[:：=]|\s[-–]\s)\s*", re.IGNORECASE)
_OTHER = re.compile(r"([^\W\d_][\w .()%/&-]{1,40}?)\s*[:：]\s*(.*)$", re.DOTALL)
_YEAR = re.compile(
    r"(?<!\d)((?:19|20)\d\d\s*[-–/]?\s*(?:19|20)\d\d|(?:19|20)\d\d\s*[-–/]\s*\d\d)(?!\d)"
    r"|(?<![a-z])((?:AY|SY|session)[\s:.-]*['’]?\d\d\s*[-–/]\s*['’]?\d\d)(?!\d)",
    re.IGNORECASE,
)
_CLASS = re.compile(
    r"(?<![^\W\d_])(?:class|grade|std\.?|standard)\s*[-–:]?\s*(\d{1,2}|[IVX]{1,4})(?!\w)"
    r"(?:\s*[-–]?\s*([A-Z])(?!\w))?",
    re.IGNORECASE,
)
_EMPTY = re.compile(r"^(\[.*\]|[_.…\s-]*|x+|y{4}.*)$", re.IGNORECASE)


def has_hint(cell: str) -> bool:
    """Whether a cell is a label, alone or with its value: 'Class: 7 B', 'Month'."""
    return bool(_PAIR.search(cell)) or cell.strip(" :").lower() in _ALL


def read_hints(rows: Sequence[Sequence[str | None]]) -> dict[str, str]:
    """Facts of a title block by name. 'title' holds the lines that are nobody's value."""
    hints: dict[str, str] = {}
    title: list[str] = []
    for row in rows:
        cells = [c for c in row if c is not None]
        skip = False
        for i, cell in enumerate(cells):
            after = cells[i + 1] if i + 1 < len(cells) else None
            if skip:
                skip = False
                continue
            skip = _read_cell(cell, after, hints, title)
    if title:
        hints["title"] = "\n".join(title)
    placed = _CLASS.search(hints.get("title", ""))
    if placed and not {"class", "grade", "section"} & set(hints):
        hints["class"] = " ".join(p for p in placed.groups() if p)
    spoken = _YEAR.search(hints.get("title", ""))
    if spoken and "academic_year" not in hints:
        hints["academic_year"] = spoken[1] or spoken[2]
    return hints


def _read_cell(cell: str, after: str | None, hints: dict[str, str], title: list[str]) -> bool:
    """Put what one cell says into `hints` or `title`; True if the next cell was its value."""
    pairs = list(_PAIR.finditer(cell))
    if pairs:
        if cell[: pairs[0].start()].strip():
            title.append(cell[: pairs[0].start()].strip())
        ends = [p.start() for p in pairs[1:]] + [len(cell)]
        for pair, end in zip(pairs, ends, strict=True):
            value = cell[pair.end() : end].strip(" ,;|\t\n")
            if not value and end == len(cell) and after is not None and not has_hint(after):
                _keep(hints, _ALL[pair[1].lower()], after)
                return True
            _keep(hints, _ALL[pair[1].lower()], value)
        return False
    label = cell.strip(" :：").lower()
    if label in _ALL and after is not None and not has_hint(after):
        _keep(hints, _ALL[label], after)
        return True
    other = _OTHER.match(cell)
    if other:
        value = other[2].strip()
        if not value and after is not None:
            _keep(hints, " ".join(other[1].lower().split()), after)
            return True
        _keep(hints, " ".join(other[1].lower().split()), value)
        return False
    title.append(cell)
    return False


def _keep(hints: dict[str, str], name: str, value: str) -> None:
    """The first stated value stands; a form's blank ('[Your class]', '____') says nothing."""
    value = " ".join(value.split())
    if value and not _EMPTY.match(value):
        hints.setdefault(name, value)
