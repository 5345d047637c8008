"""Is it getting better? One measure over time against its own usual range, with one sentence.

The usual range rests on the first 12 to 20 points of the view and is frozen there: it is never
moved to take in a change that it should show.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from statistics import median

from school import stats
from school.answers import Answer, Better
from school.config import Preset, academic_year
from school.measures import answer, catalogue, title_of
from school.periods import year_before
from school.prelude import PUBLISHED
from school.progress.figures import Figures
from school.progress.series import OF_DAYS, Every, Point, Series, series
from school.progress.verdict import NOUNS, Judged, Verdict, judge
from school.stats import Assurance, Xmr
from school.store import Store
from school.terms import Lead, day_words, joined, register_note
from school.terms import progress as words
from school.view import View

__all__ = [
    "Every", "Figures", "Goal", "Point", "Progress", "Verdict", "default_goal",
    "measures_over_time", "progress",
]

# A gain spans its tests, a budget its year, census day is one day; surveys stand on Feedback.
_LEFT_OUT = ("gain", "days_left", "census_headcount")


@dataclass(frozen=True)
class Goal:
    """A value to reach, as a fraction or in the measure's unit, by a day, and whose it is."""

    value: float
    due: date | None = None
    whose: str = "our target"


@dataclass(frozen=True)
class Progress:
    """Everything the page draws of one measure over time."""

    measure: str
    noun: str
    question: str
    every: Every
    choices: tuple[Every, ...]
    points: tuple[Point, ...]
    chart: Xmr | None
    verdict: Verdict
    since: date | None
    up: bool | None
    lead: Lead
    figures: Figures
    goal: Goal | None
    assurance: Assurance | None
    year_now: float | None
    year_before: float | None
    year_before_end: date | None
    ready_on: date | None
    chance: str  # how often chance alone shows as much, in words; empty where it cannot be said
    rules: tuple[str, ...]  # how a change is looked for, and which points count
    part: tuple[int, int] | None  # most points tell of so many of these students only
    answer: Answer  # of the points
    total: Answer  # of the whole view
    alt: str

    @property
    def known(self) -> tuple[Point, ...]:
        """Points that have a value."""
        return tuple(p for p in self.points if p.value is not None)

    @property
    def partial(self) -> tuple[Point, ...]:
        """Points that are drawn and not judged."""
        return tuple(p for p in self.points if p.partial)

    @property
    def latest(self) -> Point | None:
        """The last point that is judged; where none is, the last that has a value."""
        judged = [p for p in self.known if p.judged] or list(self.known)
        return judged[-1] if judged else None

    @property
    def usual(self) -> str:
        """'89.6% to 92.6%'; empty while it is too early."""
        return self.figures.range(self.chart.low, self.chart.high) if self.chart else ""


def measures_over_time(store: Store, preset: Preset | None) -> dict[str, str]:
    """The measures that can be followed over time, with their titles; the school's own too."""
    return {n: title_of(m, preset) for n, m in catalogue(store).items()
            if n not in _LEFT_OUT and m.reads not in ("responses", *PUBLISHED)}


def progress(
    store: Store, measure: str, view: View, preset: Preset | None, target: Goal | None = None,
    every: Every | None = None,
) -> Progress:
    """How a measure moved in a view. `every` None chooses weeks, months or tests by the data."""
    definition = catalogue(store)[measure]
    tests = definition.reads in ("results", "scores", "entered")
    noun = words.noun_of(measure, definition.title)
    plain = view.with_(by=(), period=None)
    total = answer(store, measure, plain, preset=preset)
    found = series(store, measure, view, preset, every, tests)
    figures = Figures.of(found.answer, preset)
    judged = _judged(found, total, noun, definition.better, figures)
    goal = target or default_goal(measure, preset)
    sure = _assurance(found, judged, goal, definition.better)
    now, before, last_day = _this_year_and_last(store, measure, plain, preset)
    part = _part(found, total) if tests else None
    lead = _whole_lead(judged, goal, sure, figures, definition.better, found.every, total,
                       _words_of_year(now, before, last_day, figures, preset), part)
    since = judged.points[judged.since].start if judged.since is not None else None
    return Progress(
        measure, noun, words.question(noun, definition.better), found.every,
        ("week", "month", "test") if tests else ("week", "month"), judged.points, judged.chart,
        judged.verdict, since, judged.up, lead, figures, goal, sure, now, before, last_day,
        judged.ready_on, judged.chance, _rules(found, judged, definition.reads, tests), part,
        found.answer, total,
        _alt(noun, judged, figures, found, lead),
    )


def default_goal(measure: str, preset: Preset | None) -> Goal | None:
    """The preset's own line for a measure; None where it has none."""
    if preset is None:
        return None
    share = {
        "attendance_rate": preset.attendance_target.value,
        "absence_rate": 100 - preset.attendance_target.value,
        "chronic_absence": preset.chronic_allowed.value,
        "pass_rate": 100 - preset.pass_allowed.value,
        "share_at_level": 100 - preset.level_allowed.value,
    }.get(measure)
    return None if share is None else Goal(share / 100, None, f"{preset.title} default")


