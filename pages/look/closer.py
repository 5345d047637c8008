"""Where does it differ, and by how much? One number, split by one thing, with its range."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from typing import Any

import streamlit as st

from pages.look import judged
from pages.parts.charts import alt_text
from pages.parts.filters import column_words, labels
from pages.parts.frame import Frame, Table, Tile
from pages.parts.spec import Bar, Chart, Level
from school.answers import Answer, Row
from school.apart import standing_apart
from school.measures import catalogue, measure_of, title_of
from school.measures.catalogue import Measure
from school.prelude import PUBLISHED
from school.terms.judged import apart_sentence
from school.terms.numbers import (
    counted,
    grouped,
    percent,
    percent_range,
    range_words,
    some_of_words,
)
from school.terms.words import Lead, lower_first, upper_first

FIRST = "attendance_rate"
MOST = 40
CAPTION = "Dot: the number. Line: where it likely lies. Order of the school, no rank."


def draw(frame: Frame) -> None:
    """What and by what, then one measure, whole and split, as dots with their ranges."""
    measure, split = _chosen(frame)
    whole = frame.answer(measure.name)
    parts = frame.answer(measure.name, frame.view.with_(by=(split,))) if split else None
    every = _ordered(parts, split, frame) if parts and split else []
    rows = every[:MOST]
    if whole.withheld:
        frame.withheld(whole.withheld)
    elif whole.total is None or not whole.total.people:
        frame.nobody()
    else:
        _shown(frame, measure, split, whole, rows)
        if len(rows) < len(every):
            st.caption(some_of_words(len(rows), len(every), frame.preset))
    if whole.total is not None and whole.total.people and not whole.withheld:
        judged.draw(frame, measure.name, split)
        if split and rows:
            _closer(frame, measure, split, whole, rows)
        if _who(measure) == "students" and not whole.card.published:
            frame.students(measure.name)
    frame.how()


def _named(column: str, measure: Measure, frame: Frame) -> str:
    """What a split is called: levels that a number works out itself have a word of their own."""
    if column == measure.levels and measure.level_word:
        return upper_first(measure.level_word)
    return column_words(column, frame.preset)


def _who(measure: Measure) -> str:
    """Whom the number counts, as a word."""
    if measure.reads in PUBLISHED:
        return "published figures"
    return "responses" if measure.reads == "responses" else "students"


def _chosen(frame: Frame) -> tuple[Measure, str | None]:
    """The measure and the split, chosen side by side above the finding."""
    known = catalogue(frame.store)
    measure = known.get(frame.query("measure") or "")
    if measure is None:
        measure = known[frame.first_known([FIRST, *(m for m in known if m != FIRST)])]
    sides: Any = (nullcontext(), nullcontext()) if frame.present else st.columns(2)
    with sides[0]:
        titles = {m: title_of(known[m], frame.preset) for m in known}
        measure = known[frame.pick("measure", "Number", titles, default=measure.name)
                        or measure.name]
    columns = _columns(frame, measure)
    split = frame.query("split")
    first = measure.opens if measure.opens in columns else next(iter(columns), None)
    split = split if split in columns else first
    with sides[1]:
        options = {c: _named(c, measure, frame) for c in columns}
        return measure, frame.pick("split", "Split by", options, default=split)


def _closer(frame: Frame, measure: Measure, split: str, whole: Answer,
            rows: Sequence[Row]) -> None:
    """The chosen part: its number, and who is behind it."""
    if frame.present:
        return
    options = {"": "–", **{r.segments[split]: _label(r, split, frame) for r in rows}}
    chosen = frame.pick("row", "Look closer at", options, default="")
    row = next((r for r in rows if chosen and r.segments[split] == chosen), None)
    if row is None:
        return
    text, likely = words(whole, row, frame)
    people = counted(row.people or 0, _who(measure), frame.preset)
    st.markdown(f"**{_label(row, split, frame)}: {text}** of {people}"
                f"{f', likely {likely}' if likely else ''}.")
    single = _who(measure) == "students" and not whole.card.published
    if split in frame.known and not row.hidden and single:
        frame.students(measure.name, frame.view.narrow(split, (chosen or "",)),
                       label=f"See the students of {_label(row, split, frame)}")


def _columns(frame: Frame, measure: Measure) -> list[str]:
    """What this number can be split by here, where there is more than one value."""
    usual = ("grade", "class", "school", "cluster", "subject", "assessment", "wave", "weekday",
             "tier", "level")
    groups = sorted(c for c in frame.known if c.startswith("group."))
    return [c for c in (*usual, *groups) if measure.splits_by(c)
            and (c in ("weekday", measure.levels) or len(frame.known.get(c, ())) > 1)]


def _ordered(answer: Answer, split: str, frame: Frame) -> list[Row]:
    """Rows in the order of the school, never by value, so that nothing here is a ranking."""
    order = {v.value: i for i, v in enumerate(frame.known.get(split, ()))}
    order |= {v.label: i for i, v in enumerate(frame.known.get(split, ()))}
    rows = [r for r in answer.rows if r.segments.get(split)]
    return sorted(rows, key=lambda r: order.get(r.segments[split], len(order)))


def _shown(frame: Frame, measure: Measure, split: str | None, whole: Answer,
           rows: Sequence[Row]) -> None:
    total = whole.total
    assert total is not None
    text, likely = words(whole, total, frame)
    apart = "" if split == measure.levels else _apart(rows, split, whole, frame)
    said = measure.whole if measure.whole and split == measure.levels else whole.title
    lead = Lead(f"{said}: {text}.", apart)
    people = counted(total.people or 0, _who(measure), frame.preset)
    narrow = likely.replace("% to", " to")  # a tile on a phone holds twelve signs
    tiles = [Tile("Here", text, "" if whole.kind == "count" else f"of {people}")]
    if narrow:  # a count is counted, it has no range
        tiles.append(Tile("Likely", narrow))
    tiles += _beside(frame, measure)
    frame.heading(lead, stamp=frame.stamp(whole), tiles=tiles)
    if split and rows:
        name = _named(split, measure, frame).lower()
        frame.chart(_chart(measure, name, whole, rows, split, lead, frame), param="row")
        frame.table(Table(tuple(_line(measure, r, split, whole, frame) for r in rows)), param="row",
                    keys=[r.segments[split] for r in rows])


def _beside(frame: Frame, measure: Measure) -> list[Tile]:
    """The second view of a number that would mislead alone, where there is one."""
    if measure.beside is None:
        return []
    other = frame.answer(measure.beside)
    if other.total is None or other.withheld or other.total.value is None:
        return []
    text = words(other, other.total, frame)[0]
    title = measure_of(measure.beside).whole or other.title
    return [Tile(title, text, other.unit if other.kind == "mean" else "")]


def words(answer: Answer, row: Row, frame: Frame) -> tuple[str, str]:
    """A row's value and its range in words; the reason where it is hidden."""
    if row.hidden or row.value is None:
        return row.hidden or "too few to say", ""
    if row.coded:
        return row.coded, ""
    if answer.kind in ("rate", "distribution"):
        if measure_of(answer.measure, frame.store).reads in PUBLISHED:
            return percent(row.value, places=1), ""  # as it was published
        places = 1 if answer.measure.endswith(("attendance_rate", "absence_rate")) else 0
        likely = percent_range(row.low, row.high, row.people, places) \
            if row.low is not None and row.high is not None else ""
        return percent(row.value, row.people, places), likely
    places = 0 if answer.kind == "count" else 1
    likely = range_words(row.low, row.high, frame.preset, places) \
        if row.low is not None and row.high is not None else ""
    return grouped(row.value, frame.preset, places), likely


