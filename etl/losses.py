"""The loss alarm: whom the last upload of the same kind had and this one lacks.

An upload is compared with the last earlier one of the same kind, school and year that is the same
whole list: at least half of the students of either stand in the other. So three corrected rows, or
one class of many, are no loss; a list that shrank to less than half is told as a part. A class or a
school that is gone, a missing day, and at least 3 students and a tenth of a class wait for an
answer; fewer students are only told. Whoever is stated to have left is no loss.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from etl import coverage
from etl.coverage import Compared, Covered, Upload
from etl.desk import Drop
from etl.model import Context, Finding, Question, SheetReport
from school.config import Preset, preset
from school.house import House
from school.quality import EXPECTED
from school.terms import losses as words

RULE = "loss"
ANSWER = "expected"
HALF, TENTH, FEW = 0.5, 0.1, 3
A_PART = 25  # students missing before a small list is called a part of a longer one


@dataclass(frozen=True)
class Lost:
    """One thing an upload lacks. `waits` if it is not used before somebody said so."""

    sentence: str
    count: int
    waits: bool


def asked(
    house: House, drop: Drop, reports: Sequence[SheetReport]
) -> tuple[SheetReport, ...]:
    """The reports with a question where something is lost, until it is answered."""
    return _told(house, drop, reports, ask=True)


def noted(
    house: House, drop: Drop, reports: Sequence[SheetReport]
) -> tuple[SheetReport, ...]:
    """The reports with a finding where something is lost; nothing waits."""
    return _told(house, drop, reports, ask=False)


def _told(
    house: House, drop: Drop, reports: Sequence[SheetReport], *, ask: bool
) -> tuple[SheetReport, ...]:
    out = list(reports)
    for layout in coverage.TABLES:
        mine = [n for n, r in enumerate(out) if r.layout == layout]
        ready = [n for n in mine if out[n].state == "ready"]
        if not ready or any(out[n].state == "question" for n in mine):
            continue  # a school whose sheet still asks for something is not lost
        facts = [drop.facts(f"{out[n].file}|{out[n].sheet}") for n in ready]
        found = coverage.compare(house, layout, [out[n] for n in ready], facts)
        if found is None:
            continue
        lost = list(losses(found, _names(house), preset(drop.context.preset)))
        if lost:
            out[ready[0]] = _say(out[ready[0]], lost, drop.context, layout, ask=ask)
    return tuple(out)


def _say(
    report: SheetReport, lost: Sequence[Lost], context: Context, layout: str, *, ask: bool
) -> SheetReport:
    waiting = [x for x in lost if x.waits]
    quiet = [x for x in lost if not x.waits]
    findings = [Finding(RULE, "warns", x.sentence, report.sheet, count=x.count) for x in quiet]
    if not waiting:
        return replace(report, findings=(*report.findings, *findings))
    about = f"loss:{layout}:{_digest(waiting)}"
    answer = _answer(context, report, about)
    if answer is not None:
        said = [Finding(EXPECTED, "warns", words.expected(x.sentence, answer), report.sheet,
                        count=x.count) for x in waiting]
        return replace(report, findings=(*report.findings, *said, *findings))
    question = Question(about, words.question([x.sentence for x in waiting]), (ANSWER,),
                        required=ask)
    if ask:
        return replace(report, state="question", questions=(*report.questions, question),
                       findings=(*report.findings, *findings))
    findings = [Finding(RULE, "warns", x.sentence, report.sheet, count=x.count)
                for x in waiting] + findings
    return replace(report, questions=(*report.questions, question),
                   findings=(*report.findings, *findings))


def _answer(context: Context, report: SheetReport, about: str) -> str | None:
    """The reason, blank if none was given; None while nobody has said that it is expected."""
    own = context.answers.get(f"{report.file}|{report.sheet}")
    said = own.get(about) if isinstance(own, Mapping) and about in own else \
        context.answers.get(about)
    if not isinstance(said, str):
        return None
    begin, _, reason = said.partition(":")
    return " ".join(reason.split()) if begin.strip().lower() == ANSWER else None


def _digest(lost: Sequence[Lost]) -> str:
    return hashlib.sha256("\x1f".join(x.sentence for x in lost).encode()).hexdigest()[:8]


def _names(house: House) -> dict[str, str]:
    return {str(i): str(n) for i, n in house.store.unsafe_run(
        "select org_id, coalesce(name, org_id) from mart.organisations")}


def losses(
    found: Compared, names: Mapping[str, str], country: Preset | None = None
) -> Iterator[Lost]:
    """What is lost, schools first, then classes, students and days of each school."""
    last = next((u for u in found.before if _same_cluster(found.now, u)), None)
    if last is not None:
        for school in sorted(set(last.schools) - set(found.now.schools)):
            count = len(last.schools[school].classes)
            yield Lost(words.school_gone(names.get(school, school), count), count, True)
    several = len(found.now.schools) > 1
    for school, now in sorted(found.now.schools.items()):
        at = names.get(school, school) if several else ""
        before = [u.schools[school] for u in found.before if school in u.schools]
        like = [b for b in before if _same_list(now, b)]
        if like:
            reference = max(like, key=lambda b: b.last)  # the first of equals is the last upload
            left = found.left.get(school, set())
            yield from _of_school(now, reference, left, at, country)
        elif before:
            yield from _part(now, max(before, key=lambda b: len(b.classes)), at)


def _same_list(now: Covered, before: Covered) -> bool:
    both = len(now.classes.keys() & before.classes.keys())
    return both >= HALF * len(before.classes) and both >= HALF * len(now.classes)


def _same_cluster(now: Upload, before: Upload) -> bool:
    """Whether an earlier upload spoke of the same schools: half of them, and of their students."""
    both = now.schools.keys() & before.schools.keys()
    known = before.students
    return (len(both) >= 2 and len(both) >= HALF * len(before.schools)
            and len(known & now.students) >= HALF * len(known))


def _of_school(
    now: Covered, before: Covered, left: set[int], at: str, country: Preset | None
) -> Iterator[Lost]:
    gone: Counter[str] = Counter()
    for student, label in before.classes.items():
        if student not in now.classes and student not in left:
            gone[label] += 1
    sizes = Counter(before.classes.values())
    there = set(now.classes.values())
    for label in sorted(sizes, key=lambda x: (len(x), x)):
        if label and label not in there:
            members = [s for s, c in before.classes.items() if c == label and s not in left]
            if members:
                moved = Counter(now.classes[s] for s in members if s in now.classes)
                to = moved.most_common(1)[0][0] if moved else ""
                yield Lost(words.class_gone(label, len(members), to, at, country),
                           len(members), True)
        elif gone[label]:
            many = gone[label] >= FEW and gone[label] >= TENTH * sizes[label]
            yield Lost(words.students_gone(label, gone[label], at, country), gone[label], many)
    days = _days(now, before)
    if days:
        yield Lost(words.days_gone(days, at, country), len(days), True)


def _days(now: Covered, before: Covered) -> list[date]:
    """Days on which the last upload had at least half of its students, and this one has nobody."""
    if not now.days or not before.days:
        return []
    first, last = min(now.days), max(now.days)
    most = max(before.days.values())
    return sorted(d for d, n in before.days.items()
                  if first <= d <= last and d not in now.days and n >= HALF * most)


def _part(now: Covered, before: Covered, at: str) -> Iterator[Lost]:
    """A list of which nearly all students are known, and which lacks more than half of them."""
    both = len(now.classes.keys() & before.classes.keys())
    missing = len(before.classes) - both
    if both >= 0.9 * len(now.classes) and both >= TENTH * len(before.classes) and missing >= A_PART:
        yield Lost(words.a_part(len(now.classes), len(before.classes), at), missing, False)
