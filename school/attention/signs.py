"""The three signs of a student: missing school, repeated trouble, failing in a core subject.

A transparent count and no score. Missing data are no sign, and caste, religion or any other group
is never one. Source: METHODS 5 (Balfanz, Herzog and Mac Iver 2007).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from school.answers import Answer
from school.attention import evidence
from school.attention.values import Listed, Sign
from school.config import Preset
from school.measures import StudentRow, answer, students
from school.needs.candidates import counted
from school.needs.values import Counted
from school.store import Store
from school.terms.attention import absent_words, incident_words
from school.view import View

# Mathematics, and the language that everything else is read in.
CORE = re.compile(
    r"math|numeracy|arithmetic|reading|language|literacy|english|hindi|kannada|tamil|telugu|urdu"
    r"|marathi|malayalam|bengali|gujarati|punjabi|odia|assamese|spanish|\bela\b", re.IGNORECASE)


def signs(
    store: Store, view: View, preset: Preset | None,
) -> tuple[dict[int, Listed], tuple[Answer, ...]]:
    """Every student with at least one sign in the view, and the numbers that were asked.

    Empty outside the school's own staff, who alone may see single students.
    """
    view = view.with_(by=(), period=None)
    found = counted(store, lambda m, v: answer(store, m, v, preset=preset), view, preset,
                    lambda _m, _v: None)
    out: dict[int, Listed] = {}
    asked: list[Answer] = []
    for c in found:
        if c.answer.withheld is not None or not _counts(c):
            continue
        asked.append(c.answer)
        for row, sign in _of(store, c, preset):
            before = out.get(row.student) or _listed(row)
            share = before.share
            if sign.kind == "attendance":
                share = (row.amount or 0.0) / (row.base or 1.0)
            out[row.student] = replace(before, signs=(*before.signs, sign), share=share)
    return out, tuple(asked)


def _counts(c: Counted) -> bool:
    """Whether a need is one of the three signs."""
    name = c.candidate.measure
    if name in ("chronic_absence", "incident_share"):
        return True
    return name in ("pass_rate", "share_at_level") and bool(CORE.search(c.candidate.key))


def _of(store: Store, c: Counted, preset: Preset | None) -> Iterator[tuple[StudentRow, Sign]]:
    """The students behind one need, each with what was seen and when."""
    candidate = c.candidate
    rows = [r for r in students(store, candidate.measure, candidate.view, preset=preset)
            if r.value is not None and (r.value > 0 if c.answer.better == "lower" else r.value < 1)]
    if candidate.measure == "chronic_absence":
        days = evidence.last_absent(store, candidate.view, preset)
        line = f"{preset.chronic.value if preset else 10}% of own days"
        for row in rows:
            words = absent_words(row.amount or 0, row.base or 0)
            yield row, Sign("attendance", words, line, days.get(row.student))
    elif candidate.measure == "incident_share":
        days = evidence.last_incident(store, candidate.view, preset)
        for row in rows:
            yield row, Sign("behaviour", incident_words(row.amount or 0),
                            "a suspension, or 3 incidents", days.get(row.student))
    else:
        days = evidence.last_tested(store, candidate.view, preset)
        for row in rows:
            yield row, Sign("course", candidate.did.removeprefix("are "),
                            candidate.label, days.get(row.student))


def _listed(row: StudentRow) -> Listed:
    return Listed(row.student, row.name, row.student_id, row.school, row.grade, row.class_name,
                  (), 0.0)
