"""Learning outcomes for tests: what there is to learn, a scale, and observations by one letter.

R reached, N nearly, Y not yet, '.' a blank cell, '-' stated as not observed, digits: so many of 4.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

SCALE = "outcome levels"
DAY = date(2025, 6, 10)
WORDS = {"R": "Reached", "N": "Nearly", "Y": "Not yet"}
LEVELS = [{"scale": SCALE, "level": name, "level_order": n, "reached": n == 3}
          for n, name in enumerate(("Not yet", "Nearly", "Reached"), 1)]


def goal(name: str, order: int | None = None, *, kind: str = "outcome", grade: str | None = "6",
         subject: str | None = "Mathematics", tier: str | None = None) -> dict[str, Any]:
    """Something to be learned; its key is its kind and name."""
    return {"objective_id": f"{kind}/{name}", "name": name, "kind": kind, "subject": subject,
            "grade": grade if kind == "outcome" else None, "objective_order": order, "tier": tier}


def rests_on(outcome: str, *parts: str) -> list[dict[str, Any]]:
    """The parts of an outcome, each as 'ability/Observe' or 'concept/Place value'."""
    return [{"objective_id": f"outcome/{outcome}", "part_id": part} for part in parts]


def seen(
    students: Sequence[int], name: str, letters: str, *, day: date = DAY, kind: str = "outcome",
    org_id: str = "hill", grade: str = "6", class_name: str = "6 A",
) -> list[dict[str, Any]]:
    """One letter a student."""
    return [{"student": student, "objective_id": f"{kind}/{name}", "date": day, "org_id": org_id,
             "grade": grade, "class": class_name, **_said(letter)}
            for student, letter in zip(students, letters, strict=True)]


def _said(letter: str) -> Mapping[str, Any]:
    if letter in WORDS:
        return {"level": WORDS[letter], "scale": SCALE, "status": "observed"}
    if letter.isdigit():
        return {"correct": int(letter), "items": 4, "status": "observed"}
    return {"status": "not observed" if letter == "-" else None}
