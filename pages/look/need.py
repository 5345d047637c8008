"""The chosen need: where, since when, who, against what, whether we can act, what to ask first."""

from __future__ import annotations

from datetime import date

import streamlit as st

from pages.look import similar
from pages.look.progress import chart_of
from pages.parts import session
from pages.parts.charts import alt_text
from pages.parts.filters import column_words, labels
from pages.parts.frame import Frame
from pages.parts.goals import goal_key
from pages.parts.spec import Bar, Chart, Level
from school.answers import Answer, Row
from school.errors import StaffroomError
from school.needs import Need, Needs, graver
from school.progress import progress
from school.records import needs as decided
from school.terms.dates import day_words
from school.terms.needs import TRENDS, held_sentence, line_words, share_sentence
from school.terms.numbers import count_of, counted, grouped, percent, percent_range
from school.terms.words import lower_first

MOST = 12
FIRST = 3  # places of the ranking that are said to hold or not
GATES = {"yes": "Yes", "partly": "Partly", "no": "No", "open": "Not discussed"}
SAID = "need:gate:said"


def draw(frame: Frame, found: Needs, need: Need) -> None:
    """The panel of one need."""
    with st.container(border=True, key="panel"):
        st.header(need.label, anchor=False)
        _counts(frame, found, need)
        _where_and_when(frame, need)
        _who(frame, found, need)
        similar.draw(frame, need)
        _asks(need)
        _gate(frame, need)
        _ways_on(frame, need)


def _counts(frame: Frame, found: Needs, need: Need) -> None:
    """How many, against what, how sure."""
    line = need.reference
    allowed = grouped(line.share * need.of, frame.preset)
    st.markdown(
        f"{count_of(need.bad, need.of, 'students', frame.preset)} · "
        f"{line_words(line.words, line.share, allowed, bool(line.at))} · **{need.certainty}**")
    graver_ones = [count_of(bad, need.bad, "students", frame.preset) + f" {did}"
                   for did, bad in graver(frame.store, need, frame.preset)]
    lines = [f"Of these, {'; '.join(graver_ones)}." if graver_ones else "",
             f"Stands out: {', '.join(need.where)}." if need.where else "",
             f"Compared with the same days a year before: {TRENDS[need.trend]}.",
             held_sentence(need.firm) if len(found.ranked) > FIRST else "",
             "What it is compared with is chosen above, under Compare with."]
    st.markdown(" ".join(w for w in lines if w))


def _where_and_when(frame: Frame, need: Need) -> None:
    """The two charts of a need, one at a time."""
    places, moments = _where(frame, need), _since(frame, need)
    shown = [(name, chart) for name, chart in (("Where", places), ("Since when", moments)) if chart]
    if shown:
        for tab, (_, chart) in zip(st.tabs([name for name, _ in shown]), shown, strict=True):
            with tab:
                frame.chart(chart, level=3, taken=False)


def _where(frame: Frame, need: Need) -> Chart | None:
    """The share in each class, grade or school, in the order of the school."""
    split = _split(frame, need)
    if split is None:
        return None
    parts = frame.answer(need.measure, need.view.with_(by=(split,)))
    frame.drawn.answers.pop()
    named = labels(frame.known, split)
    order = {value: n for n, value in enumerate(named)}
    rows = [bar for bar in (_bar(frame, parts, r, split, named) for r in sorted(
        parts.rows, key=lambda r: order.get(r.segments[split], len(order)))) if bar][:MOST]
    if len(rows) < 2:
        return None
    name = lower_first(column_words(split, frame.preset))
    line = Level(need.reference.share, "the line")
    alt = alt_text("Dot chart", f"share of students by {name}", [(b.label, b.text) for b in rows],
                   frame.description, need.label)
    return Chart("dots", f"{need.label}, by {name}",
                 "Dot: the share. Line: where it likely lies. In the order of the school.",
                 tuple(rows), alt, percent=True, levels=(line,))


