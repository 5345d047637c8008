"""What cannot be ranked in students and may need a look all the same: rates, means and answers.

Each stays in its own unit and is told only where it is worse than its reference beyond chance.
"""

from __future__ import annotations

from school.answers import Answer, Row
from school.config import Preset
from school.line import Line
from school.needs.candidates import Ask, Goal
from school.periods import year_before
from school.stats import Estimate, change_interval
from school.terms import needs as words
from school.view import View

MOST = 4
HALF = 0.5


def beside(ask: Ask, view: View, preset: Preset | None, goal: Goal) -> tuple[Line, ...]:
    """Attendance under its target, means under last year's, questions on which few agree."""
    view = view.with_(by=(), period=None)
    return (*_attendance(ask, view, preset, goal), *_means(ask, view, preset),
            *_answers(ask, view))[:MOST]


def _attendance(ask: Ask, view: View, preset: Preset | None, goal: Goal) -> list[Line]:
    """Attendance, where even the high end lies under the target."""
    own = goal("attendance_rate", view)
    target = own if own is not None else preset.attendance_target.value / 100 if preset else None
    row = _known(ask("attendance_rate", view))
    if target is None or row is None or row.high is None or row.low is None or row.high >= target:
        return []
    assert row.value is not None
    whose = "our target" if own is not None else f"the target used in {preset.title}" \
        if preset else ""
    said = words.under_target(row.value, row.low, row.high, target, whose, row.people)
    return [Line(said, "progress", view, (("measure", "attendance_rate"),))]


def _means(ask: Ask, view: View, preset: Preset | None) -> list[Line]:
    """Subjects whose mean is lower than a year before, on the same scale."""
    now = _by(ask("mean_score", view.with_(by=("subject",))), "subject")
    before = _by(ask("mean_score", year_before(view).with_(by=("subject",))), "subject")
    out = []
    for subject, row in now.items():
        old = before.get(subject)
        one, two = _estimate(row), _estimate(old)
        if one is None or two is None:
            continue
        low, high = change_interval(two, one)
        if high < 0:
            said = words.lower_mean(subject, one.value, two.value, -high, -low, preset)
            out.append(Line(said, "progress", view.choose("subject", (subject,)),
                            (("measure", "mean_score"),)))
    return out


def _answers(ask: Ask, view: View) -> list[Line]:
    """The two questions on which fewest agree, where clearly fewer than half do."""
    rows = _by(ask("favourable_share", view.with_(by=("item",))), "item")
    few = sorted((r.value, item, r) for item, r in rows.items()
                 if r.value is not None and r.high is not None and r.high < HALF)
    return [Line(words.few_agree(item, r.value or 0.0, r.low or 0.0, r.high or 0.0, r.people),
                 "feedback", view, ()) for _, item, r in few[:2]]


def _known(answer: Answer) -> Row | None:
    row = answer.total
    usable = row is not None and row.value is not None and answer.withheld is None
    return row if usable and row is not None and (row.people or 0) >= answer.minimum else None


def _by(answer: Answer, column: str) -> dict[str, Row]:
    """Rows by their value of a column; none of an answer that was withheld."""
    if answer.withheld is not None:
        return {}
    return {r.segments[column]: r for r in answer.rows
            if r.segments[column] != "unknown" and (r.people or 0) >= answer.minimum}


def _estimate(row: Row | None) -> Estimate | None:
    if row is None or row.value is None or row.low is None or row.high is None:
        return None
    return Estimate(row.value, row.low, row.high)