def _apart(rows: Sequence[Row], split: str | None, answer: Answer, frame: Frame) -> str:
    """Which parts lie apart from the others beyond chance, in a sentence."""
    found = standing_apart(rows)
    if not split or found.looked < 2:
        return ""

    def named(some: Sequence[Row]) -> list[str]:
        return [f"{_label(r, split, frame)} ({words(answer, r, frame)[0]})" for r in some]

    return apart_sentence(named(found.above), named(found.below), found.looked,
                          column_words(split, frame.preset).lower())


def _chart(measure: Measure, name: str, whole: Answer, rows: Sequence[Row], split: str,
           lead: Lead, frame: Frame) -> Chart:
    bars = []
    for row in rows:
        text, likely = words(whole, row, frame)
        people = counted(row.people or 0, _who(measure), frame.preset)
        sub = f"{people} · likely {likely}" if likely else people
        bars.append(Bar(row.segments[split], _label(row, split, frame), row.value, row.low,
                        row.high, text, "", sub))
    seen = sorted(((b.label, b.text) for b in bars
                   if b.value is not None), key=lambda p: -_value(bars, p[0]))
    total = whole.total
    counts = whole.kind == "count"
    published = measure.reads in PUBLISHED  # its parts and its whole are different figures
    whole_level = total is not None and not (counts or published) and split != measure.levels
    together = total.value if total is not None and whole_level else None  # a sum is no level
    levels = () if together is None else (Level(together, "all together"),)
    caption = "In the order of the school, no rank." if counts or published else CAPTION
    parts_named = measure.level_word and split == measure.levels  # in the title already
    title = whole.title if parts_named else f"{whole.title}, by {name}"
    return Chart(
        "dots", title, caption, tuple(bars),
        alt_text("Dot chart", f"{lower_first(whole.title)} by {name}", seen,
                 frame.description, lead.bold),
        percent=whole.kind in ("rate", "distribution"), levels=levels,
    )


def _label(row: Row, split: str, frame: Frame) -> str:
    """A name as people say it: a grade with its noun, 'Class 7', a school by its name."""
    value = row.segments[split]
    named = labels(frame.known, split).get(value, value)
    return f"{column_words('grade', frame.preset)} {named}" if split == "grade" else named


def _value(bars: Sequence[Bar], label: str) -> float:
    return next(b.value or 0.0 for b in bars if b.label == label)


def _line(
    measure: Measure, row: Row, split: str, answer: Answer, frame: Frame
) -> dict[str, object]:
    text, likely = words(answer, row, frame)
    value = row.segments[split]
    return {column_words(split, frame.preset): labels(frame.known, split).get(value, value),
            answer.title: text,
            "Likely": likely, upper_first(_who(measure)): row.people, "Counted": row.n}