def _split(frame: Frame, need: Need) -> str | None:
    """Classes of one school, schools among several, else grades; whatever is few enough to read."""
    for column in ("class", "school", "grade"):
        one_school = len(frame.known.get("school", ())) < 2 or len(need.view.values("school")) == 1
        if column == "class" and not one_school:
            continue
        values = need.view.values(column) or frame.known.get(column, ())
        if 2 <= len(values) <= MOST:
            return column
    return "grade" if len(frame.known.get("grade", ())) > 1 else None


def _bar(frame: Frame, answer: Answer, row: Row, split: str, named: dict[str, str]) -> Bar | None:
    """A part as the share with the bad outcome."""
    value, low, high, segment = row.value, row.low, row.high, row.segments[split]
    people = row.people or 0
    if value is None or not people or segment == "unknown":
        return None
    if answer.better == "higher":
        value, low, high = (None if v is None else 1 - v for v in (value, high, low))
    label = named.get(segment, segment)
    if split == "grade":
        label = f"{column_words('grade', frame.preset)} {label}"
    likely = ""
    if low is not None and high is not None:
        likely = f" · likely {percent_range(low, high, people)}"
    return Bar(segment, label, value, low, high, percent(value, people), "",
               f"{counted(people, 'students', frame.preset)}{likely}")


def _since(frame: Frame, need: Need) -> Chart | None:
    """The same number over time."""
    found = progress(frame.store, need.measure, need.view, frame.preset)
    told = len(found.known) > 1 and found.verdict not in ("withheld", "none")
    return chart_of(found) if told else None


def _who(frame: Frame, found: Needs, need: Need) -> None:
    """How many of these students stand behind other needs too; for the school's own staff."""
    whole = found.whole
    here = next((n for n, one in enumerate(whole) if one.key == (need.part_of or need.key)), None)
    if found.shared is None or here is None or need.part_of:
        return
    others = sorted((n for n in range(len(whole)) if n != here),
                    key=lambda n: -found.shared.alike(here, n))  # type: ignore[union-attr]
    lines = [share_sentence(found.shared.both(here, n), found.shared.both(here, here),
                            whole[n].phrase.did, frame.preset)
             for n in others[:2] if found.shared.both(here, n)]
    if lines:
        st.markdown(" ".join(lines))


def _asks(need: Need) -> None:
    if need.asks:
        st.markdown("**Ask first:**\n" + "\n".join(f"- {q}" for q in need.asks[:3]))


def _gate(frame: Frame, need: Need) -> None:
    """Whether the team can act on it: a gate beside the ranking, never a part of it."""
    place = goal_key(frame.view)
    kept = decided.gate(frame.house.records, need.key, place)
    key = f"need:gate:{need.key}:{place}"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.segmented_control("Can we act on it?", list(GATES), key=key, required=True,
                             default=kept.answer if kept else "open", format_func=GATES.get,
                             on_change="ignore")
        st.text_input("Decided by", key=f"{key}:who", max_chars=60, on_change="ignore",
                      value=kept.who if kept else "", placeholder="The leadership team")
        st.button("Keep this", key=f"{key}:keep", icon=":material/check:",
                  on_click=lambda: _keep(frame, need.key, place, key))
    said = session.state(SAID)
    if said:
        session.keep(SAID, None)
        st.html(f'<p role="status"><b>{said}</b></p>')
    elif kept:
        day = day_words(date.fromisoformat(kept.at[:10]), frame.preset, short=True)
        st.caption(f"{GATES[kept.answer]}, decided by {kept.who} on {day}.")


def _keep(frame: Frame, need: str, place: str, key: str) -> None:
    try:
        decided.set_gate(frame.house.records, need, place, session.state(key) or "open",
                         session.state(f"{key}:who") or "")
    except StaffroomError as error:
        session.keep(SAID, error.words)


def _ways_on(frame: Frame, need: Need) -> None:
    with st.container(horizontal=True):
        frame.students(need.measure, need.view)
        frame.link("progress", "Show over time", need.view, icon="show_chart",
                   measure=need.measure)
        if len(frame.known.get("grade", ())) > 1:
            label = f"Split by {lower_first(column_words('grade', frame.preset))}"
            frame.link("compare", label, need.view, icon="balance", measure=need.measure,
                       split="grade")
