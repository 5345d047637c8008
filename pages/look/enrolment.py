"""Who joined, who left, and where did they go? Steps from last year's roll to this year's."""

from __future__ import annotations

from datetime import date

import streamlit as st

from pages.parts.charts import alt_text
from pages.parts.filters import column_words
from pages.parts.frame import Frame, Table, Tile
from pages.parts.spec import Bar, Chart
from school.answers import Answer
from school.enrolment import Enrolment, enrolment, forecast, growth
from school.enrolment.finding import a_year
from school.enrolment.growth import MONTHS, PERCENT
from school.stats.flow import gender_parity
from school.terms import enrolment as words
from school.terms.dates import day_words
from school.terms.numbers import counted, grouped, percent
from school.terms.words import lower_first

CAPTION = "From the roll a year ago to the roll now. Grey: on the roll; blue: joined"
UNKNOWN = "; vermillion edge: we do not know where to"
NO_DATA = "There are no class lists here yet."


def draw(frame: Frame) -> None:
    """The finding, the steps, what next year may bring, and a promise to grow."""
    found = enrolment(frame.store, frame.view, frame.preset)
    frame.drawn.answers += found.answers
    if not found.now and not found.before:
        _nothing(frame)
        return
    frame.heading(found.lead, stamp=frame.stamp(_published(found)), tiles=_tiles(found, frame))
    if found.steps:
        frame.chart(_chart(found, frame))
    _said(frame, found)
    if found.stated and not frame.present:
        _ways_on(frame, found)
        _growth(frame, found)
    if found.stated:
        frame.table(_by_grade(frame))
    frame.how(*found.answers)


def _published(found: Enrolment) -> Answer | None:
    """The answer that names the published tables, where the roll was read from them."""
    return next((a for a in found.answers if a.card.published), None)


def _nothing(frame: Frame) -> None:
    if frame.view == frame.default:
        frame.empty(NO_DATA)
    else:
        frame.nobody()


def _tiles(found: Enrolment, frame: Frame) -> list[Tile]:
    when = day_words(found.day, frame.preset, short=True)
    tiles = [Tile("On roll", grouped(found.now, frame.preset), when)]
    if found.stated:
        tiles += [Tile("Joined", grouped(found.step("joined"), frame.preset), "since last year"),
                  Tile("Left", grouped(found.left, frame.preset), "since last year"),
                  Tile("Place unknown", grouped(found.step("unknown"), frame.preset),
                       "of those who left")]
    return tiles


def _chart(found: Enrolment, frame: Frame) -> Chart:
    """Bars from where the step before ended to where this one ends."""
    before, now = found.before or 0, found.now
    day, then = (day_words(d, frame.preset, short=True) for d in (found.day, found.before_day))
    rows = [_whole("then", f"On roll on {then}", before, frame)]
    at = before
    for step in found.steps:
        after = at + step.students
        low, high = sorted((at, after))
        state = "ours" if step.students > 0 else "worse" if step.key == "unknown" else "chance"
        sign = "+" if step.students > 0 else "−"
        rows.append(Bar(step.key, words.STEPS[step.key], None, float(low), float(high),
                        f"{sign}{grouped(abs(step.students), frame.preset)}", state=state))
        at = after
    rows.append(_whole("now", f"On roll on {day}", now, frame))
    alt = alt_text("Steps", "from last year's roll to this year's",
                   [(r.label, r.text) for r in rows], frame.description, found.lead.bold)
    return Chart("steps", "From last year to this year",
                 f"{CAPTION}{UNKNOWN if found.step('unknown') else ''}.", tuple(rows), alt)


def _whole(key: str, label: str, students: int, frame: Frame) -> Bar:
    return Bar(key, label, None, 0.0, float(students), grouped(students, frame.preset),
               state="reference")


def _said(frame: Frame, found: Enrolment) -> None:
    """Dropout as a span, parity in counts, next year as a range."""
    lines = []
    if found.dropout is not None and found.before:
        base = found.before - found.step("transfer") - found.step("died")
        if frame.view.scope.staff:
            lines.append(words.dropout_sentence(found.dropout, base, frame.preset))
    if found.parity is not None:
        index = gender_parity(*found.parity)
        if index is not None:
            lines.append(words.parity_sentence(*found.parity, index, frame.preset))
    ahead = forecast(frame.store, frame.view, frame.preset) if found.stated else None
    if ahead is not None:
        lines.append(words.forecast_sentence(*ahead.range, frame.preset))
    if lines and not frame.present:
        st.markdown("\n".join(f"- {line}" for line in lines))


def _ways_on(frame: Frame, found: Enrolment) -> None:
    with st.container(horizontal=True):
        frame.students("stayed", a_year(frame.view), label="See who left and who stayed")
        if found.step("unknown"):
            frame.link("quality", "Say where they went", icon="fact_check")
        frame.link("progress", "Show over time", icon="show_chart", measure="headcount")


def _growth(frame: Frame, found: Enrolment) -> None:
    """The promise of the documents as a template: so many percent more within two years."""
    label = f"A promise to grow: {PERCENT}% more students within {MONTHS // 12} years"
    with st.expander(label, icon=":material/trending_up:"):
        first = frame.first or found.before_day
        start = st.date_input("From the roll of", value=found.before_day, key="growth:from",
                              min_value=min(first, found.before_day), max_value=found.day,
                              format="DD/MM/YYYY")
        share = st.number_input("Percent more", 1, 200, PERCENT, key="growth:percent")
        months = st.number_input("Within months", 6, 60, MONTHS, key="growth:months")
        day = start if isinstance(start, date) else found.before_day
        heads = frame.answer("headcount", frame.view.with_(
            start=day, end=day, by=(), period=None))
        frame.drawn.answers.pop()
        count = round(sum(r.value or 0 for r in heads.rows))
        if not count:
            st.markdown("Nobody was on the roll on that day.")
            return
        line = growth(count, day, found.now, found.day, percent=int(share), months=int(months))
        st.markdown(words.growth_sentence(line, frame.preset))


def _by_grade(frame: Frame) -> Table:
    """What became of each grade: who moved up, stayed back, moved away."""
    span = a_year(frame.view)
    became = frame.answer("stayed", span.with_(by=("grade", "level")))
    frame.drawn.answers.pop()
    grades: dict[str, dict[str, int]] = {}
    hidden = 0
    for row in became.rows:
        if row.hidden:
            hidden += 1
            continue
        line = grades.setdefault(row.segments["grade"], {})
        line[row.segments["level"]] = round(row.numerator or 0)
    noun = column_words("grade", frame.preset)
    names = {"promoted": "Moved up", "repeated": "Repeats", "stayed": "Still here",
             **{k: v for k, v in words.STEPS.items() if k not in ("joined", "other")}}
    rows = []
    for grade, line in grades.items():
        whole = sum(line.values())
        out: dict[str, object] = {noun: grade, "On roll then": whole}
        for key, name in names.items():
            if any(key in g for g in grades.values()):
                out[name] = f"{line.get(key, 0)} ({percent(line.get(key, 0) / whole, whole)})" \
                    if whole else ""
        rows.append(out)
    title = f"What became of each {lower_first(noun)}"
    if hidden:
        title += f" ({counted(hidden, 'groups')} hidden)"
    return Table(tuple(rows), title)
