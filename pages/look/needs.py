"""What do our students need most? Needs in students rather than points, the plainest first."""

from __future__ import annotations

import streamlit as st

from pages.parts.charts import alt_text
from pages.parts.filters import column_words
from pages.parts.frame import Frame, Table, Tile
from pages.parts.goals import own_goal
from pages.parts.spec import Bar, Chart
from school.needs import Need, Needs, needs
from school.terms.numbers import at_least, count_of, counted, grouped, one_in, percent, range_words
from school.terms.words import lower_first

MOST = 8
DIVIDER = "Below this line it could be chance"
CAPTION = ("Solid bar: at least this many, even allowing for chance. Upright line: best estimate. "
           "Pale bar: how far it could reach. Longest solid bar first.")
NO_DATA = "We need attendance or marks to look for needs."


def draw(frame: Frame) -> None:
    """The ranking, then the chosen need: where, since when, who."""
    found = needs(frame.store, frame.view, frame.preset, frame.known, goal=own_goal(frame))
    if found.attendance is not None:
        frame.drawn.answers.append(found.attendance)
    if not found.rows:
        _nothing(frame, found)
        return
    frame.heading(found.lead, stamp=frame.stamp(found.attendance), tiles=_tiles(found, frame))
    for words in found.withheld:
        st.caption(words)
    shown = found.ranked[:MOST]
    more = f" And {len(found.ranked) - MOST} more in the table." if len(found.ranked) > MOST else ""
    if shown:
        frame.chart(_chart(found, shown, more, frame), param="need")
    _within(found)
    chosen = frame.pick("need", "Look closer at", {n.key: n.label for n in found.rows})
    if not frame.present:
        _panel(next(n for n in found.rows if n.key == chosen), frame)
    frame.table(Table(tuple(_line(n, frame) for n in found.rows)), param="need",
                keys=[n.key for n in found.rows])
    frame.how(*{n.measure: n.answer for n in found.rows}.values())


def _within(found: Needs) -> None:
    """What was looked at and is no need."""
    fine = [n.label for n in found.rows if n.within]
    if fine:
        st.markdown(f"Within the line, even allowing for chance: {'; '.join(fine)}.")


def _nothing(frame: Frame, found: Needs) -> None:
    if found.withheld:
        frame.withheld(" ".join(found.withheld))
    elif frame.view == frame.default.with_(compare=frame.view.compare):
        frame.empty(NO_DATA)
    else:
        frame.nobody()


def _tiles(found: Needs, frame: Frame) -> list[Tile]:
    """The first need, how many are sure, how they overlap, how complete the register is."""
    first = found.rows[0]
    people = counted(first.bad, "students", frame.preset)
    base = f"of {grouped(first.of, frame.preset)}"
    ratio = one_in(first.bad, first.of)
    close = sum(n.certainty == "Close call" for n in found.rows)
    tiles = [
        Tile("First need", people, f"{ratio} {base}" if ratio and "every" not in ratio else base),
        Tile("Needs beyond chance", f"{len(found.clear)} of {len(found.rows)}",
             f"{close} a close call" if close else ""),
    ]
    if found.overlap is not None:
        tiles.append(Tile("In two or more needs", counted(found.overlap, "students", frame.preset),
                          f"of {grouped(found.people, frame.preset)}"))
    if found.completeness is not None:
        tiles.append(Tile("Register complete", percent(found.completeness), ""))
    return tiles


def _chart(found: Needs, shown: tuple[Need, ...], more: str, frame: Frame) -> Chart:
    lead = found.lead.bold
    bars = tuple(
        Bar(n.key, n.label, n.excess.students, n.excess.cautious, n.excess.highest,
            grouped(n.excess.students, frame.preset), _range(n, frame), _sub(n),
            "ours" if n.beyond_chance else "chance")
        for n in shown
    )
    alt = alt_text("Bar chart", "needs, students more than the line allows",
                   [(n.label, f"{b.text}, likely {b.range_text}")
                    for n, b in zip(shown, bars, strict=True)], frame.description, lead)
    allowed = shown[0].reference.words
    one = len({n.reference.words for n in shown}) == 1
    title = f"Students more than {allowed if one else 'the line'} allows, by need"
    return Chart("ranked", title, CAPTION + more, bars, alt, divider=DIVIDER)


def _range(need: Need, frame: Frame) -> str:
    return range_words(need.excess.cautious, need.excess.highest, frame.preset)


def _sub(need: Need) -> str:
    where = f"mostly {', '.join(need.where)}" if need.where else ""
    return " · ".join(w for w in (where, need.trend) if w)


def _panel(need: Need, frame: Frame) -> None:
    """The chosen need: its counts against the line, then the ways on."""
    with st.container(border=True, key="panel"):
        st.header(need.label, anchor=False)
        share = percent(need.reference.share)
        st.markdown(
            f"{count_of(need.bad, need.of, 'students', frame.preset)} · "
            f"{need.reference.words} allows {share}, "
            f"{grouped(need.reference.share * need.of, frame.preset)} students · "
            f"**{need.certainty}**")
        if need.where:
            st.markdown(f"Stands out: {', '.join(need.where)}.")
        st.markdown(f"Compared with the same days a year before: {need.trend}.")
        with st.container(horizontal=True):
            frame.students(need.measure, need.view)
            frame.link("progress", "Show over time", need.view, icon="show_chart",
                       measure=need.measure)
            split = "grade" if len(frame.known.get("grade", ())) > 1 else ""
            if split:
                label = f"Split by {lower_first(column_words(split, frame.preset))}"
                frame.link("compare", label, need.view, icon="balance", measure=need.measure,
                           split=split)


def _line(need: Need, frame: Frame) -> dict[str, object]:
    return {
        "Need": need.label,
        "Where": ", ".join(need.where),
        "Students": need.bad,
        "Of": need.of,
        "Line allows": percent(need.reference.share),
        "More than the line": grouped(need.excess.students, frame.preset),
        "At least": at_least(need.excess.cautious, frame.preset),
        "At most": grouped(need.excess.highest, frame.preset),
        "Certainty": need.certainty,
        "Trend": need.trend,
    }