def _judged(
    found: Series, total: Answer, noun: str, better: Better, figures: Figures
) -> Judged:
    whole = total.total
    if total.withheld is not None:
        return Judged("withheld", Lead(total.withheld), found.points)
    if whole is not None and whole.people == 1:
        return Judged("none", words.one_student_lead(), ())
    return judge(found, noun, better, figures)


def _rules(found: Series, judged: Judged, reads: str, tests: bool) -> tuple[str, ...]:
    """How the verdict was reached, in sentences; none where there is no usual range."""
    if judged.chart is None:
        return ()
    roll = found.answer.kind == "count"
    behind = "" if roll else "school days" if reads in OF_DAYS else "results" if tests else ""
    known = found.known
    return words.rules_sentences(found.every, sum(p.judged for p in known), len(known),
                                 "" if found.every == "test" else behind, roll)


def _part(found: Series, total: Answer) -> tuple[int, int] | None:
    """How many students stand behind most points, and of how many; None where it is most."""
    behind = [p.people for p in found.points if p.judged and p.people]
    whole = total.total.people if total.total else None
    if found.every == "test" or not behind or not whole:
        return None
    usual = round(median(behind))
    return (usual, whole) if usual * 2 < whole else None


def _assurance(
    found: Series, judged: Judged, goal: Goal | None, better: Better
) -> Assurance | None:
    """The goal against the usual range, moved to the new level where a change holds."""
    chart = judged.chart
    if chart is None or goal is None:
        return None
    if judged.since is not None:
        after = [v for v in found.judged[judged.since:] if v is not None]
        level, half = sum(after) / len(after), chart.high - chart.mean
        chart = Xmr(level, chart.moving_range, level - half, level + half, chart.upper_range,
                    chart.baseline, chart.signals)
    return stats.assurance(goal.value, chart, better)


def _this_year_and_last(
    store: Store, measure: str, view: View, preset: Preset | None
) -> tuple[float | None, float | None, date | None]:
    """This academic year to the view's end, and last year to the same date."""
    start_of = preset.year_start if preset else (4, 1)
    first = date(int(academic_year(view.end, start_of)[:4]), *start_of)
    this = view.with_(start=max(first, view.start))
    last = year_before(this)
    now = answer(store, measure, this, preset=preset)
    before = answer(store, measure, last, preset=preset)
    shown = [None if a.withheld or a.total is None else a.total.value for a in (now, before)]
    return shown[0], shown[1], last.end if shown[1] is not None else None


def _words_of_year(
    now: float | None, before: float | None, last_day: date | None, figures: Figures,
    preset: Preset | None,
) -> str:
    """The sentence of this year against last; empty where either is unknown."""
    if now is None or before is None or last_day is None:
        return ""
    said = (figures.value(now), figures.value(before), day_words(last_day, preset, short=True))
    if figures.kind == "count":
        return words.count_last_year_sentence(*said)
    return words.last_year_sentence(*said)


def _whole_lead(
    judged: Judged, goal: Goal | None, sure: Assurance | None, figures: Figures, better: Better,
    every: Every, total: Answer, year: str, part: tuple[int, int] | None,
) -> Lead:
    """The verdict's sentence, the target or else last year, then how complete the register is."""
    if judged.verdict in ("none", "withheld"):
        return judged.lead
    known = [p.value for p in judged.points if p.judged and p.value is not None]
    missed = sum((v < goal.value) == (better == "higher") and v != goal.value
                 for v in known) if goal else 0
    target = words.target_sentence(
        figures.goal(goal.value), sure, better, NOUNS[every], missed, len(known)) if goal else ""
    whole = total.total
    note = register_note(whole.completeness if whole else total.card.completeness)
    compared = every == "test" and judged.verdict != "early"  # with last year's test already
    extra = target or ("" if compared or judged.unclear else year)
    if part is not None:
        extra = words.part_sentence(*part, NOUNS[every])
    return Lead(judged.lead.bold, joined(judged.lead.rest, extra, note))


def _alt(noun: str, judged: Judged, figures: Figures, found: Series, lead: Lead) -> str:
    """The chart in words for a screen reader, at most 300 characters."""
    known = [p for p in judged.points if p.value is not None]
    if not known:
        return f"No chart: {lead.bold}"[:300]
    seen = [p for p in known if p.judged] or known
    low, high = min(seen, key=lambda p: p.value or 0), max(seen, key=lambda p: p.value or 0)
    many = f"{len(known)} {NOUNS[found.every] if len(known) > 1 else found.every}"
    form = "Dots with ranges" if found.every == "test" else "Line chart"
    partial = words.partial_words(sum(p.partial for p in judged.points))
    text = (f"{form} of {noun} by {found.every}, {many}{partial}. Lowest "
            f"{figures.value(low.value)}, {low.label}. Highest {figures.value(high.value)}, "
            f"{high.label}. {lead.bold}")
    end = " All values are in the table below."
    return (text if len(text) + len(end) <= 300 else text[:299 - len(end)].rstrip() + "…") + end
