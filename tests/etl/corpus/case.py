"""One file of the corpus with what must come of it, and the small lists most files are made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

Rows = Sequence[Sequence[Any]]
Named = tuple[str, int | None, str | None]  # rule, row and column of a finding

REGISTER = ("School", "Student ID", "Name", "Class", "Date", "Status")
MARKS = ("School", "Student ID", "Name", "Class", "Subject", "Test", "Date", "Score", "Max")
LIST = ("School", "Student ID", "Name", "Class", "Academic Year")
DAYS = ("2025-06-02", "2025-06-13", "2025-06-14")
IDS = ("0101", "0102", "0103")
NAMES = ("Asha Example", "Bilal Example", "Chitra Example")


@dataclass(frozen=True)
class Case:
    """A file; the facts it must give, or the words it must be refused with; the cells it names.

    `facts` maps a table to its columns and rows; 'student' stands for the student's own id. `found`
    holds every finding that rejects or that the case is about. `differs` says why two readers of a
    workbook see other cells, and how many.
    """

    name: str
    file: str
    data: bytes
    facts: Mapping[str, tuple[tuple[str, ...], Rows]] = field(default_factory=dict)
    found: tuple[Named, ...] = ()
    asked: tuple[str, ...] = ()
    refused: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    preset: str | None = "india"
    differs: tuple[int, str] = (0, "")


def register(
    days: Sequence[Any] = tuple(map(date.fromisoformat, DAYS)), ids: Sequence[Any] = IDS,
    codes: Sequence[Any] = ("P", "A", "P"), names: Sequence[Any] = NAMES,
) -> list[list[Any]]:
    """A short list of attendance, one row a student."""
    return [list(REGISTER), *(["Hill", i, n, "4 A", d, c]
                              for i, n, d, c in zip(ids, names, days, codes, strict=True))]


def attendance(
    days: Sequence[str] = DAYS, ids: Sequence[str] = IDS, absent: Sequence[int] = (0, 2, 0)
) -> dict[str, tuple[tuple[str, ...], Rows]]:
    """What that list must become."""
    rows = list(zip(ids, map(date.fromisoformat, days), absent, strict=True))
    return {"attendance": (("student", "date", "absent"), rows)}


def named(names: Sequence[str], ids: Sequence[str] = IDS) -> dict[
    str, tuple[tuple[str, ...], Rows]
]:
    """The names that must stand beside the ids."""
    return {"students": (("student_id", "name"), list(zip(ids, names, strict=True)))}


def marks(scores: Sequence[Any], top: float = 50) -> list[list[Any]]:
    """Results of one test, one row a student."""
    return [list(MARKS), *(["Hill", f"{n:03d}", f"Child {n}", "4 A", "Maths", "Unit 1",
                            date(2025, 7, 1), s, top] for n, s in enumerate(scores, 1))]


def results(*said: tuple[str, float | None, str]) -> dict[str, tuple[tuple[str, ...], Rows]]:
    """Student, score and status that must come of them."""
    return {"results": (("student", "score", "status"), list(said))}


def scored(*scores: float) -> dict[str, tuple[tuple[str, ...], Rows]]:
    """Plain scores of students 001, 002 …"""
    return results(*((f"{n:03d}", float(s), "scored") for n, s in enumerate(scores, 1)))


def classes(values: Sequence[Any], years: Sequence[Any]) -> list[list[Any]]:
    """A class list, one row a student."""
    return [list(LIST), *(["Hill", f"{n:03d}", f"Child {n}", c, y]
                          for n, (c, y) in enumerate(zip(values, years, strict=True), 1))]
