"""What do our students need most? Needs in students rather than points, the plainest first."""

from __future__ import annotations

from datetime import date

import streamlit as st

from pages.look import need as panel
from pages.look import weights
from pages.parts.charts import alt_text
from pages.parts.elsewhere import elsewhere
from pages.parts.frame import Frame, Table, Tile
from pages.parts.goals import own_goal
from pages.parts.spec import Bar, Chart
from school.measures import answer
from school.needs import Need, Needs, beside, needs
from school.records import needs as decided
from school.terms.dates import day_words
from school.terms.needs import TRENDS, hidden_sentence, looked_sentence
from school.terms.numbers import at_least, counted, grouped, one_in, percent, range_words
from school.terms.words import Lead

MOST = 8
DIVIDER = "Below this line it could be chance"
CAPTION = ("Solid bar: at least this many, even allowing for chance. Upright line: best estimate. "
           "Pale bar: how far it could reach.")
PLAIN_ORDER = "Longest solid bar first."
ORDER = "In the order of the solid bar times trend and weight; both stand in the table."
NO_DATA = "We need attendance or marks to look for needs."


def draw(frame: Frame) -> None:
    """The ranking, then the chosen need: where, since when, who."""
    kept = decided.weights(frame.house.records)
    found = needs(frame.store, frame.view, frame.preset, frame.known, goal=own_goal(frame),
                  similar=elsewhere(frame), weights=kept.weights if kept else None,
                  weighed_on=_day(kept, frame))
    if weights.asked(frame):
        weights.draw(frame, found, kept)
        return
    if found.attendance is not None:
        frame.drawn.answers.append(found.attendance)
    if not found.rows:
        _nothing(frame, found)
        return
    frame.heading(found.lead, stamp=frame.stamp(found.attendance), tiles=_tiles(found, frame))
    for words in (*found.withheld, hidden_sentence(found.hidden)):
        if words:
            st.caption(words)
    shown = found.ranked[:MOST]
    more = f" And {len(found.ranked) - MOST} more in the table." if len(found.ranked) > MOST \
        and not frame.present else ""
    if shown:
        frame.chart(_chart(found, shown, more, frame), param="need")
    _within(found)
    weights.offer(frame, kept)
    chosen = frame.pick("need", "Look closer at", {n.key: n.label for n in found.rows})
    if not frame.present:
        panel.draw(frame, found, next(n for n in found.rows if n.key == chosen))
        _beside(frame)
    frame.table(Table(tuple(_line(n, frame) for n in found.rows)), param="need",
                keys=[n.key for n in found.rows])
    frame.how(*(n.answer for n in found.rows))


def _day(kept: decided.Weights | None, frame: Frame) -> str:
    return day_words(date.fromisoformat(kept.at[:10]), frame.preset, short=True) if kept else ""


def _within(found: Needs) -> None:
    """What was looked at and is no need, and how many comparisons lie behind the places named."""
    fine = [n.label for n in found.rows if n.within]
    if fine:
        st.markdown(f"Within the line, even allowing for chance: {'; '.join(fine)}.")
    looked = looked_sentence(found.looked, found.found)
    if looked:
        st.caption(looked)


def _beside(frame: Frame) -> None:
    """What cannot be counted in students, each in its own unit."""
    lines = beside(lambda m, v: answer(frame.store, m, v, preset=frame.preset), frame.view,
                   frame.preset, own_goal(frame))
    if lines:
        st.header("Also worth a look", anchor=False)
    for line in lines:
        frame.link(line.page, line.words, line.view, **dict(line.params))


def _nothing(frame: Frame, found: Needs) -> None:
    if found.hidden:
        frame.heading(Lead(hidden_sentence(found.hidden)), stamp=frame.stamp(found.attendance))
    elif found.withheld:
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
    than = shown[0].reference.than
    one = len({n.reference.words for n in shown}) == 1
    title = f"Students more than {than if one else 'the line allows'}, by need"
    order = PLAIN_ORDER if all(n.times == 1 for n in shown) else ORDER
    return Chart("ranked", title, f"{CAPTION} {order}{more}", bars, alt, divider=DIVIDER)


def _range(need: Need, frame: Frame) -> str:
    return range_words(need.excess.cautious, need.excess.highest, frame.preset)


def _sub(need: Need) -> str:
    where = f"mostly {', '.join(need.where)}" if need.where else ""
    return " · ".join(w for w in (where, TRENDS[need.trend]) if w)


def _line(need: Need, frame: Frame) -> dict[str, object]:
    return {
        "Need": need.label,
        "Where": ", ".join(need.where),
        "Students": need.bad,
        "Of": need.of,
        "Line": need.reference.words,
        "Line allows": percent(need.reference.share),
        "More than the line": grouped(need.excess.students, frame.preset),
        "At least": at_least(need.excess.cautious, frame.preset),
        "At most": grouped(need.excess.highest, frame.preset),
        "Certainty": need.certainty,
        "Trend": TRENDS[need.trend],
        "Trend counts": f"{need.times / need.weight:g} times",
        "Weight": f"{need.weight:g}",
        "In the first three": f"{round(100 * need.firm)} of 100 orders",
    }
