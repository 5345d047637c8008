"""Which numbers can be needs, and against what line each is judged.

A measure declares itself a need in the header of its file: its unit is a student and its outcome is
yes or no. A subject's pass rate is that of its latest test in the view, so that nobody is counted
once a term.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from school.answers import Answer
from school.config import Preset, Value
from school.measures import answer
from school.measures.catalogue import Measure, NeedWords, catalogue
from school.needs.values import Candidate, Counted, Reference
from school.periods import year_before
from school.store import Store
from school.terms.needs import need_words
from school.view import View

Ask = Callable[[str, View], Answer]
Goal = Callable[[str, View], float | None]
OUR_GOAL = "our goal"  # the words of a line that the school set itself

# The share of students with the bad outcome elsewhere (in similar schools, or as it was published),
# and where that is.
Similar = Callable[[str, View], Reference | None]


def counted(
    store: Store, ask: Ask, view: View, preset: Preset | None, goal: Goal,
    similar: Similar | None = None, *, only: Collection[str] | None = None,
) -> list[Counted]:
    """Every number that can be judged in this view, with its counts; `only` these, where named."""
    view = view.with_(by=(), period=None)
    found = [
        _counts(_candidate(ask, measure, words, value, narrowed, preset, goal, similar),
                ask(measure.name, narrowed))
        for measure, words in declared(store) if only is None or measure.name in only
        for value, narrowed in _each(ask, measure, words, view)
    ]
    return [c for c in found if c is not None]


def declared(store: Store) -> list[tuple[Measure, NeedWords]]:
    """Measures that are needs of their own, the school's too; one inside another would rank its
    students twice."""
    return [(m, m.need) for m in catalogue(store).values() if m.need and not m.need.inside]


def declared_titles(store: Store, view: View, preset: Preset | None) -> dict[str, str]:
    """Key and label of every need that has numbers in this view, for a choice."""
    found = counted(store, lambda m, v: answer(store, m, v, preset=preset), view, preset,
                    lambda _m, _v: None)
    return {c.candidate.key: c.candidate.label for c in found}


def inside(measure: str) -> list[tuple[Measure, NeedWords]]:
    """The graver measures whose students are all among those of `measure`."""
    return [(m, m.need) for m in catalogue().values() if m.need and m.need.inside == measure]


def _each(ask: Ask, measure: Measure, words: NeedWords, view: View) -> Iterator[tuple[str, View]]:
    """The views a need is counted in: one, or one a value such as a subject."""
    if words.per is None:
        yield "", view
    elif words.latest:
        for value, latest in _latest_tests(ask, measure.name, view).items():
            yield value, _narrow(latest, words.per, value)
    else:
        for row in ask(measure.name, view.with_(by=(words.per,))).rows:
            yield row.segments[words.per], _narrow(view, words.per, row.segments[words.per])


def _candidate(
    ask: Ask, measure: Measure, words: NeedWords, value: str, view: View, preset: Preset | None,
    goal: Goal, similar: Similar | None,
) -> Candidate:
    name, label, did = need_words(measure.name, words.name, words.label, words.did, value, preset)
    return Candidate(
        f"{measure.name}:{value}" if words.per else measure.name, measure.name, view, name, label,
        did, _reference(ask, measure, words, view, preset, goal, similar), words.asks)


def _latest_tests(ask: Ask, measure: str, view: View) -> dict[str, View]:
    """Per subject the view of its latest test that at least half of the usual number sat."""
    sat: dict[str, list[tuple[View, int]]] = {}
    for row in ask(measure, view.with_(by=("subject", "assessment"), period="month")).rows:
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
        once = _once(ask, measure, last, view, subject)
        out[subject] = last.with_(start=view.start) if once else last
    return out


def _once(ask: Ask, measure: str, last: View, view: View, subject: str) -> bool:
    """Whether every student sat the test once in the view, so that its month needs no fence."""
    total = ask(measure, _narrow(last.with_(start=view.start), "subject", subject)).total
    return total is not None and total.people == total.denominator


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


def _reference(ask: Ask, measure: Measure, words: NeedWords, view: View, preset: Preset | None,
               goal: Goal, similar: Similar | None) -> Reference:
    """What was asked for, where it is known; else the printed line."""
    if view.compare == "goal":
        own = goal(measure.name, view)
        if own is not None:
            return Reference(own if measure.better == "lower" else 1 - own, OUR_GOAL)
    if view.compare == "last_year":
        before = bad_share(ask(measure.name, year_before(view)))
        if before is not None:
            return Reference(before, "last year")
    if view.compare in ELSEWHERE and similar is not None:
        alike = similar(measure.name, view)
        if alike is not None:
            return alike
    return _printed(words, preset)


def _printed(words: NeedWords, preset: Preset | None) -> Reference:
    """The line that stands in the preset, else the one of the measure itself."""
    if not words.line.isdigit():
        allowed: Value | None = getattr(preset, words.line, None)
        if preset is not None and allowed is not None:
            return Reference(allowed.value / 100,
                             f"the {allowed.value}% line used in {preset.title} ({allowed.basis})")
        return Reference(DEFAULT_LINE / 100, f"the {DEFAULT_LINE}% line (convention)")
    return Reference(int(words.line) / 100, f"the {words.line}% line (convention)")


ELSEWHERE = ("similar", "published")
DEFAULT_LINE = 10  # percent, where no country was chosen


def bad_share(answer: Answer) -> float | None:
    """The share of students with the bad outcome; None where nothing is known or too little."""
    row = answer.total
    if row is None or row.value is None or not row.people or row.people < answer.minimum:
        return None
    return row.value if answer.better == "lower" else 1 - row.value
