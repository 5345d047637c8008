"""Which numbers can be needs, and against what line each is judged.

Only measures whose unit is a student and whose outcome is yes or no are ranked. A subject's pass
rate is that of its latest test in the view, so that nobody is counted once a term.
"""

from __future__ import annotations

from collections.abc import Callable

from school.answers import Answer
from school.config import Preset, Value
from school.needs.values import Candidate, Counted, Reference
from school.periods import year_before
from school.view import View

Ask = Callable[[str, View], Answer]
Goal = Callable[[str, View], float | None]

_OUR_DEFAULT = 10
_ABSENT = {
    "india": ("Absent 1 day in 10 or more", "missed 1 day in 10 or more"),
    "us": ("Chronically absent", "are chronically absent"),
    "england": ("Persistently absent", "are persistently absent"),
}


def counted(ask: Ask, view: View, preset: Preset | None, goal: Goal) -> list[Counted]:
    """Every number that can be judged in this view, with its counts."""
    view = view.with_(by=(), period=None)
    found = [
        _absence(ask, view, preset, goal),
        *_subjects(ask, view, preset, goal),
        *_levels(ask, view, preset, goal),
    ]
    return [c for c in found if c is not None]


def _absence(ask: Ask, view: View, preset: Preset | None, goal: Goal) -> Counted | None:
    label, did = _ABSENT.get(preset.name if preset else "", _ABSENT["india"])
    allowed = preset.chronic_allowed if preset else None
    reference = _reference(ask, "chronic_absence", view, preset, goal, allowed)
    answer = ask("chronic_absence", view)
    candidate = Candidate("chronic_absence", "chronic_absence", view, "Absence", label, did,
                          reference)
    return _counts(candidate, answer)


def _subjects(ask: Ask, view: View, preset: Preset | None, goal: Goal) -> list[Counted | None]:
    allowed = preset.pass_allowed if preset else None
    out: list[Counted | None] = []
    for subject, latest in _latest_tests(ask, view).items():
        narrowed = _narrow(latest, "subject", subject)
        said = subject if subject != "unknown" else "the latest test"
        candidate = Candidate(
            f"pass_rate:{subject}", "pass_rate", narrowed, subject, f"Below pass in {said}",
            f"are below pass in {said}",
            _reference(ask, "pass_rate", narrowed, preset, goal, allowed),
        )
        out.append(_counts(candidate, ask("pass_rate", narrowed)))
    return out


def _latest_tests(ask: Ask, view: View) -> dict[str, View]:
    """Per subject the view of its latest test that at least half of the usual number sat."""
    sat: dict[str, list[tuple[View, int]]] = {}
    for row in ask("pass_rate", view.with_(by=("subject", "assessment"), period="month")).rows:
        if row.period is None or not row.people:
            continue
        month = view.with_(start=max(view.start, row.period.start),
                           end=min(view.end, row.period.end))
        narrowed = _narrow(month, "assessment", row.segments["assessment"])
        sat.setdefault(row.segments["subject"], []).append((narrowed, row.people))
    out: dict[str, View] = {}
    for subject, tests in sat.items():
        most = max(people for _, people in tests)
        enough = [(v, people) for v, people in tests if 2 * people >= most]
        last = max(enough, key=lambda t: (t[0].end, t[1]))[0]
        out[subject] = last.with_(start=view.start) if _once(ask, last, view, subject) else last
    return out


def _once(ask: Ask, last: View, view: View, subject: str) -> bool:
    """Whether every student sat the test once in the view, so that its month needs no fence."""
    total = ask("pass_rate", _narrow(last.with_(start=view.start), "subject", subject)).total
    return total is not None and total.people == total.denominator


def _levels(ask: Ask, view: View, preset: Preset | None, goal: Goal) -> list[Counted | None]:
    allowed = preset.level_allowed if preset else None
    out: list[Counted | None] = []
    for row in ask("share_at_level", view.with_(by=("subject",))).rows:
        subject = row.segments["subject"]
        narrowed = _narrow(view, "subject", subject)
        said = f" in {subject}" if subject != "unknown" else ""
        candidate = Candidate(
            f"share_at_level:{subject}", "share_at_level", narrowed,
            f"{subject} level" if subject != "unknown" else "The expected level",
            f"Not yet at the expected level{said}", f"are not yet at the expected level{said}",
            _reference(ask, "share_at_level", narrowed, preset, goal, allowed),
        )
        out.append(_counts(candidate, ask("share_at_level", narrowed)))
    return out


def _narrow(view: View, column: str, value: str) -> View:
    return view if value == "unknown" else view.choose(column, (value,))


def _counts(candidate: Candidate, answer: Answer) -> Counted | None:
    """Students with the bad outcome; None where there is no single row of whole students."""
    row = answer.total
    if row is None or not row.people or row.numerator is None or row.denominator is None:
        return None
    good = answer.better == "higher"
    bad = row.denominator - row.numerator if good else row.numerator
    return Counted(candidate, round(bad), round(row.denominator), answer)


def _reference(ask: Ask, measure: str, view: View, preset: Preset | None, goal: Goal,
               allowed: Value | None) -> Reference:
    """Own goal or last year where asked for and known; else the preset's line."""
    if view.compare == "goal":
        own = goal(measure, view)
        if own is not None:
            return Reference(own if measure == "chronic_absence" else 1 - own, "our goal")
    if view.compare == "last_year":
        before = bad_share(ask(measure, year_before(view)))
        if before is not None:
            return Reference(before, "last year")
    percent = allowed.value if allowed else _OUR_DEFAULT
    basis = allowed.basis if allowed else "convention"
    country = f" used in {preset.title}" if preset else ""
    return Reference(percent / 100, f"the {percent}% line{country} ({basis})")


def bad_share(answer: Answer) -> float | None:
    """The share of students with the bad outcome; None where nothing is known or too little."""
    row = answer.total
    if row is None or row.value is None or not row.people or row.people < answer.minimum:
        return None
    return row.value if answer.better == "lower" else 1 - row.value
