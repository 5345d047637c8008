"""How a school is doing, in three short lists: getting better, needs attention, and its figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from school.answers import Answer
from school.config import Preset
from school.describe import Named
from school.line import Line
from school.measures import answer
from school.needs import Needs, needs
from school.needs.candidates import Goal, Similar
from school.progress import Progress, progress
from school.store import Store
from school.terms.overview import gain_sentence, overview_lead
from school.terms.words import Lead, lower_first, upper_first
from school.view import View

LINES = 3
FIGURES = ("attendance_rate", "chronic_absence", "pass_rate", "headcount")
# What a table publishes of the whole school stands in where nothing is known of single students.
INSTEAD = {"attendance_rate": "published_attendance"}
_BY_SUBJECT = ("share_at_level", "pass_rate")


@dataclass(frozen=True)
class Figure:
    """One number of the top row with its course by month; `before` is a year earlier."""

    measure: str
    now: Answer
    months: Answer


@dataclass(frozen=True)
class Overview:
    """Everything that the first page says of a view."""

    lead: Lead
    better: tuple[Line, ...]
    attention: tuple[Line, ...]
    figures: tuple[Figure, ...]
    needs: Needs


def overview(
    store: Store, view: View, preset: Preset | None, known: Mapping[str, Sequence[Named]], *,
    goal: Goal | None = None, similar: Similar | None = None,
) -> Overview:
    """The overview of a view: figures, and what moved or stands out beyond chance."""
    with ThreadPoolExecutor(1, "overview") as beside:  # the store plans one query a core
        moving = beside.submit(_moved, store, view, preset, known)
        found = needs(store, view, preset, known, goal=goal, similar=similar)
        moved = moving.result()
    up = [(p, subject) for p, subject in moved if p.verdict == "better"]
    better = tuple(_line(p, subject) for p, subject in up)
    worse = tuple(_line(p, subject) for p, subject in moved if p.verdict == "worse")
    attention = tuple(
        Line(upper_first(f"{n.phrase.against(preset)}."), "needs", view, (("need", n.key),))
        for n in found.clear if n.part_of is None
    )
    whole = [n for n in found.clear if n.part_of is None]
    chance = sum(1 for n in found.ranked if not n.beyond_chance)
    figures = _figures(store, view, preset)
    lead = overview_lead(
        [n.phrase for n in whole],
        gain=gain_sentence(list(dict.fromkeys(subject or p.noun for p, subject in up)),
                           up[0][0].part if up else None, preset),
        uncertain=chance, completeness=found.completeness, preset=preset,
        published=any(f.now.card.published for f in figures),
        judged=bool(found.rows) or any(p.verdict not in ("none", "withheld") for p, _ in moved),
    )
    return Overview(lead, better[:LINES], (*attention, *worse)[:LINES],
                    figures, found)


def _moved(
    store: Store, view: View, preset: Preset | None, known: Mapping[str, Sequence[Named]],
) -> list[tuple[Progress, str]]:
    """The numbers that are followed over time, each subject by itself."""
    out = [(progress(store, "attendance_rate", view, preset), "")]
    tested = {
        m: {r.segments["subject"] for r in answer(
            store, m, view.with_(by=("subject",), period=None), preset=preset).rows if r.people}
        for m in _BY_SUBJECT
    }
    for subject in known.get("subject", ()):
        narrowed = view.choose("subject", (subject.value,))
        for measure in _BY_SUBJECT:
            if subject.value in tested[measure]:
                out.append((progress(store, measure, narrowed, preset), subject.label))
    return out


def _line(found: Progress, subject: str) -> Line:
    """The finding as a sentence of its own, the subject in front where there is one."""
    words = found.lead.bold.removeprefix("Yes. ").removeprefix("No, it is getting worse. ")
    if subject:
        words = f"{subject}: {lower_first(words)}"
    if found.part:
        words = f"{words} {found.lead.rest}"
    return Line(words, "progress", found.total.view, (("measure", found.measure),))


def _figures(store: Store, view: View, preset: Preset | None) -> tuple[Figure, ...]:
    plain = view.with_(by=(), period=None)
    out = []
    for measure in FIGURES:
        now = answer(store, measure, plain, preset=preset)
        if (now.total is None or not now.total.people) and measure in INSTEAD:
            measure = INSTEAD[measure]
            now = answer(store, measure, plain, preset=preset)
        if now.total is not None and now.total.people:
            months = answer(store, measure, plain.with_(period="month"), preset=preset)
            out.append(Figure(measure, now, months))
    return tuple(out)
