"""How this is computed: definition, who is counted, the query, and another system's figure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from pages.parts import session
from school.answers import Answer, Card
from school.config import Preset
from school.counted import Explained, closely, explain, figure_of, supported
from school.store import Store
from school.terms import explained as words
from school.terms.dates import day_words
from school.terms.numbers import grouped, percent
from school.terms.published import published_words
from school.view import Where

SHOWN = 5  # ways of counting that come closer
REGISTER = ("attendance_rate", "absence_rate", "chronic_absence", "severe_absence")


def draw(url: str, answers: Sequence[Answer], store: Store, preset: Preset | None) -> None:
    """Definition, who is counted, source and query of each number on the page, once each.

    What takes a query of its own is asked when this is opened, and another system's figure is
    explained when somebody has typed it.
    """
    seen = _once(answers)
    if not seen:
        return
    box = st.expander("How this is computed", icon=":material/calculate:", key=f"how:{url}",
                      on_change="rerun")
    with box:
        for key, title, answer in seen:
            st.markdown(f"**{title}.** {answer.meaning}")
            lines = card_lines(answer.card, preset)
            if box.open and answer.measure in REGISTER and answer.card.included:
                near = closely(store, answer.view, preset)
                lines[1:1] = words.closely_lines(near.half_days, near.approved_days, near.leavers,
                                                 near.joiners, preset)
            st.markdown(_listed(lines))
            st.caption(f"Source: {answer.source}. Version {answer.version}. "
                       f"Data to {day_words(answer.as_of, preset, short=True)}.")
            if supported(answer.measure) and answer.card.included:
                _other_system(f"how:{url}:{key}", answer, store, preset)
            _query(f"how:{url}:{key}", answer)


def _once(answers: Sequence[Answer]) -> list[tuple[str, str, Answer]]:
    """Each number once with a key and a title: a measure of two subjects is two numbers."""
    first: dict[tuple[str, Where], Answer] = {}
    for answer in answers:
        first.setdefault((answer.measure, answer.view.where), answer)
    alike = Counter(measure for measure, _ in first)
    number = Counter[str]()
    out = []
    for (measure, _), answer in first.items():
        number[measure] += 1
        key = measure if number[measure] == 1 else f"{measure}:{number[measure]}"
        subjects = ", ".join(answer.view.values("subject")) if alike[measure] > 1 else ""
        out.append((key, f"{answer.title}, {subjects}" if subjects else answer.title, answer))
    return out


def _listed(lines: Sequence[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _query(key: str, answer: Answer) -> None:
    """The definition; the whole statement, with all that narrows it, where somebody asks for it."""
    st.code(answer.sql, language="sql", wrap_lines=True)
    if answer.ran and st.toggle("Show the whole query as it ran", key=f"{key}:ran"):
        st.code(answer.ran, language="sql", wrap_lines=True, height=320)


def card_lines(card: Card, preset: Preset | None) -> list[str]:
    """Who is counted, in sentences."""
    lines = [f"Counted: {grouped(card.included, preset)}"]
    lines += [f"Left out: {grouped(n, preset)}, {why}" for why, n in card.left_out if n]
    if card.days is not None:
        lines.append(f"School days: {card.days}")
    if card.completeness is not None:
        lines.append(f"Register marked: {percent(card.completeness)} ({card.completeness_how})")
    elif card.published:
        lines.append(published_words(card.published))
    else:
        lines.append("How complete the register is, is not known.")
    return lines + list(card.notes)


def _other_system(key: str, answer: Answer, store: Store, preset: Preset | None) -> None:
    """Type another system's figure; why it differs stands below."""
    key = f"{key}:other"
    heads = answer.kind == "count"
    st.text_input(words.LABEL, key=key, max_chars=12, persist_state="session",
                  placeholder="1,204" if heads else "93.4%", width=220)
    text = str(session.state(key) or "").strip()
    if not text:
        return
    typed = figure_of(text, answer.measure)
    if typed is None:
        st.markdown("Write it as a number of students." if heads
                    else "Write it as a percentage, such as 93.4%.")
        return
    found = explain(store, answer.measure, answer.view, preset, typed)
    if found is None:
        st.markdown("There is no figure here to set beside it.")
        return
    _explained(found, typed[1], answer, preset)


def _explained(found: Explained, places: int, answer: Answer, preset: Preset | None) -> None:
    def written(value: float) -> str:
        if answer.kind == "count":
            return grouped(value, preset)
        return percent(value, None, max(places, 1))

    if found.why_not:
        st.markdown(found.why_not)
        return
    st.markdown(words.explained_lead(written(found.ours), written(found.theirs),
                                     len(found.others), reached=found.reached))
    st.markdown(_listed([
        words.way_sentence(way.reason, way.amount, written(way.figure), preset)
        for way in found.others[:SHOWN]]))
