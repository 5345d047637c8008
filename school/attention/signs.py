"""The three signs of a student: missing school, repeated trouble, failing in a core subject.

A transparent count and no score. Missing data are no sign, and caste, religion or any other group
is never one. Source: METHODS 5 (Balfanz, Herzog and Mac Iver 2007).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from school.answers import Answer
from school.attention import evidence
from school.attention.values import LEAST, Kind, Listed, Sign
from school.config import Preset
from school.measures import StudentRow, answer, behind, students
from school.needs.candidates import counted
from school.needs.values import Counted
from school.store import Store
from school.terms.attention import absent_words, incident_words
from school.view import View

# Mathematics, and the language that everything else is read in.
CORE = re.compile(
    r"math|numeracy|arithmetic|reading|language|literacy|english|hindi|kannada|tamil|telugu|urdu"
    r"|marathi|malayalam|bengali|gujarati|punjabi|odia|assamese|spanish|\bela\b", re.IGNORECASE)

_ALWAYS = ("chronic_absence", "incident_share")
_IN_CORE = ("pass_rate", "share_at_level")  # in a core subject alone


@dataclass(frozen=True)
class Signs:
    """Who shows what on the last day of a view: in full those with signs of two kinds or more."""

    listed: Mapping[int, Listed]
    single: frozenset[int]  # students with signs of one kind
    course: frozenset[int]  # students who fail in a core subject
    answers: tuple[Answer, ...]  # the numbers that were asked


def signs(store: Store, view: View, preset: Preset | None) -> Signs:
    """The signs of all students in the view.

    Nobody outside the school's own staff, who alone may see single students.
    """
    view = view.with_(by=(), period=None)
    found = counted(store, lambda m, v: answer(store, m, v, preset=preset), view, preset,
                    lambda _m, _v: None, only=(*_ALWAYS, *_IN_CORE))
    used = [c for c in found if c.answer.withheld is None and _counts(c)]
    who = [behind(store, c.candidate.measure, c.candidate.view, preset=preset) for c in used]
    kinds: dict[Kind, set[int]] = {}
    for c, students_of in zip(used, who, strict=True):
        kinds.setdefault(_kind(c), set()).update(students_of)
    times = Counter(n for those in kinds.values() for n in those)
    several = {n for n, signs_of in times.items() if signs_of >= LEAST}
    return Signs(_listed(store, preset, used, [several & those for those in who]),
                 frozenset(times.keys() - several), frozenset(kinds.get("course", ())),
                 tuple(c.answer for c in used))


def _listed(
    store: Store, preset: Preset | None, used: Sequence[Counted], who: Sequence[set[int]],
) -> dict[int, Listed]:
    """Everything of those with several kinds of signs, in the order of the numbers."""
    seen: dict[int, tuple[StudentRow, list[Sign]]] = {}
    share: dict[int, float] = {}
    for c, those in zip(used, who, strict=True):
        for row, sign in _of(store, c, preset, those):
            seen.setdefault(row.student, (row, []))[1].append(sign)
            if sign.kind == "attendance":
                share[row.student] = (row.amount or 0.0) / (row.base or 1.0)
    return {n: Listed(n, row.name, row.student_id, row.school, row.grade, row.class_name,
                      tuple(found), share.get(n, 0.0)) for n, (row, found) in seen.items()}


def _kind(c: Counted) -> Kind:
    if c.candidate.measure == "chronic_absence":
        return "attendance"
    return "behaviour" if c.candidate.measure == "incident_share" else "course"


def _counts(c: Counted) -> bool:
    """Whether a need is one of the three signs."""
    name = c.candidate.measure
    return name in _ALWAYS or (name in _IN_CORE and bool(CORE.search(c.candidate.key)))


def _of(
    store: Store, c: Counted, preset: Preset | None, who: set[int],
) -> Iterator[tuple[StudentRow, Sign]]:
    """These students behind one need, each with what was seen and when."""
    if not who:
        return
    candidate, kind = c.candidate, _kind(c)
    rows = students(store, candidate.measure, candidate.view, preset=preset, of=who)
    if kind == "attendance":
        days = evidence.last_absent(store, candidate.view, preset, who)
        line = f"{preset.chronic.value if preset else 10}% of own days"
        for row in rows:
            words = absent_words(row.amount or 0, row.base or 0)
            yield row, Sign(kind, words, line, days.get(row.student))
    elif kind == "behaviour":
        days = evidence.last_incident(store, candidate.view, preset, who)
        for row in rows:
            yield row, Sign(kind, incident_words(row.amount or 0),
                            "a suspension, or 3 incidents", days.get(row.student))
    else:
        days = evidence.last_tested(store, candidate.view, preset, who)
        for row in rows:
            yield row, Sign(kind, candidate.did.removeprefix("are "),
                            candidate.label, days.get(row.student))

