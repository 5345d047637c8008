"""What the invented schools do for students: plans of support, incidents, and a published report.

Its own draws come from its own seeds, so that nothing else of the cluster changes with them.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import world as w
import xlsxwriter

YEAR = w.YEARS[1]
DECIDED = date(2025, 10, 7)  # what was seen until then is what plans are made for
PLANS = {"Attendance": "Visit at home", "Reading": "Daily reading group",
         "Kannada": "Language group", "Mathematics": "Number group", "Science": "Peer group"}
# Of those with a need so many have a plan. Nothing but this differs between the two.
PLANNED, PLANNED_FIRST_GENERATION = 0.70, 0.35
WITHOUT_NEED = 0.03  # plans that nobody's marks explain

KINDS = ("Late to class", "Fighting", "Damage to property", "Left the school grounds")
ACTIONS = ("Talk with the student", "Letter home", "Talk with the family")
IN_TROUBLE, ONCE = 0.02, 0.06  # of students in a year: again and again; once

SOURCE = "Invented yearly report, not real"
PUBLISHED = (("Chronic absence", "All", 11.0, 52_000), ("Pass rate", "Mathematics", 84.5, 38_000),
             ("Pass rate", "Science", 86.0, 38_000), ("Pass rate", "Kannada", 88.5, 38_000),
             ("Attendance", "All", 92.6, 52_000))


@dataclass(frozen=True)
class Plan:
    """A plan of support of one student, from a day on."""

    student: w.Student
    need: str
    begin: date


def needs(students: Sequence[w.Student], failed: Mapping[str, Sequence[str]],
          levels: Mapping[str, str]) -> dict[str, list[str]]:
    """What each student would need a plan for, by id: nothing but what the files show.

    `failed` holds subjects below pass in the last test, `levels` the last reading level.
    """
    out: dict[str, list[str]] = {}
    for s in students:
        if s.grade(YEAR) is None or not s.here(DECIDED):
            continue
        codes = [c for day, c in s.marks.items() if w.FIRST[YEAR] <= day < DECIDED]
        missed = sum(c in ("A", "L", "ML") for c in codes)
        found = ["Attendance"] if codes and 10 * missed >= len(codes) else []
        found += ["Reading"] if levels.get(s.id, w.LEVELS[-1]) != w.LEVELS[-1] else []
        found += failed.get(s.id, ())
        if found:
            out[s.id] = found
    return out


def plans(students: Sequence[w.Student], needed: Mapping[str, Sequence[str]]) -> list[Plan]:
    """Who has a plan: first generation learners with a need half as often as others with one."""
    rng = np.random.default_rng(w.SEED + 1)
    here = [s for s in students if s.grade(YEAR) is not None and s.here(DECIDED)]
    chosen: list[tuple[w.Student, Sequence[str]]] = []
    for first, share in (("Yes", PLANNED_FIRST_GENERATION), ("No", PLANNED)):
        group = [s for s in here if s.id in needed and s.first_generation == first]
        taken = rng.permutation(len(group))[:round(share * len(group))]
        chosen += [(group[int(i)], needed[group[int(i)].id]) for i in taken]
    chosen += [(s, (str(rng.choice(("Attendance", "Reading"))),)) for s in here
               if s.id not in needed and rng.random() < WITHOUT_NEED]
    starts = [d for d in w.school_days(YEAR) if date(2025, 10, 8) <= d <= date(2025, 10, 31)]
    out = [Plan(s, need, starts[int(rng.integers(0, len(starts)))])
           for s, all_needs in chosen for need in all_needs]
    return sorted(out, key=lambda p: (w.SCHOOLS.index(p.student.school), p.student.id, p.need))


def incidents(students: Sequence[w.Student], year: str) -> Iterator[tuple[Any, ...]]:
    """Rows of a school's list of incidents; who is in trouble is chance, and so is when."""
    rng = np.random.default_rng(w.SEED + 2 + w.YEARS.index(year))
    rows: list[tuple[Any, ...]] = []
    for s in students:
        days = [d for d, c in s.marks.items()
                if w.FIRST[year] <= d <= w.LAST[year] and c in ("P", "HD")]
        draw = float(rng.random())
        times = int(rng.integers(3, 7)) if draw < IN_TROUBLE else int(draw < IN_TROUBLE + ONCE)
        for n in sorted(int(i) for i in rng.choice(len(days), min(times, len(days)), False)) \
                if days else ():
            fight = bool(rng.random() < 0.3)
            kind = KINDS[1] if fight else str(rng.choice(KINDS))
            suspended = times > 2 and kind == KINDS[1] and rng.random() < 0.4
            action = "Suspended 1 day" if suspended else str(rng.choice(ACTIONS))
            rows.append((s.school, s.id, s.name, s.grade(year), s.section, f"{days[n]:%d/%m/%Y}",
                         kind, action, days[n]))
    return (r[:-1] for r in sorted(rows, key=lambda r: (w.SCHOOLS.index(r[0]), r[-1], r[1])))


def write(folder: Path, students: Sequence[w.Student], needed: Mapping[str, Sequence[str]]) -> None:
    """The support list, the lists of incidents, and the published shares."""
    book = xlsxwriter.Workbook(str(folder / f"Support list {YEAR}.xlsx"))
    book.set_properties({"title": "Support list", "comments": "Invented. Nothing here is real.",
                         "created": datetime(2025, 11, 14)})
    sheet = book.add_worksheet("Support")
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write(0, 0, "Plans of support, all schools of the cluster")
    sheet.write_row(2, 0, ("School", "Student ID", "Student Name", "Class", "Section",
                           "Support need", "Plan", "Start date"))
    for n, plan in enumerate(plans(students, needed), 3):
        s = plan.student
        sheet.write_row(n, 0, (s.school, s.id, s.name, s.grade(YEAR), s.section, plan.need,
                               PLANS[plan.need]))
        sheet.write_datetime(n, 7, datetime(plan.begin.year, plan.begin.month, plan.begin.day), day)
    book.close()
    for year in w.YEARS:
        _csv(folder / f"Incidents {year}.csv",
             ("School", "Student ID", "Student Name", "Class", "Section", "Incident date",
              "Incident type", "Action taken"), incidents(students, year))
    _csv(folder / "Published shares.csv",
         ("Source", "Year", "Place", "Level", "Measure", "Group", "Value in percent",
          "Of how many"),
         [(SOURCE, w.YEARS[0], w.STATE, "State", *row) for row in PUBLISHED])


def _csv(path: Path, header: Sequence[str], rows: Any) -> None:
    with path.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
