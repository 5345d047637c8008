"""What do people say, and whom have we not heard? One survey wave, and every comment."""

from __future__ import annotations

import streamlit as st

from pages.parts import comments as drawn
from pages.parts.frame import Frame, Table, Tile
from pages.parts.spec import Bar, Chart, Item
from school.measures.reliability import reliability
from school.records import comments
from school.terms import Lead, count_of, counted, grouped, percent, percent_range, upper_first, word
from school.terms.judged import reliability_sentence
from school.voice import Asked, Feedback, Group, feedback, groups, own_words

PARTS = ("Strongly agree", "Agree", "Neither", "Disagree", "Strongly disagree")
MOST = 20


def draw(frame: Frame) -> None:
    """Sentence, tiles, one bar a question, table, the chosen question by group, comments."""
    made = comments.comments(frame.house.records)
    waiting = sum(c.answer is None for c in made)
    found = feedback(frame.store, frame.view, frame.preset, waiting=waiting)
    if found.wave is not None:
        frame.answer("favourable_share", frame.view.with_(by=("item",), period=None))
        frame.heading(found.lead, stamp=frame.stamp(), tiles=_tiles(found, waiting))
        _questions(frame, found)
        _written(frame, found)
    elif frame.view.where:
        frame.nobody()
    elif frame.known.get("wave"):
        _at_another_time(frame)
    else:
        frame.heading(found.lead, stamp=frame.stamp())
        frame.empty("Drop answers from Google or Microsoft Forms, or write a comment.")
    if not frame.present:
        _comments(frame, made)
        if found.wave is not None:
            frame.how()


def _at_another_time(frame: Frame) -> None:
    """There are surveys, but none in these dates: say which, and lead there."""
    names = "; ".join(v.label for v in frame.known["wave"][:3])
    frame.heading(Lead("No survey in these dates.", f"Known: {names}."), stamp=frame.stamp())
    if frame.first is not None:
        frame.link("feedback", "Show all dates", frame.link_view.with_(start=frame.first),
                   icon="calendar_month")


def _tiles(found: Feedback, waiting: int) -> list[Tile]:
    asked = found.wave.invited if found.wave else None
    known = asked is not None and found.answered <= asked
    of = f"of {grouped(asked or 0)}" if known else ""
    tiles = [Tile("Answered", grouped(found.answered), of)]
    if found.agreeing:
        top, low = found.agreeing[-1], found.agreeing[0]
        tiles += [Tile("Agree most", percent(top.share or 0, top.n), f"of {top.n}"),
                  Tile("Agree least", percent(low.share or 0, low.n), f"of {low.n}")]
    return [*tiles, Tile("Comments waiting", str(waiting), "without an answer")]


def _questions(frame: Frame, found: Feedback) -> None:
    if found.agreeing:
        frame.chart(_bars(found), param="question")
    elif found.averages:
        frame.chart(_dots(found), param="question")
    if found.items:
        frame.table(Table(tuple(_line(i) for i in found.items)), param="question",
                    keys=[i.key for i in found.items])
    if found.agreeing and not frame.present:
        _closer(frame, found)
        st.caption(reliability_sentence(reliability(frame.store, frame.view)))


def _bars(found: Feedback) -> Chart:
    title = f"What people answered: {found.wave.title}" if found.wave else "What people answered"
    rows = tuple(Item(i.key, i.text, i.parts or (0, 0, 0, 0, 0), _beside(i))
                 for i in found.agreeing[:MOST])
    more = len(found.agreeing) - len(rows)
    caption = "From strongly agree (dark blue) to strongly disagree (dark orange), in answers."
    return Chart("agreement", title, caption + (f" And {more} more in the table." if more else ""),
                 rows, found.alt)


def _beside(item: Asked) -> str:
    aside = f" · {grouped(item.aside)} don't know" if item.aside else ""
    return f"{item.said}{aside}"


def _dots(found: Feedback) -> Chart:
    what = "schools" if found.wave and found.wave.of_schools else "answers"
    title = f"Average answer: {found.wave.title}" if found.wave else "Average answer"
    rows = tuple(Bar(i.key, i.text, i.share, i.low, i.high, grouped(i.share or 0, None, 1), "",
                     counted(i.n or 0, what)) for i in found.averages[:MOST])
    more = len(found.averages) - len(rows)
    caption = "Dot: the average. Line: where it likely lies. Lowest first."
    return Chart("dots", title, caption + (f" And {more} more in the table." if more else ""),
                 rows, found.alt)


def _line(item: Asked) -> dict[str, object]:
    row: dict[str, object] = {"Question": item.text}
    parts = item.parts or (None,) * len(PARTS)
    if item.kind == "agreement":
        row |= dict(zip(PARTS, parts, strict=True))
        row |= {"Don't know": item.aside, "No answer": item.blank}
    shown = item.said or "; ".join(f"{v}: {n}" for v, n in item.values)
    return row | {"Answers": item.n, "In short": item.hidden or shown}


def _closer(frame: Frame, found: Feedback) -> None:
    """The chosen question by group; groups under ten stay hidden."""
    options = {"": "–", **{i.key: i.text for i in found.agreeing}}
    chosen = frame.pick("question", "Look closer at", options, default="")
    if not chosen:
        return
    parts = groups(frame.store, frame.view, frame.preset, chosen)
    if not parts:
        st.markdown("**The answers name no groups, so there is nothing to compare.**")
        return
    for kind in dict.fromkeys(g.kind for g in parts):
        name = {"role": "Who", "grade": upper_first(word(frame.preset, "grade"))}.get(kind, "Group")
        st.dataframe([_group(g, name) for g in parts if g.kind == kind], hide_index=True,
                     alt=f"{name}: {options[chosen]}")


def _group(group: Group, name: str) -> dict[str, object]:
    if group.hidden or group.n is None or group.agree is None:
        return {name: group.name, "Agree": group.hidden, "Likely": ""}
    likely = percent_range(group.low, group.high) \
        if group.low is not None and group.high is not None else ""
    return {name: group.name,
            "Agree": upper_first(count_of(group.agree, group.n, "answers")), "Likely": likely}


def _written(frame: Frame, found: Feedback) -> None:
    """What people wrote, where ten or more did: for staff, never in Present or an export."""
    for item in found.items:
        words = () if frame.present else own_words(frame.store, frame.view, frame.preset, item)
        if words:
            with st.expander(f"In people's own words: {item.text} ({len(words)})",
                             icon=":material/format_quote:"):
                st.caption("In no order. Staff only. If someone is named, do not pass it on.")
                for text in words[:MOST]:
                    st.text(text)
                if len(words) > MOST:
                    st.caption(f"And {len(words) - MOST} more in the file.")


def _comments(frame: Frame, made: list[comments.Comment]) -> None:
    st.header("Comments")
    if not made:
        st.markdown("Nobody has commented yet. Every page has a box for it at its end.")
    for comment in made[:MOST]:
        with st.container(border=True):
            drawn.shown(frame, comment)
            if comment.answer is None:
                _answer(frame, comment)
    if len(made) > MOST:
        st.caption(f"And {len(made) - MOST} older ones.")


def _answer(frame: Frame, comment: comments.Comment) -> None:
    with st.form(f"answer:{comment.id}", border=False):
        text = st.text_input("Your answer", max_chars=drawn.MOST)
        if st.form_submit_button("Keep this answer") and text.strip():
            comments.answer_comment(frame.house.records, comment.id, text.strip(), drawn.WHO,
                                    comment.version)
            st.rerun()

