"""What each mark column of a marksheet stands for: window, subject, part and maximum.

A header may have two rows ('Term 1 / Maths', 'Maths / Theory'); a column's own words, the sheet's
subject and its neighbours decide which piece is what.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from etl.fields import spaced
from etl.scores import as_maximum, header_maximum
from etl.subjects import is_subject
from etl.windows import window

_PARTS = frozenset(
    (
        "cc",
        "gk",
        "ck",
        "tx",
        "ktx",
        "theory",
        "practical",
        "internal",
        "external",
        "oral",
        "written",
        "project",
        "viva",
        "ia",
        "ese",
        "cie",
        "see",
        "th",
        "pr",
        "assignment",
        "notebook",
        "activity",
        "attendance",
        "quiz",
        "homework",
        "classwork",
        "coursework",
        "midterm",
        "final",
        "part a",
        "part b",
        "multiple assessment",
        "portfolio",
        "subject enrichment",
        "periodic test",
        "half yearly",
        "annual",
    )
)
_HEADING = re.compile(
    r"^(điểm( học phần| số)?|marks?( obtained)?|scores?|points?|subjects?|results?|papers?|grades?|"
    r"assessments?|tests?|examinations?|name of (the )?subjects?|scholastic areas?|môn học)$",
    re.I,
)
_KIND = re.compile(r"^(tests?|exams?|papers?|assessments?|quiz|results?|ta)$", re.I)
_INSIDE = re.compile(
    r"\b((?:term|semester|sem|unit test|test|exam|fa|sa|pt|ut|quarter|q|cycle|round|assessment)"
    r"[\s-]*(?:\d{1,2}|i{1,3}|iv)|baseline|midline|endline|boy|moy|eoy|half[\s-]yearly|annual|autumn|spring|"
    r"summer|winter|fall|mid[\s-]?term|pre[\s-]?test|post[\s-]?test)\b",
    re.I,
)


@dataclass(frozen=True)
class MarkColumn:
    """One column of marks or levels. `subject` is '' where the sheet as a whole must say it."""

    index: int
    header: str
    window: str
    subject: str
    item: str
    maximum: float | None


def decode(
    columns: Sequence[tuple[int, str, Sequence[str]]], subject: str | None, below: Mapping[int, str]
) -> tuple[MarkColumn, ...]:
    """Meaning of each (index, header, pieces). `below` are cells of a row of maxima."""
    read = [_pieces(index, header, pieces, below) for index, header, pieces in columns]
    subjects = sum(any(is_subject(p) for p in pieces) for _, _, pieces, _ in read)
    # beside a stated subject a lone 'GK' is a part of it, not another subject
    named = subjects > 0 if subject is None else 2 * subjects > len(read)
    lasts = [pieces[-1] for _, _, pieces, _ in read if pieces]
    again = len(set(lasts)) < len(lasts)
    return tuple(
        _meaning(index, header, pieces, top, subject, named, again)
        for index, header, pieces, top in read
    )


def _pieces(
    index: int, header: str, pieces: Sequence[str], below: Mapping[int, str]
) -> tuple[int, str, list[str], float | None]:
    """A column's pieces without maxima and general headings; 'Maths Term 1' is two pieces."""
    top: float | None = as_maximum(below.get(index))
    out: list[str] = []
    for piece in pieces:
        name, stated = header_maximum(piece)
        top = top if stated is None else stated
        name = (
            re.sub(r"[\s(\[-]*(marks?|scores?|levels?)[\s)\]]*$", "", name, flags=re.I).strip()
            or name
        )
        if name and not (_HEADING.match(name) and len(pieces) > 1):
            out += _apart(name)
    return index, header, out or [pieces[-1] if pieces else header], top


def _apart(name: str) -> list[str]:
    """'Term 1 - Maths' as its pieces; a name without a window stays whole."""
    found = _INSIDE.search(name)
    if found is None or window(found[0]) is None:
        return [name]
    rest = " ".join((name[: found.start()] + " " + name[found.end() :]).split()).strip(" -:/()_,")
    front, _, last = rest.rpartition(" ")
    if is_subject(front) and _KIND.match(last):  # 'Maths Autumn Test' is about Maths
        return [found[0], front, last]
    return [found[0], rest] if rest else [name]


def _meaning(
    index: int,
    header: str,
    pieces: Sequence[str],
    top: float | None,
    subject: str | None,
    named: bool,
    again: bool,
) -> MarkColumn:
    part = next((p for p in pieces if window(p) is not None and not is_subject(p)), "")
    rest = [p for p in pieces if p != part]
    own = next((p for p in rest if named and is_subject(p)), "")
    if own or subject is None:
        own = own or _first_subject(rest, named, again)
        items = [p for p in rest if p != own]
        return MarkColumn(index, header, part, own, " ".join(items), top)
    if not rest:  # the only piece names a window or a part of the sheet's one subject
        return MarkColumn(index, header, part, subject, "", top)
    return MarkColumn(index, header, part, subject, " ".join(rest), top)


def _first_subject(rest: Sequence[str], named: bool, again: bool) -> str:
    """Which unknown piece is the subject: the group over repeated parts, else the only piece."""
    if not rest:
        return ""
    if len(rest) > 1:
        return rest[0] if again or not named else rest[-1]
    return "" if not named and spaced(rest[0]) in _PARTS else rest[0]
